"""Ranks: hand-worked places, intervals from comparisons with every other area, ties."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import Polarity
from metrics.measures.ranks import rank_in_words, ranks

CODES = ["A", "B", "C", "D"]
VALUES = np.array([40.0, 30.0, 20.0, 10.0])


def test_places_follow_polarity_and_certain_values_have_certain_places():
    exact = np.zeros(4)
    best_high = ranks(CODES, VALUES, exact, Polarity.HIGHER)
    best_low = ranks(CODES, VALUES, exact, Polarity.LOWER)
    assert [best_high[code].rank for code in CODES] == [1, 2, 3, 4]
    assert [best_low[code].rank for code in CODES] == [4, 3, 2, 1]
    assert all((one.lowest, one.highest) == (one.rank, one.rank) for one in best_high.values())
    assert all(one.not_separable == 0 for one in best_high.values())


def test_equal_values_share_the_better_place():
    found = ranks(CODES, np.array([40.0, 30.0, 30.0, 10.0]), np.zeros(4), Polarity.HIGHER)
    assert [found[code].rank for code in CODES] == [1, 2, 2, 4]
    assert found["B"].not_separable == 1


def test_noise_as_wide_as_the_spread_leaves_no_place_certain():
    found = ranks(CODES, VALUES, np.full(4, 30.0), Polarity.HIGHER)
    assert all((one.lowest, one.highest) == (1, 4) for one in found.values())
    assert all(one.not_separable == 3 for one in found.values())


def test_two_areas_an_error_apart_worked_by_hand():
    # The difference 2 has error sqrt(2): z = 1.41, below 1.96, so they cannot be separated.
    found = ranks(["A", "B"], np.array([2.0, 0.0]), np.ones(2), Polarity.HIGHER)
    assert (found["B"].lowest, found["B"].highest) == (1, 2)
    assert found["A"].not_separable == 1


def test_the_bar_rises_with_the_number_of_comparisons():
    # 5% over 2 comparisons is 2.5%, two-sided z = 2.24. The difference 3 has z = 3 / sqrt(2), or
    # 2.12: between two areas alone that is clear, among three it is not.
    pair = ranks(["A", "B"], np.array([3.0, 0.0]), np.ones(2), Polarity.HIGHER)
    assert (pair["A"].lowest, pair["A"].highest, pair["A"].not_separable) == (1, 1, 0)
    three = ranks(["A", "B", "C"], np.array([3.0, 0.0, 9.0]), np.ones(3), Polarity.HIGHER)
    assert (three["A"].lowest, three["A"].highest, three["A"].not_separable) == (2, 3, 1)
    assert (three["C"].lowest, three["C"].highest, three["C"].not_separable) == (1, 1, 0)


values = st.lists(st.floats(-100, 100), min_size=2, max_size=12)


@given(values, st.randoms(), st.floats(0.1, 10))
def test_the_order_of_rows_changes_nothing(numbers, random, error):
    codes = [f"E{index:02d}" for index in range(len(numbers))]
    pairs = list(zip(codes, numbers, strict=True))
    random.shuffle(pairs)
    errors = np.full(len(numbers), error)
    straight = ranks(codes, np.array(numbers), errors, Polarity.HIGHER)
    shuffled = ranks(
        [code for code, _ in pairs],
        np.array([number for _, number in pairs]),
        errors,
        Polarity.HIGHER,
    )
    assert straight == shuffled
    assert all(one.lowest <= one.rank <= one.highest for one in straight.values())


def test_a_place_in_words():
    found = ranks(CODES, VALUES, np.full(4, 30.0), Polarity.HIGHER)
    assert rank_in_words(found["A"]) == (
        "Between 1st and 4th of 4 areas; it cannot be told apart from 3 of the other 3."
    )
    exact = ranks(CODES, VALUES, np.zeros(4), Polarity.HIGHER)
    assert rank_in_words(exact["B"]) == "2nd of 4 areas."
    level = ranks(CODES, np.array([40.0, 30.0, 30.0, 10.0]), np.zeros(4), Polarity.HIGHER)
    assert rank_in_words(level["C"]) == "Level with another area at 2nd to 3rd of 4 areas."
