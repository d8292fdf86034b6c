"""Every kind of page in a narrow window, in every scheme of colours, closed and open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from layouts.routes import ROUTES
from tests.browser.kinds import (
    EXAMPLES,
    FULLEST,
    PAGES,
    SCHEMES,
    cut_off,
    faults_of_colours,
    faults_of_page,
    open_everything,
)
from tests.browser.pages import WIDTHS, open_at, wait_for_dash

# As wide as a window of 1280 pixels is at a zoom of 400%.
ZOOMED = 320


def test_every_kind_of_page_has_an_example() -> None:
    variable = {route.address for route in ROUTES if "<" in route.address}
    assert variable <= EXAMPLES.keys(), "tests/browser/kinds.py names an address of each kind"


@pytest.mark.parametrize(("number", "path"), list(enumerate(PAGES)))
def test_a_page_with_everything_open_fits_and_is_accessible(
    watched_page: Page, number: int, path: str
) -> None:
    """The schemes go round, so that one run sees each on many kinds of page."""
    watched_page.emulate_media(**SCHEMES[list(SCHEMES)[number % len(SCHEMES)]])
    open_at(watched_page, path, ZOOMED)
    assert cut_off(watched_page) == []
    open_everything(watched_page)
    assert cut_off(watched_page) == []
    assert faults_of_page(watched_page) == []


@pytest.mark.soak
@pytest.mark.parametrize("width", [*WIDTHS, ZOOMED])
@pytest.mark.parametrize("path", [*PAGES, *FULLEST])
def test_a_page_is_accessible_in_every_state(watched_page: Page, path: str, width: int) -> None:
    open_at(watched_page, path, width)
    faults = []
    for state in ("closed", "open"):
        if state == "open":
            open_everything(watched_page)
        faults += [f"{state}: {fault}" for fault in cut_off(watched_page)]
        faults += [f"{state}: {fault}" for fault in faults_of_page(watched_page)]
        for scheme in SCHEMES:
            faults += [f"{state}, {fault}" for fault in faults_of_colours(watched_page, scheme)]
    assert faults == []


@pytest.mark.soak
@pytest.mark.parametrize("path", PAGES)
def test_a_page_on_which_nothing_moves(watched_page: Page, path: str) -> None:
    watched_page.emulate_media(reduced_motion="reduce")
    watched_page.goto(path)
    wait_for_dash(watched_page)
    moving = watched_page.evaluate("document.getAnimations().length")
    assert moving == 0
    style = watched_page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert style == "auto"
