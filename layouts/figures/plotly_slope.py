"""A slope chart as a plain Plotly dict: the same values, joined where the SVG joins them."""

from __future__ import annotations

from typing import Any

from layouts.figures.description import SlopeChart, SlopeRow
from layouts.figures.labels import bare, said
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
    layout,
    nothing_to_draw,
    plotly_text,
    room_for,
    symbol,
    value_ticks,
)
from layouts.figures.scales import Scale, wrap
from layouts.figures.slopes import drawn_rows, ends_of, joined, slope_range
from layouts.tokens import AreaStyle

_HEIGHT = 420


def plotly_slope(chart: SlopeChart) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`.

    The earlier period stands at 0, the later at 1. Each area is one trace, with its intervals as
    error bars.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    rows = [row for row in drawn_rows(chart) if row.code in styles]
    if not rows:
        return nothing_to_draw(chart.title)
    data = [_trace(chart, row, styles[row.code]) for row in rows]
    return {"data": data, "layout": _layout(chart, rows), "config": config()}


def _trace(chart: SlopeChart, row: SlopeRow, style: AreaStyle) -> dict[str, Any]:
    ends = ends_of(chart, row)
    whole = [end for _, _, end in ends]
    return {
        "type": "scatter",
        "mode": "lines+markers" if joined(chart, row) else "markers",
        "name": plotly_text(row.name),
        "meta": {"area": row.code, "part": "slope"},
        "x": [place for place, _, _ in ends],
        "y": [end.value for end in whole],
        "customdata": [period for _, period, _ in ends],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [_beyond(end.upper, end.value) for end in whole],
            "arrayminus": [_beyond(end.value, end.lower) for end in whole],
            "color": style.colour.light,
            "thickness": 1.5,
            "width": 0,
        },
        "hovertext": [
            plotly_text(said(row.name, period, chart.unit, end.value or 0.0, end.lower, end.upper))
            for _, period, end in ends
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "line": {
            "color": style.colour.light,
            "width": style.width if row.prominence == "focus" else 1.5,
            "dash": dash(style),
        },
        "marker": {"symbol": symbol(style), "size": 9, "color": style.colour.light},
    }


def _beyond(further: float | None, nearer: float | None) -> float:
    """How far an interval reaches beyond its value; nothing where there is none."""
    return 0.0 if further is None or nearer is None else max(0.0, further - nearer)


def _layout(chart: SlopeChart, rows: list[SlopeRow]) -> dict[str, Any]:
    labelled = [row for row in rows if row.after.value is not None]
    words = [
        wrap(f"{row.name} {bare(chart.unit).write(row.after.value)}", FONT_SIZE, 150, 2)
        for row in labelled
    ]
    drawn = layout(chart.title, _HEIGHT, room_for([line for lines in words for line in lines]))
    low, high = slope_range(chart)
    drawn["xaxis"] = axis(
        range=[-0.08, 1.08],
        showgrid=True,
        tickmode="array",
        tickvals=[0, 1],
        ticktext=[plotly_text(chart.before), plotly_text(chart.after)],
    )
    drawn["yaxis"] = axis(
        title=axis_title(chart.unit), range=[low, high], **value_ticks(chart.unit)
    )
    height = _HEIGHT - MARGIN_TOP - MARGIN_BOTTOM
    scale = Scale(low, high, height, 0)
    ordered = sorted(
        zip(labelled, words, strict=True), key=lambda pair: scale(pair[0].after.value or 0.0)
    )
    levels = [scale(row.after.value or 0.0) for row, _ in ordered]
    sizes = [len(lines) * FONT_SIZE * 1.3 + 4 for _, lines in ordered]
    for (row, lines), level, centre in zip(
        ordered, levels, push_apart(levels, sizes, 0, height), strict=True
    ):
        drawn["annotations"].append(
            annotation(
                lines,
                x=1,
                xref="paper",
                xanchor="left",
                xshift=8,
                y=row.after.value,
                yshift=round(level - centre, 1),
                yanchor="middle",
                align="left",
            )
        )
    return drawn
