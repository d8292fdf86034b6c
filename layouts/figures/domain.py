"""The range of values that a line chart covers, whoever draws it."""

from __future__ import annotations

from layouts.figures.description import LineChart
from layouts.figures.scales import finite, padded


def value_range(chart: LineChart) -> tuple[float, float]:
    """The lowest and highest value of the axis, with a little room at both ends.

    Covers all values, the intervals of named lines, bands, and the target; with `zero_based`, zero.

    Raises:
        ValueError: there is no value, or one is infinite or not a number.
    """
    values: list[float | None] = []
    for line in chart.lines:
        for point in line.points:
            if point.value is not None:
                values.append(point.value)
                if line.prominence != "background":
                    values += [point.lower, point.upper]
    if any(value is not None for value in values):
        values += [end for band in chart.bands for p in band.points for end in (p.lower, p.upper)]
    present = finite(values)
    if chart.target is not None:
        present += finite([chart.target.value])
    if not present:
        raise ValueError("a chart without any value has no range")
    lowest, highest = min(present), max(present)
    low, high = padded(lowest, highest, 0.05)
    if chart.zero_based:
        low, high = min(low, 0.0) if lowest < 0 else 0.0, max(high, 0.0)
    return low, high
