"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import Unit
from metrics.wording import (
    by_chance,
    expected_by_chance,
    ordinal,
    write_amount,
    write_count,
    write_difference,
    write_interval,
    write_list,
    write_number,
    write_target,
    write_value,
    write_when,
)

PERCENT = Unit(label="% of pupils", suffix="%", difference="percentage points", decimals=1)
MONEY = Unit(label="£ million", prefix="£", suffix=" million", difference="pounds", decimals=0)
YEARS = Unit(label="years", suffix=" years", difference="years", decimals=1)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (62.04, PERCENT, "62.0%"),
        (6744.0, MONEY, "£6,744 million"),
        (-12.0, MONEY, "−£12 million"),
        (-0.04, YEARS, "0.0 years"),
        (None, YEARS, "no figure"),
    ],
)
def test_values(value, unit, words):
    assert write_value(value, unit) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (-2.24, YEARS, "2.2 years"),
        (1.0, PERCENT, "1.0 percentage point"),
        (-12.0, MONEY, "£12 million"),
    ],
)
def test_differences_have_no_sign(value, unit, words):
    assert write_difference(value, unit) == words


def test_targets_and_amounts_drop_needless_decimals():
    assert write_target(99.0, PERCENT) == "99%"
    assert write_target(82.25, PERCENT) == "82.2%"
    assert write_amount(5.0, YEARS) == "5 years"


def test_intervals_keep_the_prefix_and_drop_the_suffix():
    assert write_interval(57.6, 58.8, YEARS) == "95% interval 57.6 to 58.8"
    assert write_interval(-5.0, 7.0, MONEY) == "95% interval −£5 to £7"
    assert write_interval(None, 1.0, YEARS) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (173, "173rd")],
)
def test_places_in_an_order(number, words):
    assert ordinal(number) == words


def test_lists_and_counts():
    assert write_list([]) == ""
    assert write_list(["Dudley"]) == "Dudley"
    assert write_list(["Dudley", "Sandwell", "Walsall"]) == "Dudley, Sandwell and Walsall"
    assert write_count(1, "area", "areas") == "1 area"
    assert write_count(1348, "area", "areas") == "1,348 areas"


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_a_number_in_words_is_the_number_rounded_and_never_minus_zero(value, decimals):
    words = write_number(value, decimals)
    assert float(words.replace(",", "").replace("−", "-")) == pytest.approx(
        round(value, decimals), abs=10.0**-decimals
    )
    assert words.replace("0", "").replace(".", "") != "−"


@pytest.mark.parametrize(
    ("tested", "words"),
    [
        (0, ""),
        (19, ""),
        (
            20,
            " Of the 20 with a margin of error, chance alone would make about 1 seem different.",
        ),
        (
            1260,
            " Of the 1,260 with a margin of error, chance alone would make about 63 seem "
            "different.",
        ),
    ],
)
def test_chance_gives_one_in_twenty_and_less_than_one_is_not_told(tested, words):
    assert by_chance(tested) == words


@pytest.mark.parametrize(
    ("tested", "words"),
    [(1, "fewer than one"), (19, "fewer than one"), (20, "about 1"), (72, "about 4")],
)
def test_how_many_of_some_tests_chance_alone_would_call_clear(tested, words):
    assert expected_by_chance(tested) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("30 June 2023", "on 30 June 2023"),
        ("2022 to 2024", "in 2022 to 2024"),
        ("school year 2024/25", "in school year 2024/25"),
        ("January 2026", "in January 2026"),
    ],
)
def test_a_day_is_on_and_every_other_period_in(period, words):
    assert write_when(period) == words
