"""Time periods: how a publisher writes them, how the store keeps them, how people say them.

A period is kept as two dates, both inclusive. An instant is widened to the precision that the
metric declares (`month` or `day`), because a publisher that moves from `2025-01` to
`2025-01-15` has not published a different period. The position on an axis is the midpoint.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ISO_PERIOD = re.compile(r"^(\d{4})-(\d{2})(?:-(\d{2}))?(?:/P(\d{1,2})([YM]))?$")
_MONTHS = [calendar.month_name[number] for number in range(1, 13)]
PRE_PANDEMIC_END = date(2020, 3, 31)
WHITE_PAPER_DATE = date(2022, 2, 2)


class PeriodShape(StrEnum):
    """The shapes of period that a metric may declare; anything else is refused."""

    CALENDAR_YEAR = "calendar_year"
    THREE_CALENDAR_YEARS = "three_calendar_years"
    FIVE_CALENDAR_YEARS = "five_calendar_years"
    FINANCIAL_YEAR = "financial_year"
    THREE_FINANCIAL_YEARS = "three_financial_years"
    SCHOOL_YEAR = "school_year"
    SURVEY_YEAR = "survey_year"
    # Any twelve whole months: rolling years such as July 2022 to June 2023.
    TWELVE_MONTHS = "twelve_months"
    MONTH = "month"
    DAY = "day"


# For each shape of a stretch of time: length in years and the months in which it may start.
_STRETCHES: dict[PeriodShape, tuple[int, tuple[int, ...]]] = {
    PeriodShape.CALENDAR_YEAR: (1, (1,)),
    PeriodShape.THREE_CALENDAR_YEARS: (3, (1,)),
    PeriodShape.FIVE_CALENDAR_YEARS: (5, (1,)),
    PeriodShape.FINANCIAL_YEAR: (1, (4,)),
    PeriodShape.THREE_FINANCIAL_YEARS: (3, (4,)),
    PeriodShape.SCHOOL_YEAR: (1, (8, 9)),
    PeriodShape.SURVEY_YEAR: (1, (11,)),
    PeriodShape.TWELVE_MONTHS: (1, tuple(range(1, 13))),
}


class PeriodError(ValueError):
    """A period that cannot be read, or that is not of the declared shape."""


@dataclass(frozen=True, slots=True, order=True)
class TimePeriod:
    """A stretch of time, first and last day inclusive."""

    start: date
    end: date

    @property
    def midpoint(self) -> date:
        """The day in the middle, where a point stands on a time axis."""
        return self.start + timedelta(days=(self.end - self.start).days // 2)

    @property
    def years(self) -> int:
        """Whole years covered; 0 for anything shorter than a year."""
        return round(((self.end - self.start).days + 1) / 365.25)

    def overlaps(self, other: TimePeriod) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end


def read_period(text: str, shape: PeriodShape) -> TimePeriod:
    """Read a publisher's ISO 8601 period and hold it to the declared shape.

    Accepts `2022-01-01/P3Y`, `2005-01-01/P1M`, `2026-01-01`, `2025-01-15` and `2025-01`.

    Raises:
        PeriodError: the text is not such a period, names no real date, or is of another shape.
    """
    match = _ISO_PERIOD.match(text.strip())
    if match is None:
        raise PeriodError(f"'{text}' is not an ISO 8601 period such as 2022-01-01/P3Y")
    year, month, day, length, unit = match.groups()
    try:
        start = date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise PeriodError(f"'{text}' names no real date: {error}") from None
    if shape in (PeriodShape.MONTH, PeriodShape.DAY):
        return _read_instant(text, start, length, unit, shape)
    if length is None or unit != "Y":
        raise PeriodError(f"'{text}' is not a number of years, which {shape.value} must be")
    years, months = _STRETCHES[shape]
    if int(length) != years or start.month not in months:
        raise PeriodError(f"'{text}' is not of the declared shape {shape.value}")
    if shape is PeriodShape.TWELVE_MONTHS and start.day != 1:
        raise PeriodError(f"'{text}' starts within a month, but whole months are declared")
    return TimePeriod(start, _add_years(start, years) - timedelta(days=1))


def _read_instant(
    text: str, start: date, length: str | None, unit: str | None, shape: PeriodShape
) -> TimePeriod:
    if length is not None and (int(length), unit) != (1, "M"):
        raise PeriodError(f"'{text}' is a stretch of time, but {shape.value} is declared")
    if shape is PeriodShape.DAY:
        if length is not None:
            raise PeriodError(f"'{text}' is a month, but a day is declared")
        return TimePeriod(start, start)
    first = start.replace(day=1)
    return TimePeriod(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _add_years(day: date, years: int) -> date:
    return day.replace(year=day.year + years)


def period_in_words(period: TimePeriod, shape: PeriodShape) -> str:
    """The period as people say it: `2022 to 2024`, `school year 2024/25`, `January 2026`."""
    start, end = period.start, period.end
    if shape is PeriodShape.CALENDAR_YEAR:
        return str(start.year)
    if shape in (PeriodShape.THREE_CALENDAR_YEARS, PeriodShape.FIVE_CALENDAR_YEARS):
        return f"{start.year} to {end.year}"
    if shape is PeriodShape.FINANCIAL_YEAR:
        return f"financial year {_split_year(start, end)}"
    if shape is PeriodShape.SCHOOL_YEAR:
        return f"school year {_split_year(start, end)}"
    if shape is PeriodShape.THREE_FINANCIAL_YEARS:
        return f"April {start.year} to March {end.year}"
    if shape is PeriodShape.SURVEY_YEAR:
        return f"year to November {end.year}"
    if shape is PeriodShape.TWELVE_MONTHS:
        first, last = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
        return f"{first} {start.year} to {last} {end.year}"
    if shape is PeriodShape.MONTH:
        return f"{_MONTHS[start.month - 1]} {start.year}"
    return f"{start.day} {_MONTHS[start.month - 1]} {start.year}"


def period_in_short(period: TimePeriod, shape: PeriodShape) -> str:
    """A tick label: `2022–24`, `2024/25`, `Jan 2026`, `2023`."""
    start, end = period.start, period.end
    if shape in (PeriodShape.THREE_CALENDAR_YEARS, PeriodShape.FIVE_CALENDAR_YEARS):
        return f"{start.year}–{end.year % 100:02d}"
    if shape is PeriodShape.THREE_FINANCIAL_YEARS:
        return f"{start.year}/{end.year % 100:02d}"
    if shape in (PeriodShape.FINANCIAL_YEAR, PeriodShape.SCHOOL_YEAR):
        return _split_year(start, end)
    if shape is PeriodShape.CALENDAR_YEAR:
        return str(start.year)
    if shape is PeriodShape.SURVEY_YEAR:
        return f"to Nov {end.year}"
    if shape is PeriodShape.TWELVE_MONTHS:
        return f"to {_MONTHS[end.month - 1][:3]} {end.year}"
    month = _MONTHS[start.month - 1][:3]
    return (
        f"{month} {start.year}"
        if shape is PeriodShape.MONTH
        else f"{start.day} {month} {start.year}"
    )


def period_in_iso(period: TimePeriod, shape: PeriodShape) -> str:
    """The period as data files have it, which `read_period` reads back.

    `2022-01-01/P3Y`, `2025-09-01/P1Y`, `2026-01` for a month and `2026-01-15` for a day.
    """
    if shape is PeriodShape.DAY:
        return period.start.isoformat()
    if shape is PeriodShape.MONTH:
        return period.start.isoformat()[:7]
    return f"{period.start.isoformat()}/P{_STRETCHES[shape][0]}Y"


def _split_year(start: date, end: date) -> str:
    return f"{start.year}/{end.year % 100:02d}"


def day_in_words(day: date) -> str:
    """A date as a sentence has it: `2 February 2022`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
