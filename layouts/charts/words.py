"""What charts show, in words: the sentence beside each picture and inside its description."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from layouts.figures.description import LineChart, LinePoint, RankedStrip, StripRow
from metrics.definition import Unit
from metrics.wording import write_list, write_value, write_when

# More areas than this are counted rather than told one by one.
MOST_TOLD = 3


def line_sentence(chart: LineChart, unit: Unit) -> str:
    """Where each line begins and ends; what is missing between is said too.

    Lines of the background are left out. No claim is made about the difference: whether it is
    more than chance is for the stored tests to say.
    """
    told = [line for line in chart.lines if line.prominence != "background"]
    if not told:
        return "There are no figures to draw."
    sentences = []
    for line in told[:MOST_TOLD]:
        held = [point for point in line.points if point.value is not None]
        sentences.append(_from_to(line.name, held, unit))
    if len(told) > MOST_TOLD:
        sentences.append(f"{len(told) - MOST_TOLD} more lines are in the table.")
    return " ".join(sentences)


def _from_to(name: str, held: Sequence[LinePoint], unit: Unit) -> str:
    first, last = held[0], held[-1]
    if len(held) == 1:
        return f"{name}: {write_value(first.value, unit)} {write_when(first.period)}."
    return (
        f"{name}: {write_value(first.value, unit)} {write_when(first.period)}, "
        f"{write_value(last.value, unit)} {write_when(last.period)}."
    )


def spread_sentence(strip: RankedStrip, unit: Unit, areas: str) -> str:
    """How far the areas lie apart, from the lowest to the highest, and where the middle is.

    Args:
        strip: the rows, highest first.
        unit: how values are written.
        areas: what the areas are called, in the plural.
    """
    rows = [row for row in strip.rows if row.value is not None]
    missing = len(strip.rows) - len(rows)
    if not rows:
        return f"None of the {len(strip.rows)} {areas} has a figure for {strip.period}."
    if len(rows) == 1:
        return f"Only {rows[0].name} has a figure for {strip.period}."
    middle = median(row.value for row in rows if row.value is not None)
    sentence = (
        f"{len(rows)} {areas} have a figure for {strip.period}: from "
        f"{_end(rows, -1, unit)} to {_end(rows, 0, unit)}, with half of them at or below "
        f"{write_value(middle, unit)}."
    )
    if missing:
        sentence += f" {missing} {'has' if missing == 1 else 'have'} none."
    return sentence


def _end(rows: Sequence[StripRow], end: int, unit: Unit) -> str:
    """The value at one end with the areas that have it; several are counted, not picked from."""
    value = rows[end].value
    names = [row.name for row in rows if row.value == value]
    who = write_list(names) if len(names) <= MOST_TOLD else f"{len(names)} areas"
    return f"{write_value(value, unit)} ({who})"
