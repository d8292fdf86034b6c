"""Figures for a group of areas, derived from those of its members where a rule is lawful.

Only the publisher's own figure is a published figure. A derived one exists where the metric
declares how it may be made, every member has a figure for that period, and every weight is held
for that very year. Otherwise it is refused, and the refusal names what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

from metrics.definition import Metric
from metrics.wording import write_list


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure made from those of the members, with the words of its making.

    `error` is its standard error, where every member has one.
    """

    value: float
    members: tuple[str, ...]
    how: str
    error: float | None = None


@dataclass(frozen=True, slots=True)
class NotDerived:
    """Why there is no figure for the group."""

    reason: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a share is made of: how many, of how many."""

    part: float
    whole: float


def derive(
    metric: Metric,
    values: Mapping[str, float | None],
    members: Sequence[str],
    names: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    contained: Mapping[str, str] | None = None,
    counts: Mapping[str, Counted] | None = None,
    errors: Mapping[str, float] | None = None,
) -> Derived | NotDerived:
    """A figure for a group in one period.

    Args:
        metric: declares the rule: `sum`, `weighted_mean`, `recompute` or `published_only`.
        values: the members' figures of the period; None, NaN or absent where there is none.
        members: codes of the group's members.
        names: names by code, for refusals.
        weights: the declared weight of each member, of the same year; None where none is held. A
            member whose weight is absent, NaN, infinite, zero or below is named in the refusal.
        contained: for areas that lie within another, the code of that other area.
        counts: what each member's share is made of, in the same period; None where not held.
        errors: the standard errors of independent samples; none is made without all of them.
    """
    if refusal := overlapping(members, names, contained or {}):
        return NotDerived(refusal)
    rule = metric.aggregation.rule
    if rule == "published_only":
        return NotDerived(
            f"Not derived: {metric.aggregation.reason[0].lower()}{metric.aggregation.reason[1:]}"
        )
    if rule == "recompute":
        return _recomputed(members, names, counts if metric.proportion else None)
    missing = [code for code in members if not _is_number(values.get(code))]
    if missing:
        return NotDerived(f"Not derived: {_without(missing, members, names, 'a figure')}.")
    figures = {code: float(values[code] or 0.0) for code in members}
    if rule == "sum":
        return Derived(
            sum(figures.values()),
            tuple(members),
            f"the sum of {len(members)} authorities",
            _error(members, dict.fromkeys(members, 1.0), errors),
        )
    weight = metric.aggregation.weight
    if weights is None:
        return NotDerived(f"Not derived: the weight ({weight}) is not held for that time.")
    lacking = [code for code in members if not _can_weigh(weights.get(code))]
    if lacking:
        named = write_list([names.get(code, code) for code in lacking])
        return NotDerived(f"Not derived: the weight ({weight}) of {named} is not held.")
    total = sum(weights[code] for code in members)
    shares = {code: weights[code] / total for code in members}
    return Derived(
        sum(figures[code] * shares[code] for code in members),
        tuple(members),
        f"the average of {len(members)} authorities, weighted by {weight}",
        _error(members, shares, errors),
    )


def _is_number(value: float | None) -> bool:
    """Whether there is a value: a blank may also be written as not a number."""
    return value is not None and isfinite(value)


def _can_weigh(weight: float | None) -> bool:
    return weight is not None and isfinite(weight) and weight > 0


def _recomputed(
    members: Sequence[str], names: Mapping[str, str], counts: Mapping[str, Counted] | None
) -> Derived | NotDerived:
    """A share made again from its counts, in per cent."""
    if not counts:
        return NotDerived(
            "Not derived: it would have to be worked out again from the counts behind it, which "
            "are not held."
        )
    missing = [
        code
        for code in members
        if code not in counts
        or not (_is_number(counts[code].part) and _is_number(counts[code].whole))
    ]
    if missing:
        return NotDerived(f"Not derived: {_without(missing, members, names, 'a count')}.")
    whole = sum(counts[code].whole for code in members)
    if whole <= 0:
        return NotDerived("Not derived: there is nothing that it would be a share of.")
    part = sum(counts[code].part for code in members)
    how = f"worked out again from the counts of {len(members)} authorities"
    return Derived(part / whole * 100.0, tuple(members), how)


def _error(
    members: Sequence[str], factors: Mapping[str, float], errors: Mapping[str, float] | None
) -> float | None:
    """The error of a sum of independent figures, each times its factor."""
    if errors is None or any(code not in errors for code in members):
        return None
    return sqrt(sum((factors[code] * errors[code]) ** 2 for code in members))


def _without(
    missing: Sequence[str], members: Sequence[str], names: Mapping[str, str], what: str
) -> str:
    """Of which members something is missing: `Dudley and Walsall have no figure for it`."""
    if len(missing) == len(members):
        return f"none of its {len(members)} members has {what} for the period"
    named = write_list([names.get(code, code) for code in missing])
    verb = "has" if len(missing) == 1 else "have"
    return f"{named} {verb} no {what.removeprefix('a ')} for the period"


def overlapping(
    members: Sequence[str], names: Mapping[str, str], contained: Mapping[str, str]
) -> str:
    """Why a group cannot be added up because some members lie within others; empty if it can."""
    within = [code for code in members if contained.get(code) in members]
    if not within:
        return ""
    larger = sorted({contained[code] for code in within})
    return (
        f"Not derived: {write_list([names.get(code, code) for code in within])} "
        f"{'lies' if len(within) == 1 else 'lie'} within "
        f"{write_list([names.get(code, code) for code in larger])}, and would count twice."
    )
