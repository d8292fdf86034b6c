"""The order of areas in a strip, and those that have no place in it."""

from __future__ import annotations

from layouts.figures.description import RankedStrip, StripRow

# Up to so many areas have a row of text each; beyond it the rows are thin.
FULL_ROWS = 30


def ranked(chart: RankedStrip) -> list[StripRow]:
    """The rows with a value, highest first and equal ones by name, or in the order given."""
    present = [row for row in chart.rows if row.value is not None]
    if not chart.by_value:
        return present
    return sorted(present, key=lambda row: (-(row.value or 0.0), row.name))


def without_figure(chart: RankedStrip) -> list[StripRow]:
    """The rows without a value, by name; the page lists them with their notes."""
    return sorted((row for row in chart.rows if row.value is None), key=lambda row: row.name)
