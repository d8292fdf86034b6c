"""Areas shaded in classes as SVG, with an inset that enlarges the outlined ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layouts.figures.classes import class_edges, class_of, steps_of_scale
from layouts.figures.description import MapArea, MapChart
from layouts.figures.labels import NARROW_BELOW, bare, font_size, line_height, notes, write
from layouts.figures.map_parts import (
    Outlines,
    hatch,
    names_on_map,
    outlines_referred_to,
    outlines_written,
    window,
)
from layouts.figures.outlines import box_of
from layouts.figures.scales import finite, wrap
from layouts.figures.svg import element, frame, identifier
from layouts.tokens import INK_MUTED, MAP_CLASSES, PANEL

_SWATCH = 22.0


def draw_map(
    chart: MapChart,
    boundaries: Mapping[str, Any],
    width: int = 720,
    outlines_from: int | None = None,
) -> str:
    """The map as an SVG string, laid out for `width` pixels (720 or 360).

    Areas without a figure are hatched. Areas of the boundary file that the chart does not name
    are pale: the statistics do not cover them. Areas of the chart that have no outline are named
    below the map.

    Args:
        chart: what is shown.
        boundaries: the content of the boundary file of the chart's level.
        width: of the drawing, in pixels.
        outlines_from: the width of another drawing of the same chart on the same page, whose
            outlines are used instead of being written again.

    Raises:
        ValueError: a value is infinite or not a number, or the file is of another level.
    """
    if boundaries["level"] != chart.level:
        raise ValueError(f"the map is of {chart.level}, but the outlines of {boundaries['level']}")
    narrow, size = width < NARROW_BELOW, font_size(width)
    own = f"{identifier(chart.id)}-{width}"
    named = (chart.id, chart.title, chart.summary, width)
    drawn = [area for area in chart.areas if area.code in boundaries["paths"]]
    if not drawn:
        words = write("No areas to draw.", 0, 24, size, kind="muted")
        return frame(*named, 40, words, "map", narrow)
    edges = class_edges(area.value for area in drawn)
    box = box_of(boundaries["paths"][area.code] for area in drawn).widened(4)
    map_width = float(width) if narrow else width * 0.52
    map_height = map_width * box.height / box.width
    side = 0.0 if narrow else map_width + 32
    legend, legend_height = _legend(
        chart, drawn, boundaries, edges, own, (side, width - side), size
    )
    map_top = legend_height + 10 if narrow else 0.0
    if outlines_from is None:
        outlines = outlines_written(chart, drawn, boundaries, edges, own)
    else:
        own_outlines = f"{identifier(chart.id)}-{outlines_from}"
        outlines = outlines_referred_to(own_outlines)
    again = outlines_referred_to(own if outlines_from is None else own_outlines)
    whole = window(outlines, box, (0.0, map_top, map_width), f"{own}-hatch-map", (0.5, 1.0))
    inset_top = map_top + map_height + 8 if narrow else legend_height + 16
    place = (side, inset_top, width - side)
    inset, inset_bottom = _inset(chart, drawn, boundaries, again, own, place, size)
    bottom = max(map_top + map_height, legend_height, inset_bottom)
    unplaced = [area.name for area in chart.areas if area.code not in boundaries["paths"]]
    absent = f"Not on the map, for want of an outline: {', '.join(unplaced)}." if unplaced else ""
    small, extra = notes([absent, str(boundaries["attribution"])], width, bottom + 4, size - 2)
    return frame(*named, bottom + 6 + extra, legend + whole + inset + small, "map", narrow)


def draw_map_at_both_widths(
    chart: MapChart, boundaries: Mapping[str, Any], wide: int = 720, narrow: int = 360
) -> str:
    """The map for a laptop and for a phone in one box, with the outlines written once."""
    first = draw_map(chart, boundaries, wide)
    second = draw_map(chart, boundaries, narrow, outlines_from=wide)
    return f'<div class="chart-box">{first}{second}</div>'


def _legend(
    chart: MapChart,
    drawn: Sequence[MapArea],
    boundaries: Mapping[str, Any],
    edges: Sequence[float],
    own: str,
    side: tuple[float, float],
    size: int,
) -> tuple[str, float]:
    """Each class with the lowest and highest figure in it and how many areas it holds."""
    left, room = side
    values = finite(area.value for area in drawn)
    steps = steps_of_scale(len(edges) - 1, len(MAP_CLASSES)) if edges else []
    entries: list[tuple[str, str, str]] = []
    for number, step in enumerate(steps):
        inside = [value for value in values if class_of(value, edges) == number]
        ends = [bare(chart.unit).write(end) for end in (min(inside), max(inside))]
        words = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        colour = MAP_CLASSES[step].light
        entries.append((f"map-class-{step + 1}", colour, f"{words} ({_areas(len(inside))})"))
    entries.reverse()
    missing = len(drawn) - len(values)
    if missing:
        entries.append(("no-figure", f"url(#{own}-hatch)", f"No figure ({_areas(missing)})"))
    if set(boundaries["paths"]) - {area.code for area in chart.areas}:
        entries.append(("map-land", PANEL.light, "Not covered by these figures"))
    heading = ", ".join(words for words in (chart.unit.label, chart.period) if words)
    heading += f"; {chart.better} is better" if chart.better else ""
    lines = wrap(heading, size, room, 3)
    step_down = line_height(size)
    parts = [element("defs", hatch(f"{own}-hatch", 1.0)) if missing else ""]
    parts += [
        write(line, left, size + number * step_down, size, kind="muted")
        for number, line in enumerate(lines)
    ]
    top = 8.0 + step_down * len(lines)
    for kind, fill, words in entries:
        parts.append(
            element(
                "rect",
                class_=f"swatch {kind}",
                fill=fill,
                stroke=INK_MUTED.light,
                stroke_width="0.5",
                x=left,
                y=top,
                width=_SWATCH,
                height=size + 1,
            )
        )
        parts.append(write(words, left + _SWATCH + 8, top + size - 1, size))
        top += step_down + 5
    return "".join(parts), top


def _areas(count: int) -> str:
    return "1 area" if count == 1 else f"{count} areas"


def _inset(
    chart: MapChart,
    drawn: Sequence[MapArea],
    boundaries: Mapping[str, Any],
    outlines: Outlines,
    own: str,
    place: tuple[float, float, float],
    size: int,
) -> tuple[str, float]:
    """The outlined areas enlarged, each with its name; and where the inset ends."""
    left, top, width = place
    chosen = [area for area in drawn if area.code in chart.outlined]
    if not chosen:
        return "", top
    box = box_of(boundaries["paths"][area.code] for area in chosen)
    box = box.widened(max(box.width, box.height, 1.0) * 0.05)
    # A tall group of areas is made narrower, so that the inset never outgrows the map.
    width = min(width, width * 1.2 * box.width / box.height)
    height = width * box.height / box.width
    below = (left, top + size + 8, width)
    border = element(
        "rect",
        class_="frame",
        fill="none",
        stroke=INK_MUTED.light,
        x=left,
        y=below[1],
        width=width,
        height=height,
    )
    content = (
        write("The outlined areas, enlarged", left, top + size, size, kind="muted")
        + window(outlines, box, below, f"{own}-hatch-inset", (1.0, 2.0))
        + border
        + names_on_map(chosen, boundaries["centroids"], box, below, size - 1)
    )
    return content, below[1] + height
