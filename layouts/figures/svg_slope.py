"""Areas between two dates as SVG: a line from each earlier value to the later one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layouts.figures.description import SlopeChart, SlopeEnd, SlopeRow
from layouts.figures.labels import (
    NARROW_BELOW,
    bare,
    font_size,
    line_height,
    name_and_value,
    notes,
    rule,
    said,
    tone,
    write,
)
from layouts.figures.marks import marker, styles_of
from layouts.figures.placing import push_apart
from layouts.figures.scales import Scale, cut, text_width
from layouts.figures.slopes import drawn_rows, ends_of, joined, slope_range
from layouts.figures.svg import element, exact, frame, short, text_of
from layouts.tokens import AreaStyle

_LEADER = 16.0
# From one interval to the next, which would hide each other in one place.
_BESIDE = 5.0


@dataclass(frozen=True, slots=True)
class _Label:
    """Words beside one end of a row."""

    row: SlopeRow
    level: float
    lines: list[str]


def draw_slope(chart: SlopeChart, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360).

    The earlier value stands on the left, the name and the later value on the right. Values that
    are not to be compared are not joined, and the small print says why.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    rows = drawn_rows(chart)
    narrow, size = width < NARROW_BELOW, font_size(width)
    named = (chart.id, chart.title, chart.summary, width)
    if not rows:
        words = write("No figures to draw.", 0, 24, size, kind="muted")
        return frame(*named, 40, words, "slope", narrow)
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    room = 118.0 if narrow else 220.0
    step = line_height(size)
    top = size * 2 + step + 12
    lefts = [(row, [_value(chart, row.before)]) for row in rows if row.before.value is not None]
    rights = [
        (row, name_and_value(row.name, _value(chart, row.after), size, room, 2))
        for row in rows
        if row.after.value is not None
    ]
    needed = max(
        sum(len(lines) * step + 2 for _, lines in side) for side in (lefts, rights) if side
    )
    bottom = top + max(190.0 if narrow else 230.0, needed)
    y = Scale(*slope_range(chart), bottom, top)
    left = max((text_width(lines[0], size) for _, lines in lefts), default=0.0) + _LEADER + 6
    right = width - _widest(rights, size) - _LEADER - 14
    places = (left, right)
    parts = [write(cut(chart.unit.label, size, width), 0, size, size, kind="muted")]
    for x, words, anchor in ((left, chart.before, "start"), (right, chart.after, "end")):
        start = max(0.0, left - 40) if anchor == "start" else min(width, right + 60)
        parts.append(
            write(cut(words, size, width / 2 - 8), start, size * 2 + 6, size, anchor, "muted")
        )
        parts.append(rule(x, top - 6, x, bottom + 4, "axis"))
    inset = min(_BESIDE, (right - left) / 3 / max(len(rows), 1))
    for number, row in enumerate(rows):
        if row.code in styles:
            bars = (left + 7 + number * inset, right - 7 - number * inset)
            parts.append(_drawn(chart, row, styles[row.code], places, bars, y))
    parts += _labels([_Label(row, y(row.before.value or 0.0), lines) for row, lines in lefts],
                     (left, top, bottom), size, styles, before=True)  # fmt: skip
    parts += _labels([_Label(row, y(row.after.value or 0.0), lines) for row, lines in rights],
                     (right, top, bottom), size, styles, before=False)  # fmt: skip
    small, extra = notes(_small_print(chart, rows), width, bottom + 8, size - 1)
    body = "".join(parts) + small
    return frame(*named, bottom + 10 + extra, body, "slope", narrow)


def _value(chart: SlopeChart, end: SlopeEnd) -> str:
    return bare(chart.unit).write(end.value)


def _widest(labels: Sequence[tuple[SlopeRow, list[str]]], size: float) -> float:
    return max((text_width(line, size) for _, lines in labels for line in lines), default=0.0)


def _drawn(
    chart: SlopeChart,
    row: SlopeRow,
    style: AreaStyle,
    places: tuple[float, float],
    bars: tuple[float, float],
    y: Scale,
) -> str:
    """The line of a row, a marker at each end, and its intervals as upright bars within."""
    parts = []
    if joined(chart, row):
        (x1, x2), (y1, y2) = places, (y(row.before.value or 0.0), y(row.after.value or 0.0))
        parts.append(
            element(
                "path",
                class_="line",
                fill="none",
                stroke="currentColor",
                stroke_width=style.width if row.prominence == "focus" else 1.5,
                stroke_dasharray=style.dash or None,
                d=f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}",
            )
        )
    for place, period, end in ends_of(chart, row):
        if end.lower is not None and end.upper is not None:
            parts.append(
                element(
                    "path",
                    class_="interval",
                    stroke="currentColor",
                    stroke_width="2",
                    d=f"M{short(bars[place])} {short(y(end.lower))}V{short(y(end.upper))}",
                )
            )
        words = said(row.name, period, chart.unit, end.value or 0.0, end.lower, end.upper)
        parts.append(
            marker(
                style,
                places[place],
                y(end.value or 0.0),
                4.5,
                text_of(words),
                data_period=period,
                data_value=exact(end.value),
            )
        )
    return tone(style, "".join(parts), data_area=row.code)


def _labels(
    labels: Sequence[_Label],
    edges: tuple[float, float, float],
    size: int,
    styles: dict[str, AreaStyle],
    *,
    before: bool,
) -> list[str]:
    """Words beside the ends, pushed apart, each with a leader to its value."""
    x, top, bottom = edges
    way = -1 if before else 1
    ordered = sorted(
        (label for label in labels if label.row.code in styles), key=lambda label: label.level
    )
    step = line_height(size)
    heights = [len(label.lines) * step + 2 for label in ordered]
    centres = push_apart([label.level for label in ordered], heights, top - 8, bottom + 8)
    parts = []
    for label, height, centre in zip(ordered, heights, centres, strict=True):
        leader = element(
            "path",
            class_="leader",
            fill="none",
            stroke="currentColor",
            d=f"M{short(x + way * 6)} {short(label.level)}L{short(x + way * _LEADER)} "
            f"{short(centre)}",
        )
        parts.append(tone(styles[label.row.code], leader))
        first = centre - height / 2 + step - 2
        kind = "" if label.row.prominence == "focus" else "muted"
        parts += [
            write(
                words,
                x + way * (_LEADER + 3),
                first + step * number,
                size,
                "end" if before else "start",
                kind,
            )
            for number, words in enumerate(label.lines)
        ]
    return parts


def _small_print(chart: SlopeChart, rows: Sequence[SlopeRow]) -> list[str]:
    shaded = any(end.lower is not None for row in rows for _, _, end in ends_of(chart, row))
    single = [row.name for row in rows if len(ends_of(chart, row)) == 1]
    return [
        "Upright bars beside the ends: 95% intervals." if shaded else "",
        f"Not joined: {chart.apart}." if chart.apart else "",
        f"A figure for one of the two only: {', '.join(single)}." if single else "",
    ]
