"""The difference of two figures, and what may be claimed of it.

With published 95% intervals the standard error of a figure is a 3.92nd of its interval's width
and two figures differ clearly when |z| > 1.96 (two-sided 5%). A complete count needs no test:
its figures differ when they differ by at least the publisher's rounding step. Anything else
(surveys and models without intervals, rates of rare events whose counts are not held) cannot
be tested, however large the difference looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, isfinite, sqrt

from metrics.definition import Evidence, Polarity
from metrics.measures.results import Direction, Quality

INTERVAL_WIDTH_IN_ERRORS = 3.92
CRITICAL_Z = 1.96


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with its 95% interval, where one is published.

    `of` is the number that the value is a share of, where the definition declares `[counts]` and
    that number is held.
    """

    value: float
    lower: float | None = None
    upper: float | None = None
    of: float | None = None

    @property
    def error(self) -> float | None:
        """The standard error, or None without a usable interval.

        An interval that misses its own value is a fault of its source, and no ground for a claim.
        """
        if self.lower is None or self.upper is None or not self.lower <= self.value <= self.upper:
            return None
        width = self.upper - self.lower
        return width / INTERVAL_WIDTH_IN_ERRORS if isfinite(width) else None


@dataclass(frozen=True, slots=True)
class Difference:
    """`later - earlier` with its interval, direction and two-sided p-value (None: no test)."""

    size: float
    lower: float | None
    upper: float | None
    direction: Direction
    p_value: float | None
    reason: str = ""


def difference(
    later: Measured, earlier: Measured, evidence: Evidence, rounding: float
) -> Difference:
    """Compare two figures of independent samples or complete counts.

    Args:
        later, earlier: the figures; the result is later minus earlier.
        evidence: what stands behind the figures, as the metric declares.
        rounding: the publisher's rounding step in the metric's unit, 0 for none.

    Returns:
        The difference. Direction SAME means equal as published; NOT_CLEAR that the interval of
        the difference spans zero; CANNOT_TEST that there is no ground for a claim.
    """
    size = later.value - earlier.value
    if evidence is Evidence.FULL_ENUMERATION:
        return Difference(size, None, None, _exact(size, rounding), None)
    if not evidence.has_intervals:
        return Difference(size, None, None, Direction.CANNOT_TEST, None, NO_TEST_REASONS[evidence])
    if later.error is None or earlier.error is None:
        return Difference(
            size,
            None,
            None,
            Direction.CANNOT_TEST,
            None,
            f"one of the two figures {_unusable(later, earlier)}",
        )
    error = sqrt(later.error**2 + earlier.error**2)
    if error == 0:
        return Difference(size, size, size, _exact(size, rounding), None)
    z = size / error
    direction = Direction.NOT_CLEAR
    if abs(z) > CRITICAL_Z:
        direction = Direction.HIGHER if z > 0 else Direction.LOWER
    return Difference(
        size,
        size - CRITICAL_Z * error,
        size + CRITICAL_Z * error,
        direction,
        erfc(abs(z) / sqrt(2)),
    )


def _unusable(*figures: Measured) -> str:
    """What is wrong with the interval of the first figure that has no usable one."""
    bad = next(figure for figure in figures if figure.error is None)
    missing = bad.lower is None or bad.upper is None
    return "has no 95% interval" if missing else "lies outside its own published 95% interval"


NO_TEST_REASONS = {
    Evidence.RATES_WITHOUT_COUNTS: "the counts behind these rates are not held, so chance "
    "cannot be ruled out",
    Evidence.SAMPLE_WITHOUT_INTERVALS: "the figures come from a sample and are published "
    "without a margin of error",
    Evidence.MODEL_WITHOUT_INTERVALS: "the figures are modelled and published without a margin "
    "of error",
}


def _exact(size: float, rounding: float) -> Direction:
    """Figures rounded to a step differ in truth whenever they differ as published."""
    if abs(size) < max(rounding * (1 - 1e-9), 1e-12):
        return Direction.SAME
    return Direction.HIGHER if size > 0 else Direction.LOWER


def against_benchmark(
    figure: Measured, benchmark: float, evidence: Evidence, rounding: float
) -> Difference:
    """An area beside a benchmark: clear only if the benchmark lies outside the area's interval."""
    size = figure.value - benchmark
    if evidence is Evidence.FULL_ENUMERATION:
        return Difference(size, None, None, _exact(size, rounding), None)
    if not evidence.has_intervals:
        return Difference(size, None, None, Direction.CANNOT_TEST, None, NO_TEST_REASONS[evidence])
    if figure.error is None or figure.lower is None or figure.upper is None:
        return Difference(
            size, None, None, Direction.CANNOT_TEST, None, f"the figure {_unusable(figure)}"
        )
    if figure.lower <= benchmark <= figure.upper:
        direction = Direction.NOT_CLEAR
    else:
        direction = Direction.HIGHER if size > 0 else Direction.LOWER
    return Difference(size, figure.lower - benchmark, figure.upper - benchmark, direction, None)


def quality(direction: Direction, polarity: Polarity) -> Quality:
    """Better or worse, through the declared polarity only."""
    if polarity is Polarity.NONE or direction not in (Direction.HIGHER, Direction.LOWER):
        return Quality.NONE
    better = (direction is Direction.HIGHER) == (polarity is Polarity.HIGHER)
    return Quality.BETTER if better else Quality.WORSE
