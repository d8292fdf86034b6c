"""Disparity within and between regions, and how much of it is sampling noise.

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

    mean: float
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
    found = _Grouped.of(values, weights, groups)
    own = found.within_groups(found.own_shares * (values - found.means[found.members]) ** 2)
    between = float(np.sum(found.weights * (found.means - found.mean) ** 2))
    total = float(np.sum(found.shares * (values - found.mean) ** 2))
    return found.split(total, between, float(np.sum(found.weights * own)), own)


def split_theil(values: Numbers, weights: Numbers, groups: Sequence[str]) -> Split:
    """Split Theil's T of a mean per head, weighted by its denominator.

    Raises:
        DecompositionError: as for the variance, and for a value that is not above zero.
    """
    _check(values, weights, groups)
    if (values <= 0).any():
        raise DecompositionError("Theil's T needs every value above zero")
    found = _Grouped.of(values, weights, groups)
    relative = values / found.means[found.members]
    own = found.within_groups(found.own_shares * relative * np.log(relative))
    ratios = found.means / found.mean
    between = float(np.sum(found.weights * ratios * np.log(ratios)))
    of_all = values / found.mean
    total = float(np.sum(found.shares * of_all * np.log(of_all)))
    return found.split(total, between, float(np.sum(found.weights * ratios * own)), own)


@dataclass(frozen=True, slots=True)
class Noise:
    """What sampling alone adds, on average, to a weighted variance and to its part between."""

    total: float
    between: float


def noise_of_variance(errors: Numbers, weights: Numbers, groups: Sequence[str]) -> Noise:
    """The variance that independent sampling errors produce where every place is the same.

    With shares `s` and errors `e` the total is raised by the sum of `s (1 - s) e^2`. The mean of a
    group whose weight is `W` has the variance `v = sum (s / W)^2 e^2`, and the part between is
    raised by the sum of `W (1 - W) v`.

    Raises:
        DecompositionError: as for the variance.
    """
    found = _Grouped.of(errors, weights, groups)
    of_means = found.within_groups((found.own_shares * errors) ** 2)
    return Noise(
        float(np.sum(found.shares * (1 - found.shares) * errors**2)),
        float(np.sum(found.weights * (1 - found.weights) * of_means)),
    )


@dataclass(frozen=True, slots=True)
class _Grouped:
    """Areas with the group of each: `members` points from an area to its group."""

    names: tuple[str, ...]
    members: npt.NDArray[np.intp]
    shares: Numbers
    weights: Numbers
    own_shares: Numbers
    means: Numbers
    mean: float

    @classmethod
    def of(cls, values: Numbers, weights: Numbers, groups: Sequence[str]) -> _Grouped:
        _check(values, weights, groups)
        names = sorted(set(groups))
        places = {name: place for place, name in enumerate(names)}
        members = np.array([places[group] for group in groups], dtype=np.intp)
        shares = weights / weights.sum()
        of_groups = _sums(members, shares)
        own = shares / of_groups[members]
        means = _sums(members, own * values)
        mean = float(np.sum(shares * values))
        return cls(tuple(names), members, shares, of_groups, own, means, mean)

    def within_groups(self, amounts: Numbers) -> Numbers:
        """The sum of the amounts of each group's areas."""
        return _sums(self.members, amounts)

    def split(self, total: float, between: float, within: float, own: Numbers) -> Split:
        counts = np.bincount(self.members, minlength=len(self.names))
        parts = zip(
            self.names,
            *(counts.tolist(), self.weights.tolist(), self.means.tolist(), own.tolist()),
            strict=True,
        )
        return Split(self.mean, total, between, within, tuple(GroupShare(*one) for one in parts))


def _sums(members: npt.NDArray[np.intp], amounts: Numbers) -> Numbers:
    return np.bincount(members, weights=amounts).astype(np.float64)


def _check(values: Numbers, weights: Numbers, groups: Sequence[str]) -> None:
    if not len(values) == len(weights) == len(groups):
        raise DecompositionError("values, weights and groups differ in number")
    if len(values) == 0:
        raise DecompositionError("there is no area to split")
    if np.isnan(values).any():
        raise DecompositionError("an area has no value; leave it out and say so")
    if not (weights > 0).all():
        raise DecompositionError("an area has no weight above zero for that year")
