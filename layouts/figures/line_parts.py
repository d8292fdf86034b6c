"""What a line chart shows beside its lines: breaks, gaps and the target."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from layouts.figures.description import BreakMark, Line, LineChart
from layouts.figures.labels import write
from layouts.figures.placing import rows_without_overlap
from layouts.figures.plot import Plot
from layouts.figures.scales import Scale, cut, text_width, wrap
from layouts.figures.svg import element, exact, short, text_of
from layouts.tokens import INK_MUTED, WARNING


def breaks_drawn(
    breaks: Sequence[BreakMark], x: Scale, left: float, right: float, top: float, size: int
) -> tuple[str, float]:
    """The labels of breaks, wrapped and in as many rows as they need, and the height of all.

    A label stands on the side of its break that has more room, within `left` and `right`.
    """
    inside = [mark for mark in breaks if x.low <= mark.at.toordinal() <= x.high]
    placed = []
    for mark in sorted(inside, key=lambda mark: mark.at):
        position = x(mark.at.toordinal())
        after, before = right - position - 5, position - left - 5
        rightwards = text_width(mark.label, size) <= after or after >= before
        lines = wrap(mark.label, size, max(after, before) if not rightwards else after, 2)
        length = max((text_width(line, size) for line in lines), default=0.0)
        begin = position + 5 if rightwards else position - 5 - length
        placed.append((mark, lines, position, rightwards, (begin, begin + length)))
    rows = rows_without_overlap([extent for *_, extent in placed], 12)
    deepest = max((len(lines) for _, lines, *_ in placed), default=0)
    step = size + 4
    parts = []
    for (mark, lines, position, rightwards, _), row in zip(placed, rows, strict=True):
        place, anchor = (position + 5, "start") if rightwards else (position - 5, "end")
        first = top + step * (row * deepest + 1)
        words = "".join(
            write(line, place, first + step * number, size, anchor, "muted halo")
            for number, line in enumerate(lines)
        )
        parts.append(element("g", element("title", text_of(mark.label)) + words))
    return "".join(parts), float(step * deepest * (max(rows) + 1)) if rows else 0.0


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
        data_target=exact(chart.target.value),
    )
    return line + write(words, x, baseline, plot.size, kind="target-label halo")
