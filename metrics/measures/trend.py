"""The slope of a series over time, and how sure its direction is.

Times are decimal years at the midpoints of periods; slopes are in the metric's unit a year.
Windows that overlap share people or events, so they are thinned to the newest set that does
not overlap before anything is tested.

* Five or more points with 95% intervals: weighted least squares with weights 1/error^2 and the
  errors taken as known (the usual fixed-effect meta-regression), normal interval.
* Five or more complete counts: the Theil-Sen slope with its distribution-free interval (Sen
  1968, as in scipy), and the direction by the exact Mann-Kendall test at 5%.
* Three or four points: a slope, and no claim. Where overlapping windows were thinned to so few,
  the slope is a generalised least-squares one over all windows, with the correlation of two
  windows equal to the share of time they have in common; it is approximate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from data.periods import TimePeriod
from metrics.definition import Evidence
from metrics.measures.change import CRITICAL_Z, Measured

FEWEST_FOR_A_SLOPE = 3
FEWEST_FOR_A_CLAIM = 5
DAYS_IN_A_YEAR = 365.25


class Method(StrEnum):
    """How a slope was found."""

    WEIGHTED = "weighted least squares"
    THEIL_SEN = "Theil-Sen"
    GENERALISED = "generalised least squares over overlapping windows, approximate"
    PLAIN = "least squares, no claim"


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in its period."""

    period: TimePeriod
    figure: Measured

    @property
    def time(self) -> float:
        """The midpoint of the period in decimal years."""
        return decimal_year(self.period.midpoint)


@dataclass(frozen=True, slots=True)
class Trend:
    """A slope a year. `lower` and `upper` bound it at 95%; None where no claim may be made."""

    slope: float
    lower: float | None
    upper: float | None
    method: Method
    points: int
    independent: int

    @property
    def claims(self) -> bool:
        """Whether the slope has an interval that a verdict may rest on."""
        return self.lower is not None and self.upper is not None


def decimal_year(day: date) -> float:
    """A date as a number of years: 1 July 2022 is near 2022.5."""
    start = date(day.year, 1, 1)
    length = (date(day.year + 1, 1, 1) - start).days
    return day.year + (day - start).days / length


def independent_points(points: Sequence[Point]) -> list[Point]:
    """The newest set of points whose periods do not overlap, oldest first."""
    chosen: list[Point] = []
    for point in sorted(points, key=lambda one: one.period.end, reverse=True):
        if not any(point.period.overlaps(other.period) for other in chosen):
            chosen.append(point)
    return chosen[::-1]


def trend(points: Sequence[Point], evidence: Evidence) -> Trend | None:
    """The trend of comparable points (no break among them); None for fewer than three.

    Args:
        points: figures of one area in one series, in any order.
        evidence: what stands behind them. Surveys and models without intervals, and rates whose
            counts are not held, get a slope and no claim.
    """
    ordered = sorted(points, key=lambda one: one.period.end)
    apart = independent_points(ordered)
    if len(apart) >= FEWEST_FOR_A_CLAIM:
        if evidence.has_intervals and all(one.figure.error for one in apart):
            return _weighted(apart, len(ordered))
        if evidence is Evidence.FULL_ENUMERATION:
            return _theil_sen(apart, len(ordered))
        return _plain(apart, len(ordered))
    if len(ordered) > len(apart) and len(ordered) >= FEWEST_FOR_A_SLOPE:
        return _generalised(ordered, len(apart))
    return _plain(apart, len(ordered)) if len(apart) >= FEWEST_FOR_A_SLOPE else None


Numbers = npt.NDArray[np.float64]


def _arrays(points: Sequence[Point]) -> tuple[Numbers, Numbers]:
    return (
        np.array([one.time for one in points]),
        np.array([one.figure.value for one in points]),
    )


def _weighted(points: Sequence[Point], given: int) -> Trend:
    times, values = _arrays(points)
    errors = np.array([one.figure.error or 0.0 for one in points])
    weights = 1.0 / errors**2
    centre = float(np.sum(weights * times) / weights.sum())
    spread = float(np.sum(weights * (times - centre) ** 2))
    slope = float(np.sum(weights * (times - centre) * values)) / spread
    error = spread**-0.5
    return Trend(
        slope,
        slope - CRITICAL_Z * error,
        slope + CRITICAL_Z * error,
        Method.WEIGHTED,
        given,
        len(points),
    )


def _theil_sen(points: Sequence[Point], given: int) -> Trend:
    # Loaded when first needed: it takes longer to load than a server takes to start.
    from scipy.stats import kendalltau, theilslopes

    times, values = _arrays(points)
    slope, _, lower, upper = (float(number) for number in theilslopes(values, times, 0.95))
    apart = lower > 0 or upper < 0
    if apart and not float(kendalltau(times, values, method="auto").pvalue) < 0.05:
        # The two procedures can differ at the edge; a claim needs both.
        lower, upper = min(lower, 0.0), max(upper, 0.0)
    return Trend(slope, lower, upper, Method.THEIL_SEN, given, len(points))


def _generalised(points: Sequence[Point], independent: int) -> Trend:
    times, values = _arrays(points)
    size = len(points)
    covariance = np.eye(size)
    for i in range(size):
        for j in range(i + 1, size):
            share = shared_time(points[i].period, points[j].period)
            covariance[i, j] = covariance[j, i] = share
    if all(one.figure.error for one in points):
        errors = np.array([one.figure.error for one in points], dtype=np.float64)
        covariance = covariance * np.outer(errors, errors)
    design = np.column_stack([np.ones(size), times - times.mean()])
    precision = np.linalg.pinv(covariance)
    coefficients = np.linalg.pinv(design.T @ precision @ design) @ (design.T @ precision @ values)
    return Trend(float(coefficients[1]), None, None, Method.GENERALISED, size, independent)


def _plain(points: Sequence[Point], given: int) -> Trend:
    times, values = _arrays(points)
    slope = float(np.polyfit(times - times.mean(), values, 1)[0])
    return Trend(slope, None, None, Method.PLAIN, given, len(points))


def shared_time(first: TimePeriod, second: TimePeriod) -> float:
    """The share of the longer period that two periods have in common, 0 to 1."""
    days = (min(first.end, second.end) - max(first.start, second.start)).days + 1
    longer = max((one.end - one.start).days + 1 for one in (first, second))
    return max(days, 0) / longer


def evenly_spaced(points: Sequence[Point]) -> bool:
    """Whether each point follows the one before at the same distance, to within a month."""
    gaps = [after.time - before.time for before, after in pairwise(points)]
    return not gaps or max(gaps) - min(gaps) < 1 / 12
