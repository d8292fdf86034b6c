"""More people by a stated number: counts, never rates, and *No data* without a baseline."""

from datetime import date

from metrics.judging import judge_series
from metrics.measures.results import Cause, Verdict
from tests.metrics.measures.builders import make_clause, make_series, row

ON = date(2026, 6, 18)
AREAS = [f"E08{number:06d}" for number in range(1, 10)]
COUNTED = {
    "aggregation": {"rule": "sum", "reason": "People can be added up."},
    "evidence": "full_enumeration",
    "proportion": False,
    "rounding": 1,
    "unit": {"label": "people", "difference": "people", "decimals": 0},
}
ASKED = {
    "threshold": 100.0,
    "threshold_kind": "absolute",
    "baseline": "declared",
    "baseline_period": "2018-01-01/P1Y",
    "baseline_source": "Made up.",
}


def nation(*values):
    rows = [row("E92000001", 2018 + 3 * i, value) for i, value in enumerate(values)]
    return make_series(rows, **COUNTED)


def judge(series, ranking=None, **clause):
    made = make_clause("count_rises_by", **{**ASKED, **clause})
    return judge_series(made, series, ON, ranking)


def test_a_national_count_that_has_grown_enough_is_met():
    reading = judge(nation(1000.0, 1150.0), scope="England")
    assert reading.verdict is Verdict.MET
    assert "up 150 people, where the mission asks for a rise of 100 people" in reading.sentence


def test_without_the_baseline_count_there_is_no_data():
    late = make_series([row("E92000001", 2021, 1000.0)], **COUNTED)
    reading = judge(late, scope="England")
    assert reading.verdict is Verdict.NO_DATA
    assert reading.sentence == "The count for the baseline year is not held."


def test_a_rate_is_never_taken_for_a_count():
    rate = make_series([row("E92000001", 2018, 4.0), row("E92000001", 2021, 5.0)])
    reading = judge(rate, scope="England")
    assert reading.verdict is Verdict.NO_DATA
    assert "rates are not numbers" in reading.sentence


def counts_by_area(then, now):
    rows = [
        row(code, year, value)
        for year, values in ((2018, then), (2024, now))
        for code, value in zip(AREAS, values, strict=True)
        if value is not None
    ]
    return make_series(rows, **COUNTED)


def ranked(*values):
    return make_series([row(code, 2018, value) for code, value in zip(AREAS, values, strict=True)])


LOWEST = {"scope": "england_upper_tier", "lowest_by": "level-3"}


def test_the_lowest_third_by_another_metric_worked_by_hand():
    # The lowest three of nine by skill are the last three; together they go from 60 to 180.
    then, now = [50.0] * 6 + [20.0] * 3, [50.0] * 6 + [60.0] * 3
    skill = ranked(60.0, 61.0, 62.0, 63.0, 64.0, 65.0, 40.0, 41.0, 42.0)
    reading = judge(counts_by_area(then, now), skill, **LOWEST)
    assert reading.verdict is Verdict.MET
    assert "from 60 in 2018 to 180 in 2024: up 120 people" in reading.sentence


def test_areas_level_at_the_cut_are_read_both_ways():
    # Two are lowest and two stand level: without those two 100 more, with them 60 fewer than that.
    then = [50.0] * 5 + [20.0] * 4
    now = [50.0] * 5 + [80.0, 80.0, 0.0, 0.0]
    skill = ranked(60.0, 61.0, 62.0, 63.0, 64.0, 40.0, 41.0, 42.0, 42.0)
    reading = judge(counts_by_area(then, now), skill, **LOWEST)
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.TIES)


def test_without_figures_to_choose_the_lowest_by_there_is_no_data():
    series = counts_by_area([50.0] * 9, [60.0] * 9)
    assert judge(series, None, **LOWEST).verdict is Verdict.NO_DATA


def test_a_lowest_area_without_a_count_is_named():
    skill = ranked(60.0, 61.0, 62.0, 63.0, 64.0, 65.0, 40.0, 41.0, 42.0)
    series = counts_by_area([50.0] * 9, [60.0] * 8 + [None])
    reading = judge(series, skill, **LOWEST)
    assert reading.verdict is Verdict.CANNOT_BE_SHOWN
    assert AREAS[8] in reading.sentence
