"""The charts of a document as pictures, and their alternative text."""

from __future__ import annotations

from layouts.documents.content import Picture
from layouts.downloads.pictures import as_png, picture_style
from layouts.figures import draw_ranked_strip
from layouts.figures.standalone import standalone

# What sets a print knows no order of painting, and would lay the edge of the letters over them.
_IN_PRINT = ".chart text.halo{stroke:none}"


def draw(picture: Picture, more_style: str = "") -> str:
    """The chart as a picture in SVG, with its title in it.

    Args:
        picture: what to draw.
        more_style: rules after those that every picture has.
    """
    chart = picture.chart
    notes = [chart.source] if chart.source else []
    style = f"{picture_style()}{more_style}"
    return standalone(draw_ranked_strip(chart), chart.title, notes, style)


def draw_for_print(picture: Picture) -> str:
    """The chart as a picture in SVG for a PDF."""
    return draw(picture, _IN_PRINT)


def draw_in_pixels(picture: Picture) -> bytes:
    """The chart as a PNG, for a form that holds no vectors.

    Raises:
        NoFontError: there is no font on this machine to write with.
    """
    return as_png(draw(picture))


def alternative(picture: Picture) -> str:
    """What is read to those who cannot see the chart."""
    return f"{picture.chart.title}. {picture.chart.summary}"
