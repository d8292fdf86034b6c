"""A first drawing of a sparkline as SVG."""

from __future__ import annotations

from layouts.figures.description import Sparkline
from layouts.figures.svg import element, text_of


def draw_sparkline(chart: Sparkline) -> str:
    """The word-sized line as an SVG string."""
    title = element("title", text_of(chart.title))
    return element("svg", title, class_="chart chart-spark", viewBox="0 0 96 22", role="img")
