"""Pages on paper: tables stay tables, and none is wider than the sheet."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.pages import open_at

# A4 less its margins, in the pixels of print.
SHEET = 688
LIFE = "/metrics/healthy-life-expectancy-male"


@pytest.mark.parametrize(
    "path",
    [
        "/compare",
        f"{LIFE}?since=2026-02-19",
        "/brief?areas=E08000025",
        "/workstreams/skills",
        "/metrics/preventable-cardiovascular-deaths?table=periods",
    ],
)
def test_tables_stay_tables_and_fit_on_paper(watched_page: Page, path: str) -> None:
    open_at(watched_page, path)
    watched_page.emulate_media(media="print")
    watched_page.set_viewport_size({"width": SHEET, "height": 1000})
    assert watched_page.locator("main td").count() > 0
    kinds = watched_page.eval_on_selector_all(
        "main :is(th, td, tr)",
        "(all) => [...new Set(all.filter((one) => one.checkVisibility())"
        ".map((one) => getComputedStyle(one).display))].sort()",
    )
    assert kinds == ["table-cell", "table-row"]
    assert watched_page.evaluate("document.documentElement.scrollWidth") <= SHEET
    widest = watched_page.eval_on_selector_all(
        "main table", "(all) => Math.max(...all.map((one) => one.getBoundingClientRect().right))"
    )
    assert widest <= SHEET + 1


def test_on_a_phone_the_rows_of_the_same_tables_are_lists(watched_page: Page) -> None:
    open_at(watched_page, "/compare", 390)
    cell = watched_page.locator(".stacks td").first
    assert cell.evaluate("(one) => getComputedStyle(one).display") == "block"
