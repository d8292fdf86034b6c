"""The missions on the screen of a meeting: every step by key, readable from the back row."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import (
    assert_accessible,
    assert_no_sideways_scroll,
    open_at,
    wait_for_dash,
)

BOARD, MISSION = "/present", "/present/digital-connectivity"
MEASURE = "/present/digital-connectivity/gigabit-broadband"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("path", [BOARD, MISSION, MEASURE])
def test_a_step_is_accessible_and_fits(watched_page: Page, path: str, width: int) -> None:
    open_at(watched_page, path, width)
    assert_accessible(watched_page)
    assert_no_sideways_scroll(watched_page)


def test_type_grows_with_the_screen(watched_page: Page) -> None:
    sizes = []
    for width, height in ((1280, 720), (1920, 1080)):
        watched_page.set_viewport_size({"width": width, "height": height})
        watched_page.goto(MISSION)
        size = watched_page.locator(".presentation .answer").evaluate(
            "element => parseFloat(getComputedStyle(element).fontSize)"
        )
        sizes.append(size)
    assert sizes[0] >= 22
    assert sizes[1] > sizes[0]


def test_a_chart_fills_what_the_screen_leaves_and_the_step_fits(watched_page: Page) -> None:
    for width, height in ((1280, 720), (1920, 1080)):
        watched_page.set_viewport_size({"width": width, "height": height})
        watched_page.goto(MEASURE)
        assert watched_page.evaluate("document.documentElement.scrollHeight") == height
        chart = watched_page.locator(".presentation-picture svg.chart-wide").bounding_box()
        assert chart is not None
        assert chart["height"] >= 0.55 * height


def test_the_arrow_keys_lead_through_the_missions_and_escape_leaves(watched_page: Page) -> None:
    open_at(watched_page, BOARD)
    watched_page.keyboard.press("ArrowRight")
    expect(watched_page.locator("h1")).to_have_text("Mission 1: Pay, employment and productivity")
    wait_for_dash(watched_page)
    watched_page.keyboard.press("PageDown")
    expect(watched_page.locator(".presentation-place")).to_contain_text("3 of")
    wait_for_dash(watched_page)
    watched_page.keyboard.press("ArrowLeft")
    expect(watched_page.locator("h1")).to_have_text("Mission 1: Pay, employment and productivity")
    wait_for_dash(watched_page)
    watched_page.keyboard.press("Escape")
    expect(watched_page).to_have_url(re.compile("/missions/pay-employment-productivity$"))


def test_the_last_step_has_no_next_and_other_keys_do_nothing(watched_page: Page) -> None:
    open_at(watched_page, "/present/devolution")
    while watched_page.locator("a[rel=next]").count():
        before = watched_page.url
        watched_page.locator("a[rel=next]").click()
        expect(watched_page).not_to_have_url(before)
        wait_for_dash(watched_page)
    last = watched_page.url
    for key in ("ArrowRight", "Control+ArrowLeft", "x"):
        watched_page.keyboard.press(key)
    assert watched_page.url == last
    # That the page listened all the while is shown by the key that does something.
    watched_page.keyboard.press("ArrowLeft")
    expect(watched_page).not_to_have_url(last)
