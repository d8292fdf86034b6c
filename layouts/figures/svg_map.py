"""A first drawing of a map as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layouts.figures.description import MapChart
from layouts.figures.svg import element, frame


def draw_map(chart: MapChart, boundaries: Mapping[str, Any], width: int = 720) -> str:
    """The map as an SVG string; `boundaries` is the content of the file of the chart's level."""
    shapes = "".join(
        element("path", d=boundaries["paths"][area.code])
        for area in chart.areas
        if area.code in boundaries["paths"]
    )
    return frame(
        chart.id,
        chart.title,
        chart.summary,
        boundaries["width"],
        boundaries["height"],
        shapes,
        "map",
        width < 560,
    )
