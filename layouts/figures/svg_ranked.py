"""Areas in order of their value as SVG: a dot and a 95% interval for each.

Up to thirty areas have a row of text each. Beyond that the rows become thin, and only the areas
in focus and the comparators are named, at the side. Areas without a figure are not drawn: the
chart says how many there are, and the page lists them with their reasons (`without_figure`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from layouts.figures.description import RankedStrip, StripRow
from layouts.figures.far_values import beyond_in_words, is_beyond, strip_ends
from layouts.figures.labels import (
    NARROW_BELOW,
    bare,
    font_size,
    line_height,
    name_and_value,
    notes,
    said,
    tone,
    write,
    written,
)
from layouts.figures.marks import marker, styles_of
from layouts.figures.placing import push_apart
from layouts.figures.ranking import FULL_ROWS, ranked
from layouts.figures.scales import (
    cut,
    text_width,
    wrap,
)
from layouts.figures.strip_grid import StripGrid, strip_grid
from layouts.figures.svg import element, exact, frame, short, text_of
from layouts.tokens import BACKGROUND_MARK, AreaStyle


def draw_ranked_strip(chart: RankedStrip, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360).

    Raises:
        ValueError: a value is infinite or not a number.
    """
    return draw_rows(chart, width, (), False)


def draw_rows(chart: RankedStrip, width: int, small_print: Sequence[str], zero_based: bool) -> str:
    """The strip with words of its own under it; `zero_based` makes the scale include zero."""
    rows = ranked(chart)
    narrow, size = width < NARROW_BELOW, font_size(width)
    missing = len(chart.rows) - len(rows)
    words = list(small_print)
    if any(row.lower is not None and row.upper is not None for row in rows):
        words.append("Bars: 95% intervals.")
    if missing:
        areas = "1 area has" if missing == 1 else f"{missing} areas have"
        words.append(f"{areas} no figure.")
    if not rows:
        words.insert(0, "No figures to draw.")
        content, height = notes(words, width, 4, size)
        title = (chart.id, chart.title, chart.summary)
        return frame(*title, width, height + 8, content, "strip", narrow)
    draw = _full if len(rows) <= FULL_ROWS else _compact
    content, bottom = draw(chart, rows, width, size, zero_based)
    words.append(beyond_in_words(chart, rows, strip_ends(chart, rows)))
    if draw is _compact:
        words.append("Each thin row is one area, highest at the top.")
    small, extra = notes(words, width, bottom + 4, size - 1)
    height = bottom + 6 + extra
    return frame(
        chart.id, chart.title, chart.summary, width, height, content + small, "strip", narrow
    )


def _mark(
    row: StripRow, style: AreaStyle, grid: StripGrid, y: float, chart: RankedStrip, radius: float
) -> str:
    """Interval, dot and title of one named area."""
    value = row.value or 0.0
    whisker = ""
    if row.lower is not None and row.upper is not None:
        a, b = grid.x(row.lower), grid.x(row.upper)
        whisker = element(
            "path",
            class_="interval",
            stroke="currentColor",
            stroke_width="2.5",
            d=f"M{short(a)} {short(y)}H{short(b)}",
        )
    title = text_of(said(row.name, chart.period, chart.unit, value, row.lower, row.upper))
    dot = marker(
        style,
        grid.x(value),
        y,
        radius,
        title,
        data_period=chart.period or None,
        data_value=exact(row.value),
    )
    return tone(style, whisker + dot, data_area=row.code)


def _full(
    chart: RankedStrip, rows: Sequence[StripRow], width: int, size: int, zero_based: bool
) -> tuple[str, float]:
    narrow = width < NARROW_BELOW
    name_room = 108 if narrow else 200
    names = [wrap(row.name, size, name_room, 3) or ["–"] for row in rows]
    values = [
        bare(chart.unit).write(row.value)
        if narrow
        else written(bare(chart.unit), row.value or 0.0, row.lower, row.upper)
        for row in rows
    ]
    values = [cut(value, size, 90 if narrow else 200) for value in values]
    left = max(text_width(line, size) for lines in names for line in lines) + 14
    right = width - max(text_width(value, size) for value in values) - 14
    heights = [max(24.0, len(lines) * line_height(size) + 6) for lines in names]
    grid, content = strip_grid(
        chart, rows, (left, right), width, sum(heights), size, zero_based, False
    )
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    parts, y = [content], grid.top
    for row, lines, value, height in zip(rows, names, values, heights, strict=True):
        middle = y + height / 2
        first = middle - (len(lines) - 1) * line_height(size) / 2 + size * 0.35
        kind = "" if row.prominence == "focus" else "muted"
        parts += [
            write(line, 0, first + number * line_height(size), size, kind=kind)
            for number, line in enumerate(lines)
        ]
        parts.append(write(value, width, middle + size * 0.35, size, "end", kind))
        if row.code in styles:
            parts.append(_mark(row, styles[row.code], grid, middle, chart, 5))
        else:
            parts.append(_faint(chart, [(row, middle)], grid, 4))
        y += height
    return "".join(parts), grid.floor


