"""The least favourable defensible reading: the one of all fair ways to read a series that helps an
argument least.

A reading is defensible when the other side could bring it forward and could not be told that it is
unfair: published figures, two periods of one method that do not overlap, areas of one kind, and a
test that allows something to be said. Of these the worst for the argument is taken, by rule and
not by choice: first what speaks against it, then what says nothing either way, then what speaks
for it; among equals the one whose difference helps the argument least.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal

from metrics.definition import Polarity
from metrics.measures.results import Direction, Quality
from metrics.proposition import Argument

FigureKey = tuple[str, date, date]
Kind = Literal["change", "larger area", "like areas", "earlier period"]
_KINDS: tuple[Kind, ...] = ("change", "larger area", "like areas", "earlier period")


class Support(IntEnum):
    """What a reading does for an argument, the worst first."""

    AGAINST = 0
    NEITHER = 1
    FOR = 2


@dataclass(frozen=True, slots=True)
class FairReading:
    """One way to read a series for one area.

    Attributes:
        kind: over time, beside a larger area, beside like areas, or in an earlier period.
        key: the baseline, area or group that it is read against.
        area: code of the area.
        direction: what the test says, of this area or of now.
        quality: the same through the declared polarity; NONE where neither way is better.
        difference: this less that, in the metric's unit; None where there is nothing to say.
        label: what it is read against: `since 2017 to 2019`, `beside England`.
        sentence: the reading with its numbers.
        why: why it is defensible.
        own, other: the figure of the area, and the one that it is set beside, as code of the
            area with first and last day; None where there is none single one.
    """

    kind: Kind
    key: str
    area: str
    direction: Direction
    quality: Quality
    difference: float | None
    label: str
    sentence: str
    why: str
    own: FigureKey | None = None
    other: FigureKey | None = None


def support(one: FairReading, argument: Argument) -> Support | None:
    """What a reading does for an argument; None where no test allows anything to be said of it.

    A need is supported by what is worse, progress by what is better. What cannot be told from
    chance, or is the same, supports neither.
    """
    if one.difference is None or one.direction is Direction.CANNOT_TEST:
        return None
    if one.direction in (Direction.NOT_CLEAR, Direction.SAME):
        return Support.NEITHER
    if one.quality is Quality.NONE:
        return None
    helpful = Quality.WORSE if argument is Argument.NEED else Quality.BETTER
    return Support.FOR if one.quality is helpful else Support.AGAINST


def least_favourable(
    readings: Iterable[FairReading], argument: Argument, polarity: Polarity
) -> FairReading | None:
    """The reading that helps an argument least, the same in whatever order they are given.

    Args:
        readings: all readings of one series, of one area or of several; differences are in one
            unit, so that they can be set beside each other.
        argument: what the figures are brought forward to show.
        polarity: which way is better in this series.

    Returns:
        None where no reading can be weighed: then the figures show nothing either way.
    """
    weighed = [
        (found, _helps(one, argument, polarity), _KINDS.index(one.kind), one.key, one.area, one)
        for one in readings
        if (found := support(one, argument)) is not None
    ]
    return min(weighed, key=lambda entry: entry[:-1])[-1] if weighed else None


def _helps(one: FairReading, argument: Argument, polarity: Polarity) -> float:
    """By how much the difference points the argument's way; 0 where neither way is better."""
    better = {Polarity.HIGHER: 1.0, Polarity.LOWER: -1.0}.get(polarity, 0.0)
    wanted = -1.0 if argument is Argument.NEED else 1.0
    return round(wanted * better * (one.difference or 0.0), 9)
