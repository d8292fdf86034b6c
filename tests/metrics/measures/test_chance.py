"""Intervals of counts, in agreement with the printed tables and with statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from metrics.definition import Counts
from metrics.measures.chance import binomial_interval, interval_of, poisson_interval

POISSON = Counts(chance="poisson", per=0)
RATE = Counts(chance="poisson", per=100_000)
SHARE = Counts(chance="binomial", per=100)


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        # The exact limits of a Poisson mean as printed in tables since Garwood (1936).
        (0, 0.0, 3.689),
        (1, 0.0253, 5.572),
        (10, 4.795, 18.39),
        (50, 37.11, 65.92),
        (100, 81.36, 121.63),
    ],
)
def test_exact_limits_of_a_poisson_count(count, lower, upper):
    found = poisson_interval(count)
    assert found is not None
    assert found == pytest.approx((lower, upper), rel=1e-3)


def test_wilson_interval_worked_by_hand():
    # 81 of 263, the example of Newcombe (1998), table I: 0.2553 to 0.3662.
    assert binomial_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert binomial_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_lies_within_its_interval_and_that_between_nought_and_one(count, of):
    found = binomial_interval(count, of)
    if count > of:
        assert found is None
        return
    assert found is not None
    assert 0 <= found[0] <= count / of <= found[1] <= 1
    assert found == pytest.approx(proportion_confint(count, of, method="wilson"), abs=1e-9)


def test_a_rate_is_turned_into_its_count_and_back():
    # 5 for every 100,000 of 200,000 people are 10 events: 4.795 to 18.39, halved.
    assert interval_of(5.0, RATE, 200_000) == pytest.approx((2.398, 9.195), rel=1e-3)
    assert interval_of(10.0, POISSON, None) == pytest.approx((4.795, 18.39), rel=1e-3)
    assert interval_of(30.0, SHARE, 263) == pytest.approx((24.8, 35.8), abs=0.1)


@pytest.mark.parametrize(
    ("value", "counts", "denominator"),
    [
        (-1.0, POISSON, None),
        (5.0, RATE, None),
        (5.0, RATE, 0.0),
        (5.0, RATE, -10.0),
        (-5.0, SHARE, 100.0),
        (float("nan"), POISSON, None),
        (5.0, RATE, float("nan")),
    ],
)
def test_what_cannot_be_a_count_has_no_interval(value, counts, denominator):
    assert interval_of(value, counts, denominator) is None
