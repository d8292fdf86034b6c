"""The values of a chart by arrow keys, pointer and touch, in the same words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.kinds import cut_off
from tests.browser.pages import assert_accessible, open_at

METRIC = "/metrics/healthy-life-expectancy-male"
MAPS = ["shown", "tiles"]


def chart(page: Page, name: str) -> Locator:
    """A chart by the beginning of its name."""
    return page.get_by_role("application", name=re.compile(name)).first


def words(page: Page) -> Locator:
    return page.locator("#chart-words")


def pressed(page: Page, *keys: str) -> list[str]:
    """What is said after each key."""
    said = []
    for key in keys:
        page.keyboard.press(key)
        said.append(words(page).inner_text())
    return said


def test_a_line_chart_is_walked_through_periods_and_areas(watched_page: Page):
    open_at(watched_page, f"{METRIC}?areas=E08000025,E08000026")
    chart(watched_page, "Healthy life expectancy").focus()
    latest, before, last, other = pressed(watched_page, "End", "ArrowLeft", "End", "ArrowDown")
    assert re.fullmatch(r".+, 2022 to 2024: [\d.]+ years( \(95% interval .+ to .+\))?", latest)
    assert "2021 to 2023" in before
    assert last == latest
    assert other.split(", ")[0] != latest.split(", ")[0]
    assert "2022 to 2024" in other
    # The box beside the value shows what is said, and one value is marked.
    expect(words(watched_page)).to_be_in_viewport()
    expect(watched_page.locator(".walk-mark")).to_have_count(1)
    assert_accessible(watched_page)
    watched_page.keyboard.press("Escape")
    expect(words(watched_page)).to_be_empty()
    expect(watched_page.locator(".walk-mark")).to_have_count(0)
    expect(chart(watched_page, "Healthy life expectancy")).to_be_focused()


def test_every_borough_of_a_strip_is_reached(watched_page: Page):
    open_at(watched_page, METRIC)
    strip = watched_page.locator("#ranked-box [data-chart]").first
    strip.focus()
    said = pressed(watched_page, "Home", *["ArrowDown"] * 12)
    for name in ("Birmingham", "Coventry", "Dudley", "Sandwell", "Solihull", "Walsall"):
        assert any(one.startswith(f"{name}, 2022 to 2024: ") for one in said), name
    assert said[-1] == said[-2]
    # The areas without a name have no stop: whoever goes on is told where they are.
    faint = "The areas drawn in grey have no stop here; the table of all areas"
    assert faint in said[-1]
    assert sum(faint in one for one in said) < len(said) - 6
    (before,) = pressed(watched_page, "ArrowUp")
    assert faint not in before
    described = strip.get_attribute("aria-describedby") or ""
    notes = [watched_page.locator(f"#{one}").text_content() or "" for one in described.split()]
    assert any(faint in one for one in notes)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("view", MAPS)
def test_a_map_says_each_area(watched_page: Page, view: str, width: int):
    open_at(watched_page, f"{METRIC}?map={view}", width)
    chart(watched_page, "Map of").focus()
    first, second, other = pressed(watched_page, "Home", "ArrowRight", "ArrowDown")
    assert first.startswith("Birmingham: ")
    assert second.startswith("Coventry: ")
    assert other.split(":")[0] not in ("Birmingham", "Coventry")
    expect(words(watched_page)).to_be_in_viewport()


def test_pointer_touch_and_key_say_the_same(browser: Browser, server_url: str):
    with browser.new_context(base_url=server_url, has_touch=True, reduced_motion="reduce") as own:
        page = own.new_page()
        open_at(page, METRIC, 390)
        box = chart(page, "Healthy life expectancy")
        box.focus()
        (said,) = pressed(page, "End")
        place = page.locator(".walk-over").bounding_box()
        assert place is not None
        x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
        page.keyboard.press("Escape")
        page.mouse.move(x, y)
        expect(words(page)).to_have_text(said)
        page.mouse.move(2, 2)
        expect(words(page)).to_be_empty()
        page.touchscreen.tap(x, y)
        expect(words(page)).to_have_text(said)


def test_a_chart_that_is_explored_is_walked_too(watched_page: Page):
    open_at(watched_page, f"{METRIC}?explore=line")
    graph = watched_page.locator(".js-plotly-plot[data-chart]")
    expect(graph).to_have_count(1)
    graph.focus()
    said = pressed(watched_page, "End", "ArrowLeft")
    assert "2022 to 2024: " in said[0]
    assert "2021 to 2023: " in said[1]
    expect(watched_page.locator(".hoverlayer .hovertext")).to_have_count(1)
    watched_page.keyboard.press("Escape")
    expect(watched_page.locator(".hoverlayer .hovertext")).to_have_count(0)


def test_values_are_walked_before_dash_and_without_it(page: Page):
    page.route("**/_dash-layout", lambda route: route.abort())
    page.goto(METRIC)
    chart(page, "Healthy life expectancy").focus()
    assert "2022 to 2024" in pressed(page, "End")[0]
    assert not cut_off(page)


def test_a_chart_that_a_choice_has_changed_is_walked(watched_page: Page):
    open_at(watched_page, METRIC)
    watched_page.get_by_role("checkbox", name="Coventry").check()
    expect(watched_page).to_have_url(re.compile("areas="))
    expect(watched_page.locator("#announcement")).not_to_be_empty()
    line = chart(watched_page, "Healthy life expectancy")
    expect(line.locator("[data-area='E08000026']").first).to_be_attached()
    line.focus()
    assert any("Coventry" in one for one in pressed(watched_page, "End", *["ArrowDown"] * 5))


def test_a_chart_that_is_explored_takes_the_colours_of_the_page(watched_page: Page):
    watched_page.emulate_media(color_scheme="dark")
    open_at(watched_page, f"{METRIC}?explore=line")
    graph = watched_page.locator(".js-plotly-plot")

    def background() -> str:
        found: str = graph.locator(".main-svg").first.evaluate("(svg) => svg.style.background")
        return found

    page_colour = "getComputedStyle(document.documentElement).backgroundColor"
    expect(graph).to_have_attribute("data-colours", "dark")
    assert background() == watched_page.evaluate(page_colour)
    line = "(path) => path.style.stroke"
    dark = graph.locator(".js-line").last.evaluate(line)
    watched_page.emulate_media(color_scheme="light")
    expect(graph).to_have_attribute("data-colours", "light")
    assert background() == watched_page.evaluate(page_colour)
    assert graph.locator(".js-line").last.evaluate(line) != dark
