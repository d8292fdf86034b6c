"""A first drawing of LineChart as SVG."""

from __future__ import annotations

from layouts.figures.description import LineChart
from layouts.figures.svg import element, frame, text_of


def draw_line(chart: LineChart, width: int = 720) -> str:
    """The chart as an SVG string, laid out for `width` pixels (720 or 360)."""
    words = element("text", text_of(chart.title), x=0, y=20)
    return frame(chart.id, chart.title, chart.summary, width, 120, words, "line", width < 560)
