"""Published figures by area and period, and the words for what is missing or qualified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from data.periods import PeriodShape, TimePeriod, period_in_words
from data.series_reads import FigureRow
from data.tables import BLANK_STATUSES, STATUS_LETTERS
from layouts.figures.description import Unit
from metrics.definition import Metric
from metrics.definition import Unit as DeclaredUnit

# Why a publisher left a figure out, by status letter: the most telling reason first.
WHY_MISSING = {
    "c": "withheld by the publisher to protect confidentiality",
    "low": "too low for the publisher to print",
    "u": "too unreliable for the publisher to print",
    "z": "not applicable to this area",
    "x": "not available from the publisher",
}
NEVER_PUBLISHED = "no figure published for this area and period"
# A gap is room for a whole period that nobody published: nearly twice the usual step. Publishers
# that change from three releases a year to two leave none.
LONGEST_STEP = 1.75


@dataclass(frozen=True, slots=True)
class Published:
    """One figure as the store holds it; `value` None with a status that says why."""

    period: TimePeriod
    value: float | None
    lower: float | None
    upper: float | None
    status: str
    note: str

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """The meaning of the status letters that qualify a figure that is there."""
        return tuple(
            STATUS_LETTERS[letter]
            for letter in self.status.split()
            if letter in STATUS_LETTERS and not (self.value is None and letter in BLANK_STATUSES)
        )

    @property
    def why_missing(self) -> str:
        """Why there is no value, without a full stop at its end; empty when there is one."""
        if self.value is not None:
            return ""
        letters = set(self.status.split())
        reason = next(
            (words for letter, words in WHY_MISSING.items() if letter in letters),
            WHY_MISSING["x"],
        )
        return f"{reason}: {self.note.rstrip('.')}" if self.note else reason


Figures = dict[str, dict[TimePeriod, Published]]


def published_by_area(rows: Iterable[FigureRow]) -> Figures:
    """The figures of one series, by area code and period.

    A code that was replaced by another for the same place is read under the newer code, so that
    the place is counted once; where a publisher gives both, the newer code's figure stands.

    Args:
        rows: figures of one series, in any order.

    Returns:
        For each code its figures by period. A missing value is None, never zero.
    """
    found: Figures = {}
    older: Figures = {}
    for code, newer, start, end, value, lower, upper, status, note in rows:
        period = TimePeriod(start, end)
        figure = Published(period, value, lower, upper, status, note)
        home = older if newer else found
        home.setdefault(newer or code, {})[period] = figure
    for code, figures in older.items():
        found[code] = {**figures, **found.get(code, {})}
    return found


def figures_in(figures: Figures, period: TimePeriod) -> dict[str, Published]:
    """The figures of one period by area code."""
    return {code: held[period] for code, held in figures.items() if period in held}


def chart_unit(unit: DeclaredUnit) -> Unit:
    """The declared unit as charts write it."""
    return Unit(unit.label, unit.prefix, unit.suffix, unit.decimals)


def gap_between(
    earlier: TimePeriod, later: TimePeriod, usual: timedelta | None, shape: PeriodShape
) -> str:
    """The words for a stretch in which nobody was given a figure; empty when there is none."""
    if usual is None or later.midpoint - earlier.midpoint <= usual * LONGEST_STEP:
        return ""
    return (
        f"no figures between {period_in_words(earlier, shape)} and {period_in_words(later, shape)}"
    )


def usual_step(periods: Iterable[TimePeriod]) -> timedelta | None:
    """The most common distance between neighbouring periods (the shorter on a tie).

    Distances are rounded to whole months, so that leap years and surveys that start on another
    day each year count as the same step. None with fewer than two periods.
    """
    ordered = sorted(set(periods))
    months = [
        max(1, round((later.midpoint - earlier.midpoint).days / 30.4375))
        for earlier, later in pairwise(ordered)
    ]
    if not months:
        return None
    usual = min(set(months), key=lambda length: (-months.count(length), length))
    return timedelta(days=usual * 30.4375)


def shape_of(metric: Metric) -> PeriodShape:
    """The declared shape of the metric's periods.

    Raises:
        ValueError: the metric declares no coverage, so it holds no figures to chart.
    """
    if metric.coverage is None:
        raise ValueError(f"{metric.id} holds no figures")
    return metric.coverage.period


__all__ = [
    "NEVER_PUBLISHED",
    "Figures",
    "Published",
    "chart_unit",
    "figures_in",
    "gap_between",
    "published_by_area",
    "shape_of",
    "usual_step",
]
