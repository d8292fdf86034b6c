"""Evidence packs and what of a page can be taken away, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from layouts.documents.pack import TYPES
from tests.browser.kinds import cut_off, faults_of_colours, faults_of_page, open_everything
from tests.browser.pages import WIDTHS, open_at
from tests.browser.test_keyboard_journey import tab_to

BIRMINGHAM = "/packs/areas/E08000025"
NEVER_MADE = f"/packs/made/{'0' * 32}"


def faults_at_every_width(page: Page) -> list[str]:
    """What is cut off, and what axe finds, in the window of a laptop and of a telephone."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        open_everything(page)
        faults += [f"{width}: {fault}" for fault in cut_off(page)]
        faults += [f"{width}: {fault}" for fault in faults_of_page(page)]
    return faults + faults_of_colours(page, "dark")


@pytest.mark.parametrize(
    "path", ["/packs", BIRMINGHAM, "/propositions/digital-networks", "/take-away?of=/compare"]
)
def test_a_page_fits_and_is_accessible(watched_page: Page, path: str) -> None:
    watched_page.goto(path)
    assert faults_at_every_width(watched_page) == []


def test_a_refused_list_of_figures_says_why_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/packs")
    typed = "\n".join(f"/figures/{number}" for number in range(251))
    page.get_by_label("Addresses of figures").fill(typed)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="Make the pack").click()
    assert answered.value.status == 400
    expect(page.get_by_text("No pack was made.")).to_be_visible()
    expect(page.get_by_text("up to 250 figures")).to_be_visible()
    expect(page.get_by_label("Addresses of figures")).to_have_value(typed)
    assert faults_at_every_width(page) == []


def test_a_pack_is_asked_for_by_keyboard_and_its_files_are_downloaded(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/packs/propositions/digital-networks")
    expect(page.locator("h1")).to_have_text(re.compile("^Evidence pack: "))
    tab_to(page, "main button", "Make the pack")
    # The page that shows how far it is looks again by itself; while it is held back it stays.
    page.route("**/pack.js*", lambda route: route.abort())
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/packs/made/[0-9a-f]{32}$"))
    if page.locator("#pack-state[data-stage=MAKING]").count():
        expect(page.get_by_role("progressbar", name="Parts of the pack")).to_be_visible()
        assert faults_at_every_width(page) == []
        page.unroute("**/pack.js*")
        page.reload()
    expect(page.locator("h1")).to_have_text("Your evidence pack is ready")
    assert faults_at_every_width(page) == []
    links = page.locator(".pack-files a")
    expect(links).to_have_count(len(TYPES))
    for ending, kind in TYPES.items():
        link = page.locator(f".pack-files a[href$='.{ending}']")
        with page.expect_download() as begun:
            link.focus()
            page.keyboard.press("Enter")
        name = begun.value.suggested_filename
        assert re.fullmatch(rf"[a-z0-9-]+\.{ending}", name)
        address = link.evaluate("(one) => one.href")
        assert page.request.head(address).headers["content-type"].startswith(kind)
        assert begun.value.path().stat().st_size > 1000


def test_a_pack_that_is_not_kept_says_so(page: Page) -> None:
    answer = page.goto(NEVER_MADE)
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("This evidence pack is not kept here")
    expect(page.locator("main").get_by_role("link", name="Evidence packs")).to_be_visible()
    assert faults_at_every_width(page) == []


def test_what_can_be_taken_away_is_reached_by_keyboard_and_follows_the_choice(
    watched_page: Page,
) -> None:
    page = watched_page
    page.emulate_media(reduced_motion="reduce")
    open_at(page, "/compare?metrics=employment-rate")
    way = page.locator("#take-away a")
    expect(way).to_have_attribute(
        "href", f"/take-away?of={quote('/compare?metrics=employment-rate', safe='/')}"
    )
    form = page.locator("#compare-choices")
    # A box that is no longer chosen leaves the form, so nothing is read off it after the click.
    form.get_by_role("checkbox", name="Walsall", exact=True).click()
    expect(page).to_have_url(re.compile("areas="))
    form.get_by_role("button", name="Show").click()
    chosen = page.url.partition("/compare?")[2]
    expect(way).to_have_attribute("href", re.compile(re.escape(quote(chosen, safe="/"))))
    page.locator("main a").nth(-2).focus()
    tab_to(page, "#take-away a", "Take away")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Charts and tables to take away")
    expect(page.get_by_text("1 chart and 1 table")).to_be_visible()
    tab_to(page, ".take-away a", "CSV")
    with page.expect_download() as begun:
        page.keyboard.press("Enter")
    text = begun.value.path().read_text(encoding="utf-8-sig")
    assert "Wolverhampton" in text
    assert "Walsall" not in text


def test_what_can_be_taken_away_needs_no_scripts(browser: Browser, server_url: str) -> None:
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/disparities")
        page.locator("#take-away a").click()
        expect(page.locator("h1")).to_have_text("Charts and tables to take away")
        page.locator(".take-away").last.get_by_role("link", name="plain text").first.click()
        expect(page.locator("body")).to_contain_text("/disparities")
