"""What a line chart shows beside its lines: breaks, gaps and the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from layouts.figures.description import BreakMark, Line, LineChart
from layouts.figures.labels import write
from layouts.figures.placing import rows_without_overlap
from layouts.figures.plot import Plot
from layouts.figures.scales import Scale, cut, text_width
from layouts.figures.svg import element, short, text_of
from layouts.tokens import INK_MUTED, WARNING


def breaks_drawn(
    breaks: Sequence[BreakMark], x: Scale, left: float, right: float, top: float, size: int
) -> tuple[str, float]:
    """The labels of breaks in as many rows as they need, and the height of the rows."""
    inside = [mark for mark in breaks if x.low <= mark.at.toordinal() <= x.high]
    placed = []
    for mark in sorted(inside, key=lambda mark: mark.at):
        position = x(mark.at.toordinal())
        after, before = right - position - 5, position - left - 5
        rightwards = text_width(mark.label, size) <= after or after >= before
        words = cut(mark.label, size, after if rightwards else before)
        length = text_width(words, size)
        begin = position + 5 if rightwards else position - 5 - length
        placed.append((mark, words, position, rightwards, (begin, begin + length)))
    # Two labels that share a row must not cross each other's line either.
    rows = rows_without_overlap([extent for *_, extent in placed], 12)
    step = size + 4
    parts = []
    for (mark, words, position, rightwards, _), row in zip(placed, rows, strict=True):
        anchor = "start" if rightwards else "end"
        label = write(words, position + (5 if rightwards else -5), top + step * (row + 1), size,
                      anchor, "muted halo")  # fmt: skip
        parts.append(element("g", element("title", text_of(mark.label)) + label))
    return "".join(parts), step * (max(rows) + 1) if rows else 0.0


def gap_marks(named: Sequence[Line], plot: Plot) -> str:
    """A small cross on the axis for each period in which a named line has no figure."""
    missing: dict[date, list[tuple[Line, str, str]]] = {}
    for line in named:
        for point in line.points:
            if point.value is None:
                missing.setdefault(point.at, []).append((line, point.period, point.note))
    parts = []
    for at, lines in sorted(missing.items()):
        reasons = [
            f"{line.name}, {period}: no figure" + (f" ({note})" if note else "")
            for line, period, note in lines
        ]
        x, y = plot.x(at.toordinal()), plot.bottom - 6
        parts.append(
            element(
                "path",
                element("title", text_of("; ".join(reasons))),
                class_="gap",
                fill="none",
                stroke=INK_MUTED.light,
                d=f"M{short(x - 3)} {short(y - 3)}l6 6m0-6l-6 6",
                data_gap=" ".join(line.code for line, _, _ in lines),
            )
        )
    return "".join(parts)


def target_words(chart: LineChart) -> str:
    """What is to be reached, and by when."""
    if chart.target is None:
        return ""
    label, by = chart.target.label, chart.target.by
    return label if by is None or str(by.year) in label else f"{label} by {by.year}"


def target_drawn(chart: LineChart, named: Sequence[Line], plot: Plot) -> str:
    """The target as a level line, labelled where the fewest points lie."""
    if chart.target is None:
        return ""
    y = plot.y(chart.target.value)
    words = cut(target_words(chart), plot.size, plot.right - plot.left - 12)
    length, height = text_width(words, plot.size), plot.size + 4
    points = [
        (plot.x(point.at.toordinal()), plot.y(point.value))
        for line in named
        for point in line.points
        if point.value is not None
    ]

    def crowd(x: float, baseline: float) -> int:
        return sum(
            x - 6 <= px <= x + length + 6 and baseline - height <= py <= baseline + 6
            for px, py in points
        )

    places = [
        (x, baseline)
        for baseline in (y - 5, y + plot.size + 3)
        for x in (plot.left + 6, plot.right - 6 - length)
        if plot.top - 6 <= baseline - plot.size and baseline <= plot.bottom - 12
    ] or [(plot.left + 6, y - 5)]
    x, baseline = min(places, key=lambda place: crowd(*place))
    line = element(
        "line",
        class_="target",
        stroke=WARNING.light,
        stroke_width="1.5",
        stroke_dasharray="10 3",
        x1=plot.left,
        y1=y,
        x2=plot.right,
        y2=y,
        data_target=repr(chart.target.value),
    )
    return line + write(words, x, baseline, plot.size, kind="target-label halo")
