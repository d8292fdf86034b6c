from __future__ import annotations

import pytest

from data.periods import PeriodShape, read_period
from ingest.sources.written_periods import WrittenPeriod, example, iso_period


@pytest.mark.parametrize(
    ("text", "written", "iso"),
    [
        ("2021", "calendar_year", "2021-01-01/P1Y"),
        ("2021", "mid_year", "2021-06-30"),
        ("2010/11", "financial_year", "2010-04-01/P1Y"),
        ("1999/00", "financial_year", "1999-04-01/P1Y"),
        ("2018/19", "school_year", "2018-09-01/P1Y"),
        ("2018 - 20", "three_calendar_years", "2018-01-01/P3Y"),
        ("2018/19 - 20/21", "three_financial_years", "2018-04-01/P3Y"),
        ("2022-12", "month", "2022-12"),
        ("December 2017", "month_name", "2017-12"),
        ("Jan 2022-Dec 2022", "twelve_months", "2022-01-01/P1Y"),
        ("Oct 2016-Sep 2017", "twelve_months", "2016-10-01/P1Y"),
        ("jan 2022-dec 2022", "twelve_months", "2022-01-01/P1Y"),
        ("2022-12", "twelve_months_ending", "2022-01-01/P1Y"),
        ("2017-09", "twelve_months_ending", "2016-10-01/P1Y"),
    ],
)
def test_a_period_is_read_as_it_is_declared(text: str, written: str, iso: str) -> None:
    assert iso_period(text, WrittenPeriod(written)) == iso


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Jan-16", "month_name"),
        ("16-Jan", "month"),
        ("2022-13", "month"),
        ("2022-00", "twelve_months_ending"),
        ("2010/12", "financial_year"),
        ("2018 - 21", "three_calendar_years"),
        ("2018/19 - 21/22", "three_financial_years"),
        ("Jan 2022-Jan 2023", "twelve_months"),
        ("Jan 2022-Nov 2022", "twelve_months"),
        ("Foo 2022-Dec 2022", "twelve_months"),
        ("2021 ", "calendar_year"),
        ("21", "calendar_year"),
        ("", "mid_year"),
    ],
)
def test_another_writing_is_no_period(text: str, written: str) -> None:
    assert iso_period(text, WrittenPeriod(written)) is None


def test_the_examples_in_messages_are_right() -> None:
    for written in WrittenPeriod:
        assert iso_period(example(written), written) is not None


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        (WrittenPeriod.CALENDAR_YEAR, PeriodShape.CALENDAR_YEAR),
        (WrittenPeriod.MID_YEAR, PeriodShape.DAY),
        (WrittenPeriod.FINANCIAL_YEAR, PeriodShape.FINANCIAL_YEAR),
        (WrittenPeriod.SCHOOL_YEAR, PeriodShape.SCHOOL_YEAR),
        (WrittenPeriod.THREE_CALENDAR_YEARS, PeriodShape.THREE_CALENDAR_YEARS),
        (WrittenPeriod.THREE_FINANCIAL_YEARS, PeriodShape.THREE_FINANCIAL_YEARS),
        (WrittenPeriod.MONTH, PeriodShape.MONTH),
        (WrittenPeriod.MONTH_NAME, PeriodShape.MONTH),
        (WrittenPeriod.TWELVE_MONTHS, PeriodShape.TWELVE_MONTHS),
        (WrittenPeriod.TWELVE_MONTHS_ENDING, PeriodShape.TWELVE_MONTHS),
    ],
)
def test_the_store_reads_what_comes_out(written: WrittenPeriod, shape: PeriodShape) -> None:
    iso = iso_period(example(written), written)
    assert iso is not None
    assert read_period(iso, shape).start <= read_period(iso, shape).end
