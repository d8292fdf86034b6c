"""Method, sources, accessibility statement and search in a real browser."""

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

PAGES = (
    "/method",
    "/data",
    "/data?mission=7",
    "/data?rejected=foreign-direct-investment",
    "/accessibility",
    "/search",
    "/search?q=west+midlands",
    "/search?q=zzzzqqq",
    "/workstreams",
    "/workstreams/health",
    "/propositions/healthy-life-expectancy",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_reference_page_is_accessible_and_fits_every_window(watched_page: Page, path: str):
    for width in WIDTHS:
        open_at(watched_page, path, width)
        assert_accessible(watched_page)
        # Everything opened: what is folded away has to fit as well.
        watched_page.evaluate(
            "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        assert_no_sideways_scroll(watched_page)
    open_at(watched_page, path, 320)
    assert_no_sideways_scroll(watched_page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast_by_day_and_by_night(watched_page: Page, scheme):
    watched_page.emulate_media(color_scheme=scheme)
    open_at(watched_page, "/method")
    assert_accessible(watched_page)


def test_the_pages_are_whole_without_scripts(browser: Browser, server_url: str):
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_role("searchbox").fill("birmigham")
        page.get_by_role("button", name="Search").click()
        expect(page).to_have_url(f"{server_url}/search?q=birmigham")
        expect(page.get_by_role("searchbox")).to_have_value("birmigham")
        page.get_by_role("main").get_by_role("link", name="Birmingham", exact=True).click()
        expect(page.locator("h1")).to_have_text("Birmingham")
        page.get_by_role("contentinfo").get_by_role("link", name="Sources and freshness").click()
        page.get_by_label("Mission", exact=True).select_option(label="Mission 11: Crime")
        page.get_by_role("button", name="Show").click()
        expect(page).to_have_url(f"{server_url}/data?mission=11")
        expect(page.locator(".answer")).to_contain_text("Mission 11: Crime")
        page.get_by_role("contentinfo").get_by_role("link", name="How the figures").click()
        expect(page.locator(".example").first).to_be_visible()
        page.get_by_role("contentinfo").get_by_role("link", name="Accessibility").click()
        expect(page.locator("h1")).to_contain_text("Accessibility statement")
        expect(page.locator("[data-search-key]")).to_be_hidden()


def test_the_slash_leads_to_the_search_box_on_every_page(watched_page: Page):
    for path in ("/", "/missions/health", "/metrics/life-satisfaction", "/areas", "/method"):
        open_at(watched_page, path)
        box = watched_page.get_by_role("searchbox")
        expect(box).not_to_be_focused()
        watched_page.keyboard.press("/")
        expect(box).to_be_focused()
        expect(box).to_have_value("")
        # Within a field it is a letter like any other.
        watched_page.keyboard.press("/")
        expect(box).to_have_value("/")


def test_searching_needs_nothing_but_the_keyboard(watched_page: Page):
    open_at(watched_page, "/")
    watched_page.keyboard.press("/")
    watched_page.keyboard.type("helthy life expectency")
    watched_page.keyboard.press("Enter")
    expect(watched_page.locator("h1")).to_have_text("Search results")
    # Before Dash has taken the page over, a key may reach an element that is about to go.
    wait_for_dash(watched_page)
    first = watched_page.get_by_role("main").get_by_role("link").first
    for _ in range(20):
        if first.evaluate("(link) => link === document.activeElement"):
            break
        watched_page.keyboard.press("Tab")
    expect(first).to_be_focused()
    watched_page.keyboard.press("Enter")
    expect(watched_page.locator("h1")).to_contain_text("Healthy life expectancy")


def test_the_key_can_be_turned_off_and_stays_off(watched_page: Page):
    open_at(watched_page, "/accessibility")
    switch = watched_page.get_by_role("button", name="Turn the key off or on")
    switch.click()
    expect(watched_page.get_by_text("is now off in this browser")).to_be_visible()
    open_at(watched_page, "/method")
    watched_page.keyboard.press("/")
    expect(watched_page.get_by_role("searchbox")).not_to_be_focused()
    open_at(watched_page, "/accessibility")
    switch.focus()
    watched_page.keyboard.press("Enter")
    expect(watched_page.get_by_text("is now on in this browser")).to_be_visible()
    watched_page.locator("body").press("/")
    expect(watched_page.get_by_role("searchbox")).to_be_focused()


def test_a_mission_is_chosen_without_leaving_the_page(watched_page: Page):
    open_at(watched_page, "/data")
    watched_page.get_by_label("Mission", exact=True).select_option("7")
    expect(watched_page).to_have_url(re.compile(r"/data\?mission=7$"))
    expect(watched_page.locator(".answer")).to_contain_text("Mission 7")
    expect(watched_page.locator("#dataset-employment-rate")).to_have_count(0)
    watched_page.go_back()
    expect(watched_page.locator("#dataset-employment-rate")).to_be_visible()


def test_rows_set_aside_are_one_link_away(watched_page: Page):
    open_at(watched_page, "/data")
    watched_page.locator("#dataset-foreign-direct-investment").get_by_role(
        "link", name="60 rows"
    ).click()
    expect(watched_page.locator("#set-aside")).to_be_in_viewport()
    expect(watched_page.get_by_text("na,Aberdeen City Region", exact=False).first).to_be_visible()


def test_another_series_of_a_workstream_is_drawn_without_leaving_the_page(watched_page: Page):
    open_at(watched_page, "/workstreams/education")
    watched_page.get_by_label("Metric", exact=True).select_option(
        label="Persistent absence from school"
    )
    expect(watched_page).to_have_url(
        re.compile(r"/workstreams/education\?metric=persistent-absence$")
    )
    heading = watched_page.locator("#workstream-standing h3")
    expect(heading).to_contain_text("Persistent absence")
    watched_page.get_by_role("link", name="Draw it above").first.click()
    expect(heading).not_to_contain_text("Persistent absence")
    expect(watched_page).to_have_url(
        re.compile(r"/workstreams/education$|metric=(?!persistent-absence$)")
    )


def test_a_verdict_leads_to_its_meaning(watched_page: Page):
    open_at(watched_page, "/missions/health")
    watched_page.get_by_role("link", name="What this means").first.click()
    expect(watched_page).to_have_url(re.compile(r"/method#verdict-"))
    expect(watched_page.locator(":target")).to_be_in_viewport()


def test_the_statement_prints_without_what_only_a_screen_has(watched_page: Page):
    open_at(watched_page, "/accessibility")
    watched_page.emulate_media(media="print")
    expect(watched_page.get_by_role("searchbox")).to_be_hidden()
    expect(watched_page.locator("h1")).to_be_visible()
