"""The board in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import (
    HEIGHTS,
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    open_at,
    wait_until_painted,
)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_board_is_accessible_and_fits(watched_page: Page, width: int):
    open_at(watched_page, "/", width)
    assert_no_sideways_scroll(watched_page)
    assert_accessible(watched_page)


def test_the_board_fits_the_narrowest_window(watched_page: Page):
    open_at(watched_page, "/", 320)
    assert_no_sideways_scroll(watched_page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast_by_day_and_by_night(watched_page: Page, scheme):
    watched_page.emulate_media(color_scheme=scheme)
    open_at(watched_page, "/")
    assert_accessible(watched_page)


def test_the_answer_and_all_missions_are_in_one_screen_of_a_laptop(watched_page: Page):
    open_at(watched_page, "/")
    grid = watched_page.locator(".mission-grid").bounding_box()
    assert grid is not None
    assert grid["y"] + grid["height"] <= HEIGHTS[1280]
    assert watched_page.locator(".mission-grid > li").count() == 12


def test_a_mission_of_the_summary_leads_to_its_figures(watched_page: Page):
    open_at(watched_page, "/")
    watched_page.locator(".mission-grid").get_by_role("link", name="Healthy life").click()
    expect(watched_page.locator("#mission-7")).to_be_in_viewport()


def test_the_whole_wording_opens_by_keyboard(watched_page: Page):
    open_at(watched_page, "/")
    summary = watched_page.locator("details.wording summary").first
    summary.focus()
    watched_page.keyboard.press("Enter")
    expect(watched_page.get_by_text("By 2030, pay, employment and productivity")).to_be_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(watched_page: Page):
    open_at(watched_page, "/")
    watched_page.keyboard.press("Tab")
    expect(watched_page.get_by_role("link", name="Skip to the main content")).to_be_in_viewport()
    watched_page.keyboard.press("Enter")
    expect(watched_page.locator("#main")).to_be_focused()


def test_nothing_moves_when_dash_takes_over(watched_page: Page):
    """The layout does not shift, what was opened stays open, and focus stays where it was."""
    held = []
    watched_page.route("**/_dash-layout", lambda route: held.append(route))
    watched_page.goto("/")
    watched_page.evaluate(
        """() => {
            window.shifts = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) window.shifts += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
        }"""
    )
    summary = watched_page.locator("details.wording summary").first
    summary.focus()
    watched_page.keyboard.press("Enter")
    expect(watched_page.locator("details.wording").first).to_have_attribute("open", "")
    wait_until_painted(watched_page)
    before = watched_page.evaluate("window.shifts")
    held[0].continue_()
    expect(watched_page.locator("#finished-page")).to_have_count(0)
    expect(watched_page.locator("details.wording").first).to_have_attribute("open", "")
    expect(summary).to_be_focused()
    wait_until_painted(watched_page)
    assert watched_page.evaluate("window.shifts") == before


def test_the_board_is_whole_without_scripts(browser: Browser, server_url: str):
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.locator("h1")).to_have_text(
            "How does the West Midlands stand against the 12 missions?"
        )
        expect(page.locator(".metric-row .chart-overview").first).to_be_visible()
        assert page.locator("section.mission").count() == 12
        page.locator("section.mission h2 a").first.click()
        expect(page.locator("h1")).to_contain_text("Mission 1")
        page.get_by_role("link", name="All 12 missions").click()
        expect(page).to_have_url(f"{server_url}/")


def test_a_page_whose_address_does_not_arrive_is_taken_over_all_the_same(watched_page: Page):
    def without_referer(route):
        headers = {k: v for k, v in route.request.headers.items() if k != "referer"}
        route.continue_(headers=headers)

    watched_page.route("**/_dash-layout", without_referer)
    open_at(watched_page, "/")
    expect(watched_page.locator("h1")).to_be_visible()


def test_a_page_that_dash_cannot_reach_stays_as_it_was_sent(page: Page):
    page.route("**/_dash-layout", lambda route: route.abort())
    with page.expect_event("requestfailed", lambda one: one.url.endswith("/_dash-layout")):
        page.goto("/")
    wait_until_painted(page)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#react-entry-point")).to_be_hidden()


def test_it_prints_without_what_only_a_screen_has(watched_page: Page):
    open_at(watched_page, "/")
    watched_page.emulate_media(media="print")
    expect(watched_page.locator(".site-header nav")).to_be_hidden()
    expect(watched_page.locator(".metric-row").first).to_be_visible()
