"""The pages of the workstreams, on the figures that ship."""

from __future__ import annotations

import html
import re

import brotli
import pytest

from data.areas import CONSTITUENT
from data.reads import read_measures
from layouts.document import pieces
from layouts.serving import Pages
from layouts.shell import create_app
from layouts.store_access import ReadOnlyStore
from metrics.measures.results import AreaFacts, Direction

PILLARS = {
    "Inclusive economic growth": 5,
    "Building human capital": 3,
    "Connecting communities": 4,
    "Building social capital": 5,
    "Cross-cutting": 3,
}


@pytest.fixture(scope="module")
def pages(built_store_url, catalogue):
    return Pages(ReadOnlyStore(built_store_url), catalogue)


@pytest.fixture(scope="module")
def app_client(built_store_url, catalogue):
    return create_app(catalogue, built_store_url).server.test_client()


@pytest.fixture(scope="module")
def slugs(catalogue):
    return [one.slug for one in catalogue.framework.workstreams]


def body(pages, path, query=""):
    served = pages.serve(path, query)
    assert served.page.status == 200, served.page.description
    return "".join(piece.html for piece in pieces(served.page))


def words(markup):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


def section(markup, heading):
    """From one second-level heading to the next."""
    return re.search(rf"<h2[^>]*>{heading}</h2>(.*?)(?=<h2|$)", markup, re.DOTALL).group(1)


def test_twenty_workstreams_stand_in_five_pillars_with_the_note_of_the_report(pages, catalogue):
    markup = body(pages, "/workstreams")
    for pillar, number in PILLARS.items():
        assert section(markup, pillar).count('href="/workstreams/') == number
    starred = re.findall(r">([^<]+)</a>\*", markup)
    assert starred == ["WM Smart City Region", "UKSPF (Multiply)", "Housing, regen and planning"]
    assert "* Some of the work can be taken forward outside the deal itself." in markup


def test_every_page_opens_with_a_sentence_and_names_all_its_metrics(pages, catalogue, slugs):
    for slug in slugs:
        served = pages.serve(f"/workstreams/{slug}", "")
        assert served.page.status == 200
        markup = body(pages, f"/workstreams/{slug}")
        workstream = catalogue.workstream_by_slug(slug)
        assert f"<h1>{html.escape(workstream.title)}</h1>" in markup
        assert served.page.description in words(markup)
        for metric in catalogue.informing(slug):
            assert f'href="/metrics/{metric.id}' in markup, (slug, metric.id)
            if metric.figures == "not held":
                reason = re.sub(r"\s+", " ", metric.figures_note).strip().rstrip(".")
                assert reason in words(section(markup, "Where there is no evidence"))
        if workstream.not_shown:
            assert workstream.not_shown in words(markup)


def test_no_page_is_heavier_than_a_phone_can_bear(app_client, slugs):
    for slug in slugs:
        sent = app_client.get(f"/workstreams/{slug}").data
        assert len(brotli.compress(sent, quality=6)) <= 30_000, slug


def test_authorities_stand_as_the_stored_measures_say(pages, built_store):
    markup = body(pages, "/workstreams/education")
    subject = "key-stage-2-reading-writing-maths|"
    with built_store.connect() as connection:
        stored = read_measures(connection, "area_facts", subjects=[subject])
    table = section(markup, "How the authorities stand")
    for code in CONSTITUENT:
        facts = AreaFacts.model_validate_json(stored[subject, code])
        row = re.search(rf'<tr><th scope="row"><a href="/areas/{code}">.*?</tr>', table, re.DOTALL)
        told = words(row.group())
        assert f"{facts.latest.value:.0f}%" in told or f"{facts.latest.value:.1f}%" in told
        england = next(gap for gap in facts.gaps if gap.label == "England")
        if england.quality.value:
            assert england.quality.value in told
        for change in facts.changes:
            if change.difference is not None:
                assert f"since {change.label}" in told


