"""One area's figure beside another's in the same period: what may be claimed, and in which words.

Two areas of one kind are compared by the test of a difference. Where one of the two is the
larger area that the other is measured against everywhere else (its country, its region, the
combined authority), the same test as there is used, so that no two pages disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.areas import COMBINED_AUTHORITY, REGION
from metrics.definition import Evidence, Metric
from metrics.measures.change import (
    Difference,
    Measured,
    against_benchmark,
    difference,
    quality,
)
from metrics.measures.results import Direction, Quality
from metrics.wording import write_difference

TOTALS = "a total, which follows the size of the area"


@dataclass(frozen=True, slots=True)
class Side:
    """One area with its figure. `region` and `country` are the codes of what it lies in."""

    code: str
    measured: Measured | None
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """An area beside the first: the difference (this less the first), and what may be claimed."""

    difference: Difference | None
    quality: Quality
    words: str


def larger(metric: Metric, one: Side, other: Side) -> bool:
    """Whether `one` is the larger area that `other` is read against."""
    within = {
        other.country,
        other.region,
        metric.coverage.united_kingdom if metric.coverage else "",
    }
    if other.region == REGION:
        within.add(COMBINED_AUTHORITY)
    return one.code != other.code and one.code in within - {""}


def beside(metric: Metric, side: Side, first: Side) -> Beside:
    """One area beside the first: higher or lower only where the test allows it."""
    if metric.aggregation.rule == "sum":
        return Beside(None, Quality.NONE, f"not compared: {TOTALS}")
    if side.measured is None or first.measured is None:
        return Beside(None, Quality.NONE, "")
    evidence, rounding = metric.evidence, metric.rounding
    if larger(metric, first, side):
        found = against_benchmark(side.measured, first.measured.value, evidence, rounding)
    elif larger(metric, side, first):
        turned = against_benchmark(first.measured, side.measured.value, evidence, rounding)
        found = _turned(turned)
    else:
        found = difference(side.measured, first.measured, evidence, rounding)
    value = quality(found.direction, metric.polarity)
    return Beside(found, value, _words(metric, found, value))


def _turned(found: Difference) -> Difference:
    """The same comparison seen from the other side."""
    turned = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER}
    return Difference(
        -found.size,
        None if found.upper is None else -found.upper,
        None if found.lower is None else -found.lower,
        turned.get(found.direction, found.direction),
        found.p_value,
        found.reason,
    )


def _words(metric: Metric, found: Difference, value: Quality) -> str:
    """`clearly higher, by 5.3 years (better)`, `cannot be told apart`."""
    untested = found.direction is Direction.CANNOT_TEST
    if found.direction is Direction.SAME or (untested and found.size == 0):
        return "the same"
    if found.direction is Direction.NOT_CLEAR:
        return "cannot be told apart"
    side = "higher" if found.size > 0 else "lower"
    size = write_difference(found.size, metric.unit)
    if untested:
        if round(found.size, metric.unit.decimals) == 0:
            return "the same once rounded, not tested"
        return f"{side} by {size}, not tested"
    # A complete count leaves nothing to chance, so there is nothing to be clear about.
    clearly = "" if metric.evidence is Evidence.FULL_ENUMERATION else "clearly "
    words = f"{clearly}{side}, by {size}"
    return f"{words} ({value.value})" if value is not Quality.NONE else words
