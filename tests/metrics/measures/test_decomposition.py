"""Within and between: exact, hand-worked, and in agreement with published definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.measures.decomposition import (
    DecompositionError,
    noise_of_variance,
    split_theil,
    split_variance,
)

GROUPS = ["north", "north", "south", "south"]


def test_a_variance_split_by_hand():
    # Group means 2 and 6 around 4 with equal weights: between 4; within 1 in each group.
    split = split_variance(np.array([1.0, 3.0, 5.0, 7.0]), np.ones(4), GROUPS)
    assert (split.total, split.between, split.within) == (5.0, 4.0, 1.0)
    assert split.between_share == 0.8
    assert [group.mean for group in split.groups] == [2.0, 6.0]


def test_weights_count():
    # North weighs three quarters: mean 0.75 * 2 + 0.25 * 6 = 3; between 0.75 * 1 + 0.25 * 9 = 3.
    split = split_variance(np.array([2.0, 2.0, 6.0, 6.0]), np.array([3.0, 3.0, 1.0, 1.0]), GROUPS)
    assert split.between == pytest.approx(3.0)
    assert split.within == pytest.approx(0.0)


def test_theil_by_hand():
    # Two heads with 1 and 3 of a mean of 2: T = (0.5 ln 0.5 + 1.5 ln 1.5) / 2 = 0.1308.
    split = split_theil(np.array([1.0, 3.0]), np.ones(2), ["a", "b"])
    assert split.total == pytest.approx((0.5 * np.log(0.5) + 1.5 * np.log(1.5)) / 2)
    assert split.within == 0.0
    assert split.between == pytest.approx(split.total)


positive = st.floats(0.1, 1000)
cases = st.lists(st.tuples(positive, positive, st.sampled_from("abcd")), min_size=1, max_size=40)


@given(cases)
def test_between_and_within_make_the_total(rows):
    values = np.array([row[0] for row in rows])
    weights = np.array([row[1] for row in rows])
    groups = [row[2] for row in rows]
    variance, theil = split_variance(values, weights, groups), split_theil(values, weights, groups)
    scale = max(1.0, float(values.max()) ** 2)
    assert variance.between + variance.within == pytest.approx(variance.total, abs=1e-12 * scale)
    assert theil.between + theil.within == pytest.approx(theil.total, abs=1e-12)


@given(cases, st.floats(0.01, 100))
def test_theil_does_not_depend_on_the_unit(rows, scale):
    values = np.array([row[0] for row in rows])
    weights = np.array([row[1] for row in rows])
    groups = [row[2] for row in rows]
    assert split_theil(values * scale, weights, groups).total == pytest.approx(
        split_theil(values, weights, groups).total, abs=1e-9
    )


@pytest.mark.parametrize(
    ("values", "weights", "message"),
    [
        ([1.0, float("nan")], [1.0, 1.0], "no value"),
        ([1.0, 2.0], [1.0, 0.0], "no weight"),
        ([1.0, 2.0], [1.0, float("nan")], "no weight"),
        ([1.0, 2.0, 3.0], [1.0, 1.0], "differ in number"),
        ([], [], "no area"),
    ],
)
def test_what_cannot_be_split_is_refused(values, weights, message):
    with pytest.raises(DecompositionError, match=message):
        split_variance(np.array(values), np.array(weights), ["a"] * len(weights))


def test_theil_refuses_values_at_zero():
    with pytest.raises(DecompositionError, match="above zero"):
        split_theil(np.array([0.0, 1.0]), np.ones(2), ["a", "b"])


def test_noise_by_hand():
    # Four areas with the share 1/4 and the error 2: the total is raised by 4 * 1/4 * 3/4 * 4 = 3.
    # A mean of two has the variance 2 * 1/4 * 4 = 2: between is raised by 2 * 1/2 * 1/2 * 2 = 1.
    noise = noise_of_variance(np.full(4, 2.0), np.ones(4), GROUPS)
    assert (noise.total, noise.between) == (3.0, 1.0)


def test_noise_is_what_samples_of_equal_places_show():
    # Six places that are the same, measured 4,000 times.
    draws = np.random.default_rng(7)
    errors, weights = np.array([1.0, 2, 3, 1, 2, 3]), np.array([1.0, 2, 3, 4, 5, 6])
    groups = ["a", "a", "b", "b", "b", "c"]
    splits = [split_variance(draws.normal(50, errors), weights, groups) for _ in range(4000)]
    noise = noise_of_variance(errors, weights, groups)
    assert np.mean([one.total for one in splits]) == pytest.approx(noise.total, rel=0.05)
    assert np.mean([one.between for one in splits]) == pytest.approx(noise.between, rel=0.05)
