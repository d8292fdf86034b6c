"""The pages of metrics in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from metrics.catalogue import load_catalogue
from tests.browser.pages import (
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    open_at,
    wait_for_dash,
)

METRICS = sorted(load_catalogue().metrics)
# Opened one after the other by the same visitor, whose browser fetches the scripts only once.
VISITS = [METRICS[first::8] for first in range(8)]
HEALTH = "/metrics/healthy-life-expectancy-male"
# One of each kind: intervals, gaps, breaks, one period, other tiers, several series, no figures.
KINDS = [
    HEALTH,
    "/metrics/key-stage-2-reading-writing-maths",
    "/metrics/median-weekly-pay?areas=E08000025,E08000026,E07000192&map=shown",
    "/metrics/gigabit-broadband?table=all",
    "/metrics/homicide-rate",
    "/metrics/public-research-and-development",
    "/metrics/travel-time-to-employment",
    "/metrics/apprenticeship-starts-scotland",
    "/metrics/low-paid-jobs",
]


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit[0])
def test_every_metric_opens_on_a_phone(watched_page: Page, visit: list[str]) -> None:
    for metric_id in visit:
        open_at(watched_page, f"/metrics/{metric_id}", 390)
        expect(watched_page.locator("h1")).to_have_count(1)
        expect(watched_page.locator(".answer").first).to_be_visible()
        assert_no_sideways_scroll(watched_page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", KINDS)
def test_each_kind_of_metric_is_accessible(watched_page: Page, path: str, width: int) -> None:
    open_at(watched_page, path, width)
    watched_page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert_no_sideways_scroll(watched_page)
    assert_accessible(watched_page)


def test_colours_have_contrast_in_the_dark(watched_page: Page) -> None:
    watched_page.emulate_media(color_scheme="dark")
    open_at(watched_page, f"{HEALTH}?map=shown")
    assert_accessible(watched_page)


def test_choosing_areas_changes_the_address_and_back_and_reload_restore_it(
    watched_page: Page,
) -> None:
    open_at(watched_page, HEALTH)
    watched_page.get_by_label("Dudley", exact=True).check()
    expect(watched_page).to_have_url(re.compile(r"areas=E47000007,E08000027"))
    expect(watched_page.locator("#metric-table")).to_contain_text("Dudley")
    watched_page.reload()
    wait_for_dash(watched_page)
    expect(watched_page.get_by_label("Dudley", exact=True)).to_be_checked()
    expect(watched_page.locator("#metric-table")).to_contain_text("Dudley")
    watched_page.go_back()
    expect(watched_page).not_to_have_url(re.compile("areas="))
    expect(watched_page.locator("#metric-table")).not_to_contain_text("Dudley")
    expect(watched_page.get_by_label("Dudley", exact=True)).not_to_be_checked()


def test_an_area_is_added_by_name(watched_page: Page) -> None:
    open_at(watched_page, "/metrics/employment-rate?areas=E08000025")
    watched_page.get_by_text("Add another area or a group").click()
    watched_page.get_by_label("Add an area").fill("Leicester")
    watched_page.keyboard.press("Enter")
    expect(watched_page).to_have_url(re.compile(r"areas=E08000025,E06000016"))
    expect(watched_page.get_by_label("Leicester", exact=True)).to_be_checked()


Answers = tuple[Callable[[], None], Callable[[], None]]


@pytest.fixture
def held_back(watched_page: Page) -> Answers:
    """Two functions: one holds the answers to choices back, the other lets them through."""
    waiting: list[Route] = []
    held = False

    def answer(route: Route) -> None:
        if held:
            waiting.append(route)
        else:
            route.continue_()

    def hold() -> None:
        nonlocal held
        held = True

    def let_through() -> None:
        nonlocal held
        held = False
        for route in waiting:
            route.continue_()

    watched_page.route("**/_dash-update-component", answer)
    return hold, let_through


def test_what_is_typed_while_an_answer_arrives_stays(
    watched_page: Page, held_back: Answers
) -> None:
    hold, let_through = held_back
    open_at(watched_page, "/metrics/employment-rate?areas=E08000025")
    watched_page.get_by_text("Add another area or a group").click()
    hold()
    watched_page.get_by_label("Dudley", exact=True).check()
    field = watched_page.get_by_label("Add an area")
    field.press_sequentially("Leiter")
    for _ in range(3):
        field.press("ArrowLeft")
    let_through()
    expect(watched_page.locator("#metric-table")).to_contain_text("Dudley")
    expect(field).to_be_focused()
    expect(field).to_have_value("Leiter")
    # The caret is where it was, in the middle of the word.
    watched_page.keyboard.type("ces")
    expect(field).to_have_value("Leicester")
    watched_page.keyboard.press("Enter")
    expect(watched_page).to_have_url(re.compile(r"areas=E08000025,E08000027,E06000016$"))
    # What has been told and answered does not stay in its field.
    expect(watched_page.get_by_label("Leicester", exact=True)).to_be_checked()
    expect(watched_page.get_by_label("Add an area")).to_have_value("")


def test_a_chart_is_explored_again_after_its_still_picture(watched_page: Page) -> None:
    open_at(watched_page, "/metrics/employment-rate?areas=E08000025")
    wait_for_dash(watched_page)
    explored = watched_page.locator(".js-plotly-plot")
    for _ in range(2):
        watched_page.get_by_text("Explore this chart").first.click()
        expect(explored).to_have_count(1)
        watched_page.get_by_text("Show the still picture").click()
        expect(explored).to_have_count(0)


def test_boxes_ticked_while_an_answer_arrives_stay_ticked(
    watched_page: Page, held_back: Answers
) -> None:
    hold, let_through = held_back
    open_at(watched_page, "/metrics/employment-rate?areas=E08000025")
    hold()
    for name in ("Dudley", "Walsall", "Dudley", "Coventry"):
        watched_page.get_by_label(name, exact=True).click()
    watched_page.get_by_label("Period", exact=True).select_option("2019-01-01")
    let_through()
    expect(watched_page).to_have_url(
        re.compile(r"areas=E08000025,E08000026,E08000030&period=2019-01-01$")
    )
    for name in ("Walsall", "Coventry"):
        expect(watched_page.get_by_label(name, exact=True)).to_be_checked()
        expect(watched_page.locator("#metric-table")).to_contain_text(name)
    expect(watched_page.get_by_label("Dudley", exact=True)).not_to_be_checked()
    expect(watched_page.locator("#metric-table")).not_to_contain_text("Dudley")


def test_a_day_half_typed_while_an_answer_arrives_stays(
    watched_page: Page, held_back: Answers
) -> None:
    hold, let_through = held_back
    open_at(watched_page, f"{HEALTH}?areas=E08000025")
    hold()
    watched_page.get_by_label("Dudley", exact=True).check()
    watched_page.locator("#since-day").focus()
    watched_page.keyboard.type("0219")
    let_through()
    expect(watched_page.locator("#metric-table")).to_contain_text("Dudley")
    watched_page.keyboard.type("2026")
    expect(watched_page).to_have_url(re.compile(r"areas=E08000025,E08000027&since=2026-02-19$"))
    expect(watched_page.locator("#since-answer")).to_contain_text("Since 19 February 2026")


def test_another_period_and_tier_are_in_the_address(watched_page: Page) -> None:
    open_at(watched_page, HEALTH)
    form = watched_page.locator("#metric-places")
    form.get_by_label("Period").select_option("2017 to 2019")
    # As a person does, who sees the one choice answered before the next.
    expect(watched_page).to_have_url(re.compile(r"period=2017-01-01$"))
    expect(form).to_contain_text("have a figure for 2017 to 2019")
    form.get_by_label("Areas").select_option("regions")
    form.get_by_role("button", name="Show").click()
    expect(watched_page).to_have_url(re.compile(r"period=2017-01-01&tier=region"))
    expect(form).to_contain_text("regions have a figure for 2017 to 2019")


def test_the_map_is_shown_and_put_away(watched_page: Page) -> None:
    open_at(watched_page, HEALTH)
    watched_page.get_by_role("link", name="Show the areas on a map").click()
    expect(watched_page.locator(".map-box svg").first).to_be_visible()
    expect(watched_page).to_have_url(re.compile("map=shown"))
    watched_page.get_by_role("link", name="Back to everything").click()
    expect(watched_page.locator(".map-box")).to_have_count(0)


@pytest.mark.parametrize("chart", ["line", "ranked"])
def test_a_chart_can_be_explored(watched_page: Page, chart: str) -> None:
    open_at(watched_page, HEALTH)
    watched_page.locator(f"#{chart}").get_by_role("link", name="Explore this chart").click()
    # The chart library is fetched only now, and is large.
    expect(watched_page.locator(f"#{chart}-graph .main-svg").first).to_be_visible(timeout=30_000)
    expect(watched_page).to_have_url(re.compile(f"explore={chart}"))
    plot = watched_page.locator(f"#{chart}-graph .js-plotly-plot")
    plot.evaluate("(box) => { box.dataset.met = 'yes'; }")
    watched_page.get_by_role("checkbox", name="Coventry").check()
    expect(watched_page).to_have_url(re.compile(f"areas=.*E08000026.*&explore={chart}"))
    # Drawn anew where it stands, without a flash.
    expect(plot).to_have_attribute("data-met", "yes")
    expect(plot).to_contain_text("Coventry")
    watched_page.get_by_role("link", name="Show the still picture").click()
    expect(plot).to_have_count(0)
    expect(watched_page.locator(f"#{chart} .picture")).to_be_visible()


def test_without_javascript_a_choice_leads_to_the_same_page(
    browser: Browser, server_url: str
) -> None:
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(HEALTH)
        expect(page.locator("#line svg").first).to_be_visible()
        page.get_by_label("Dudley", exact=True).check()
        page.locator("#metric-areas").get_by_role("button", name="Show").click()
        expect(page.locator("#metric-table")).to_contain_text("Dudley")
        expect(page.get_by_label("Dudley", exact=True)).to_be_checked()
        assert "areas=E08000027" in page.url


def test_wide_tables_scroll_in_their_own_box_by_keyboard(watched_page: Page) -> None:
    boroughs = ",".join(f"E080000{number}" for number in range(25, 32))
    open_at(watched_page, f"{HEALTH}?areas={boroughs}", 390)
    box = watched_page.locator("#metric-table .table-box")
    box.focus()
    watched_page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)


def test_an_unknown_metric_offers_the_way_on(page: Page) -> None:
    answer = page.goto("/metrics/employment-rat")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Employment rate, ages 16 to 64", exact=True).click()
    expect(page.locator("h1")).to_have_text("Employment rate, ages 16 to 64")


def test_a_malformed_address_offers_the_page_without_choices(page: Page) -> None:
    answer = page.goto(f"{HEALTH}?areas=nowhere&period=someday")
    assert answer is not None
    assert answer.status == 400
    expect(page.locator(".faults li")).to_have_count(2)
    page.get_by_role("link", name="without any choices").click()
    expect(page.locator("#line svg").first).to_be_visible()


def test_going_back_before_dash_listens_shows_the_page_of_the_address(watched_page: Page) -> None:
    open_at(watched_page, f"{HEALTH}?areas=E08000026")
    watched_page.evaluate("history.pushState(null, '', location.pathname + '?areas=E08000025')")
    held: list[Route] = []
    watched_page.route("**/_dash-layout", lambda route: held.append(route))
    watched_page.reload(wait_until="domcontentloaded")
    expect(watched_page.get_by_role("checkbox", name="Birmingham")).to_be_checked()
    expect(watched_page.locator("#finished-page")).to_have_count(1)
    while not held:
        watched_page.wait_for_timeout(20)
    watched_page.evaluate("history.back()")
    watched_page.wait_for_url("**areas=E08000026")
    held[0].continue_()
    expect(watched_page.get_by_role("checkbox", name="Coventry")).to_be_checked()
    expect(watched_page.get_by_role("checkbox", name="Birmingham")).not_to_be_checked()
    assert "areas=E08000026" in watched_page.url
