"""The same series read by three methods, so that a reader sees whether the answer hangs on one.

* Absolute pace: the product's own (see `metrics.measures.pace`).
* Growth ratio: observed over required compound annual growth, with the thresholds 0.95, 0.60
  and 0 of Eurostat's monitoring of the sustainable development goals, as Open SDG applies them.
* Recent trend: the rule of the Fingertips profiles. Of exactly the newest five consecutive
  independent points: a weighted regression, a clear direction when (slope/error)^2 > 9.5495
  (chi-squared, 1 degree of freedom, 99.8%), and the sign must survive leaving out each point.
  Proportions are tested by the counts behind them, with the chi-squared test for a trend in
  proportions (Armitage 1955); without the counts the rule does not apply to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

import numpy as np

from metrics.measures.trend import Point, decimal_year, evenly_spaced, independent_points

CHI_SQUARED_998 = 9.5495
RECENT_POINTS = 5


class Progress(StrEnum):
    """Eurostat's words for progress towards a target."""

    SIGNIFICANT = "significant progress"
    MODERATE = "moderate progress"
    LIMITED = "insufficient progress"
    AWAY = "movement away"
    REACHED = "target reached"
    NOT_APPLICABLE = "not applicable"


class Recent(StrEnum):
    """The outcomes of the recent-trend rule."""

    UP = "increasing"
    DOWN = "decreasing"
    NONE = "no significant change"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class GrowthRatio:
    """Observed and required compound annual growth, as shares, and the word for their ratio."""

    observed: float | None
    required: float | None
    progress: Progress
    why: str = ""


def growth_ratio(
    start: float, start_at: date, now: float, now_at: date, target: float, by: date
) -> GrowthRatio:
    """Progress by the ratio of observed to required compound annual growth.

    Growth is from the baseline: required growth leads from the baseline value to the target,
    observed growth from the baseline value to the newest one (Eurostat, `progress with target`).
    Values at or below zero have no growth rate.
    """
    if min(start, now, target) <= 0:
        return GrowthRatio(None, None, Progress.NOT_APPLICABLE, "a value is not above zero")
    elapsed = decimal_year(now_at) - decimal_year(start_at)
    span = decimal_year(by) - decimal_year(start_at)
    if elapsed <= 0 or span <= 0:
        return GrowthRatio(None, None, Progress.NOT_APPLICABLE, "no time has passed")
    if target == start:
        return GrowthRatio(None, None, Progress.NOT_APPLICABLE, "the target is the start")
    observed = (now / start) ** (1 / elapsed) - 1
    required = (target / start) ** (1 / span) - 1
    if (target - start) * (now - target) >= 0:
        return GrowthRatio(observed, required, Progress.REACHED)
    ratio = observed / required
    if ratio >= 0.95:
        word = Progress.SIGNIFICANT
    elif ratio >= 0.60:
        word = Progress.MODERATE
    elif ratio >= 0:
        word = Progress.LIMITED
    else:
        word = Progress.AWAY
    return GrowthRatio(observed, required, word)


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """The outcome of the recent-trend rule and the statistic behind it."""

    outcome: Recent
    statistic: float | None = None
    why: str = ""


def recent_trend(points: Sequence[Point], *, proportion: bool, per: float = 100.0) -> RecentTrend:
    """The recent-trend rule on the newest five consecutive independent points.

    Args:
        points: figures with 95% intervals; of a proportion, with the number that it is a share of.
        proportion: whether the figures are proportions; then the rule needs their counts.
        per: for how many a proportion is given: 100 for a percentage.
    """
    if proportion and not any(point.figure.of for point in points):
        return RecentTrend(Recent.NOT_APPLICABLE, why="the rule needs the counts behind a share")
    newest = independent_points(points)[-RECENT_POINTS:]
    if len(newest) < RECENT_POINTS:
        return RecentTrend(Recent.NOT_APPLICABLE, why="fewer than five independent points")
    if not evenly_spaced(newest):
        return RecentTrend(Recent.NOT_APPLICABLE, why="the newest five points leave a gap")
    if proportion and not all(point.figure.of for point in newest):
        why = "the rule needs the counts behind a share, and a point has none"
        return RecentTrend(Recent.NOT_APPLICABLE, why=why)
    if not proportion and not all(point.figure.error for point in newest):
        return RecentTrend(Recent.NOT_APPLICABLE, why="a point has no margin of error")
    slope_of = partial(_slope_of_shares, per=per) if proportion else _weighted_slope
    slope, error = slope_of(newest)
    if error == 0:
        return RecentTrend(Recent.NOT_APPLICABLE, why="every figure is none or all of the whole")
    statistic = (slope / error) ** 2
    without = [slope_of(newest[:index] + newest[index + 1 :])[0] for index in range(RECENT_POINTS)]
    steady = all(np.sign(one) == np.sign(slope) for one in without)
    if statistic > CHI_SQUARED_998 and steady:
        return RecentTrend(Recent.UP if slope > 0 else Recent.DOWN, statistic)
    return RecentTrend(Recent.NONE, statistic)


def _weighted_slope(points: Sequence[Point]) -> tuple[float, float]:
    times = np.array([point.time for point in points])
    values = np.array([point.figure.value for point in points])
    weights = 1.0 / np.array([point.figure.error or 0.0 for point in points]) ** 2
    centre = float(np.sum(weights * times) / weights.sum())
    spread = float(np.sum(weights * (times - centre) ** 2))
    return float(np.sum(weights * (times - centre) * values)) / spread, spread**-0.5


def _slope_of_shares(points: Sequence[Point], per: float) -> tuple[float, float]:
    """The slope of shares weighted by their wholes, and its error if there were no trend.

    The square of their ratio is the chi-squared statistic for a trend in proportions.
    """
    times = np.array([point.time for point in points])
    shares = np.array([point.figure.value / per for point in points])
    wholes = np.array([point.figure.of or 0.0 for point in points])
    centre = float(np.sum(wholes * times) / wholes.sum())
    spread = float(np.sum(wholes * (times - centre) ** 2))
    overall = float(np.sum(wholes * shares) / wholes.sum())
    slope = float(np.sum(wholes * (times - centre) * shares)) / spread
    return slope, float(np.sqrt(max(overall * (1 - overall), 0.0) / spread))
