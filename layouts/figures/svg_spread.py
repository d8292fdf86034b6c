"""How the small areas within each place spread, as SVG: a line from the lowest to the highest, a
bar for the middle eight tenths of them, and a mark at the median.
"""

from __future__ import annotations

from layouts.figures.description import RankedStrip, SpreadChart, SpreadRow, StripRow
from layouts.figures.labels import (
    NARROW_BELOW,
    bare,
    font_size,
    line_height,
    notes,
    tone,
    write,
)
from layouts.figures.marks import marker, styles_of
from layouts.figures.scales import text_width, wrap
from layouts.figures.strip_grid import StripGrid, strip_grid
from layouts.figures.svg import element, exact, frame, short, text_of
from layouts.tokens import AreaStyle

SMALL_PRINT = (
    "Line: from the lowest to the highest. Bar: without the lowest and the highest tenth. "
    "Mark: the median. These are not margins of error."
)


def draw_spread(chart: SpreadChart, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360), highest median first.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    rows = sorted(chart.rows, key=lambda row: (-row.median, row.name))
    narrow, size = width < NARROW_BELOW, font_size(width)
    names = [wrap(row.name, size, 108 if narrow else 200, 3) or ["–"] for row in rows]
    values = [bare(chart.unit).write(row.median) for row in rows]
    left = max((text_width(line, size) for lines in names for line in lines), default=0.0) + 14
    right = width - max((text_width(value, size) for value in values), default=0.0) - 14
    heights = [max(28.0, len(lines) * line_height(size) + 6) for lines in names]
    grid, content = strip_grid(
        *_scaled(chart), (left, right), width, sum(heights), size, True, False
    )
    styles = styles_of((row.code, "focus") for row in chart.rows)
    parts, y = [content], grid.top
    for row, lines, value, height in zip(rows, names, values, heights, strict=True):
        middle = y + height / 2
        first = middle - (len(lines) - 1) * line_height(size) / 2 + size * 0.35
        parts += [
            write(line, 0, first + number * line_height(size), size)
            for number, line in enumerate(lines)
        ]
        parts.append(write(value, width, middle + size * 0.35, size, "end"))
        parts.append(_mark(row, styles[row.code], grid, middle, chart))
        y += height
    small, extra = notes([SMALL_PRINT], width, grid.floor + 4, size - 1)
    height = grid.floor + 6 + extra
    body = "".join(parts) + small
    return frame(chart.id, chart.title, chart.summary, width, height, body, "strip", narrow)


def _scaled(chart: SpreadChart) -> tuple[RankedStrip, list[StripRow]]:
    """What the scale of a strip needs to know: the ends of every row."""
    rows = [
        StripRow(row.code, row.name, "focus", row.median, row.lowest, row.highest)
        for row in chart.rows
    ]
    strip = RankedStrip(
        chart.id, chart.title, chart.summary, chart.unit, tuple(rows), chart.references
    )
    return strip, rows


def _mark(row: SpreadRow, style: AreaStyle, grid: StripGrid, y: float, chart: SpreadChart) -> str:
    def bar(start: float, end: float, thickness: str, opacity: str) -> str:
        return element(
            "path",
            stroke="currentColor",
            stroke_width=thickness,
            stroke_opacity=opacity,
            d=f"M{short(grid.x(start))} {short(y)}H{short(grid.x(end))}",
        )

    words = f"{row.name}, {chart.period}: median {chart.unit.write(row.median)}, from " + (
        f"{chart.unit.write(row.lowest)} to {chart.unit.write(row.highest)} in "
        f"{row.count:,} neighbourhoods"
    )
    lines = bar(row.lowest, row.highest, "1.5", "1") + bar(row.tenth, row.ninetieth, "9", "0.35")
    title = text_of(words)
    dot = marker(style, grid.x(row.median), y, 5, title, data_value=exact(row.median))
    return tone(style, lines + dot, data_area=row.code)
