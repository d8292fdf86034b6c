"""Areas side by side, disparities, the map of hexagons and what changed, in a real browser."""

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

LIFE = "/metrics/healthy-life-expectancy-male"
PAGES = (
    "/compare",
    "/compare?group=core-cities-uk&view=change",
    "/disparities?measure=fuel-poverty",
    f"{LIFE}?map=tiles&since=2026-02-19",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_fits_every_window(watched_page: Page, path: str):
    for width in WIDTHS:
        open_at(watched_page, path, width)
        # Everything opened: what is folded away has to be as good.
        watched_page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert_accessible(watched_page)
        assert_no_sideways_scroll(watched_page)
    open_at(watched_page, path, 320)
    assert_no_sideways_scroll(watched_page)


def test_areas_are_added_without_leaving_the_page(watched_page: Page):
    open_at(watched_page, "/compare?metrics=employment-rate")
    form = watched_page.locator("#compare-choices")
    form.get_by_label("Add an area").fill("Leeds")
    form.get_by_role("button", name="Show").click()
    expect(watched_page).to_have_url(re.compile(r"areas=.*E08000035&metrics=employment-rate$"))
    table = watched_page.locator("#compare-employment-rate-table")
    expect(table.get_by_role("link", name="Leeds", exact=True)).to_be_visible()
    expect(form.get_by_role("checkbox", name="Leeds", exact=True)).to_be_checked()
    watched_page.get_by_role("link", name="How each has moved").click()
    expect(watched_page.locator(".chart-slope").first).to_be_visible()
    watched_page.go_back()
    expect(watched_page.locator(".chart-slope")).to_have_count(0)


def test_choices_work_without_scripts(browser: Browser, server_url: str):
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/compare?metrics=employment-rate")
        page.get_by_label("Or show a group").select_option(label="English core cities")
        page.locator("#compare-choices").get_by_role("button", name="Show").click()
        table = page.locator("#compare-employment-rate-table")
        expect(table.get_by_role("link", name="Newcastle upon Tyne")).to_be_visible()
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Disparities").click()
        page.get_by_label("Measure").select_option(label="Healthy life expectancy at birth for men")
        page.get_by_role("main").get_by_role("button", name="Show").click()
        expect(page.locator(".answer")).to_contain_text("Healthy life expectancy at birth for men")
        page.goto(LIFE)
        page.get_by_label("Show what changed since").fill("2026-02-19")
        page.get_by_role("button", name="Show changes").click()
        expect(page.get_by_text("905 figures were added")).to_be_visible()


def test_the_hexagons_take_the_place_of_the_map(watched_page: Page):
    open_at(watched_page, LIFE)
    watched_page.get_by_role("link", name="Show every area as one hexagon").click()
    expect(watched_page).to_have_url(re.compile(r"map=tiles$"))
    expect(watched_page.locator(".map-box .chart-wide")).to_be_visible()
    watched_page.get_by_role("link", name="Back to everything").click()
    expect(watched_page.locator(".map-box")).to_have_count(0)
