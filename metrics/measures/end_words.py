"""What became of a gap and of its two ends, in words that claim no more than was tested."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from metrics.definition import Metric
from metrics.measures.split_words import size_in_words


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement with its error; `clear` is None where there is no ground for a claim."""

    size: float
    clear: bool | None


class Course(StrEnum):
    """What became of a gap as a whole."""

    SAME_ORDER = "the end that was ahead still is"
    CROSSED = "the ends changed places"
    CROSSED_UNCLEARLY = "the figures changed places, which chance may have done"
    NOISE = "it moved as published, and not once sampling noise is taken out"


def movement_sentence(
    metric: Metric,
    periods: tuple[str, str],
    names: tuple[str, str],
    movements: tuple[Moved, Moved, Moved],
    course: Course,
    untested: str,
) -> str:
    """How a gap and its ends moved between two periods.

    Args:
        metric: gives the unit; money of each year is told in points with the UK as 100.
        periods: in words, the earlier first.
        names: what the ends are called within a sentence, the top first.
        movements: of the gap, its top and its other end.
        untested: a sentence that says why nothing is claimed; empty where it can be.
    """
    gap, top, other = movements
    basis = " Points have the UK as 100, so that inflation moves neither."
    words = (
        f"Between {periods[0]} and {periods[1]} {_gap_words(metric, gap, course)}: {names[0]} "
        f"{_end_words(metric, top)} and {names[1]} {_end_words(metric, other)}."
        f"{basis if metric.money == 'nominal' else ''}"
    )
    return f"{words} {untested}" if untested else words


def _gap_words(metric: Metric, gap: Moved, course: Course) -> str:
    if course is Course.CROSSED:
        return "the two changed places"
    if course is Course.CROSSED_UNCLEARLY:
        return "the two figures changed places, by no more than chance explains"
    size = _size(metric, gap)
    if _nothing(size):
        return "the gap stayed as it was"
    way = "closed" if gap.size < 0 else "widened"
    if course is Course.NOISE:
        return f"the gap as published {way} by {size}, but not clearly without sampling noise"
    if gap.clear is False:
        side = "smaller" if gap.size < 0 else "larger"
        return f"the gap did not clearly change ({side} by {size})"
    return f"the gap {way} by {size}"


def _end_words(metric: Metric, end: Moved) -> str:
    size = _size(metric, end)
    if _nothing(size):
        return "stayed where it was"
    if end.clear is False:
        return f"did not clearly move ({'up' if end.size > 0 else 'down'} {size})"
    return f"{'rose' if end.size > 0 else 'fell'} by {size}"


def _size(metric: Metric, movement: Moved) -> str:
    return size_in_words(movement.size, metric, metric.money == "nominal")


def _nothing(size: str) -> bool:
    """Whether a size is nothing as it is written."""
    return not any(digit in size for digit in "123456789")
