"""Stored comparisons in a few words, for places too small for their sentences."""

from __future__ import annotations

from metrics.definition import Metric, Unit
from metrics.measures.results import Comparison, Direction, RankFacts
from metrics.wording import ordinal, write_size


def beside_in_short(one: Comparison, unit: Unit) -> str:
    """A figure beside a larger area's: `2.6 years below, worse`, `similar`.

    Better, worse and similar only where the stored comparison says so.
    """
    if one.difference is None:
        return "not compared"
    if _the_same(one):
        return "the same"
    if one.direction is Direction.NOT_CLEAR:
        return "similar"
    side = "above" if one.difference > 0 else "below"
    return _with_claim(f"{write_size(one.difference, unit)} {side}", one)


def change_in_short(one: Comparison, metric: Metric) -> str:
    """A change over time: `down 1.8 years, worse`, `no clear change`.

    Money of each year is said to be before inflation, and never called better or worse.
    """
    if one.difference is None:
        return "not compared"
    if _the_same(one):
        return "the same"
    if one.direction is Direction.NOT_CLEAR:
        return "no clear change"
    way = "up" if one.difference > 0 else "down"
    words = f"{way} {write_size(one.difference, metric.unit)}"
    return f"{words} before inflation" if metric.money == "nominal" else _with_claim(words, one)


def _the_same(one: Comparison) -> bool:
    """Whether two figures are equal as published, be there a test of it or not."""
    untested = one.direction is Direction.CANNOT_TEST
    return one.direction is Direction.SAME or (untested and one.difference == 0)


def _with_claim(words: str, one: Comparison) -> str:
    if one.direction is Direction.CANNOT_TEST:
        return f"{words}, not tested"
    return f"{words}, {one.quality.value}" if one.quality.value else words


def rank_in_short(rank: RankFacts) -> str:
    """A place among all areas as a range: `104th to 176th of 216`."""
    low, high = ordinal(rank.lowest), ordinal(rank.highest)
    place = low if rank.lowest == rank.highest else f"{low} to {high}"
    return f"{place} of {rank.areas}"
