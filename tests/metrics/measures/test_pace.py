"""Required and observed pace, the verdict they allow, and the same series by other methods."""

from datetime import date

import pytest

from data.periods import PeriodShape, TimePeriod
from metrics.measures.method_strip import Progress, Recent, growth_ratio, recent_trend
from metrics.measures.pace import pace_towards, verdict_by_pace, years_left
from metrics.measures.results import Cause, Verdict
from metrics.measures.trend import Method, Trend
from tests.metrics.measures.test_trend import yearly


def slope(observed, lower=None, upper=None):
    return Trend(observed, lower, upper, Method.WEIGHTED, 5, 5)


def pace(observed, lower=None, upper=None, target=90.0):
    # 27 to go in 5 years asks for 5.4 a year.
    made = pace_towards(63.0, target, 5.0, slope(observed, lower, upper))
    assert made is not None
    return made


def test_required_pace_and_continuation_worked_by_hand():
    made = pace(1.0, 0.5, 1.5)
    assert made.required == pytest.approx(5.4)
    assert made.implied == pytest.approx(68.0)
    assert (made.implied_lower, made.implied_upper) == pytest.approx((65.5, 70.5))
    assert made.ratio == pytest.approx(1.0 / 5.4)


@pytest.mark.parametrize(
    ("observed", "lower", "upper", "verdict", "cause"),
    [
        # 5.4 a year is needed, and 95% of it is 5.13.
        (6.0, 5.2, 6.8, Verdict.ON_COURSE, Cause.NONE),
        (5.4, 4.0, 6.8, Verdict.CANNOT_BE_SHOWN, Cause.PACE),
        (5.1, 4.0, 6.2, Verdict.CANNOT_BE_SHOWN, Cause.PACE),
        (3.0, 1.0, 5.0, Verdict.TOO_SLOWLY, Cause.NONE),
        (0.5, -1.0, 2.0, Verdict.NO_CLEAR_CHANGE, Cause.NONE),
        (3.0, -1.0, 7.0, Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL),
        (-1.0, -2.0, -0.1, Verdict.MOVING_AWAY, Cause.NONE),
        (5.4, None, None, Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS),
    ],
)
def test_the_verdict_table(observed, lower, upper, verdict, cause):
    assert verdict_by_pace(pace(observed, lower, upper)) == (verdict, cause)


def test_a_target_below_is_reached_by_falling():
    falling = pace(-5.8, -6.4, -5.2, target=36.0)
    rising = pace(5.8, 5.2, 6.4, target=36.0)
    assert verdict_by_pace(falling) == (Verdict.ON_COURSE, Cause.NONE)
    assert verdict_by_pace(rising) == (Verdict.MOVING_AWAY, Cause.NONE)


def test_no_pace_without_time_left():
    assert pace_towards(63.0, 90.0, 0.0, slope(1.0)) is None


@pytest.mark.parametrize(
    ("start", "end", "shape", "deadline", "years"),
    [
        ((2022, 1, 1), (2024, 12, 31), PeriodShape.THREE_CALENDAR_YEARS, (2035, 12, 31), 11),
        ((2024, 9, 1), (2025, 8, 31), PeriodShape.SCHOOL_YEAR, (2030, 12, 31), 5),
        ((2021, 4, 1), (2022, 3, 31), PeriodShape.FINANCIAL_YEAR, (2025, 3, 31), 3),
        ((2021, 4, 1), (2022, 3, 31), PeriodShape.FINANCIAL_YEAR, (2025, 3, 30), 2),
        ((2025, 12, 1), (2025, 12, 31), PeriodShape.MONTH, (2030, 12, 31), 5),
    ],
)
def test_the_time_left_is_counted_in_periods_that_are_over_by_the_deadline(
    start, end, shape, deadline, years
):
    period = TimePeriod(date(*start), date(*end))
    assert years_left(period, shape, date(*deadline)) == pytest.approx(years, abs=0.001)


def ratio(now, start=100.0, target=200.0):
    # From 2015 to 2030 a doubling asks for 2^(1/15) - 1 = 4.73% a year; ten years have passed.
    return growth_ratio(start, date(2015, 1, 1), now, date(2025, 1, 1), target, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("now", "progress"),
    [
        (158.8, Progress.SIGNIFICANT),
        (140.0, Progress.MODERATE),
        (110.0, Progress.LIMITED),
        (95.0, Progress.AWAY),
        (205.0, Progress.REACHED),
    ],
)
def test_growth_ratios_fall_into_the_published_classes(now, progress):
    assert ratio(now).progress is progress


def test_growth_worked_by_hand():
    found = ratio(158.8)
    assert found.required == pytest.approx(2 ** (1 / 15) - 1)
    assert found.observed == pytest.approx(1.588**0.1 - 1, rel=1e-4)


def test_values_at_or_below_zero_have_no_growth():
    assert ratio(0.0).progress is Progress.NOT_APPLICABLE


def test_the_recent_trend_rule_needs_strength_and_steadiness():
    # Slope 1 with error 1/sqrt(10) * 1: statistic 10 > 9.5495.
    up = recent_trend(yearly([60.0, 61.0, 62.0, 63.0, 64.0], 1.96 * 0.99), proportion=False)
    weak = recent_trend(yearly([60.0, 61.0, 62.0, 63.0, 64.0], 1.96 * 1.1), proportion=False)
    assert up.outcome is Recent.UP
    assert up.statistic == pytest.approx(10 / 0.99**2, rel=0.01)
    assert weak.outcome is Recent.NONE


def test_one_point_that_carries_the_trend_alone_is_not_a_trend():
    jump = recent_trend(yearly([60.0, 60.2, 60.1, 60.0, 66.0], 0.5), proportion=False)
    assert jump.outcome is Recent.NONE


@pytest.mark.parametrize(
    ("points", "proportion", "why"),
    [
        (yearly([60.0] * 5, 1.0), True, "counts"),
        (yearly([60.0] * 4, 1.0), False, "fewer than five"),
        (yearly([60.0] * 5), False, "no margin of error"),
        (yearly([60.0] * 6, 1.0)[:3] + yearly([60.0] * 6, 1.0)[4:], False, "gap"),
    ],
)
def test_where_the_recent_trend_rule_does_not_apply_it_says_why(points, proportion, why):
    found = recent_trend(points, proportion=proportion)
    assert found.outcome is Recent.NOT_APPLICABLE
    assert why in found.why
