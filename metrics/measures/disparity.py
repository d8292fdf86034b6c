"""Gaps among areas, plain and with sampling noise taken out.

A gap between the extremes of estimates is wider than the gap between the truths, because the
extremes are in part the areas with the luckiest and unluckiest samples; it widens by itself
when samples shrink. Beside the plain gap therefore stands one of shrunken estimates: each
value is drawn towards the mean by the share of its variance that is sampling noise (empirical
Bayes with the method-of-moments variance between areas: James and Stein; Morris 1983). How much
is noise is itself an estimate, so the error of that gap also holds what the estimate may be out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, sqrt

import numpy as np
import numpy.typing as npt

from metrics.definition import Polarity

Numbers = npt.NDArray[np.float64]
TENTH = 10
SMALLEST_SET = 20


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two group means. `error` is None where values have no errors."""

    size: float
    error: float | None
    top_mean: float
    other_mean: float
    group_size: int
    # The standard errors of the two means, with the groups held as they are.
    top_error: float | None = None
    other_error: float | None = None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95% interval of the gap, with the groups held as they are."""
        if self.error is None:
            return None
        return self.size - 1.96 * self.error, self.size + 1.96 * self.error


def tenth_of(count: int) -> int:
    """How many areas are a tenth: rounded up, so that 216 areas give 22."""
    return ceil(count / TENTH)


def gap_between_extremes(values: Numbers, errors: Numbers | None = None) -> Gap | None:
    """Mean of the highest tenth less mean of the lowest tenth.

    Args:
        values: one value for each area, no blanks.
        errors: standard errors in the same order; None where there are none.

    Returns:
        The gap, its error with the groups held fixed; None for fewer than 20 areas.
    """
    if len(values) < SMALLEST_SET:
        return None
    size = tenth_of(len(values))
    order = np.argsort(values, kind="stable")
    return _gap(values, errors, order[-size:], order[:size])


def gap_top_and_rest(
    values: Numbers, polarity: Polarity, errors: Numbers | None = None
) -> Gap | None:
    """Mean of the best tenth less mean of the rest, positive when the best are better.

    With `lower_is_better` the best tenth has the lowest values and the gap is rest less best.
    None for fewer than 20 areas or without a polarity.
    """
    if len(values) < SMALLEST_SET or polarity is Polarity.NONE:
        return None
    size = tenth_of(len(values))
    order = np.argsort(values, kind="stable")
    if polarity is Polarity.HIGHER:
        return _gap(values, errors, order[-size:], order[:-size])
    gap = _gap(values, errors, order[size:], order[:size])
    ends = (gap.other_mean, gap.top_mean, size, gap.other_error, gap.top_error)
    return Gap(gap.size, gap.error, *ends)


def _gap(
    values: Numbers,
    errors: Numbers | None,
    high: npt.NDArray[np.intp],
    low: npt.NDArray[np.intp],
) -> Gap:
    means = float(values[high].mean()), float(values[low].mean())
    size = means[0] - means[1]
    smaller = min(len(high), len(low))
    if errors is None:
        return Gap(size, None, *means, smaller)
    high_error = sqrt(float(np.sum(errors[high] ** 2))) / len(high)
    low_error = sqrt(float(np.sum(errors[low] ** 2))) / len(low)
    error = sqrt(high_error**2 + low_error**2)
    return Gap(size, error, *means, smaller, high_error, low_error)


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Values drawn towards their mean, and the errors that are left to them."""

    values: Numbers
    errors: Numbers
    between_variance: float


def shrink(values: Numbers, errors: Numbers, between: float | None = None) -> Shrunken:
    """Empirical Bayes estimates of the values behind noisy ones.

    An area keeps the share of its distance from the mean that its own reliability
    `between / (between + error^2)` gives. With no errors nothing changes.

    Args:
        values, errors: in the same order, no blanks.
        between: the variance between areas; by default the sample variance of the values less
            the mean sampling variance, never below zero.
    """
    mean = float(values.mean())
    noise = errors**2
    if between is None:
        between = max(0.0, float(values.var(ddof=1)) - float(np.mean(noise)))
    total = between + noise
    reliability = np.divide(between, total, out=np.ones_like(values), where=total > 0)
    return Shrunken(mean + reliability * (values - mean), reliability * errors, between)


def corrected_gap(
    values: Numbers, errors: Numbers, gap_of: Callable[[Numbers, Numbers], Gap | None]
) -> Gap | None:
    """The gap of shrunken values, with the error of how much they were shrunken.

    Given the truths, the sample variance of noisy values has the variance
    `(4 between mean(error^2) + 2 mean(error^4)) / n`. The gap is measured again with the
    variance between areas one such error higher and lower; the larger of the two shifts is added
    to the error that holds the groups fixed, as the root of the sum of squares.

    Args:
        gap_of: the plain gap of values with errors, None where there is none.
    """
    found = shrink(values, errors)
    gap = gap_of(found.values, found.errors)
    if gap is None or gap.error is None:
        return gap
    noise = errors**2
    unsure = sqrt(
        float(4 * found.between_variance * np.mean(noise) + 2 * np.mean(noise**2)) / len(values)
    )
    shifts = []
    for between in (found.between_variance - unsure, found.between_variance + unsure):
        other = shrink(values, errors, max(0.0, between))
        moved = gap_of(other.values, other.errors)
        shifts.append(abs(moved.size - gap.size) if moved else 0.0)
    return replace(gap, error=sqrt(gap.error**2 + max(shifts) ** 2))
