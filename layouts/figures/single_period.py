"""A line chart of one period has nothing to join: it is drawn as a strip of dots."""

from __future__ import annotations

from layouts.figures.description import LineChart, RankedStrip, Reference, StripRow
from layouts.figures.line_parts import target_words


def as_strip(chart: LineChart) -> RankedStrip:
    """The named lines of a chart of one period as rows, and its target as a reference.

    A line without a figure becomes a row without one, with the note that says why.
    """
    rows, period = [], ""
    for line in chart.lines:
        if line.prominence == "background":
            continue
        present = [point for point in line.points if point.value is not None]
        if present:
            point = present[-1]
            period = point.period
            ends = (point.value, point.lower, point.upper)
            rows.append(StripRow(line.code, line.name, line.prominence, *ends))
        else:
            note = line.points[-1].note if line.points else ""
            rows.append(StripRow(line.code, line.name, line.prominence, None, note=note))
    target = chart.target
    return RankedStrip(
        chart.id,
        chart.title,
        chart.summary,
        chart.unit,
        tuple(rows),
        (Reference("", target_words(chart), target.value),) if target else (),
        period,
        chart.source,
    )
