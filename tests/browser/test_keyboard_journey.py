"""From the board to a citation and back with nothing but the keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import open_at, wait_for_dash

FURTHEST = 400


def tab_to(page: Page, selector: str, words: str = "") -> None:
    """Press Tab until what is wanted has the focus, and see that each stop can be seen."""
    wanted = """([selector, words]) => {
        const here = document.activeElement;
        return here.matches(selector) && (here.textContent || here.ariaLabel || "").includes(words);
    }"""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if page.evaluate(wanted, [selector, words]):
            expect(page.locator(":focus")).to_be_in_viewport()
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none"
            return
    raise AssertionError(f"the keyboard does not reach {selector} {words}")


def test_from_the_board_to_a_citation_and_back(watched_page: Page) -> None:
    page = watched_page
    page.emulate_media(reduced_motion="reduce")
    open_at(page, "/")
    tab_to(page, ".mission-grid a", "Healthy life expectancy")
    page.keyboard.press("Enter")
    expect(page.locator("#mission-7")).to_be_in_viewport()
    # The keyboard goes on from there.
    tab_to(page, "h2 a", "Healthy life expectancy")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/missions/health$"))
    wait_for_dash(page)
    tab_to(page, "a[href^='/metrics/healthy-life-expectancy-male']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/metrics/healthy-life-expectancy-male"))
    wait_for_dash(page)
    # Choosing an area says what has changed, and the focus stays.
    tab_to(page, "input[type=checkbox][value=E08000026]")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("E08000026"))
    expect(page.locator("#announcement")).to_contain_text("Coventry")
    expect(page.locator("input[value=E08000026]")).to_be_focused()
    # The values of the chart, drawn and explored.
    tab_to(page, "[data-chart=drawn]")
    page.keyboard.press("End")
    expect(page.locator("#chart-words")).to_contain_text("2022 to 2024")
    page.keyboard.press("Escape")
    tab_to(page, ".explore a", "Explore this chart")
    page.keyboard.press("Enter")
    expect(page.locator(".js-plotly-plot[data-chart]")).to_have_count(1)
    expect(page).to_have_url(re.compile("explore=line"))
    tab_to(page, "[data-chart=explored]")
    page.keyboard.press("End")
    expect(page.locator("#chart-words")).to_contain_text("2022 to 2024")
    page.keyboard.press("Escape")
    chosen = page.url
    tab_to(page, "a[href^='/cite'], a[href^='/figures/']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/figures/[a-z2-7]{12}"))
    expect(page.locator("h1")).to_be_visible()
    # What Alt and the left arrow do in a browser that has a window.
    page.go_back()
    expect(page).to_have_url(chosen)
