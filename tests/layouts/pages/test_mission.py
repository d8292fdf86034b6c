"""The page of a mission, on hand-made measures."""

from __future__ import annotations

import html
import re

import pytest
from markupsafe import escape

from layouts.pages.clause_words import KIND_WORDS, SCOPE_WORDS
from metrics.mission import ClauseKind

SLUGS = (
    "pay-employment-productivity",
    "research-and-development",
    "transport",
    "digital-connectivity",
    "primary-schools",
    "skills",
    "health",
    "wellbeing",
    "pride-in-place",
    "housing",
    "crime",
    "devolution",
)


def text_of(markup):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


@pytest.mark.parametrize("slug", SLUGS)
def test_one_page_serves_every_mission(client, catalogue, slug):
    response = client.get(f"/missions/{slug}")
    assert response.status_code == 200
    mission = catalogue.mission_by_slug(slug)
    words = text_of(response.text)
    assert f"<blockquote>{escape(mission.wording)}</blockquote>" in response.text
    assert mission.focus_area in words
    for clause in mission.clauses:
        assert f"“{clause.words}”" in words
        assert clause.reading.rstrip(".") in words
        assert KIND_WORDS[clause.kind] in words
        anchor = f"clause-{clause.id.replace('.', '-')}"
        assert response.text.count(f'id="{anchor}"') == 1
    for metric in catalogue.metrics_of(mission.number):
        assert f'href="/metrics/{metric.id}' in response.text
        if metric.figures == "not held":
            assert re.sub(r"\s+", " ", metric.figures_note).rstrip(".") in words


def test_the_addresses_of_the_missions_are_fixed(catalogue):
    assert tuple(mission.slug for mission in catalogue.missions.values()) == SLUGS


def test_both_baselines_and_the_numbers_are_told(client):
    page = client.get("/missions/health").text
    words = text_of(page)
    assert (
        "Since 2017 to 2019 (before the pandemic): Moving away . Since 2017 to 2019 it widened by "
        "2.3 years."
    ) in words
    assert (
        "No starting point (at the White Paper): Cannot be shown: no baseline . There is no figure "
        "for the White Paper."
    ) in words
    assert "Latest figure 13.2" in words
    assert "Areas with a figure at the start 216" in words
    assert "Not named here 1.5" in words
    assert "Blank" not in words
    assert "Level at the cut (2): Dudley, Walsall." in words
    assert "E08000027" not in words


def test_a_reading_is_not_told_twice(client):
    page = client.get("/missions/health").text
    assert page.count("The gap went from 10.9 years to 13.2 years: a clear widening.") == 1
    assert "For men the gap widened by 2.3 years." in page


def test_sources_have_both_dates_and_the_licence(client):
    words = text_of(client.get("/missions/health").text)
    assert (
        "A producer: Healthy life expectancy of everyone . Read through A source; published "
        "3 February 2026, retrieved 30 June 2026. A licence."
    ) in words


def test_the_first_and_the_last_have_one_neighbour(client):
    first, last = (
        client.get(f"/missions/{slug}").text.partition("<body")[2]
        for slug in ("pay-employment-productivity", "devolution")
    )
    assert "Next" in first
    assert "Previous" not in first
    assert "Previous" in last
    assert "Next" not in last


def test_every_kind_of_test_has_plain_words(catalogue):
    assert set(KIND_WORDS) == set(ClauseKind)
    assert {clause.scope for clause in catalogue.clauses.values()} <= set(SCOPE_WORDS)
