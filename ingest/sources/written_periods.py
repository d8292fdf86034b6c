"""Periods as publishers write them, and the ISO 8601 period that each stands for.

The same text can mean several things (`2018/19` is a financial year here and a school year
there, `2021` a whole year or the middle of one), so a declaration says which it is.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class WrittenPeriod(StrEnum):
    """How a publisher writes its periods, and what they mean; declared for each table."""

    CALENDAR_YEAR = "calendar_year"
    MID_YEAR = "mid_year"
    FINANCIAL_YEAR = "financial_year"
    SCHOOL_YEAR = "school_year"
    THREE_CALENDAR_YEARS = "three_calendar_years"
    THREE_FINANCIAL_YEARS = "three_financial_years"
    MONTH = "month"
    MONTH_NAME = "month_name"
    TWELVE_MONTHS = "twelve_months"
    TWELVE_MONTHS_ENDING = "twelve_months_ending"


@dataclass(frozen=True, slots=True)
class _Convention:
    pattern: re.Pattern[str]
    example: str
    iso: Callable[[re.Match[str]], str | None]


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_WORD = r"([A-Za-z]+)"


def _split_year(first: str, month: int) -> Callable[[re.Match[str]], str | None]:
    def iso(match: re.Match[str]) -> str | None:
        follows = (int(match[1]) + 1) % 100 == int(match[2])
        return f"{match[1]}-{month:02d}-01/{first}" if follows else None

    return iso


def _three_years(match: re.Match[str]) -> str | None:
    spans = (int(match[1]) + 2) % 100 == int(match[2])
    return f"{match[1]}-01-01/P3Y" if spans else None


def _three_financial_years(match: re.Match[str]) -> str | None:
    start = int(match[1])
    written = tuple(int(match[place]) for place in (2, 3, 4))
    spans = written == ((start + 1) % 100, (start + 2) % 100, (start + 3) % 100)
    return f"{start}-04-01/P3Y" if spans else None


def _month(match: re.Match[str]) -> str | None:
    return f"{match[1]}-{match[2]}" if 1 <= int(match[2]) <= 12 else None


def _month_name(match: re.Match[str]) -> str | None:
    month = _MONTHS.get(match[1].lower())
    return f"{match[2]}-{month:02d}" if month else None


def _twelve_months(match: re.Match[str]) -> str | None:
    first, last = (_SHORT_MONTHS.get(match[place].lower()) for place in (1, 3))
    if first is None or last is None:
        return None
    months = (int(match[4]) - int(match[2])) * 12 + last - first + 1
    return f"{match[2]}-{first:02d}-01/P1Y" if months == 12 else None


def _twelve_months_ending(match: re.Match[str]) -> str | None:
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        return None
    return f"{year}-01-01/P1Y" if month == 12 else f"{year - 1}-{month + 1:02d}-01/P1Y"


_YEAR = r"((?:19|20)\d\d)"
_CONVENTIONS = {
    WrittenPeriod.CALENDAR_YEAR: _Convention(
        re.compile(_YEAR), "2021", lambda match: f"{match[1]}-01-01/P1Y"
    ),
    WrittenPeriod.MID_YEAR: _Convention(
        re.compile(_YEAR), "2021", lambda match: f"{match[1]}-06-30"
    ),
    WrittenPeriod.FINANCIAL_YEAR: _Convention(
        re.compile(rf"{_YEAR}/(\d\d)"), "2022/23", _split_year("P1Y", 4)
    ),
    WrittenPeriod.SCHOOL_YEAR: _Convention(
        re.compile(rf"{_YEAR}/(\d\d)"), "2022/23", _split_year("P1Y", 9)
    ),
    WrittenPeriod.THREE_CALENDAR_YEARS: _Convention(
        re.compile(rf"{_YEAR} - (\d\d)"), "2020 - 22", _three_years
    ),
    WrittenPeriod.THREE_FINANCIAL_YEARS: _Convention(
        re.compile(rf"{_YEAR}/(\d\d) - (\d\d)/(\d\d)"), "2020/21 - 22/23", _three_financial_years
    ),
    WrittenPeriod.MONTH: _Convention(re.compile(rf"{_YEAR}-(\d\d)"), "2022-12", _month),
    WrittenPeriod.MONTH_NAME: _Convention(
        re.compile(rf"{_WORD} {_YEAR}"), "December 2022", _month_name
    ),
    WrittenPeriod.TWELVE_MONTHS: _Convention(
        re.compile(rf"{_WORD} {_YEAR}-{_WORD} {_YEAR}"), "Jan 2022-Dec 2022", _twelve_months
    ),
    WrittenPeriod.TWELVE_MONTHS_ENDING: _Convention(
        re.compile(rf"{_YEAR}-(\d\d)"), "2022-12", _twelve_months_ending
    ),
}


def iso_period(text: str, written: WrittenPeriod) -> str | None:
    """The ISO 8601 period that the text stands for, or None when it is not written so.

    A stretch gives its first day and length (`2022-01-01/P1Y`), a month `2022-12`, the middle of
    a year its day (`2021-06-30`). A text whose parts contradict each other (`2022/24`, thirteen
    months) is not written so.
    """
    convention = _CONVENTIONS[written]
    match = convention.pattern.fullmatch(text)
    return convention.iso(match) if match else None


def example(written: WrittenPeriod) -> str:
    """A period written in that way, for messages."""
    return _CONVENTIONS[written].example
