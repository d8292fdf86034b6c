"""A scale on which a few areas far from all others do not squash the rest.

A scale that reaches to one area of a kind of its own leaves the others in a corner. Such areas are
put beyond the end of the scale, where an arrow stands for them, and the chart says how many they
are and what their figures are. Areas that a chart is about are never put there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layouts.figures.description import RankedStrip, StripRow
from layouts.figures.labels import bare
from layouts.figures.scales import finite

# As few as can be named in a line, and among so many that they are the exception.
MOST_BEYOND = 5
FEWEST_AREAS = 20
# How many times as long the scale would be with them.
SQUASHED = 1.75
# How far beyond the end they lie, as a share of the scale.
APART = 0.25


@dataclass(frozen=True, slots=True)
class ScaleEnds:
    """The lowest and highest value on a scale, and the values beyond either end, in order."""

    low: float
    high: float
    below: tuple[float, ...] = ()
    above: tuple[float, ...] = ()

    @property
    def beyond(self) -> tuple[float, ...]:
        """All values that are not on the scale."""
        return (*self.below, *self.above)


def scale_ends(named: Iterable[float | None], others: Iterable[float | None]) -> ScaleEnds:
    """The ends of a scale: over all values, or without the few others that would squash it.

    Args:
        named: values that are always on the scale: of areas in focus, comparators, references.
        others: values of the areas behind them.

    Raises:
        ValueError: there is no value, or one is infinite or not a number.
    """
    kept, free = finite(named), sorted(finite(others))
    low, high = min([*kept, *free[:1]]), max([*kept, *free[-1:]])
    if len(free) < FEWEST_AREAS:
        return ScaleEnds(low, high)
    inside: Sequence[float] = free
    while shorter := _shorter(kept, inside, MOST_BEYOND - (len(free) - len(inside))):
        inside = shorter
    low, high = min([*kept, inside[0]]), max([*kept, inside[-1]])
    return ScaleEnds(
        low,
        high,
        tuple(value for value in free if value < low),
        tuple(value for value in free if value > high),
    )


def _shorter(kept: Sequence[float], free: Sequence[float], most: int) -> Sequence[float]:
    """The values left on the scale when as few as do take it to much less; none where none do."""
    low, high = min([*kept, free[0]]), max([*kept, free[-1]])
    for count in range(1, most + 1):
        for below in range(count + 1):
            inside = free[below : len(free) - (count - below)]
            ends = min([*kept, inside[0]]), max([*kept, inside[-1]])
            length = ends[1] - ends[0]
            outside = [value for value in free if not ends[0] <= value <= ends[1]]
            apart = all(
                min(abs(value - end) for end in ends) >= APART * length for value in outside
            )
            if length > 0 and high - low >= SQUASHED * length and apart:
                return [value for value in free if ends[0] <= value <= ends[1]]
    return []


def strip_ends(chart: RankedStrip, rows: Sequence[StripRow]) -> ScaleEnds:
    """The ends of the scale of a ranked strip, with the intervals of the areas that are on it."""
    named = [row for row in rows if row.prominence != "background"]
    references = [reference.value for reference in chart.references]
    ends = scale_ends(
        [*references, *(end for row in named for end in (row.value, row.lower, row.upper))],
        [row.value for row in rows if row.prominence == "background"],
    )
    inside = [row for row in rows if not is_beyond(row, ends)]
    reach = finite(end for row in inside for end in (row.value, row.lower, row.upper))
    return ScaleEnds(min([*reach, *references]), max([*reach, *references]), ends.below, ends.above)


def is_beyond(row: StripRow, ends: ScaleEnds) -> bool:
    """Whether an arrow stands for a row."""
    return row.prominence == "background" and row.value in ends.beyond


def beyond_in_words(chart: RankedStrip, rows: Sequence[StripRow], ends: ScaleEnds) -> str:
    """Which areas the arrows stand for, with their figures; empty where there are none."""
    far = [row for row in rows if is_beyond(row, ends)]
    if not far:
        return ""
    named = ", ".join(f"{row.name} {bare(chart.unit).write(row.value)}" for row in far)
    stands = "The arrow stands for an area" if len(far) == 1 else "The arrows stand for areas"
    return f"{stands} beyond the scale: {named}."
