"""Whether a series will reach a level by a date if it goes on as it has.

The required pace is what is left divided by the time left; the observed pace is the slope of
the comparable points. What the slope implies at the date is a continuation of pace, never a
forecast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.periods import PeriodShape, TimePeriod
from metrics.measures.results import Cause, Verdict
from metrics.measures.trend import Trend, decimal_year

ENOUGH = 0.95


@dataclass(frozen=True, slots=True)
class Pace:
    """Required and observed pace, in the metric's unit a year, towards a target."""

    required: float
    observed: float
    lower: float | None
    upper: float | None
    implied: float
    implied_lower: float | None
    implied_upper: float | None

    @property
    def ratio(self) -> float:
        """Observed as a share of required pace; required is never zero."""
        return self.observed / self.required


def years_left(newest: TimePeriod, shape: PeriodShape, deadline: date) -> float:
    """How many years of pace are left between the newest figure and the last one that counts.

    For stretches of time the last that counts is the one a whole number of years on that is
    over by the deadline; for instants the deadline itself.
    """
    if shape in (PeriodShape.MONTH, PeriodShape.DAY):
        return decimal_year(deadline) - decimal_year(newest.end)
    years = deadline.year - newest.end.year
    if (newest.end.month, newest.end.day) > (deadline.month, deadline.day):
        years -= 1
    return float(years)


def pace_towards(now: float, target: float, years: float, trend: Trend) -> Pace | None:
    """The pace that a target asks for and the pace observed.

    Args:
        now: the newest figure.
        target: the level to be reached.
        years: the time left, see `years_left`.
        trend: the slope of the comparable points.

    Returns:
        None when the target is already met exactly or no time is left: then there is no pace.
    """
    if years <= 0 or target == now:
        return None
    return Pace(
        (target - now) / years,
        trend.slope,
        trend.lower,
        trend.upper,
        now + trend.slope * years,
        None if trend.lower is None else now + trend.lower * years,
        None if trend.upper is None else now + trend.upper * years,
    )


def verdict_by_pace(pace: Pace) -> tuple[Verdict, Cause]:
    """The verdict that a pace allows on a level, or a change, that is not there yet.

    Directions are towards the target: a required fall is turned round first. Without an
    interval there are too few points for a claim. Whether an improvement is fast enough is a
    claim as well, so it needs the whole interval on one side of 95% of the required pace.
    """
    if pace.lower is None or pace.upper is None:
        return Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS
    sign = 1.0 if pace.required > 0 else -1.0
    low, high = sorted((sign * pace.lower, sign * pace.upper))
    required = abs(pace.required)
    if low >= ENOUGH * required:
        return Verdict.ON_COURSE, Cause.NONE
    if low > 0 and high < ENOUGH * required:
        return Verdict.TOO_SLOWLY, Cause.NONE
    if low > 0:
        return Verdict.CANNOT_BE_SHOWN, Cause.PACE
    if high < 0:
        return Verdict.MOVING_AWAY, Cause.NONE
    if high < required:
        return Verdict.NO_CLEAR_CHANGE, Cause.NONE
    return Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL
