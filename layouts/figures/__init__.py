"""Charts: one description of what is drawn, and renderers that draw it. Pure functions.

An SVG is drawn for a width, because text that is scaled down cannot be read on a phone. A page
puts both widths into the HTML with `at_both_widths` (maps: `draw_map_at_both_widths`), and the
style sheet `20_charts.css` shows the one that fits the box.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from layouts.figures.plotly_line import plotly_line
from layouts.figures.plotly_slope import plotly_slope
from layouts.figures.plotly_split import plotly_split
from layouts.figures.plotly_strip import plotly_ranked_strip
from layouts.figures.ranking import without_figure
from layouts.figures.svg_line import draw_line
from layouts.figures.svg_map import draw_map, draw_map_at_both_widths
from layouts.figures.svg_overview import draw_overview_strip
from layouts.figures.svg_ranked import draw_ranked_strip
from layouts.figures.svg_slope import draw_slope
from layouts.figures.svg_spark import draw_sparkline
from layouts.figures.svg_split import draw_split
from layouts.figures.svg_spread import draw_spread

WIDE = 720
NARROW = 360
# What programs read back of a file of a chart. On a page the titles of marks and the table say it.
_FOR_PROGRAMS = re.compile(r' data-(?:period|value)="[^"]*"')


def at_both_widths(draw: Callable[[Any, int], str], chart: Any) -> str:
    """The chart drawn for a laptop and for a phone, in a box that shows the one that fits.

    Args:
        draw: `draw_line`, `draw_ranked_strip` or `draw_overview_strip`.
        chart: the description that this function draws.

    Returns:
        A `<div class="chart-box">` with two SVGs, of which `20_charts.css` shows one. Their marks
        have no `data-period` and `data-value`, which only files of a chart carry.
    """
    drawn = "".join(_FOR_PROGRAMS.sub("", draw(chart, width)) for width in (WIDE, NARROW))
    return f'<div class="chart-box">{drawn}</div>'


__all__ = [
    "NARROW",
    "WIDE",
    "at_both_widths",
    "draw_line",
    "draw_map",
    "draw_map_at_both_widths",
    "draw_overview_strip",
    "draw_ranked_strip",
    "draw_slope",
    "draw_sparkline",
    "draw_split",
    "draw_spread",
    "plotly_line",
    "plotly_ranked_strip",
    "plotly_slope",
    "plotly_split",
    "without_figure",
]
