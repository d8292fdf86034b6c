"""The pages of areas in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import (
    WIDTHS,
    assert_accessible,
    assert_no_sideways_scroll,
    open_at,
    wait_for_dash,
)

BOROUGHS = [f"E080000{number}" for number in range(25, 32)]
# A county, a district, the region, England, a police force, a council elsewhere, a code that
# gave way to another and an area that is no more.
OTHERS = [
    "E10000031",
    "E07000192",
    "E12000005",
    "E92000001",
    "E23000014",
    "S12000033",
    "E08000016",
    "E06000028",
]


@pytest.mark.parametrize("code", ["E47000007", *BOROUGHS, *OTHERS])
def test_every_kind_of_area_opens_on_a_phone(watched_page: Page, code: str) -> None:
    open_at(watched_page, f"/areas/{code}", 390)
    expect(watched_page.locator("h1")).to_have_count(1)
    assert_no_sideways_scroll(watched_page)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/areas/E47000007", "/areas/E08000025", "/areas/E06000028"])
def test_area_pages_are_accessible(watched_page: Page, path: str, width: int) -> None:
    open_at(watched_page, path, width)
    watched_page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert_no_sideways_scroll(watched_page)
    assert_accessible(watched_page)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_list_of_areas_is_accessible(watched_page: Page, width: int) -> None:
    open_at(watched_page, "/areas?find=West+Midlands", width)
    assert_no_sideways_scroll(watched_page)
    assert_accessible(watched_page)


def test_a_mission_of_the_list_is_jumped_to(watched_page: Page) -> None:
    open_at(watched_page, "/areas/E08000025")
    watched_page.locator(".jump").get_by_role("link", name="Healthy life").click()
    expect(watched_page.locator("#mission-7")).to_be_in_viewport()


def test_a_measure_leads_to_its_page_with_the_area_chosen(watched_page: Page) -> None:
    open_at(watched_page, "/areas/E08000025")
    watched_page.get_by_role("link", name="Employment rate, ages 16 to 64").first.click()
    expect(watched_page).to_have_url(re.compile(r"/metrics/employment-rate\?areas=E08000025"))
    expect(watched_page.get_by_label("Birmingham", exact=True)).to_be_checked()


def test_finding_an_area_is_in_the_address_and_back_restores_it(watched_page: Page) -> None:
    open_at(watched_page, "/areas")
    watched_page.get_by_label("Name or code of an area").fill("leicestr")
    watched_page.get_by_role("button", name="Find").click()
    expect(watched_page).to_have_url(re.compile("find=leicestr"))
    expect(
        watched_page.locator("#areas-find").get_by_role("link", name="Leicester", exact=True)
    ).to_be_visible()
    watched_page.reload()
    wait_for_dash(watched_page)
    expect(watched_page.get_by_label("Name or code of an area")).to_have_value("leicestr")
    watched_page.go_back()
    expect(watched_page).not_to_have_url(re.compile("find="))
    expect(
        watched_page.locator("#areas-find").get_by_role("link", name="Leicester", exact=True)
    ).to_have_count(0)


def test_an_abolished_area_leads_on(watched_page: Page) -> None:
    open_at(watched_page, "/areas/E06000028")
    expect(watched_page.get_by_text("This area no longer exists.")).to_be_visible()
    watched_page.get_by_role("link", name="Bournemouth, Christchurch and Poole").click()
    expect(watched_page.locator("h1")).to_have_text("Bournemouth, Christchurch and Poole")


def test_without_javascript_an_area_is_found_and_read(browser: Browser, server_url: str) -> None:
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/areas")
        page.get_by_label("Name or code of an area").fill("E08000026")
        page.get_by_role("button", name="Find").click()
        page.locator("#areas-find").get_by_role("link", name="Coventry", exact=True).click()
        expect(page.locator("h1")).to_have_text("Coventry")
        expect(page.locator(".area-row .value").first).to_be_visible()


def test_an_unknown_area_offers_the_way_on(page: Page) -> None:
    answer = page.goto("/areas/E08000125")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="See all areas").click()
    expect(page.locator("h1")).to_have_text("Areas")


def test_on_a_phone_the_measures_of_a_mission_are_folded_under_their_sum(
    watched_page: Page,
) -> None:
    open_at(watched_page, "/areas/E08000025", 390)
    section = watched_page.locator("#area-mission-1")
    summary = section.locator(".folded > summary")
    expect(summary).to_contain_text(re.compile(r"^\d+ measures with figures; beside England "))
    measure = section.get_by_role("link", name="Employment rate, ages 16 to 64", exact=True)
    expect(measure).to_be_hidden()
    summary.focus()
    watched_page.keyboard.press("Enter")
    expect(measure).to_be_visible()


def test_where_there_is_room_and_on_paper_nothing_is_folded(watched_page: Page) -> None:
    open_at(watched_page, "/areas/E08000025")
    measure = watched_page.locator("#area-mission-1 .area-row h3 a").first
    expect(measure).to_be_visible()
    expect(watched_page.locator(".folded > summary").first).to_be_hidden()
    watched_page.set_viewport_size({"width": 390, "height": 844})
    expect(measure).to_be_hidden()
    watched_page.emulate_media(media="print")
    expect(measure).to_be_visible()
