"""A split disparity as a plain Plotly dict: the same shares as the SVG."""

from __future__ import annotations

from typing import Any

from layouts.figures.description import SplitChart
from layouts.figures.plotly_base import (
    FONT_SIZE,
    annotation,
    axis,
    config,
    layout,
    nothing_to_draw,
    plotly_text,
    room_for,
)
from layouts.figures.scales import finite, wrap
from layouts.figures.svg_split import PERCENT, split_said
from layouts.tokens import ACCENT, INK, INK_MUTED, MAP_CLASSES, PAGE

_HEIGHT = 380


def plotly_split(chart: SplitChart) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`.

    Two stacked areas in steps, one step for each period, and diamonds for the shares without
    sampling noise.

    Raises:
        ValueError: a share is infinite or not a number.
    """
    finite(share for column in chart.columns for share in (column.between, column.corrected))
    columns = sorted(chart.columns, key=lambda column: column.at)
    if not columns:
        return nothing_to_draw(chart.title)
    days = [column.at.isoformat() for column in columns]
    data: list[dict[str, Any]] = []
    for part, name, colour in (
        ("between", chart.between, ACCENT),
        ("within", chart.within, MAP_CLASSES[1]),
    ):
        shares = [c.between if part == "between" else 100.0 - c.between for c in columns]
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "stackgroup": "shares",
                "line": {"shape": "hvh", "width": 0.5, "color": colour.light},
                "fillcolor": colour.light,
                "hoveron": "points",
                "name": plotly_text(name),
                "meta": {"area": part, "part": "split"},
                "x": days,
                "y": shares,
                "customdata": [column.period for column in columns],
                "hovertext": [plotly_text(split_said(chart, one, part)) for one in columns],
                "hovertemplate": "%{hovertext}<extra></extra>",
            }
        )
    held = [column for column in columns if column.corrected is not None]
    if held:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": "Sampling noise taken out",
                "meta": {"area": "corrected", "part": "split"},
                "x": [column.at.isoformat() for column in held],
                "y": [column.corrected for column in held],
                "customdata": [column.period for column in held],
                "hovertext": [plotly_text(split_said(chart, one, "corrected")) for one in held],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "marker": {
                    "symbol": "diamond",
                    "size": 10,
                    "color": PAGE.light,
                    "line": {"color": INK.light, "width": 1.5},
                },
            }
        )
    return {"data": data, "layout": _layout(chart), "config": config()}


def _layout(chart: SplitChart) -> dict[str, Any]:
    columns = sorted(chart.columns, key=lambda column: column.at)
    newest = columns[-1]
    names = [
        (wrap(f"{words[:1].upper()}{words[1:]} {PERCENT.write(share)}", FONT_SIZE, 130, 3), middle)
        for words, share, middle in (
            (chart.within, 100 - newest.between, (100 + newest.between) / 2),
            (chart.between, newest.between, newest.between / 2),
        )
    ]
    drawn = layout(chart.title, _HEIGHT, room_for([line for lines, _ in names for line in lines]))
    step = max(1, -(-len(columns) // 5))
    shown = columns[::-1][::step][::-1]
    drawn["xaxis"] = axis(
        type="date",
        showgrid=False,
        tickmode="array",
        tickvals=[column.at.isoformat() for column in shown],
        ticktext=[plotly_text(column.short_period) for column in shown],
    )
    drawn["yaxis"] = axis(range=[0, 100], ticksuffix="%", nticks=5)
    for lines, middle in names:
        drawn["annotations"].append(
            annotation(lines, x=1, xref="paper", xanchor="left", xshift=8, y=middle, align="left")
        )
    for mark in chart.breaks:
        line = {"color": INK_MUTED.light, "width": 1, "dash": "3px,3px"}
        place = {"x0": mark.at.isoformat(), "x1": mark.at.isoformat(), "y0": 0, "y1": 1}
        drawn["shapes"].append({"type": "line", "yref": "paper", **place, "line": line})
    return drawn
