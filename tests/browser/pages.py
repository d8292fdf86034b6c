"""What every browser test of a page does: open it at a width, wait for Dash, look for faults."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WIDTHS = (1280, 390)
HEIGHTS = {1280: 800, 390: 844, 320: 640}


def open_at(page: Page, path: str, width: int = 1280) -> None:
    """Open a page at a width and wait until Dash has taken it over."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.goto(path)
    wait_for_dash(page)


def wait_for_dash(page: Page) -> None:
    """Wait until Dash has taken the page over."""
    expect(page.locator("html")).to_have_attribute("data-explorable", "yes")
    expect(page.locator("#finished-page")).to_have_count(0)


def wait_until_painted(page: Page) -> None:
    """Wait until whatever has changed so far is drawn, and the browser has measured it."""
    # The first frame draws what changed before it; what observers heard of it comes by the second.
    page.evaluate(
        """() => new Promise((done) =>
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"""
    )


def assert_accessible(page: Page) -> None:
    """axe finds nothing, at any level that it tests."""
    # Every rule is run; a full account of what passed takes longer than the rules themselves.
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scroll(page: Page) -> None:
    """Nothing sticks out of the window."""
    wide, window = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= window, f"{page.url} is {wide} pixels wide in a window of {window}"
