"""From a figure to its citation in a real browser, with and without JavaScript."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import WIDTHS, assert_accessible, assert_no_sideways_scroll, open_at

METRIC = "/metrics/healthy-life-expectancy-male"
CITED = (
    "/cite?metric=healthy-life-expectancy-male&area=E08000025&period=2011-01-01"
    "&breakdown=sex%3Dmale"
)


def test_a_citation_is_accessible_and_fits_every_window(watched_page: Page):
    for width in WIDTHS:
        open_at(watched_page, CITED, width)
        expect(watched_page).to_have_url(re.compile("/figures/[a-z2-7]{12}"))
        assert_accessible(watched_page)
        watched_page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert_no_sideways_scroll(watched_page)


def test_a_form_is_copied_with_the_address_it_was_read_on(watched_page: Page):
    watched_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_at(watched_page, CITED)
    watched_page.locator("button[data-copy=cite-footnote]").click()
    expect(watched_page.locator(".copied")).to_have_text("Copied.")
    copied = watched_page.evaluate("navigator.clipboard.readText()")
    assert f"{watched_page.evaluate('location.origin')}/figures/" in copied


def test_one_click_leads_from_a_figure_to_its_citation_without_javascript(
    browser: Browser, watched_page: Page
):
    open_at(watched_page, METRIC)
    origin = watched_page.evaluate("location.origin")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{origin}{METRIC}")
    page.get_by_role("link", name="Cite this figure").first.click()
    expect(page.locator("h1")).to_contain_text("Healthy life expectancy at birth for men")
    expect(page.locator("#cite-sentence")).to_contain_text("58.2 years")
    expect(page.locator("button.copy").first).to_be_hidden()
    context.close()
