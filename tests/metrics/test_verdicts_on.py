"""The verdict of one series on an earlier day beside that of today, on the figures that ship."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from data.reads import read_measures
from metrics.catalogue import load_catalogue
from metrics.measures.results import ClauseSummary, Verdict
from metrics.verdicts_on import JUDGED_ALONE, verdicts_since

CATALOGUE = load_catalogue()
GIGABIT, LIFE = "gigabit-broadband", "healthy-life-expectancy-male"


def found(store: Engine, metric: str, since: date):
    one = CATALOGUE.metrics[metric]
    with store.connect() as connection:
        return verdicts_since(connection, CATALOGUE, one, one.series[0].breakdown, since)


def test_before_there_was_a_series_of_three_points_nothing_could_be_shown(built_store: Engine):
    (gigabit,) = found(built_store, GIGABIT, date(2025, 1, 31))
    assert gigabit.clause.id == "4.gigabit"
    assert gigabit.then is not None
    assert gigabit.then.verdict is Verdict.CANNOT_BE_SHOWN
    assert gigabit.now.verdict is not gigabit.then.verdict
    assert not gigabit.same


def test_on_the_newest_day_the_verdict_is_that_of_today(built_store: Engine):
    for metric in (GIGABIT, LIFE, "key-stage-2-reading-writing-maths", "homicide-rate"):
        verdicts = found(built_store, metric, date(2026, 12, 31))
        assert verdicts, metric
        for one in verdicts:
            assert one.then is not None
            assert one.same, (metric, one.clause.id, one.then.words, one.now.words)


def test_the_verdict_of_today_is_the_one_stored(built_store: Engine):
    with built_store.connect() as connection:
        stored = read_measures(connection, "clause", subjects=["7.gap-narrows"])
    summary = ClauseSummary.model_validate_json(stored["7.gap-narrows", ""])
    (own,) = [one for one in summary.readings if one.metric == LIFE]
    (gap,) = [v for v in found(built_store, LIFE, date(2025, 1, 31)) if "gap" in v.clause.id]
    assert gap.now == own


def test_before_any_figure_was_known_there_is_no_verdict(built_store: Engine):
    verdicts = found(built_store, LIFE, date(1990, 1, 1))
    assert [one.clause.id for one in verdicts] == ["7.gap-narrows", "7.five-years"]
    assert all(one.then is None and not one.same for one in verdicts)


def test_a_metric_that_serves_nothing_or_a_ratio_has_none(built_store: Engine):
    for metric in CATALOGUE.metrics.values():
        kinds = {CATALOGUE.clauses[one].kind for one in metric.serves}
        if metric.series and not kinds & set(JUDGED_ALONE):
            assert found(built_store, metric.id, date(2025, 1, 31)) == ()
