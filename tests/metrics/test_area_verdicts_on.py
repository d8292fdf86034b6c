"""Verdicts for one area on an earlier day beside those of today, by hand and on what ships."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine

from data.reads import read_measures, read_series, read_successors
from metrics.area_readings import cohorts_of
from metrics.area_verdicts_on import JUDGED_FOR_AN_AREA, area_verdicts_since, then_and_now_of
from metrics.catalogue import Catalogue, load_catalogue
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.results import AreaFacts, ClauseSummary, Verdict
from tests.metrics.measures.builders import frame, make_clause, make_metric, make_series, row

BOROUGH, OTHER, AUTHORITY = "E08000025", "E08000026", "E47000007"
NEWEST = date(2026, 12, 31)


def one_statement(kind="rises_everywhere", ids=("example-share",)):
    """The shipped framework with one mission of one clause, served by these metrics."""
    shipped = load_catalogue()
    mission = shipped.missions[1]
    clause = make_clause(kind, id="1.example", words=mission.wording)
    metrics = {one: make_metric(id=one, serves=["1.example"]) for one in ids}
    return Catalogue(
        shipped.framework, {1: mission.model_copy(update={"clauses": (clause,)})}, metrics
    )


def facts_of(*values, metric="example-share", code=BOROUGH):
    """What is known of an area with a figure of 2019, 2021 and 2023, each 0.5 either way."""
    rows = [
        row(code, year, value, None if value is None else 0.5, status="" if value else "x")
        for year, value in zip((2019, 2021, 2023), values, strict=False)
    ]
    return area_facts(make_series(rows, id=metric, serves=["1.example"]), trends=True)


def told(then, now, **more):
    return then_and_now_of(one_statement(**more), BOROUGH, then, now, {})


def test_a_revision_that_turns_a_verdict_is_told():
    # 60 and 61 to 65 is a clear rise from both years; revised to 60.4 it is above 60 by less than
    # the margin of the two, 0.71, and below 61 by 0.6, so neither is a clear change.
    (one,) = told(facts_of(60.0, 61.0, 65.0), facts_of(60.0, 61.0, 60.4))
    assert one.then is not None
    assert one.then.verdict is Verdict.MET
    assert one.now.words == "Cannot be shown: margin of error"
    assert not one.same
    assert (one.series_then, one.series_now) == (1, 1)


def test_a_revision_within_the_same_verdict_leaves_it_the_same():
    (one,) = told(facts_of(60.0, 61.0, 65.0), facts_of(60.0, 61.0, 66.0))
    assert one.same
    assert one.then is not None
    assert one.then.sentence != one.now.sentence


def test_an_area_without_figures_then_had_no_verdict():
    (one,) = told([], facts_of(60.0, 61.0, 65.0))
    assert one.then is None
    assert not one.same
    assert (one.series_then, one.series_now) == (0, 1)


def test_an_area_whose_figures_were_withdrawn_has_no_data_now():
    (one,) = told(facts_of(60.0, 61.0, 65.0), [])
    assert one.then is not None
    assert one.then.verdict is Verdict.MET
    assert one.now.verdict is Verdict.NO_DATA
    assert (one.series_then, one.series_now) == (1, 0)


def test_figures_that_are_all_blank_are_no_figures():
    other = row(OTHER, 2023, 1.0, 0.5)
    blank = make_series([row(BOROUGH, 2023, None, status="x"), other], serves=["1.example"])
    assert told(area_facts(blank, [BOROUGH]), area_facts(blank, [BOROUGH])) == ()


def test_series_that_part_ways_are_not_the_same_though_both_read_see_each_metric():
    two = ("example-share", "example-other")
    rises, falls = (60.0, 61.0, 65.0), (65.0, 64.0, 60.0)
    first = [*facts_of(*rises), *facts_of(*falls, metric="example-other")]
    swapped = [*facts_of(*falls), *facts_of(*rises, metric="example-other")]
    (one,) = told(first, swapped, ids=two)
    assert one.then is not None
    assert one.then.words == one.now.words == "See each metric"
    assert not one.same
    (still,) = told(first, first, ids=two)
    assert still.same


def test_a_statement_on_all_areas_together_is_left_out():
    facts = facts_of(60.0, 61.0, 65.0)
    assert told(facts, facts, kind="gap_closes") == ()


def test_the_periods_of_the_whole_series_set_the_baseline_of_an_area():
    # Others have figures for 2021, the newest year over by the White Paper; the area has none,
    # so its 2020 is not counted from in its place.
    own = [row(BOROUGH, 2020, 60.0, 0.5), row(BOROUGH, 2023, 65.0, 0.5)]
    rows = [*own, row(OTHER, 2021, 50.0, 0.5)]
    (whole,) = area_facts(make_series(rows), [BOROUGH], trends=True)
    periods = tuple(make_series(rows).periods)
    (alone,) = area_facts(
        Series.of(make_metric(), "", frame(own), {}, periods), [BOROUGH], trends=True
    )
    assert alone.changes == whole.changes
    assert alone.trend == whole.trend
    assert [change.difference for change in alone.changes] == [None, None]


CATALOGUE = load_catalogue()


def asked(store: Engine, code: str, since: date):
    with store.connect() as connection:
        payloads = read_measures(connection, "area_facts", area_code=code).values()
        now = [AreaFacts.model_validate_json(text) for text in payloads]
        national = read_measures(connection, "clause").values()
        cohorts = cohorts_of(ClauseSummary.model_validate_json(text) for text in national)
        return area_verdicts_since(connection, CATALOGUE, code, since, now, cohorts)


# The authority, a borough, and places whose code changed or that were put together of others.
@pytest.mark.parametrize("code", [AUTHORITY, BOROUGH, "E06000061", "E08000037", "E06000066"])
def test_on_the_newest_day_every_verdict_is_that_of_today(built_store: Engine, code: str):
    verdicts = asked(built_store, code, NEWEST)
    assert len(verdicts) >= 5
    for one in verdicts:
        assert one.same, (one.clause.id, one.then, one.now)
        assert one.then == one.now


def test_a_figure_that_was_not_known_yet_gives_no_verdict(built_store: Engine):
    verdicts = {one.clause.id: one for one in asked(built_store, AUTHORITY, date(2026, 1, 13))}
    assert verdicts["7.five-years"].then is None
    gigabit = verdicts["4.gigabit"]
    assert gigabit.then is not None
    assert gigabit.then.words == "Cannot be shown: too few points"
    assert not gigabit.same
    assert all(one.clause.kind in JUDGED_FOR_AN_AREA for one in verdicts.values())


def test_an_areas_facts_on_a_day_are_those_of_the_whole_series_on_that_day(built_store: Engine):
    day, metric = date(2026, 1, 13), CATALOGUE.metrics["key-stage-2-reading-writing-maths"]
    verdicts = {one.clause.id: one for one in asked(built_store, BOROUGH, day)}
    with built_store.connect() as connection:
        rows = read_series(connection, metric.id, as_of=day)
        series = Series.of(metric, "", rows, read_successors(connection))
    (whole,) = area_facts(series, [BOROUGH], trends=True)
    (expected,) = (
        one.then
        for one in then_and_now_of(CATALOGUE, BOROUGH, [whole], [whole], {})
        if one.clause.id == "5.expected-standard-90"
    )
    assert verdicts["5.expected-standard-90"].then == expected
