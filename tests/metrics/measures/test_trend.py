"""Slopes over time: hand-worked, thinned, and refused where there is too little."""

from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from data.periods import TimePeriod
from metrics.definition import Evidence
from metrics.measures.change import Measured
from metrics.measures.trend import (
    Method,
    Point,
    decimal_year,
    independent_points,
    shared_time,
    trend,
)


def yearly(values, half_width=None, first=2019, years=1):
    return [
        Point(
            TimePeriod(date(first + index, 1, 1), date(first + index + years - 1, 12, 31)),
            Measured(value)
            if half_width is None
            else Measured(value, value - half_width, value + half_width),
        )
        for index, value in enumerate(values)
    ]


def test_windows_of_three_years_are_thinned_to_the_newest_that_do_not_overlap():
    points = yearly(range(12), first=2011, years=3)
    assert [point.period.start.year for point in independent_points(points)] == [
        2013,
        2016,
        2019,
        2022,
    ]


def test_the_weighted_slope_agrees_with_the_textbook_and_with_statsmodels():
    points = yearly([60.0, 61.0, 61.5, 63.0, 64.5], 1.96)
    found = trend(points, Evidence.INTERVALS)
    assert found is not None
    times = np.array([point.time for point in points])
    fitted = sm.WLS([60.0, 61.0, 61.5, 63.0, 64.5], sm.add_constant(times), weights=np.ones(5)).fit(
        cov_type="fixed scale", cov_kwds={"scale": 1.0}
    )
    assert found.method is Method.WEIGHTED
    assert found.slope == pytest.approx(fitted.params[1], rel=1e-6)
    # Equal errors of 1 over five years: the slope's error is 1/sqrt(10) = 0.316.
    assert (found.upper - found.lower) / 2 == pytest.approx(1.96 / np.sqrt(10), rel=1e-3)


def test_complete_counts_get_the_median_of_the_slopes():
    # Slopes of 1, 2, 3, 4, 100: the outlier does not carry the answer.
    found = trend(yearly([1.0, 2.0, 3.0, 4.0, 100.0]), Evidence.FULL_ENUMERATION)
    assert found is not None
    assert found.method is Method.THEIL_SEN
    assert found.slope == pytest.approx(1.0, abs=0.01)
    assert found.lower > 0


def test_a_direction_that_mann_kendall_does_not_see_is_not_claimed():
    found = trend(yearly([65.0, 59.0, 60.0, 61.0, 63.0]), Evidence.FULL_ENUMERATION)
    assert found is not None
    assert found.lower <= 0 <= found.upper


@pytest.mark.parametrize("count", [3, 4])
def test_three_or_four_points_give_a_slope_and_no_claim(count):
    found = trend(yearly([60.0 + step for step in range(count)], 0.1), Evidence.INTERVALS)
    assert found is not None
    assert found.slope == pytest.approx(1.0, rel=1e-3)
    assert not found.claims


def test_two_points_give_nothing():
    assert trend(yearly([60.0, 61.0], 0.1), Evidence.INTERVALS) is None


def test_many_overlapping_windows_with_few_independent_ones_are_approximate():
    found = trend(yearly([60.0 + step for step in range(12)], 0.5, 2011, 3), Evidence.INTERVALS)
    assert found is not None
    assert found.method is Method.GENERALISED
    assert (found.points, found.independent) == (12, 4)
    assert found.slope == pytest.approx(1.0, rel=1e-3)
    assert not found.claims


def test_five_points_without_any_margin_of_error_claim_nothing():
    found = trend(yearly([60.0, 61.0, 62.0, 63.0, 64.0]), Evidence.MODEL_WITHOUT_INTERVALS)
    assert found is not None
    assert not found.claims


def test_shared_time_of_windows_of_three_years():
    first = TimePeriod(date(2019, 1, 1), date(2021, 12, 31))
    second = TimePeriod(date(2020, 1, 1), date(2022, 12, 31))
    third = TimePeriod(date(2022, 1, 1), date(2024, 12, 31))
    assert shared_time(first, second) == pytest.approx(2 / 3, abs=0.001)
    assert shared_time(first, third) == 0.0


def test_decimal_years():
    assert decimal_year(date(2022, 1, 1)) == 2022.0
    assert decimal_year(date(2022, 7, 2)) == pytest.approx(2022.4986, abs=0.001)


@given(
    st.lists(st.floats(-50, 50), min_size=5, max_size=9),
    st.floats(0.1, 20),
    st.floats(-3, 3),
)
def test_adding_a_straight_line_adds_its_slope(values, scale, slope):
    points = yearly(values, scale)
    tilted = [
        Point(
            point.period,
            Measured(
                point.figure.value + slope * point.time,
                (point.figure.lower or 0) + slope * point.time,
                (point.figure.upper or 0) + slope * point.time,
            ),
        )
        for point in points
    ]
    before, after = trend(points, Evidence.INTERVALS), trend(tilted, Evidence.INTERVALS)
    assert before is not None
    assert after is not None
    assert after.slope == pytest.approx(before.slope + slope, abs=1e-6)
