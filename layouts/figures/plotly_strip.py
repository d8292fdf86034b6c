"""A ranked strip as a plain Plotly dict: the same rows, order and intervals as the SVG."""

from __future__ import annotations

from typing import Any

from layouts.figures.description import RankedStrip, StripRow
from layouts.figures.far_values import beyond_in_words, is_beyond, strip_ends
from layouts.figures.labels import bare, reference_dash, said
from layouts.figures.marks import styles_of
from layouts.figures.placing import push_apart, rows_without_overlap
from layouts.figures.plotly_base import (
    FONT_SIZE,
    MARGIN_BOTTOM,
    MARGIN_TOP,
    annotation,
    axis,
    axis_title,
    config,
    layout,
    nothing_to_draw,
    plotly_text,
    room_for,
    symbol,
    value_ticks,
)
from layouts.figures.ranking import FULL_ROWS, ranked
from layouts.figures.scales import Scale, finite, padded, text_width, wrap
from layouts.tokens import BACKGROUND_MARK, COMPARATOR, AreaStyle

# Rows with their places from the top, and how they are drawn; background has no style.
_Group = tuple[list[tuple[int, StripRow]], AreaStyle | None]
# References are placed for a plot of this width, which a phone has at least.
_NARROWEST_PLOT = 250.0


def plotly_ranked_strip(chart: RankedStrip) -> dict[str, Any]:
    """The chart as `{"data": [...], "layout": {...}, "config": {...}}`.

    Rows stand at 1, 2, 3 ... from the top. Background areas are one trace; each area in focus
    and each comparator has one of its own. Areas without a figure are left to the page.

    Raises:
        ValueError: a value is infinite or not a number.
    """
    rows = ranked(chart)
    finite(end for row in rows for end in (row.value, row.lower, row.upper))
    if not rows:
        return nothing_to_draw(chart.title)
    ends = strip_ends(chart, rows)
    styles = styles_of((row.code, row.prominence) for row in chart.rows)
    placed = list(enumerate(rows, start=1))
    faint = [(place, row) for place, row in placed if row.code not in styles]
    groups: list[_Group] = [(faint, None)] if faint else []
    groups += [
        ([(place, row)], styles.get(row.code)) for place, row in placed if row.code in styles
    ]
    data = [_intervals(group, style) for group, style in groups]
    data += [_dots(chart, group, style) for group, style in groups]
    scale = padded(ends.low, ends.high, 0.04)
    beyond = [(place, row) for place, row in placed if is_beyond(row, ends)]
    if beyond:
        data.append(_arrows(chart, beyond, scale))
    drawn = _layout(chart, placed, scale)
    drawn["xaxis"]["title"]["text"] += "".join(
        f"<br>{plotly_text(line)}"
        for line in wrap(beyond_in_words(chart, rows, ends), FONT_SIZE, _NARROWEST_PLOT, 4)
    )
    return {"data": data, "layout": drawn, "config": config()}


def _arrows(
    chart: RankedStrip, beyond: list[tuple[int, StripRow]], scale: tuple[float, float]
) -> dict[str, Any]:
    """An arrow for each area beyond the scale, at the end that it lies behind."""
    above = [(row.value or 0.0) > scale[1] for _, row in beyond]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Beyond the scale",
        "meta": {"part": "beyond"},
        "x": [scale[1] if far else scale[0] for far in above],
        "y": [place for place, _ in beyond],
        "cliponaxis": False,
        "hovertext": [
            plotly_text(
                said(row.name, chart.period, chart.unit, row.value or 0.0, row.lower, row.upper)
                + ", beyond the scale"
            )
            for _, row in beyond
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": ["triangle-right" if far else "triangle-left" for far in above],
            "size": 9,
            "color": BACKGROUND_MARK.light,
        },
    }


def _intervals(placed: list[tuple[int, StripRow]], style: AreaStyle | None) -> dict[str, Any]:
    """From the lower to the upper end of each, with None between one area and the next."""
    across: list[float | None] = []
    down: list[int | None] = []
    for place, row in placed:
        if row.lower is not None and row.upper is not None:
            across += [row.lower, row.upper, None]
            down += [place, place, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": {"areas": [row.code for _, row in placed], "part": "interval"},
        "x": across,
        "y": down,
        "connectgaps": False,
        "hoverinfo": "skip",
        "opacity": 0.45,
        "line": {
            "color": style.colour.light if style else BACKGROUND_MARK.light,
            "width": 3 if style else 1,
        },
    }


