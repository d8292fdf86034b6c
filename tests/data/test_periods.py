"""Rolling years: twelve whole months from any month on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.periods import (
    PeriodError,
    PeriodShape,
    TimePeriod,
    period_in_short,
    period_in_words,
    read_period,
)

ROLLING = PeriodShape.TWELVE_MONTHS


def test_twelve_months_from_any_month() -> None:
    period = read_period("2022-07-01/P1Y", ROLLING)
    assert period == TimePeriod(date(2022, 7, 1), date(2023, 6, 30))
    assert period.years == 1
    assert period_in_words(period, ROLLING) == "July 2022 to June 2023"
    assert period_in_short(period, ROLLING) == "to Jun 2023"


def test_a_calendar_year_can_be_one_of_them() -> None:
    period = read_period("2023-01-01/P1Y", ROLLING)
    assert period == read_period("2023-01-01/P1Y", PeriodShape.CALENDAR_YEAR)
    assert period_in_words(period, ROLLING) == "January 2023 to December 2023"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022-07-02/P1Y", "whole months"),
        ("2022-07-01/P2Y", "shape twelve_months"),
        ("2022-07-01/P1M", "number of years"),
        ("2022-07-01", "number of years"),
    ],
)
def test_what_is_no_rolling_year(text: str, reason: str) -> None:
    with pytest.raises(PeriodError, match=reason):
        read_period(text, ROLLING)


@given(st.integers(1950, 2100), st.integers(1, 12))
def test_it_ends_the_day_before_it_starts_again(year: int, month: int) -> None:
    period = read_period(f"{year}-{month:02d}-01/P1Y", ROLLING)
    following = read_period(f"{year + 1}-{month:02d}-01/P1Y", ROLLING)
    assert (following.start - period.end).days == 1
    assert not period.overlaps(following)
