"""Disparity within and between regions, and what moved when a gap changed.

The White Paper calls levelling up the reducing of disparities between and within regions. The
split is exact: between + within = total.

* Weighted variance, for any metric: between is the weighted variance of the groups' weighted
  means, within the weighted mean of the groups' own variances.
* Theil's T, only for a mean per head weighted by its own denominator (Theil 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]


class DecompositionError(ValueError):
    """The figures or weights do not allow a split; the message says which."""


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One group's part: its share of the weight, its mean, and the disparity within it."""

    name: str
    areas: int
    weight: float
    mean: float
    within: float


@dataclass(frozen=True, slots=True)
class Split:
    """A disparity and its two parts, in squared units of the metric (Theil's T has none)."""

    total: float
    between: float
    within: float
    groups: tuple[GroupShare, ...]

    @property
    def between_share(self) -> float | None:
        """The share of the disparity that lies between groups; None when there is none."""
        return self.between / self.total if self.total > 0 else None


def split_variance(values: Numbers, weights: Numbers, groups: Sequence[str]) -> Split:
    """Split the weighted variance of areas into between and within groups.

    Args:
        values: one for each area, no blanks.
        weights: above zero, one for each area, of the same year as the values.
        groups: the group of each area.

    Raises:
        DecompositionError: a blank value, or a weight that is blank or not above zero.
    """
    _check(values, weights, groups)
    shares = weights / weights.sum()
    mean = float(np.sum(shares * values))
    parts, between, within = [], 0.0, 0.0
    for name in sorted(set(groups)):
        chosen = np.array([group == name for group in groups])
        weight = float(shares[chosen].sum())
        own = shares[chosen] / weight
        own_mean = float(np.sum(own * values[chosen]))
        own_variance = float(np.sum(own * (values[chosen] - own_mean) ** 2))
        between += weight * (own_mean - mean) ** 2
        within += weight * own_variance
        parts.append(GroupShare(name, int(chosen.sum()), weight, own_mean, own_variance))
    total = float(np.sum(shares * (values - mean) ** 2))
    return Split(total, between, within, tuple(parts))


def split_theil(values: Numbers, weights: Numbers, groups: Sequence[str]) -> Split:
    """Split Theil's T of a mean per head, weighted by its denominator.

    Raises:
        DecompositionError: as for the variance, and for a value that is not above zero.
    """
    _check(values, weights, groups)
    if (values <= 0).any():
        raise DecompositionError("Theil's T needs every value above zero")
    shares = weights / weights.sum()
    mean = float(np.sum(shares * values))
    parts, between, within = [], 0.0, 0.0
    for name in sorted(set(groups)):
        chosen = np.array([group == name for group in groups])
        weight = float(shares[chosen].sum())
        own = shares[chosen] / weight
        own_mean = float(np.sum(own * values[chosen]))
        relative = values[chosen] / own_mean
        own_theil = float(np.sum(own * relative * np.log(relative)))
        of_all = weight * own_mean / mean
        between += of_all * float(np.log(own_mean / mean))
        within += of_all * own_theil
        parts.append(GroupShare(name, int(chosen.sum()), weight, own_mean, own_theil))
    relative = values / mean
    total = float(np.sum(shares * relative * np.log(relative)))
    return Split(total, between, within, tuple(parts))


def _check(values: Numbers, weights: Numbers, groups: Sequence[str]) -> None:
    if not len(values) == len(weights) == len(groups):
        raise DecompositionError("values, weights and groups differ in number")
    if len(values) == 0:
        raise DecompositionError("there is no area to split")
    if np.isnan(values).any():
        raise DecompositionError("an area has no value; leave it out and say so")
    if not (weights > 0).all():
        raise DecompositionError("an area has no weight above zero for that year")


@dataclass(frozen=True, slots=True)
class EndMovements:
    """The change of a gap as the movement of its two ends: change = top - other."""

    change: float
    top: float
    other: float


def movements(
    top_before: float, other_before: float, top_after: float, other_after: float
) -> EndMovements:
    """How far each end of a gap moved; a gap can close because its top fell."""
    top, other = top_after - top_before, other_after - other_before
    return EndMovements(top - other, top, other)


def movement_in_words(moved: EndMovements, smallest: float) -> str:
    """Which end made a gap change, in words.

    Args:
        moved: the movements, measured so that up is better.
        smallest: a movement below this is called staying where it was.
    """

    def said(size: float) -> str:
        if abs(size) < smallest:
            return "stayed where it was"
        return "rose" if size > 0 else "fell"

    way = "closed" if moved.change < 0 else "widened"
    if abs(moved.change) < smallest:
        way = "stayed as it was"
    return f"The gap {way}: the top {said(moved.top)} and the rest {said(moved.other)}."
