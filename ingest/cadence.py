"""How often a table is published: what is declared, and when the next figures may be expected.

The declaration is made once, where the table is declared; everything else (what status says, when
the clock looks, what pages show) follows from it and from the day of the newest figures held.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

# Days after a day that the publisher itself has named.
GRACE_OF_A_NAMED_DAY = 14
LEAST_GRACE = 30
_DAYS_IN_A_MONTH = 365.25 / 12
_NUMBERS = {2: "two", 3: "three", 4: "four", 6: "six"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """When the next figures are expected at the latest, and from when on they are overdue."""

    by: date
    overdue_after: date


class Cadence(BaseModel):
    """The rhythm in which a table is published.

    Attributes:
        every_months: months from one edition to the next; 0 where none is expected any more.
        month: the calendar month in which an edition usually comes, 1 to 12; 0 where the
            publisher keeps to none.
        next_release: the day that the publisher names for the next edition, where it names one.
        none_expected: why no further edition is expected at any time: ended, suspended, irregular.
        note: what else is to be known of the rhythm.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    every_months: int = Field(default=0, ge=0, le=120)
    month: int = Field(default=0, ge=0, le=12)
    next_release: date | None = None
    none_expected: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.none_expected) == bool(self.every_months):
            raise ValueError("give either every_months or, in none_expected, why there is none")
        if self.none_expected and (self.month or self.next_release or self.note):
            raise ValueError("where no edition is expected there is no month, day or note of one")
        if self.month and self.every_months % 12:
            raise ValueError("a month goes with a rhythm of whole years")
        return self

    def in_words(self) -> str:
        """`yearly, in November; two years after the year described`, `once, in 2024`."""
        if self.none_expected:
            return self.none_expected
        if self.every_months % 12 == 0:
            years = self.every_months // 12
            often = "yearly" if years == 1 else f"every {_NUMBERS.get(years, years)} years"
        elif self.every_months == 1:
            often = "monthly"
        else:
            often = f"every {_NUMBERS.get(self.every_months, self.every_months)} months"
        if self.month:
            often += f", in {calendar.month_name[self.month]}"
        return f"{often}; {self.note}" if self.note else often

    def expected_after(self, published: date) -> Expectation | None:
        """When the edition after one of a day is expected; None where none is.

        A day that the publisher names stands until figures have come after it. Otherwise the
        end of the usual month counts: the first such month that begins no more than half a year
        before the rhythm is over, so that an edition early or late does not move the next one.
        Where no month is usual, as many months as the rhythm has are added. A quarter of the
        rhythm more, and never less than 30 days, is left to the publisher before it is overdue.
        """
        if self.none_expected:
            return None
        if self.next_release and self.next_release > published:
            late = timedelta(days=GRACE_OF_A_NAMED_DAY)
            return Expectation(self.next_release, self.next_release + late)
        if self.month:
            days = round((self.every_months - 6) * _DAYS_IN_A_MONTH)
            earliest = published + timedelta(days=days)
            year = earliest.year + (date(earliest.year, self.month, 1) < earliest)
            by = _month_end(year, self.month)
        else:
            months = published.year * 12 + published.month - 1 + self.every_months
            year, month = divmod(months, 12)
            by = min(_month_end(year, month + 1), _same_day(year, month + 1, published.day))
        grace = max(LEAST_GRACE, round(self.every_months / 4 * _DAYS_IN_A_MONTH))
        return Expectation(by, by + timedelta(days=grace))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _same_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
