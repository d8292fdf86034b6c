"""Figures for a group of areas, derived from those of its members where a rule is lawful.

Only the publisher's own figure is a published figure. A derived one exists where the metric
declares how it may be made, every member has a figure for that period, and every weight is held
for that very year. Otherwise it is refused, and the refusal names what is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from metrics.definition import Metric
from metrics.wording import write_list


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure made from those of the members, with the words of its making."""

    value: float
    members: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class NotDerived:
    """Why there is no figure for the group."""

    reason: str


def derive(
    metric: Metric,
    values: Mapping[str, float | None],
    members: Sequence[str],
    names: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    contained: Mapping[str, str] | None = None,
) -> Derived | NotDerived:
    """A figure for a group in one period.

    Args:
        metric: declares the rule: `sum`, `weighted_mean`, `recompute` or `published_only`.
        values: the members' figures of the period; None or absent where there is none.
        members: codes of the group's members on a day of the period.
        names: names by code, for refusals.
        weights: the declared weight of each member, of the same year; None where none is held.
        contained: for areas that lie within another, the code of that other area.
    """
    if refusal := overlapping(members, names, contained or {}):
        return NotDerived(refusal)
    rule = metric.aggregation.rule
    if rule == "published_only":
        return NotDerived(
            f"Not derived: {metric.aggregation.reason[0].lower()}{metric.aggregation.reason[1:]}"
        )
    if rule == "recompute":
        return NotDerived(
            "Not derived: it would have to be worked out again from the counts behind it, which "
            "are not held."
        )
    missing = [names.get(code, code) for code in members if values.get(code) is None]
    if missing:
        return NotDerived(f"Not derived: {write_list(missing)} has no figure for this period.")
    figures = {code: float(values[code] or 0.0) for code in members}
    if rule == "sum":
        return Derived(
            sum(figures.values()), tuple(members), f"the sum of {len(members)} authorities"
        )
    weight = metric.aggregation.weight
    lacking = [
        names.get(code, code) for code in members if not weights or weights.get(code, 0.0) <= 0
    ]
    if weights is None or lacking:
        of_whom = "" if weights is None else f" for {write_list(lacking)}"
        return NotDerived(f"Not derived: the weight ({weight}) is not held{of_whom} for that year.")
    total = sum(weights[code] for code in members)
    mean = sum(figures[code] * weights[code] for code in members) / total
    return Derived(
        mean, tuple(members), f"the average of {len(members)} authorities, weighted by {weight}"
    )


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
