"""Three methods on one series, and whether they say the same."""

from datetime import date

import pytest

from metrics.count_intervals import with_count_intervals
from metrics.denominators import Denominators
from metrics.judging import judge_series
from tests.metrics.measures.builders import make_clause, make_series, row

ON = date(2026, 6, 18)


def strip(values, half_width=0.196, **metric):
    rows = [row("K02000001", 2023 - len(values) + 1 + index, value, half_width)
            for index, value in enumerate(values)]  # fmt: skip
    clause = make_clause(
        "reaches", scope="United Kingdom", threshold=90, threshold_kind="level", baseline="none"
    )
    reading = judge_series(clause, make_series(rows, **metric), ON)
    return {one.method.split(" (")[0]: one for one in reading.methods}, reading


def test_a_steady_rise_on_course_is_seen_by_all_three():
    methods, reading = strip([80.0, 81.0, 82.0, 83.0, 84.0], proportion=False)
    assert reading.verdict.value == "On course"
    assert methods["Absolute pace"].outcome == "On course"
    assert methods["Growth ratio"].outcome == "significant progress"
    assert methods["Recent trend"].outcome == "increasing"
    assert [methods[name].agrees for name in ("Growth ratio", "Recent trend")] == [True, True]


def test_a_share_without_its_counts_has_no_recent_trend_and_says_why():
    methods, _ = strip([80.0, 81.0, 82.0, 83.0, 84.0])
    assert methods["Recent trend"].outcome == "not applicable"
    assert methods["Recent trend"].agrees is None
    assert "counts" in methods["Recent trend"].note


def test_a_share_whose_counts_are_held_has_a_recent_trend():
    declared = {
        "evidence": "counts",
        "counts": {"chance": "binomial", "per": 100},
        "denominator": "residents of all ages",
    }
    values = [80.0, 81.0, 82.0, 83.0, 84.0]
    rows = [row("K02000001", 2019 + place, value) for place, value in enumerate(values)]
    people = {2019 + place: {"K02000001": 1e6} for place in range(5)}
    clause = make_clause(
        "reaches", scope="United Kingdom", threshold=90, threshold_kind="level", baseline="none"
    )

    def recent(years):
        held = Denominators({"": {year: people[year] for year in years}}, {})
        series = with_count_intervals({"": [make_series(rows, **declared)]}, held)[""][0]
        return judge_series(clause, series, ON).methods[-1]

    assert (recent(range(2019, 2024)).outcome, recent(range(2019, 2024)).agrees) == (
        "increasing",
        True,
    )
    without = recent(range(2019, 2023))
    assert without.outcome == "not applicable"
    assert without.note.endswith("and a point has none.")


def test_a_trend_that_one_point_carries_is_on_course_by_pace_and_no_trend_by_the_other_rule():
    methods, reading = strip([70.0, 84.0, 84.0, 84.1, 83.9], half_width=3.0, proportion=False)
    assert reading.verdict.value == "On course"
    assert methods["Recent trend"].outcome == "no significant change"
    assert methods["Recent trend"].agrees is False


def test_growth_is_written_with_both_rates_and_the_same_end():
    methods, _ = strip([80.0, 81.0, 82.0, 83.0, 84.0])
    # 84/80 over four years is 1.23% a year; 90/80 over eleven, 1.08%.
    assert methods["Growth ratio"].note.startswith("1.23% a year since 2019, where 1.08%")


@pytest.mark.parametrize("values", [[84.0]])
def test_a_single_figure_leaves_only_the_own_method(values):
    methods, _ = strip(values)
    assert list(methods) == ["Absolute pace"]


def test_complete_counts_have_no_recent_trend():
    methods, _ = strip([80.0, 81.0, 82.0, 83.0, 84.0], None, evidence="full_enumeration")
    assert methods["Recent trend"].outcome == "not applicable"
    assert methods["Growth ratio"].outcome == "significant progress"
