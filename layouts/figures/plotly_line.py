"""A line chart as a plain Plotly dict."""

from __future__ import annotations

from typing import Any

from layouts.figures.description import LineChart


def plotly_line(chart: LineChart) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`."""
    data = [
        {
            "type": "scatter",
            "name": line.name,
            "x": [point.at.isoformat() for point in line.points],
            "y": [point.value for point in line.points],
            "connectgaps": False,
        }
        for line in chart.lines
        if line.prominence != "background"
    ]
    return {"data": data, "layout": {}, "config": {"displaylogo": False}}