def test_what_has_moved_names_clear_changes_only(pages, built_store):
    moved = section(body(pages, "/workstreams/health"), "What has moved")
    row = re.search(
        r'<tr role="row"><th[^>]*><a href="/metrics/life-satisfaction">.*?</tr>', moved, re.DOTALL
    )
    told = words(row.group())
    subject = "life-satisfaction|"
    with built_store.connect() as connection:
        stored = read_measures(connection, "area_facts", subjects=[subject])
        areas = dict(connection.exec_driver_sql("SELECT code, name FROM area").fetchall())
    for code in CONSTITUENT:
        facts = AreaFacts.model_validate_json(stored[subject, code])
        clear = any(one.direction in (Direction.HIGHER, Direction.LOWER) for one in facts.changes)
        assert (areas[code] in told) == clear


def test_money_of_each_year_is_never_called_better(pages):
    moved = section(body(pages, "/workstreams/skills"), "What has moved")
    row = re.search(r'<a href="/metrics/median-weekly-pay">.*?</tr>', moved, re.DOTALL).group()
    assert "before inflation" in row
    assert "Better" not in row


def test_non_constituent_authorities_stand_beside_the_constituent_ones(pages, catalogue):
    markup = body(pages, "/workstreams/non-constituent-authorities")
    told = words(markup)
    assert "the non-constituent authorities" in told
    table = section(markup, "How the authorities stand")
    assert 'href="/areas/E08000025"' in table
    assert 'href="/areas/E06000051"' in table
    for metric in catalogue.metrics.values():
        if metric.role.value == "headline" and metric.figures == "held":
            assert f'href="/metrics/{metric.id}' in markup


def test_the_page_on_data_leads_to_freshness_vintages_and_what_is_missing(pages, catalogue):
    markup = body(pages, "/workstreams/data-and-transparency")
    for address in ("/data#datasets-held", "/data#not-held", "/data#set-aside", "/data#covered"):
        assert f'href="{address}"' in markup
    held = sum(metric.figures != "not held" for metric in catalogue.metrics.values())
    assert f"{held} of the {len(catalogue.metrics)} metrics" in words(markup)
    assert "Gigabit-capable broadband" in section(markup, "What was revised")


def test_figures_that_do_not_say_their_unit_have_it_beside_them(pages):
    told = words(section(body(pages, "/workstreams/skills"), "Every series with figures"))
    assert "school year 2024/25; per 100,000 people." in told
    assert "2023; % of people" not in told


def test_context_stands_in_where_no_mission_has_a_metric(pages, catalogue):
    for slug in ("net-zero", "homelessness-prevention", "culture"):
        informing = catalogue.informing(slug)
        assert any(metric.mission == 0 and metric.figures == "held" for metric in informing)
        markup = section(body(pages, f"/workstreams/{slug}"), "The missions behind it")
        assert "Context that belongs to no mission" in markup


def test_one_without_a_metric_says_why(pages):
    served = pages.serve("/workstreams/lep-integration", "")
    assert served.page.description.startswith("No metric informs LEP Integration here.")


def test_a_series_is_chosen_by_the_address_and_no_other_is_guessed(pages):
    asked = "metric=healthy-life-expectancy-male~sex%3Dmale"
    served = pages.serve("/workstreams/health", asked)
    assert served.page.query == asked
    assert "Healthy life expectancy at birth, male, 2022 to 2024" in body(
        pages, "/workstreams/health", asked
    )
    for wrong in ("metric=gigabit-broadband", "metric=%00", "metric=a&metric=b"):
        assert pages.serve("/workstreams/health", wrong).page.status == 400
    assert pages.serve("/workstreams/nothing", "").page.status == 404
    assert "/workstreams/health" in pages.serve("/workstreams/nothing", "").page.parts[0].html


def test_missions_and_metrics_lead_to_their_workstreams(pages):
    assert 'href="/workstreams/health"' in body(pages, "/missions/health")
    assert 'href="/workstreams/transport"' in body(pages, "/metrics/travel-time-to-employment")


def test_an_empty_store_has_pages_too(migrated_sqlite_file, catalogue, slugs):
    empty = Pages(ReadOnlyStore(f"sqlite:///{migrated_sqlite_file}"), catalogue)
    for slug in slugs:
        assert empty.serve(f"/workstreams/{slug}", "").page.status == 200
