"""Two figures side by side: hand-worked z tests, complete counts, and what cannot be tested."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import Evidence, Polarity
from metrics.measures.change import Measured, against_benchmark, difference, quality
from metrics.measures.results import Direction, Quality


def test_a_clear_rise_worked_by_hand():
    # Half widths 1.96 and 2.94 are errors of 1 and 1.5; the difference 4 has error sqrt(3.25).
    later, earlier = Measured(64.0, 62.04, 65.96), Measured(60.0, 57.06, 62.94)
    result = difference(later, earlier, Evidence.INTERVALS, 0.1)
    error = math.sqrt(1.0**2 + 1.5**2)
    assert result.size == 4.0
    assert result.direction is Direction.HIGHER
    assert result.lower == pytest.approx(4 - 1.96 * error)
    assert result.upper == pytest.approx(4 + 1.96 * error)
    # z = 2.2188; the two-sided p of the standard normal is 0.0265.
    assert result.p_value == pytest.approx(0.0265, abs=0.0001)


def test_overlapping_intervals_can_still_differ_clearly_and_the_test_decides():
    # z = 3 / sqrt(2) = 2.12 although [58.04, 61.96] and [61.04, 64.96] overlap.
    result = difference(
        Measured(63.0, 61.04, 64.96), Measured(60.0, 58.04, 61.96), Evidence.INTERVALS, 0.1
    )
    assert result.direction is Direction.HIGHER


def test_a_difference_inside_its_interval_is_not_clear():
    result = difference(
        Measured(61.0, 59.04, 62.96), Measured(60.0, 58.04, 61.96), Evidence.INTERVALS, 0.1
    )
    assert result.direction is Direction.NOT_CLEAR


def test_a_figure_without_an_interval_is_not_tested():
    result = difference(Measured(61.0), Measured(60.0, 58.0, 62.0), Evidence.INTERVALS, 0.1)
    assert result.direction is Direction.CANNOT_TEST
    assert result.p_value is None
    assert "no 95% interval" in result.reason


@pytest.mark.parametrize(
    ("later", "earlier", "expected"),
    [(62.0, 63.0, Direction.LOWER), (63.0, 63.0, Direction.SAME), (63.0, 62.0, Direction.HIGHER)],
)
def test_complete_counts_in_whole_percentages_differ_by_a_step_or_not_at_all(
    later, earlier, expected
):
    result = difference(Measured(later), Measured(earlier), Evidence.FULL_ENUMERATION, 1.0)
    assert result.direction is expected


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence.RATES_WITHOUT_COUNTS,
        Evidence.SAMPLE_WITHOUT_INTERVALS,
        Evidence.MODEL_WITHOUT_INTERVALS,
    ],
)
def test_nothing_is_claimed_without_a_margin_of_error_however_large_the_difference(evidence):
    result = difference(Measured(90.0), Measured(10.0), evidence, 0.0)
    assert result.direction is Direction.CANNOT_TEST
    assert result.reason


def test_a_benchmark_inside_the_areas_interval_is_similar_and_outside_is_not():
    area = Measured(58.2, 57.6, 58.8)
    inside = against_benchmark(area, 58.7, Evidence.INTERVALS, 0.1)
    outside = against_benchmark(area, 61.5, Evidence.INTERVALS, 0.1)
    assert inside.direction is Direction.NOT_CLEAR
    assert outside.direction is Direction.LOWER
    assert outside.size == pytest.approx(-3.3)


def test_better_and_worse_come_from_polarity_alone():
    assert quality(Direction.HIGHER, Polarity.HIGHER) is Quality.BETTER
    assert quality(Direction.HIGHER, Polarity.LOWER) is Quality.WORSE
    assert quality(Direction.HIGHER, Polarity.NONE) is Quality.NONE
    assert quality(Direction.NOT_CLEAR, Polarity.HIGHER) is Quality.NONE


values = st.floats(-1000, 1000)
widths = st.floats(0.01, 100)


@given(values, widths, values, widths, st.floats(1.0, 10.0))
def test_wider_intervals_never_turn_doubt_into_a_claim(first, one, second, two, wider):
    def at(scale):
        return difference(
            Measured(first, first - one * scale, first + one * scale),
            Measured(second, second - two * scale, second + two * scale),
            Evidence.INTERVALS,
            0.0,
        ).direction

    if at(1.0) is Direction.NOT_CLEAR:
        assert at(wider) is Direction.NOT_CLEAR


@given(values, widths, values, widths)
def test_exchanging_the_figures_exchanges_higher_and_lower(first, one, second, two):
    a, b = Measured(first, first - one, first + one), Measured(second, second - two, second + two)
    there = difference(a, b, Evidence.INTERVALS, 0.0)
    back = difference(b, a, Evidence.INTERVALS, 0.0)
    turned = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    assert back.direction is turned.get(there.direction, there.direction)
    assert back.size == -there.size
