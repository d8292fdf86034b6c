"""One measured figure, and what several measurements of it come to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median


class BenchError(RuntimeError):
    """Something that should be measured is not there; the message says what."""


@dataclass(frozen=True)
class Figure:
    """A measured figure: what it is about, what was measured, the value and its unit.

    `target` is the value that it should not exceed, or with `more_is_better` should reach, where
    one has been set; `times` how many measurements lie behind the value.
    """

    subject: str
    measured: str
    value: float
    unit: str
    times: int = 1
    target: float | None = None
    more_is_better: bool = False

    @property
    def holds(self) -> bool | None:
        """Whether the target is kept; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.more_is_better else self.value <= self.target


def percentile(values: list[float], percent: float) -> float:
    """The smallest measured value that at least `percent` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def spread(
    subject: str, measured: str, values: list[float], unit: str, target: float | None = None
) -> list[Figure]:
    """The median and the 95th percentile of repeated measurements; the target is for the latter."""
    if not values:
        raise BenchError(f"{subject}: nothing was measured for {measured}")
    return [
        Figure(subject, f"{measured}, p50", median(values), unit, len(values)),
        Figure(subject, f"{measured}, p95", percentile(values, 95), unit, len(values), target),
    ]
