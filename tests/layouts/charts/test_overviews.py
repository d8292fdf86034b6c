"""A series at a glance: strips and sparklines from stored overviews."""

from __future__ import annotations

import pytest

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from layouts.charts.overviews import overview_strip, word_sized_history
from metrics.catalogue import load_catalogue
from metrics.measures.results import AreaFigure, HistoryPoint
from tests.layouts.conftest import figure, life_expectancy_overview


@pytest.fixture(scope="module")
def metric():
    return load_catalogue().metrics["healthy-life-expectancy-male"]


def test_the_strip_has_the_boroughs_and_says_who_has_no_figure(metric):
    strip = overview_strip(metric, "A title", life_expectancy_overview("sex=male", 58.2))
    assert [row.value for row in strip.rows] == [56.0, 57.0, 58.0, 59.0, 60.0, 61.0, None]
    assert [row.code for row in strip.rows] == list(CONSTITUENT)
    assert [(r.code, r.value) for r in strip.references] == [
        (COMBINED_AUTHORITY, 58.2),
        (ENGLAND, 60.9),
    ]
    assert strip.better == "higher"
    assert strip.summary.startswith("Borough 6 61.0 years, Borough 5 60.0 years")
    assert strip.summary.endswith("No figure for Borough 7.")


def test_a_reference_without_a_figure_is_not_drawn(metric):
    strip = overview_strip(metric, "A title", life_expectancy_overview("sex=male", None))
    assert [reference.code for reference in strip.references] == [ENGLAND]


def test_without_any_borough_there_is_no_strip(metric):
    overview = life_expectancy_overview("sex=male", 58.2)
    blank = overview.model_copy(
        update={
            "named": tuple(
                AreaFigure(code=area.code, name=area.name, figure=figure(None))
                if area.code in CONSTITUENT
                else area
                for area in overview.named
            )
        }
    )
    assert overview_strip(metric, "A title", blank) is None


def test_the_history_keeps_its_gap_and_knows_its_ends(metric):
    history = word_sized_history(metric, life_expectancy_overview("sex=male", 58.2))
    assert history.line.values == (60.0, None, 58.2)
    assert history.line.comparator == (60.0, None, 58.2)
    assert (history.name, history.code) == ("West Midlands", COMBINED_AUTHORITY)
    assert [(end.value, end.period) for end in history.ends] == [(60.0, "2018"), (58.2, "2023")]
    assert (history.line.first_label, history.line.last_label) == ("2018", "2023")


def test_where_the_authority_has_none_england_is_shown_and_named(metric):
    history = word_sized_history(metric, life_expectancy_overview("sex=male", None))
    assert (history.name, history.code) == ("England", ENGLAND)
    assert history.line.comparator == ()


def test_one_value_is_no_history(metric):
    overview = life_expectancy_overview("sex=male", 58.2)
    point = HistoryPoint(
        start=overview.histories[ENGLAND][0].start,
        at=overview.histories[ENGLAND][0].at,
        period="2018",
        short_period="2018",
        value=60.0,
    )
    assert word_sized_history(metric, overview.model_copy(update={"histories": {}})) is None
    lone = overview.model_copy(update={"histories": {COMBINED_AUTHORITY: (point,)}})
    assert word_sized_history(metric, lone) is None
