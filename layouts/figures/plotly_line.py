"""A line chart as a plain Plotly dict: the same lines, cuts and intervals as the SVG."""

from __future__ import annotations

from datetime import date
from typing import Any

from layouts.figures.description import Line, LineChart
from layouts.figures.domain import value_range
from layouts.figures.labels import said
from layouts.figures.line_labels import end_labels
from layouts.figures.line_parts import target_words
from layouts.figures.marks import styles_of
from layouts.figures.placing import push_apart
from layouts.figures.plotly_base import (
    FONT_SIZE,
    MARGIN_BOTTOM,
    MARGIN_TOP,
    annotation,
    axis,
    axis_title,
    config,
    dash,
    faint,
    layout,
    nothing_to_draw,
    plotly_text,
    room_for,
    symbol,
    value_ticks,
)
from layouts.figures.plotly_strip import plotly_ranked_strip
from layouts.figures.runs import Run, has_one_period, periods_of, runs, with_intervals
from layouts.figures.scales import Scale, finite, wrap
from layouts.figures.single_period import as_strip
from layouts.tokens import BACKGROUND_MARK, INK_MUTED, WARNING, AreaStyle

_HEIGHT = 440


def plotly_line(chart: LineChart) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`.

    Background lines are one trace; stretches are kept apart by None in it, and in each named
    line, and `connectgaps` is off. A chart of a single period becomes a ranked strip.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    finite(end for line in chart.lines for p in line.points for end in (p.value, p.lower, p.upper))
    if has_one_period(chart):
        figure = plotly_ranked_strip(as_strip(chart))
        if chart.zero_based:
            figure["layout"]["xaxis"]["rangemode"] = "tozero"
        return figure
    if not any(point.value is not None for line in chart.lines for point in line.points):
        return nothing_to_draw(chart.title)
    named = [line for line in chart.lines if line.prominence != "background"]
    styles = styles_of((line.code, line.prominence) for line in named)
    data = [_background(chart)] if len(named) < len(chart.lines) else []
    data = _bands(chart) + data
    for line in named:
        data += _ribbons(chart, line, styles[line.code])
    for line in sorted(named, key=lambda line: line.prominence == "focus"):
        data.append(_line(chart, line, styles[line.code]))
    return {"data": data, "layout": _layout(chart, named, styles), "config": config()}


def _joined(stretches: list[Run]) -> list[Any]:
    """Stretches one after another, with None between them."""
    points: list[Any] = []
    for stretch in stretches:
        points += [None, *stretch] if points else stretch
    return points


def _background(chart: LineChart) -> dict[str, Any]:
    stretches = [
        run
        for line in chart.lines
        if line.prominence == "background"
        for run in runs(line.points, chart.breaks)
    ]
    points = _joined(stretches)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "Other areas",
        "x": [None if point is None else point.at.isoformat() for point in points],
        "y": [None if point is None else point.value for point in points],
        "connectgaps": False,
        "hoverinfo": "skip",
        "opacity": 0.35,
        "line": {"color": BACKGROUND_MARK.light, "width": 1},
    }


def _bands(chart: LineChart) -> list[dict[str, Any]]:
    """One closed grey shape for each stretch of each band, as in the SVG."""
    traces = []
    for band in chart.bands:
        for run in runs(band.points, chart.breaks):
            for stretch in with_intervals(run):
                there = [point.at.isoformat() for point in stretch]
                upper, lower = [p.upper for p in stretch], [p.lower for p in stretch]
                traces.append(
                    {
                        "type": "scatter",
                        "mode": "lines",
                        "name": plotly_text(band.words),
                        "meta": {"part": "band", "words": band.words},
                        "x": there + there[::-1],
                        "y": upper + lower[::-1],
                        "connectgaps": False,
                        "hoverinfo": "skip",
                        "line": {
                            "color": BACKGROUND_MARK.light,
                            "width": 4 if len(stretch) == 1 else 0,
                        },
                        "opacity": 0.3 if len(stretch) == 1 else 1,
                        "fill": "toself",
                        "fillcolor": faint(BACKGROUND_MARK.light, 0.16),
                    }
                )
    return traces


def _ribbons(chart: LineChart, line: Line, style: AreaStyle) -> list[dict[str, Any]]:
    """One closed shape for each stretch of intervals, as in the SVG."""
    if line.prominence != "focus":
        return []
    several = sum(other.prominence == "focus" for other in chart.lines) > 3
    traces = []
    for run in runs(line.points, chart.breaks):
        for stretch in with_intervals(run):
            there = [point.at.isoformat() for point in stretch]
            upper, lower = [p.upper for p in stretch], [p.lower for p in stretch]
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "name": line.name,
                    "meta": {"area": line.code, "part": "interval"},
                    "x": there + there[::-1],
                    "y": upper + lower[::-1],
                    "connectgaps": False,
                    "hoverinfo": "skip",
                    "line": {
                        "color": style.colour.light,
                        "width": 4 if len(stretch) == 1 else 0,
                    },
                    "opacity": 0.3 if len(stretch) == 1 else 1,
                    "fill": "toself",
                    "fillcolor": faint(style.colour.light, 0.07 if several else 0.14),
                }
            )
    return traces


def _line(chart: LineChart, line: Line, style: AreaStyle) -> dict[str, Any]:
    points = _joined(runs(line.points, chart.breaks))
    focus = line.prominence == "focus"
    words = [
        ""
        if p is None
        else plotly_text(said(line.name, p.period, chart.unit, p.value, p.lower, p.upper))
        for p in points
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": plotly_text(line.name),
        "meta": {"area": line.code, "part": "line"},
        "x": [None if point is None else point.at.isoformat() for point in points],
        "y": [None if point is None else point.value for point in points],
        "customdata": [None if point is None else point.period for point in points],
        "hovertext": words,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "connectgaps": False,
        "line": {
            "color": style.colour.light,
            "width": style.width if focus else 1.5,
            "dash": dash(style),
        },
        "marker": {
            "symbol": symbol(style),
            "size": 8 if focus else 6,
            "color": style.colour.light,
        },
    }


def _layout(chart: LineChart, named: list[Line], styles: dict[str, AreaStyle]) -> dict[str, Any]:
    labels, room = _end_labels(chart, named, styles, _HEIGHT - MARGIN_TOP - MARGIN_BOTTOM)
    drawn = layout(chart.title, _HEIGHT, room)
    # The narrowest plot shows about five ticks.
    periods = periods_of(chart)
    step = max(1, -(-len(periods) // 5))
    shown = periods[::-1][::step][::-1]
    drawn["xaxis"] = axis(
        type="date",
        showgrid=False,
        tickmode="array",
        tickvals=[at.isoformat() for at, _ in shown],
        ticktext=[plotly_text(label) for _, label in shown],
    )
    drawn["yaxis"] = axis(
        title=axis_title(chart.unit),
        range=list(value_range(chart)),
        **value_ticks(chart.unit),
    )
    drawn["annotations"] += labels
    for mark in chart.breaks:
        drawn["shapes"].append(_rule(mark.at, INK_MUTED.light))
        place = {"x": mark.at.isoformat(), "y": 1, "yref": "paper"}
        words = wrap(mark.label, FONT_SIZE, 150, 2)
        drawn["annotations"].append(annotation(words, **place, xanchor="left", yanchor="bottom"))
    if chart.target is not None:
        finite([chart.target.value])
        level = {"y0": chart.target.value, "y1": chart.target.value, "x0": 0, "x1": 1}
        line = {"color": WARNING.light, "width": 1.5, "dash": "10px,3px"}
        drawn["shapes"].append({"type": "line", "xref": "paper", **level, "line": line})
        start = {"x": 0, "xref": "paper", "y": chart.target.value, "xanchor": "left"}
        drawn["annotations"].append(annotation([target_words(chart)], **start, yanchor="bottom"))
    return drawn


def _rule(at: date, colour: str) -> dict[str, Any]:
    place = {"x0": at.isoformat(), "x1": at.isoformat(), "y0": 0, "y1": 1, "yref": "paper"}
    return {"type": "line", **place, "line": {"color": colour, "width": 1, "dash": "3px,3px"}}


def _end_labels(
    chart: LineChart, named: list[Line], styles: dict[str, AreaStyle], height: float
) -> tuple[list[dict[str, Any]], float]:
    """Names at the right edge, moved off their level where they would overlap; and their room."""
    low, high = value_range(chart)
    labels = end_labels(chart, named, styles, FONT_SIZE, 150)
    to_pixels = Scale(low, high, height, 0)
    ordered = sorted(labels, key=lambda label: to_pixels(label.run[-1].value or 0.0))
    wanted = [to_pixels(label.run[-1].value or 0.0) for label in ordered]
    sizes = [len(label.lines) * FONT_SIZE * 1.3 + 4 for label in ordered]
    drawn = [
        annotation(
            label.lines,
            x=1,
            xref="paper",
            xanchor="left",
            xshift=8,
            y=label.run[-1].value,
            yshift=round(level - centre, 1),
            yanchor="middle",
            align="left",
        )
        for label, level, centre in zip(
            ordered, wanted, push_apart(wanted, sizes, 0, height), strict=True
        )
    ]
    return drawn, room_for([line for label in labels for line in label.lines])
