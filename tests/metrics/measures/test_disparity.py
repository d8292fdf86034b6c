"""Gaps among areas: tenths rounded up, errors with the groups held, noise taken out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.definition import Polarity
from metrics.measures.disparity import (
    corrected_gap,
    gap_between_extremes,
    gap_top_and_rest,
    shrink,
    tenth_of,
)


def test_a_tenth_of_216_areas_is_22():
    assert tenth_of(216) == 22
    assert tenth_of(20) == 2


def test_the_gap_between_extremes_worked_by_hand():
    # Of 1..20 the highest two average 19.5 and the lowest two 1.5.
    values = np.arange(1.0, 21.0)
    errors = np.full(20, 2.0)
    gap = gap_between_extremes(values, errors)
    assert gap is not None
    assert gap.size == 18.0
    # Each end: sqrt(2 * 4) / 2 = sqrt(2); both: 2.
    assert gap.error == pytest.approx(2.0)
    assert gap.interval == pytest.approx((18 - 3.92, 18 + 3.92))


def test_the_best_tenth_and_the_rest_worked_by_hand_for_both_polarities():
    values = np.arange(1.0, 21.0)
    higher = gap_top_and_rest(values, Polarity.HIGHER)
    lower = gap_top_and_rest(values, Polarity.LOWER)
    assert higher is not None
    assert lower is not None
    # 19.5 less the mean of 1..18, which is 9.5; and the mean of 3..20, 11.5, less 1.5.
    assert (higher.size, higher.top_mean, higher.other_mean) == (10.0, 19.5, 9.5)
    assert (lower.size, lower.top_mean, lower.other_mean) == (10.0, 1.5, 11.5)


def test_too_few_areas_or_no_polarity_give_no_gap():
    assert gap_between_extremes(np.arange(19.0)) is None
    assert gap_top_and_rest(np.arange(40.0), Polarity.NONE) is None


def test_shrinkage_worked_by_hand():
    # Mean 10, sample variance 6; sampling variance 3 leaves 3 between areas: half the distance.
    values = np.array([8.0, 12.0, 8.0, 12.0, 10.0, 10.0, 14.0, 6.0, 10.0])
    assert values.var(ddof=1) == pytest.approx(6.0)
    drawn = shrink(values, np.full(9, np.sqrt(3.0)))
    assert drawn.between_variance == pytest.approx(3.0)
    assert drawn.values == pytest.approx(10 + 0.5 * (values - 10))
    assert drawn.errors == pytest.approx(np.full(9, 0.5 * np.sqrt(3.0)))


def test_values_that_noise_explains_are_all_drawn_to_the_mean():
    drawn = shrink(np.array([9.0, 11.0, 10.0]), np.full(3, 5.0))
    assert drawn.between_variance == 0.0
    assert drawn.values == pytest.approx([10.0, 10.0, 10.0])


def test_the_corrected_gap_says_how_unsure_the_correction_is_worked_by_hand():
    # Of 1..20 the sample variance is 35; errors of 2 leave 31 between areas: 31/35 of 18.
    values, errors = np.arange(1.0, 21.0), np.full(20, 2.0)
    gap = corrected_gap(values, errors, gap_between_extremes)
    assert gap is not None
    assert gap.size == pytest.approx(18 * 31 / 35)
    # The 31 may be out by sqrt((4 * 31 * 4 + 2 * 16) / 20) = 5.14: at 25.86 the gap is 15.59, a
    # shift of 0.354. With the groups held the error is 2 * 31/35 = 1.771; both make 1.806.
    assert gap.error == pytest.approx(np.hypot(1.7714, 0.3539), abs=1e-4)


def test_without_noise_the_corrected_gap_is_the_plain_one():
    values = np.arange(1.0, 21.0)
    assert corrected_gap(values, np.zeros(20), gap_between_extremes) == gap_between_extremes(
        values, np.zeros(20)
    )


sets = arrays(np.float64, st.integers(20, 60), elements=st.floats(-100, 100))


@given(sets, st.randoms())
def test_the_order_of_rows_never_matters(values, random):
    shuffled = values.copy()
    random.shuffle(shuffled)
    first, second = gap_between_extremes(values), gap_between_extremes(shuffled)
    assert first is not None
    assert second is not None
    assert first.size == pytest.approx(second.size, abs=1e-9)


@given(sets, st.floats(0.1, 50))
def test_scaling_the_unit_scales_the_gap(values, scale):
    first, second = gap_between_extremes(values), gap_between_extremes(values * scale)
    assert first is not None
    assert second is not None
    assert second.size == pytest.approx(first.size * scale, rel=1e-9, abs=1e-9)


@given(sets)
def test_without_errors_nothing_is_shrunk_and_with_errors_a_gap_never_grows(values):
    assert shrink(values, np.zeros(len(values))).values == pytest.approx(values)
    drawn = shrink(values, np.full(len(values), 3.0))
    plain, corrected = gap_between_extremes(values), gap_between_extremes(drawn.values)
    assert plain is not None
    assert corrected is not None
    assert corrected.size <= plain.size + 1e-9
