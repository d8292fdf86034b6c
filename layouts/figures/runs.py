"""Which points of a line are joined: both renderers cut lines at the same places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from layouts.figures.description import BreakMark, LineChart, LinePoint

Run = list[LinePoint]


def runs(points: Sequence[LinePoint], breaks: Sequence[BreakMark]) -> list[Run]:
    """The points with values, in stretches that may be joined.

    A point without a value ends a stretch; so does a break that lies after one point and at or
    before the next. Points are taken in the order of time.
    """
    cuts = sorted(mark.at for mark in breaks)
    found: list[Run] = []
    last: LinePoint | None = None
    for point in sorted(points, key=lambda point: point.at):
        if point.value is None:
            last = None
            continue
        if last is None or any(last.at < cut <= point.at for cut in cuts):
            found.append([])
        found[-1].append(point)
        last = point
    return found


def with_intervals(run: Run) -> list[Run]:
    """The stretches of a run whose points all have both ends of an interval."""
    found: list[Run] = [[]]
    for point in run:
        if point.lower is None or point.upper is None:
            found.append([])
        else:
            found[-1].append(point)
    return [stretch for stretch in found if stretch]


def periods_of(chart: LineChart) -> list[tuple[date, str]]:
    """The distinct periods of a chart, in order, each with its tick label."""
    labels = {
        point.at: point.short_period
        for line in chart.lines
        for point in line.points
        if point.value is not None or line.prominence != "background"
    }
    return sorted(labels.items())


def has_one_period(chart: LineChart) -> bool:
    """Whether every figure of the lines with a name is of one and the same period."""
    times = {
        point.at
        for line in chart.lines
        if line.prominence != "background"
        for point in line.points
        if point.value is not None
    }
    return len(times) == 1
