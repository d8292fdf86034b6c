"""The brief for a meeting in a real browser: fit, accessible, by form, and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import (
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    open_at,
)

FULL = "/brief?since=2024-12-18&next=2027-03-01"


@pytest.mark.parametrize("path", ["/brief", FULL, "/brief?areas=E08000025&since=2022-01-01"])
def test_a_brief_is_accessible_and_fits_every_window(watched_page: Page, path: str) -> None:
    for width in WIDTHS:
        open_at(watched_page, path, width)
        assert_accessible(watched_page)
        watched_page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert_no_sideways_scroll(watched_page)


def test_a_brief_is_asked_for_without_scripts(browser: Browser, server_url: str) -> None:
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/areas/E08000028")
        page.get_by_role("link", name="Brief for a meeting").first.click()
        expect(page.get_by_role("checkbox")).to_have_count(1)
        page.get_by_label("Previous meeting").fill("2024-12-18")
        page.get_by_role("button", name="Write the brief").click()
        expect(page).to_have_url(re.compile(r"areas=E08000028.*since=2024-12-18"))
        expect(page.locator("#brief-questions")).to_contain_text("Sandwell from 60.5 years to 51.3")
        page.locator("#brief-moved a.cite").first.click()
        expect(page.locator("h1")).to_contain_text("ealthy life expectancy")


@pytest.mark.parametrize(("path", "most"), [("/brief", 3), (FULL, 4)])
def test_a_brief_is_a_few_pages_of_a4(browser: Browser, server_url: str, path, most) -> None:
    with browser.new_context(base_url=server_url) as context:
        page = context.new_page()
        page.goto(path)
        printed = page.pdf(prefer_css_page_size=True)
        assert 1 <= len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= most
        page.emulate_media(media="print")
        expect(page.locator(".brief-paste")).to_be_hidden()
        expect(page.locator("#brief-choices")).to_be_hidden()
