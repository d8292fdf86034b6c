"""What both renderers of a slope chart agree on: which rows are drawn, and over which range."""

from __future__ import annotations

from layouts.figures.description import SlopeChart, SlopeEnd, SlopeRow
from layouts.figures.scales import finite, padded


def drawn_rows(chart: SlopeChart) -> list[SlopeRow]:
    """The rows with a value at one date at least; comparators first, so that focus lies above."""
    rows = [
        row for row in chart.rows if row.before.value is not None or row.after.value is not None
    ]
    return sorted(rows, key=lambda row: row.prominence == "focus")


def joined(chart: SlopeChart, row: SlopeRow) -> bool:
    """Whether the two values of a row are joined by a line."""
    return not chart.apart and row.before.value is not None and row.after.value is not None


def ends_of(chart: SlopeChart, row: SlopeRow) -> list[tuple[int, str, SlopeEnd]]:
    """The ends of a row that have a value: 0 or 1 for before or after, the period, the end."""
    both = ((0, chart.before, row.before), (1, chart.after, row.after))
    return [(place, period, end) for place, period, end in both if end.value is not None]


def slope_range(chart: SlopeChart) -> tuple[float, float]:
    """The lowest and highest value or end of an interval, with a little room.

    Raises:
        ValueError: there is no value, or one is infinite or not a number.
    """
    ends = [end for row in chart.rows for end in (row.before, row.after) if end.value is not None]
    present = finite(value for end in ends for value in (end.value, end.lower, end.upper))
    if not present:
        raise ValueError("a chart without any value has no range")
    return padded(min(present), max(present), 0.05)
