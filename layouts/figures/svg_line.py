"""Values over time as SVG: ribbons, gaps that stay gaps, breaks, a target, and direct labels."""

from __future__ import annotations

from layouts.figures.description import Line, LineChart
from layouts.figures.domain import value_range
from layouts.figures.labels import (
    NARROW_BELOW,
    font_size,
    notes,
    rule,
    said,
    tone,
    write,
)
from layouts.figures.line_labels import (
    EndLabel,
    end_labels,
    labels_drawn,
    labels_height,
    labels_room,
)
from layouts.figures.line_parts import breaks_drawn, gap_marks, target_drawn
from layouts.figures.marks import marker, styles_of
from layouts.figures.plot import Plot
from layouts.figures.runs import has_one_period, periods_of, runs, with_intervals
from layouts.figures.scales import Scale, cut, finite, text_width, tick_labels, ticks
from layouts.figures.single_period import as_strip
from layouts.figures.svg import element, exact, frame, text_of, traced
from layouts.figures.svg_ranked import draw_rows
from layouts.tokens import BACKGROUND_MARK, AreaStyle


def draw_line(chart: LineChart, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360).

    Only stretches without a gap or break are joined; a period for which a named line has no
    figure gets a small cross on the axis. Every point of a named line carries its value in a
    title and in `data-value`. Charts of a single period become rows of dots with intervals.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    named = [line for line in chart.lines if line.prominence != "background"]
    drawn = [*(line.points for line in chart.lines), *(band.points for band in chart.bands)]
    finite(end for points in drawn for p in points for end in (p.value, p.lower, p.upper))
    if has_one_period(chart):
        strip = as_strip(chart)
        note = f"One period only: {strip.period}."
        return draw_rows(strip, width, (note,), chart.zero_based)
    narrow = width < NARROW_BELOW
    size = font_size(width)
    if not any(point.value is not None for line in chart.lines for point in line.points):
        words = write("No figures to draw.", 0, 24, size, kind="muted")
        return frame(chart.id, chart.title, chart.summary, width, 40, words, "line", narrow)
    styles = styles_of((line.code, line.prominence) for line in named)
    labels = end_labels(chart, named, styles, size, 118 if narrow else 176)
    plot, top_words = _plot(chart, width, size, labels)
    content = [top_words, _axes(chart, plot), _bands(chart, plot), _background(chart, plot)]
    content += [_ribbons(chart, line, styles[line.code], plot) for line in named]
    # Comparators first, so that the lines in focus lie above them.
    for line in sorted(named, key=lambda line: line.prominence == "focus"):
        content.append(_drawn_line(chart, line, styles[line.code], plot))
    content += [gap_marks(named, plot), target_drawn(chart, named, plot)]
    content.append(labels_drawn(labels, plot))
    small, extra = notes(_small_print(chart, named), width, plot.bottom + size + 12, size - 1)
    height = plot.bottom + size + 14 + extra
    return frame(
        chart.id,
        chart.title,
        chart.summary,
        width,
        height,
        "".join(content) + small,
        "line",
        narrow,
    )


def _plot(chart: LineChart, width: int, size: int, labels: list[EndLabel]) -> tuple[Plot, str]:
    low, high = value_range(chart)
    marks = ticks(low, high, 6)
    words = tick_labels(marks, chart.unit)
    left = max(text_width(word, size) for word in words) + 10
    right = width - labels_room(labels, size)
    periods = periods_of(chart)
    start, end = periods[0][0].toordinal(), periods[-1][0].toordinal()
    x = Scale(start, end, left + 8, right - 4)
    unit_line = size + 6.0
    above, rows_height = breaks_drawn(chart.breaks, x, left, width, unit_line, size)
    top = unit_line + rows_height + 8
    bottom = top + max(230 if width < NARROW_BELOW else 290, labels_height(labels, size))
    plot = Plot(left, right, top, bottom, x, Scale(low, high, bottom, top), size, width)
    guides = "".join(
        rule(x(mark.at.toordinal()), unit_line + 4, x(mark.at.toordinal()), bottom, "break", "3 3")
        for mark in chart.breaks
        if start <= mark.at.toordinal() <= end
    )
    unit = write(cut(chart.unit.label, size, width), 0, size, size, kind="muted")
    levels = "".join(
        rule(left, plot.y(mark), right, plot.y(mark), "axis" if mark == 0 else "grid")
        + write(word, left - 6, plot.y(mark) + size * 0.35, size, "end", "muted")
        for mark, word in zip(marks, words, strict=True)
    )
    return plot, unit + levels + guides + above