def _dots(
    chart: RankedStrip, placed: list[tuple[int, StripRow]], style: AreaStyle | None
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly_text(placed[0][1].name) if style else "Other areas",
        "meta": {"areas": [row.code for _, row in placed], "part": "dots"},
        "x": [row.value for _, row in placed],
        "y": [place for place, _ in placed],
        "hovertext": [
            plotly_text(
                said(row.name, chart.period, chart.unit, row.value or 0.0, row.lower, row.upper)
            )
            for _, row in placed
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            "symbol": symbol(style) if style else "circle",
            "size": 10 if style else 4,
            "color": style.colour.light if style else BACKGROUND_MARK.light,
        },
    }


def _layout(
    chart: RankedStrip, placed: list[tuple[int, StripRow]], ends: tuple[float, float]
) -> dict[str, Any]:
    compact = len(placed) > FULL_ROWS
    pitch = max(2.5, min(6.0, 700 / len(placed))) if compact else 30.0
    drawn = layout(
        chart.title, round(max(240, pitch * len(placed) + MARGIN_TOP + MARGIN_BOTTOM + 24)), 16
    )
    ticks = [] if compact else placed
    drawn["yaxis"] = axis(
        range=[len(placed) + 0.8, 0.2],
        showgrid=False,
        tickmode="array",
        tickvals=[place for place, _ in ticks],
        ticktext=[
            "<br>".join(plotly_text(line) for line in wrap(row.name, FONT_SIZE, 150, 2))
            for _, row in ticks
        ],
    )
    if compact:
        named = [(place, row) for place, row in placed if row.prominence != "background"]
        drawn["margin"]["l"] = _add_names(drawn, named, pitch, pitch * (len(placed) + 0.6))
    drawn["xaxis"] = axis(
        range=list(ends),
        side="bottom",
        title=axis_title(chart.unit),
        nticks=6,
        **value_ticks(chart.unit),
    )
    _add_references(chart, drawn, ends)
    return drawn


def _add_names(
    drawn: dict[str, Any], named: list[tuple[int, StripRow]], pitch: float, height: float
) -> float:
    """Names beside a compact strip, moved up or down where they would overlap; and their room."""
    lines = [wrap(row.name, FONT_SIZE, 110, 3) for _, row in named]
    wanted = [(place - 0.2) * pitch for place, _ in named]
    sizes = [len(words) * FONT_SIZE * 1.3 + 3 for words in lines]
    centres = push_apart(wanted, sizes, 0, height)
    for (place, _), words, level, centre in zip(named, lines, wanted, centres, strict=True):
        start = {"x": 0, "xref": "paper", "xanchor": "right", "xshift": -8, "align": "right"}
        shift = round(level - centre, 1)
        drawn["annotations"].append(
            annotation(words, y=place, yanchor="middle", yshift=shift, **start)
        )
    return room_for([line for words in lines for line in words]) + 4


def _add_references(chart: RankedStrip, drawn: dict[str, Any], ends: tuple[float, float]) -> None:
    references = sorted(chart.references, key=lambda reference: reference.value)
    scale = Scale(*ends, 0, _NARROWEST_PLOT)
    words = [f"{item.name} {bare(chart.unit).write(item.value)}" for item in references]
    extents = []
    for reference, word in zip(references, words, strict=True):
        half = text_width(word, FONT_SIZE) / 2
        extents.append((scale(reference.value) - half, scale(reference.value) + half))
    levels = rows_without_overlap(extents, 10)
    for reference, word, level in zip(references, words, levels, strict=True):
        place = {"x0": reference.value, "x1": reference.value, "y0": 0, "y1": 1, "yref": "paper"}
        dash = ",".join(f"{length}px" for length in reference_dash(reference.code).split())
        line = {"color": COMPARATOR.light, "width": 1.5, "dash": dash or "solid"}
        drawn["shapes"].append({"type": "line", **place, "line": line})
        drawn["annotations"].append(
            annotation([word], x=reference.value, y=1, yref="paper", yanchor="bottom",
                       yshift=level * (FONT_SIZE + 5))
        )  # fmt: skip
    if levels:
        drawn["margin"]["t"] += max(levels) * (FONT_SIZE + 5)
