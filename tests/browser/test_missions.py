"""Every mission page in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from metrics.catalogue import load_catalogue
from tests.browser.pages import WIDTHS, assert_accessible, assert_no_sideways_scroll, open_at

SLUGS = [mission.slug for mission in load_catalogue().missions.values()]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_mission_page_is_accessible_and_fits_every_window(watched_page: Page, slug: str):
    for width in WIDTHS:
        open_at(watched_page, f"/missions/{slug}", width)
        for details in watched_page.locator("details").all():
            details.locator("summary").click()
        assert_no_sideways_scroll(watched_page)
        assert_accessible(watched_page)
    open_at(watched_page, f"/missions/{slug}", 320)
    assert_no_sideways_scroll(watched_page)


def test_every_link_of_a_mission_page_leads_somewhere(watched_page: Page):
    open_at(watched_page, "/missions/digital-connectivity")
    links = {
        link.get_attribute("href").split("#")[0] for link in watched_page.locator("main a").all()
    }
    own = sorted(link for link in links if link.startswith("/"))
    assert own
    for link in own:
        assert watched_page.request.get(link).status == 200, link


def test_the_numbers_behind_a_verdict_open(watched_page: Page):
    open_at(watched_page, "/missions/primary-schools")
    watched_page.get_by_text("The numbers behind it").last.click()
    expect(watched_page.get_by_text("Level at the cut (16):")).to_be_visible()
    expect(watched_page.get_by_text("Wolverhampton", exact=False).first).to_be_visible()


def test_the_board_leads_to_the_clause(watched_page: Page):
    open_at(watched_page, "/")
    watched_page.get_by_role("link", name="Gigabit", exact=False).first.click()
    expect(watched_page).to_have_url(re.compile("/missions/digital-connectivity#"))


def test_a_mission_that_does_not_exist_offers_the_twelve(page: Page):
    response = page.goto("/missions/growth")
    assert response is not None
    assert response.status == 404
    assert page.locator("main a[href^='/missions/']").count() == 12
    assert_accessible(page)


def test_a_mission_page_is_whole_without_scripts(browser: Browser, server_url: str):
    with browser.new_context(base_url=server_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/missions/health")
        expect(page.locator("h1")).to_have_text("Mission 7: Healthy life expectancy")
        assert page.locator("article.clause").count() == 2
        expect(page.locator(".metric-row .chart-overview").first).to_be_visible()
        page.locator("nav.others").get_by_role(
            "link", name="Next Mission 8: Well-being", exact=True
        ).click()
        expect(page.locator("h1")).to_have_text("Mission 8: Well-being")
