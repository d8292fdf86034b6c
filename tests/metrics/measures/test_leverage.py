"""Money drawn in by other money: the ratio, its interval, and when there is none."""

from datetime import date

import pytest

from metrics.measures.change import Difference
from metrics.measures.leverage import judge_leverage, ratio_of
from metrics.measures.outcome import Subject
from metrics.measures.results import Cause, Direction, Verdict
from tests.metrics.measures.builders import make_clause, make_metric, make_series, row

ON = date(2026, 6, 18)
UK = "K02000001"


def exact(size):
    return Difference(size, None, None, Direction.HIGHER, None)


def within(size, half):
    return Difference(size, size - half, size + half, Direction.HIGHER, 0.01)


def test_a_ratio_of_complete_counts_is_exact():
    found = ratio_of(exact(300.0), exact(100.0))
    assert found is not None
    assert (found.size, found.lower, found.upper) == (3.0, 3.0, 3.0)


def test_the_interval_of_a_ratio_worked_by_hand():
    # Errors 10 on 300 and 10 on 100: g = (1.96 * 10 / 100)^2 = 0.0384, and the half-width is
    # 0.0196 * sqrt(100 * 0.9616 + 9 * 100) = 0.0196 * 31.56 = 0.6186, all over 0.9616.
    found = ratio_of(within(300.0, 19.6), within(100.0, 19.6))
    assert found is not None
    assert found.lower == pytest.approx((3 - 0.61860) / 0.961584, abs=1e-4)
    assert found.upper == pytest.approx((3 + 0.61860) / 0.961584, abs=1e-4)


def test_an_addition_that_may_be_nothing_leaves_the_ratio_open():
    found = ratio_of(within(300.0, 19.6), within(10.0, 19.6))
    assert found is not None
    assert (found.lower, found.upper) == (None, None)


@pytest.mark.parametrize("added", [0.0, -5.0])
def test_nothing_added_draws_nothing(added):
    assert ratio_of(exact(300.0), exact(added)) is None


def judged(public, private, threshold=2.0, half=None, **metric):
    """Money of 2019 and 2021 and then of 2023, public and private."""
    money = {"aggregation": {"rule": "sum", "reason": "Made up."}, "proportion": False}
    several = [
        make_series(
            [row(UK, year, value, half) for year, value in zip(years, values, strict=True)],
            **{**money, "evidence": "full_enumeration", **metric},
        )
        for years in [(2019, 2021, 2023)]
        for values in (public, private)
    ]
    clause = make_clause(
        "leverages",
        scope="United Kingdom",
        threshold=threshold,
        threshold_kind="level",
        drawn_by="public-money",
        drawn_in="private-money",
    )
    return judge_leverage(clause, several[0], several[1], Subject(make_metric()), ON)


def test_twice_as_much_drawn_in_is_met():
    reading = judged((100.0, 100.0, 150.0), (200.0, 200.0, 320.0))
    assert reading.verdict is Verdict.MET
    assert "2.4 for each pound, where 2 are asked" in reading.sentence


def test_less_than_twice_has_no_pace():
    reading = judged((100.0, 100.0, 150.0), (200.0, 200.0, 250.0))
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS)
    assert "1.0 for each pound" in reading.sentence


def test_public_money_that_fell_draws_in_nothing():
    reading = judged((100.0, 100.0, 90.0), (200.0, 200.0, 250.0))
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.NO_RATIO)


def test_a_ratio_whose_interval_spans_two_is_met_within_the_margin():
    reading = judged((100.0, 100.0, 150.0), (200.0, 200.0, 310.0), half=10.0, evidence="intervals")
    assert reading.verdict is Verdict.MET_WITHIN_MARGIN


def test_a_sample_without_intervals_shows_the_ratio_and_claims_nothing():
    reading = judged(
        (100.0, 100.0, 150.0), (200.0, 200.0, 320.0), evidence="sample_without_intervals"
    )
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.NO_INTERVAL)
    assert "2.4 for each pound" in reading.sentence


def test_years_of_different_shapes_are_no_data():
    clause = make_clause(
        "leverages", scope="United Kingdom", threshold=2, threshold_kind="level",
        drawn_by="public-money", drawn_in="private-money",
    )  # fmt: skip
    public = make_series(
        [row(UK, (date(2021, 4, 1), date(2022, 3, 31)), 5.0)],
        coverage={**make_metric().coverage.model_dump(), "period": "financial_year"},
    )
    private = make_series([row(UK, 2021, 5.0)])
    reading = judge_leverage(clause, public, private, Subject(make_metric()), ON)
    assert reading.verdict is Verdict.NO_DATA
    assert "financial year" in reading.sentence
    assert "no year in common" in reading.sentence
    nothing = judge_leverage(clause, None, private, Subject(make_metric()), ON)
    assert nothing.verdict is Verdict.NO_DATA
