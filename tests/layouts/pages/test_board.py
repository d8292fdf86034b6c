"""The board, on hand-made measures: what it shows, and that it hides nothing."""

from __future__ import annotations

import html
import re

import pytest
from markupsafe import escape

from layouts.pages.held import board_metrics


@pytest.fixture
def board(client):
    return client.get("/").text


def text_of(markup):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup)))


def test_it_asks_and_answers_in_one_sentence(board):
    assert "<h1>How does the West Midlands stand against the 12 missions?</h1>" in board
    answer = re.search(r'<p class="answer">(.*?)</p>', board).group(1)
    assert answer == (
        "Of the 38 statements that the 12 missions make, 1 is met, 1 is moving away and 36 have "
        "no data."
    )
    assert f'<meta name="description" content="{answer}">' in board


def test_the_region_is_compared_with_england_on_what_is_held(board):
    assert (
        "On the 2 series below that stand for a mission, the West Midlands Combined Authority "
        "(WMCA) is worse than England on 1. On 1 it has no published figure to compare."
    ) in board
    assert "Beside England: worse on 1" in board


def test_every_mission_and_every_clause_is_there_with_its_verdict(board, catalogue):
    words = text_of(board)
    for mission in catalogue.missions.values():
        assert escape(mission.wording) in board
        assert f'href="/missions/{mission.slug}"' in board
        for clause in mission.clauses:
            assert words.count(clause.title) >= 1
    assert board.count('class="verdict-word"') == 38 + words_in_grid(board) + 10


def words_in_grid(board):
    grid = re.search(r'<ol class="mission-grid">.*?</ol>', board, re.S).group(0)
    return grid.count('class="verdict-word"')


def test_verdicts_are_words_and_shapes_before_they_are_colours(board):
    chips = re.findall(r'<span class="verdict [\w-]+">(.*?)</span></span>', board, re.S)
    assert len(chips) == board.count('class="verdict-word"')
    for chip in chips:
        assert re.match(r'<svg class="verdict-glyph', chip)
        assert re.search(r'verdict-word">[A-Z][a-z]', chip)


def test_metrics_that_are_not_held_are_named_with_the_reason(board, catalogue):
    words = text_of(board)
    for number in catalogue.missions:
        for metric in board_metrics(catalogue, number):
            assert f'href="/metrics/{metric.id}' in board
            if metric.figures == "not held":
                assert re.sub(r"\s+", " ", metric.figures_note) in words


def test_figures_stand_with_interval_period_and_source(board):
    row = re.search(r'<article class="metric-row">.*?birth, male.*?</article>', board, re.S)
    words = text_of(row.group(0).rsplit("<article", 1)[1])
    assert "58.2 years 95% interval 56.9 to 59.4" in words
    assert "60.9 years 95% interval 60.7 to 61.2" in words
    assert "2022 to 2024" in words
    assert "2.7 years below England (60.9 years): worse." in words
    assert "West Midlands: 60.0 years in 2018, 58.2 years in 2023" in words
    assert "Source: A producer, Healthy life expectancy of everyone ; published 3 February" in words
    assert "Borough 6 61.0 years" in words
    assert "No figure for Borough 7" in words


def test_both_ends_of_a_history_lead_to_their_citations(board):
    histories = re.findall(r'<div class="metric-history">.*?</div>', board, re.S)
    ends = [re.findall(r'<a class="cite-value" href="([^"]+)"', one) for one in histories]
    cited = "/cite?metric=healthy-life-expectancy-{}&area={}&period={}-01-01&breakdown=sex%3D{}"
    assert [[html.unescape(end) for end in two] for two in ends] == [
        [cited.format(sex, area, year, sex) for year in (2018, 2023)]
        for sex, area in (("female", "E92000001"), ("male", "E47000007"))
    ]


def test_what_is_not_published_says_so_and_is_never_nothing(board):
    row = re.search(r'<article class="metric-row">.*?birth, female.*?</article>', board, re.S)
    words = text_of(row.group(0).rsplit("<article", 1)[1])
    assert "WMCA Not published" in words
    assert "England: 60.0 years in 2018" in words
    assert "below England" not in words


def test_the_framework_is_a_dated_thing(board, catalogue):
    assert escape(catalogue.framework.status) in board
    assert catalogue.framework.url in board
    assert "Figures as known on 30 June 2026." in board


def test_each_id_is_used_once(client):
    for url in ("/", "/missions/health"):
        ids = re.findall(r'\sid="([^"]+)"', client.get(url).text)
        assert sorted(ids) == sorted(set(ids))


def test_a_mission_stands_for_itself_by_headline_metrics_or_by_those_its_clauses_rest_on(catalogue):
    for number in catalogue.missions:
        chosen = board_metrics(catalogue, number)
        headline = [m for m in catalogue.metrics_of(number) if m.role.value == "headline"]
        assert chosen[: len(headline)] == headline
        assert all(metric.serves for metric in chosen[len(headline) :])
        assert chosen
