"""Classes for maps: a few steps that hold about as many areas each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from layouts.figures.scales import finite


def class_edges(values: Iterable[float | None], k: int = 5) -> list[float]:
    """Edges of at most `k` classes with about equally many values each.

    The edges rise, from the lowest value to the highest. A class holds what is at or above its
    lower edge and below its upper one; the last holds the highest value too. Equal values are
    always in one class, so ties and few distinct values make fewer classes. Each inner edge is a
    value that occurs: the one at place `i * n / k`, rounded up, of the n sorted values.

    Args:
        values: the figures; None is left out.
        k: how many classes there may be, at least 1.

    Returns:
        One edge more than there are classes; a single value gives two equal edges, no value none.

    Raises:
        ValueError: a value is infinite or not a number, or `k` is below 1.
    """
    if k < 1:
        raise ValueError(f"cannot make {k} classes: at least 1 is needed")
    present = sorted(finite(values))
    if not present:
        return []
    count = len(present)
    inner = {
        present[-(-number * count // k)]
        for number in range(1, k)
        if -(-number * count // k) < count
    }
    return [present[0], *sorted(inner - {present[0]}), present[-1]]


def class_of(value: float, edges: Sequence[float]) -> int:
    """The class of a value, from 0.

    Raises:
        ValueError: the value lies outside the edges.
    """
    if not edges or not edges[0] <= value <= edges[-1]:
        raise ValueError(f"{value} lies outside the classes {list(edges)}")
    return min(bisect_right(edges[:-1], value), len(edges) - 1) - 1


def steps_of_scale(classes: int, steps: int) -> list[int]:
    """Which steps of a colour scale so many classes take, from 0, spread over all of it."""
    if classes == 1:
        return [steps // 2]
    return [round(number * (steps - 1) / (classes - 1)) for number in range(classes)]
