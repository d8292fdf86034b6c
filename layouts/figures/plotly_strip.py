"""A ranked strip as a plain Plotly dict."""

from __future__ import annotations

from typing import Any

from layouts.figures.description import RankedStrip


def plotly_ranked_strip(chart: RankedStrip) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`."""
    rows = [row for row in chart.rows if row.value is not None]
    data = [{"type": "scatter", "x": [row.value for row in rows], "y": [row.name for row in rows]}]
    return {"data": data, "layout": {}, "config": {"displaylogo": False}}