def _axes(chart: LineChart, plot: Plot) -> str:
    """Tick labels below the axis, as many as fit, counted back from the latest period."""
    parts = [rule(plot.left, plot.bottom, plot.right, plot.bottom, "axis")]
    free_until = float(plot.width)
    for at, label in reversed(periods_of(chart)):
        x = plot.x(at.toordinal())
        half = text_width(label, plot.size) / 2
        centre = max(x, half)
        if centre + half > free_until:
            continue
        free_until = centre - half - 10
        parts.append(rule(x, plot.bottom, x, plot.bottom + 4, "axis"))
        parts.append(
            write(label, centre, plot.bottom + plot.size + 6, plot.size, "middle", "muted")
        )
    return "".join(parts)


def _bands(chart: LineChart, plot: Plot) -> str:
    """How areas spread, as grey shapes that are cut wherever a line would be."""
    shapes = [
        plot.ribbon(stretch, 0.16)
        for band in chart.bands
        for run in runs(band.points, chart.breaks)
        for stretch in with_intervals(run)
    ]
    if not shapes:
        return ""
    return element("g", "".join(shapes), class_="bands", color=BACKGROUND_MARK.light)


def _background(chart: LineChart, plot: Plot) -> str:
    """All faint lines as one path of whole pixels: small, and drawn at once."""
    pieces = []
    for line in chart.lines:
        if line.prominence != "background":
            continue
        for run in runs(line.points, chart.breaks):
            pieces.append(traced(plot.places(run), places=0))
    if not pieces:
        return ""
    colour = BACKGROUND_MARK.light
    return element("path", class_="others", fill="none", stroke=colour, d="".join(pieces))


def _ribbons(chart: LineChart, line: Line, style: AreaStyle, plot: Plot) -> str:
    """The 95% intervals of a line in focus, fainter where many lie over one another."""
    if line.prominence != "focus":
        return ""
    several = sum(other.prominence == "focus" for other in chart.lines) > 3
    parts = [
        plot.ribbon(stretch, 0.07 if several else 0.14)
        for run in runs(line.points, chart.breaks)
        for stretch in with_intervals(run)
    ]
    return tone(style, "".join(parts)) if parts else ""


def _drawn_line(chart: LineChart, line: Line, style: AreaStyle, plot: Plot) -> str:
    parts, dots = [], []
    radius = plot.marker_radius(len(line.points), line.prominence)
    for run in runs(line.points, chart.breaks):
        parts.append(
            element(
                "path",
                class_="line",
                fill="none",
                stroke="currentColor",
                stroke_width=style.width if line.prominence == "focus" else 1.5,
                stroke_dasharray=style.dash or None,
                d=traced(plot.places(run)),
            )
        )
        for point, (x, y) in zip(run, plot.places(run), strict=True):
            ends = (point.value or 0.0, point.lower, point.upper)
            dots.append(
                marker(
                    style,
                    x,
                    y,
                    radius,
                    text_of(said(line.name, point.period, chart.unit, *ends)),
                    data_period=point.period,
                    data_value=exact(point.value),
                )
            )
    return tone(style, "".join(parts + dots), data_area=line.code) if parts else ""


def _small_print(chart: LineChart, named: list[Line]) -> list[str]:
    focus = [line for line in named if line.prominence == "focus"]
    shaded = any(p.lower is not None and p.upper is not None for line in focus for p in line.points)
    missing = any(point.value is None for line in named for point in line.points)
    others = sum(line.prominence == "background" for line in chart.lines)
    return [
        "Shading: 95% interval." if shaded else "",
        "× marks a period without a figure." if missing else "",
        "Lines are not joined across a change of method." if chart.breaks else "",
        f"Faint lines: {others} other areas." if others > 1 else "",
        f"Grey: {' and '.join(band.words for band in chart.bands[::-1])}." if chart.bands else "",
    ]