def _compact(
    chart: RankedStrip, rows: Sequence[StripRow], width: int, size: int, zero_based: bool
) -> tuple[str, float]:
    narrow = width < NARROW_BELOW
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    pitch = max(1.6, min(5.0, 640 / len(rows)))
    step = line_height(size)
    room = 118 if narrow else 190
    named = [(number, row) for number, row in enumerate(rows) if row.code in styles]
    labels = [
        name_and_value(row.name, bare(chart.unit).write(row.value), size, room, 3)
        for _, row in named
    ]
    needed = sum(len(lines) * step + 2 for lines in labels)
    height = max(pitch * len(rows), needed)
    # Whole tenths of a pixel, so that every row is as far below the last as the one before.
    pitch = math.ceil(height / len(rows) * 10) / 10
    height = pitch * len(rows)
    widest = max((text_width(line, size) for lines in labels for line in lines), default=0.0)
    right = width - (widest + 34 if named else 10)
    grid, content = strip_grid(chart, rows, (8, right), width, height, size, zero_based, True)
    middles = [grid.top + pitch * (number + 0.5) for number in range(len(rows))]
    faint = [(row, y) for row, y in zip(rows, middles, strict=True) if row.code not in styles]
    parts = [content, _faint(chart, faint, grid, min(pitch * 0.9, 3))]
    sizes = [len(lines) * step + 2 for lines in labels]
    wanted = [middles[number] for number, _ in named]
    for (_, row), lines, size_of, at, centre in zip(
        named,
        labels,
        sizes,
        wanted,
        push_apart(wanted, sizes, grid.top - 6, grid.bottom + 6),
        strict=True,
    ):
        style = styles[row.code]
        outer = grid.x(row.upper if row.upper is not None else row.value or 0.0)
        lead = element(
            "path",
            class_="leader",
            fill="none",
            stroke="currentColor",
            d=f"M{short(outer + 6)} {short(at)}H{short(right + 2)}"
            f"L{short(right + 12)} {short(centre)}",
        )
        parts.append(tone(style, lead + marker(style, right + 20, centre, 4)))
        parts.append(_mark(row, style, grid, at, chart, 4.5))
        kind = "" if row.prominence == "focus" else "muted"
        parts += [
            write(line, right + 29, centre - size_of / 2 + step * (number + 1) - 3, size, kind=kind)
            for number, line in enumerate(lines)
        ]
    return "".join(parts), grid.floor


def _arrow(chart: RankedStrip, row: StripRow, grid: StripGrid, y: float) -> str:
    """An area beyond the scale, at the end that it lies behind."""
    value = row.value or 0.0
    way, x = (1, grid.x.end) if value > grid.ends.high else (-1, grid.x.start)
    words = said(row.name, chart.period, chart.unit, value, row.lower, row.upper)
    return element(
        "path",
        element("title", text_of(f"{words}, beyond the scale")),
        class_="beyond",
        fill=BACKGROUND_MARK.light,
        d=f"M{short(x)} {short(y)}l{-8 * way}-4v8z",
        data_value=exact(row.value),
    )


def _faint(
    chart: RankedStrip, rows: Sequence[tuple[StripRow, float]], grid: StripGrid, thickness: float
) -> str:
    """Rows without a name of their own: all intervals in one path, all dots in another."""
    arrows = [_arrow(chart, row, grid, y) for row, y in rows if is_beyond(row, grid.ends)]
    rows = [(row, y) for row, y in rows if not is_beyond(row, grid.ends)]
    intervals: list[tuple[float, float, float]] = []
    dots: list[tuple[float, float, float]] = []
    for row, y in rows:
        if row.lower is not None and row.upper is not None:
            # Whole pixels: faint, hundreds of them, and half of what the drawing weighs.
            intervals.append((round(grid.x(row.lower)), round(grid.x(row.upper)), y))
        at = grid.x(row.value or 0.0)
        dots.append((at, at, y))
    colour = BACKGROUND_MARK.light
    drawn = "".join(arrows)
    if intervals:
        drawn += element(
            "path", class_="intervals", stroke=colour, stroke_opacity="0.45", d=_level(intervals)
        )
    return drawn + element(
        "path",
        class_="dots",
        stroke=colour,
        stroke_width=thickness,
        stroke_linecap="round",
        d=_level(dots),
    )


def _level(stretches: Sequence[tuple[float, float, float]]) -> str:
    """Level stretches, each from one x to another at a y, as the data of one path.

    Each begins as far from where the last ended as the drawing says in tenths of a pixel.
    """
    parts: list[str] = []
    x = y = 0
    for start, end, level in stretches:
        a, b, down = round(start * 10), round(end * 10), round(level * 10)
        across = f"{short((a - x) / 10)} {short((down - y) / 10)}".replace(" -", "-")
        parts.append(f"m{across}h{short((b - a) / 10)}")
        x, y = b, down
    return "".join(parts).replace("m", "M", 1)
