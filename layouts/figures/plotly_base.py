"""What every Plotly figure of this product has in common. Figures are plain dicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from layouts.figures.description import Unit
from layouts.figures.scales import text_width
from layouts.tokens import (
    COMPARATOR,
    FONT_FAMILY,
    GRID,
    INK,
    INK_MUTED,
    PAGE,
    AreaStyle,
    all_colours,
)

FONT_SIZE = 13
MARGIN_TOP, MARGIN_BOTTOM = 40, 36
# Each colour of a figure by daylight, with the one that takes its place on a dark page. The colours
# of maps are left out: no figure has any but those of its classes.
IN_THE_DARK = {
    colour.light: colour.dark
    for name, colour in all_colours().items()
    if not name.startswith(("map-border", "map-outline", "map-hatch", "verdict-"))
}


def config() -> dict[str, Any]:
    """No logo, nothing sent to a cloud, and only the buttons that make sense here."""
    return {
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "toggleSpikelines"],
    }


def layout(title: str, height: float, right: float) -> dict[str, Any]:
    """Fonts, colours and margins; `right` is the room for labels beside the plot, in pixels.

    `title` is the accessible name of the figure, not drawn: the page has it as a heading.
    """
    return {
        "meta": {"title": title, "page": PAGE.light, "dark": IN_THE_DARK},
        "height": height,
        "autosize": True,
        "showlegend": False,
        "hovermode": "closest",
        # Plotly cannot follow the style sheet: `chart_colours.js` puts the dark ones in place.
        "paper_bgcolor": PAGE.light,
        "plot_bgcolor": PAGE.light,
        "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": INK.light},
        "margin": {"l": 8, "r": right, "t": MARGIN_TOP, "b": MARGIN_BOTTOM},
        "hoverlabel": {
            "bgcolor": PAGE.light,
            "bordercolor": COMPARATOR.light,
            "font": {"family": FONT_FAMILY, "size": FONT_SIZE, "color": INK.light},
        },
        "dragmode": False,
        "shapes": [],
        "annotations": [],
    }


def axis(**settings: Any) -> dict[str, Any]:
    """An axis as all charts have it: quiet grid, no thick zero line, room made for its labels."""
    return {
        "gridcolor": GRID.light,
        "linecolor": INK_MUTED.light,
        "zeroline": False,
        "automargin": True,
        "fixedrange": True,
        "tickfont": {"color": INK_MUTED.light},
        **settings,
    }


def axis_title(unit: Unit) -> dict[str, Any]:
    """The unit, beside the axis of values."""
    return {
        "text": plotly_text(unit.label),
        "font": {"color": INK_MUTED.light, "size": FONT_SIZE},
        "standoff": 8,
    }


def value_ticks(unit: Unit) -> dict[str, Any]:
    """How an axis of values writes its ticks; words in a suffix stand in the axis title only."""
    suffix = unit.suffix if len(unit.suffix) <= 2 else ""
    return {"tickprefix": unit.prefix, "ticksuffix": suffix, "separatethousands": True}


def plotly_text(words: str) -> str:
    """Words that Plotly shows as they are: it reads some HTML and `%{...}` templates."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("%{", "%&#123;")


def symbol(style: AreaStyle) -> str:
    """The marker shape of an area by Plotly's name."""
    return style.shape


def dash(style: AreaStyle) -> str:
    """The dash of an area as Plotly writes it: `solid` or lengths in pixels."""
    return ",".join(f"{length}px" for length in style.dash.split()) or "solid"


def annotation(lines: Sequence[str], **place: Any) -> dict[str, Any]:
    """Words on a figure, in lines, without an arrow."""
    words = "<br>".join(plotly_text(line) for line in lines)
    return {"text": words, "showarrow": False, "font": {"color": INK.light}, **place}


def faint(colour: str, opacity: float) -> str:
    """A colour that lets others through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def nothing_to_draw(title: str) -> dict[str, Any]:
    """An empty figure that says that it is empty."""
    drawn = layout(title, 120, 8)
    drawn["xaxis"] = drawn["yaxis"] = {"visible": False}
    drawn["annotations"].append(
        annotation(["No figures to draw."], x=0, y=0.5, xref="paper", yref="paper")
    )
    return {"data": [], "layout": drawn, "config": config()}


def room_for(words: list[str]) -> float:
    """The width of the widest of the words, with a little air."""
    return max((text_width(word, FONT_SIZE) for word in words), default=0.0) + 16
