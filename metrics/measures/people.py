"""A gap in people: what a difference between two rates would mean in heads."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class GapInPeople:
    """How many more (or fewer) people the benchmark's rate would mean, to two figures."""

    people: int
    exact: float

    def sentence(self, benchmark: str, noun: str) -> str:
        """`At England's rate about 11,000 more people would ...`, without the verb's object."""
        if self.people == 0:
            return f"At the rate of {benchmark} the number of {noun} would be about the same."
        word = "more" if self.people > 0 else "fewer"
        return f"The rate of {benchmark} would mean about {abs(self.people):,} {word} {noun}."


def gap_in_people(
    area: float, benchmark: float, denominator: float | None, per: float
) -> GapInPeople | None:
    """`(benchmark - area) / per * denominator`, to two significant figures.

    Args:
        area, benchmark: rates in the metric's unit.
        denominator: the area's own denominator for the same year; None where it is not held.
        per: 100 for percentages, 1,000 for rates per thousand.

    Returns:
        None without a denominator above zero.
    """
    if denominator is None or not denominator > 0:
        return None
    exact = (benchmark - area) / per * denominator
    return GapInPeople(two_figures(exact), exact)


def two_figures(number: float) -> int:
    """A number to two significant figures, as a whole number."""
    if abs(number) < 1:
        return 0
    digits = 1 - floor(log10(abs(number)))
    return round(round(number, digits))
