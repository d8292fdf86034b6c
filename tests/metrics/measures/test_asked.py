"""Changes of a stated size: when one is surely as large as asked, and what cannot be asked for."""

from datetime import date
from itertools import product

import pytest

from metrics.judging import judge_series
from metrics.measures.area_tests import changes_in, reaches_in
from metrics.measures.asked import size_asked, surely_as_asked
from metrics.measures.change import Measured
from metrics.measures.facts import area_facts
from metrics.measures.outcome import Subject
from metrics.measures.results import Cause, Verdict
from tests.metrics.measures.builders import make_clause, make_metric, make_series, row

ON = date(2026, 6, 18)
BIRMINGHAM = "E08000025"
COUNTED = {"evidence": "full_enumeration", "proportion": False, "plausible": {
    "lowest": -100, "highest": 1000}}  # fmt: skip


def asks(kind, threshold, threshold_kind, **changes):
    return make_clause(
        kind, scope="United Kingdom", threshold=threshold, threshold_kind=threshold_kind, **changes
    )


def both_ways(clause, then, now, half_width=None, **metric):
    """The verdict for the nation and that for one area with the same figures."""
    national = judge_series(clause, of("K02000001", then, now, half_width, **metric), ON)
    series = of(BIRMINGHAM, then, now, half_width, **metric)
    (facts,) = area_facts(series, trends=True)
    return national, changes_in(clause, Subject(series.metric), facts)


def of(code, then, now, half_width, **metric):
    years = ((2019, then), (2021, then), (2024, now))
    return make_series([row(code, year, value, half_width) for year, value in years], **metric)


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [(0.0, 0.1, "rises_by"), (-5.0, -6.0, "rises_by"), (-5.0, 5.0, "rises_by"),
     (0.0, 0.0, "falls_by")],
)  # fmt: skip
def test_a_share_of_nothing_or_less_is_never_met(then, now, kind):
    for found in both_ways(asks(kind, 0.4, "relative"), then, now, **COUNTED):
        assert (found.verdict, found.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.NO_RATIO)
        assert "a share of nothing, or of less" in found.sentence


@pytest.mark.parametrize(
    ("threshold", "kind", "then", "now", "verdict"),
    [
        # 60% may be 60.49 and 65% may be 64.51: a rise of 4.02.
        (5, "absolute", 60, 65, Verdict.MET_WITHIN_MARGIN),
        (5, "absolute", 60, 66, Verdict.MET),
        # 1.4 times 5.5 is 7.7; what is printed as 7 may be 6.5, and as 9 may be 8.5.
        (0.4, "relative", 5, 7, Verdict.MET_WITHIN_MARGIN),
        (0.4, "relative", 5, 9, Verdict.MET),
    ],
)
def test_what_rounding_hides_is_no_change_that_is_met(threshold, kind, then, now, verdict):
    clause = asks("rises_by", threshold, kind)
    for found in both_ways(clause, then, now, rounding=1.0, **COUNTED):
        assert found.verdict is verdict


def test_a_figure_published_to_the_last_unit_meets_what_it_equals():
    for found in both_ways(asks("rises_by", 5, "absolute"), 60, 65, rounding=0.0, **COUNTED):
        assert found.verdict is Verdict.MET


def test_the_start_of_a_share_counts_with_its_own_error():
    # 1.4 times 100 is 140. Errors of 2 and of 1.4 x 2 = 2.8 give 3.44, and 1.96 of those 6.74;
    # the error of the plain difference, 2.83, would give 5.54.
    clause, metric = asks("rises_by", 0.4, "relative"), make_metric()
    then = Measured(100, 96.08, 103.92)
    assert not surely_as_asked(clause, Measured(146.7, 142.78, 150.62), then, metric)
    assert surely_as_asked(clause, Measured(146.8, 142.88, 150.72), then, metric)


@pytest.mark.parametrize(("kind", "asked"), list(product(("rises_by", "falls_by"), (5.0, None))))
def test_the_size_asked_is_in_the_unit(kind, asked):
    clause = asks(kind, 5.0, "absolute") if asked else asks(kind, 0.5, "relative")
    assert size_asked(clause, 40.0) == (5.0 if asked else 20.0)


def test_figures_without_a_margin_of_error_are_met_within_it_at_most():
    clause = asks("falls_by", 0.5, "relative")
    for found in both_ways(clause, 60, 10, evidence="sample_without_intervals"):
        assert found.verdict is Verdict.MET_WITHIN_MARGIN


def cohort(values_then, values_now, half_width=None, **metric):
    codes = [f"E08{number:06d}" for number in range(9)]
    rows = [
        row(code, year, value, half_width)
        for year, values in ((2018, values_then), (2024, values_now))
        for code, value in zip(codes, values, strict=True)
    ]
    clause = make_clause(
        "cohort_rises_by", scope="england_upper_tier", threshold=0.5, threshold_kind="relative",
        baseline="declared", baseline_period="2018-01-01/P1Y", baseline_source="Made up.",
    )  # fmt: skip
    return judge_series(clause, make_series(rows, **metric), ON)


THEN = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0]


def test_a_cohort_has_met_what_its_errors_leave_no_doubt_of():
    # The lowest three average 20, so more than 30 is asked for. An error of 1 each makes
    # 1 / sqrt(3) = 0.58 of a mean, 0.87 of half as much again, 1.04 of both, and 2.04 at 95%.
    assert cohort(THEN, [31.9] * 9, 1.96).verdict is Verdict.MET_WITHIN_MARGIN
    assert cohort(THEN, [32.1] * 9, 1.96).verdict is Verdict.MET
    assert cohort(THEN, [90.0] * 9, evidence="sample_without_intervals").verdict is (
        Verdict.MET_WITHIN_MARGIN
    )


def test_a_cohort_of_nothing_cannot_be_asked_for_a_share_more():
    found = cohort([0.0] * 3 + THEN[3:], [5.0] * 9, evidence="full_enumeration")
    assert found.cause is Cause.NO_RATIO


def test_an_area_that_is_short_of_a_level_at_its_date_has_missed_it():
    series = make_series([row(BIRMINGHAM, 2019 + i, 80.0 + i, 0.1) for i in range(5)])
    clause = make_clause(
        "reaches", scope="United Kingdom", threshold=90, threshold_kind="level", baseline="none",
        deadline=date(2023, 12, 31),
    )  # fmt: skip
    (facts,) = area_facts(series, trends=True)
    found = reaches_in(clause, Subject(series.metric), facts)
    assert found.verdict is judge_series(clause, _as_uk(series), ON).verdict is Verdict.MISSED


def _as_uk(series):
    renamed = series.frame.assign(ref_area="K02000001")
    return type(series)(series.metric, "", renamed, renamed)
