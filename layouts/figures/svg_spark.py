"""A line the size of a word, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from layouts.figures.description import Sparkline
from layouts.figures.scales import Scale, finite, padded
from layouts.figures.svg import element, exact, short, text_of
from layouts.tokens import ACCENT, COMPARATOR

_WIDTH, _HEIGHT = 104.0, 26.0


def draw_sparkline(chart: Sparkline) -> str:
    """The sparkline as an SVG string of 104 by 26 pixels; gaps stay gaps.

    The value of the latest figure is in `data-value`, and its dot stands at the end of the line.

    Raises:
        ValueError: a value is infinite or not a number, or there are not as many dates as values.
    """
    finite([*chart.values, *chart.comparator])
    if len(chart.dates) != len(chart.values):
        raise ValueError(f"{len(chart.values)} values but {len(chart.dates)} dates")
    if chart.comparator and len(chart.comparator) != len(chart.values):
        raise ValueError(f"{len(chart.values)} values but {len(chart.comparator)} to compare with")
    present = [value for value in (*chart.values, *chart.comparator) if value is not None]
    words = chart.title
    parts = []
    if present:
        days = [day.toordinal() for day in chart.dates]
        x = Scale(min(days), max(days), 4, _WIDTH - 5)
        y = Scale(*padded(min(present), max(present), 0.0), _HEIGHT - 5, 5)
        places = _places(chart.values, days, x, y)
        other = _path(_places(chart.comparator, days, x, y)) if chart.comparator else ""
        if other:
            parts.append(
                element(
                    "path",
                    class_="spark-comparator",
                    fill="none",
                    stroke=COMPARATOR.light,
                    stroke_dasharray="3 2",
                    d=other,
                )
            )
        last = [(place, v) for place, v in zip(places, chart.values, strict=True) if place]
        if last:
            (at, level), value = last[-1][0] or (0.0, 0.0), last[-1][1]
            if chart.first_label:
                words += f". First figure: {chart.first_label}. Latest: {chart.last_label}, "
            else:
                words += "; latest "
            words += f"{chart.unit.write(value)}."
            parts.append(
                element(
                    "path", class_="spark-line", fill="none", stroke=ACCENT.light, d=_path(places)
                )
            )
            parts.append(
                element(
                    "circle",
                    class_="spark-end",
                    fill=ACCENT.light,
                    cx=at,
                    cy=level,
                    r=3,
                    data_value=exact(value),
                )
            )
    return element(
        "svg",
        element("title", text_of(words)) + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        class_="chart-spark",
        viewBox=f"0 0 {short(_WIDTH)} {short(_HEIGHT)}",
        width=_WIDTH,
        height=_HEIGHT,
        role="img",
    )


def _places(
    values: Sequence[float | None], days: Sequence[int], x: Scale, y: Scale
) -> list[tuple[float, float] | None]:
    return [
        None if value is None else (x(day), y(value))
        for value, day in zip(values, days, strict=True)
    ]


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """Joined where neighbours have values; a value alone is a dot."""
    pieces = []
    before: tuple[float, float] | None = None
    for place, after in pairwise([*places, None]):
        if place is not None:
            pieces.append(f"{'L' if before else 'M'}{short(place[0])} {short(place[1])}")
            if before is None and after is None:
                pieces.append("h0")
        before = place
    return "".join(pieces)
