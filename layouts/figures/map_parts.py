"""The drawn map of a map chart: outlines by class, the hatch, and windows onto them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layouts.figures.classes import class_of, steps_of_scale
from layouts.figures.description import MapArea, MapChart
from layouts.figures.labels import line_height, write
from layouts.figures.outlines import Box
from layouts.figures.scales import text_width, wrap
from layouts.figures.svg import element, short, text_of
from layouts.tokens import MAP_BORDER, MAP_CLASSES, MAP_HATCH, MAP_OUTLINE, PAGE, PANEL

# Land without figures, all areas, and the outlined areas: each as finished markup.
Outlines = tuple[str, str, str]
_PARTS = ("land", "areas", "outlined")


def outlines_written(
    chart: MapChart,
    drawn: Sequence[MapArea],
    boundaries: Mapping[str, Any],
    edges: Sequence[float],
    outlines_id: str,
) -> Outlines:
    """The outlines as three groups that can be referred to.

    The colour of a class is said once for each class. Widths of lines and the hatch come from
    where the groups are used, because the inset is drawn at another scale.
    """
    covered = {area.code for area in chart.areas}
    paths = boundaries["paths"]
    land = "".join(path for code, path in paths.items() if code not in covered)
    usual = [area for area in drawn if area.code not in chart.outlined]
    outlined = [area for area in drawn if area.code in chart.outlined]
    return (
        element("path", class_="map-land", fill=PANEL.light, d=land, id=f"{outlines_id}-land"),
        element("g", _by_class(chart, usual, paths, edges), id=f"{outlines_id}-areas"),
        element("g", _by_class(chart, outlined, paths, edges), id=f"{outlines_id}-outlined"),
    )


def outlines_referred_to(outlines_id: str) -> Outlines:
    """The same three groups, where they are written elsewhere on the page."""
    land, areas, outlined = (
        element("use", href=f"#{outlines_id}-{part}", aria_hidden="true") for part in _PARTS
    )
    return land, areas, outlined


def _by_class(
    chart: MapChart, areas: Sequence[MapArea], paths: Mapping[str, str], edges: Sequence[float]
) -> str:
    groups: dict[int, list[str]] = {}
    for area in areas:
        if area.value is None:
            group = -1
            words = f"{area.name}: no figure" + (f" ({area.note})" if area.note else "")
        else:
            group = class_of(area.value, edges)
            words = f"{area.name}: {chart.unit.write(area.value)}"
        path = element(
            "path",
            element("title", text_of(words)),
            d=paths[area.code],
            data_area=area.code,
        )
        groups.setdefault(group, []).append(path)
    steps = steps_of_scale(len(edges) - 1, len(MAP_CLASSES)) if edges else []
    parts = []
    for group, members in sorted(groups.items()):
        # Areas without a figure take the hatch from the window that they are seen in.
        step = None if group < 0 else steps[group]
        parts.append(
            element(
                "g",
                "".join(members),
                class_="no-figure" if step is None else f"map-class-{step + 1}",
                fill=None if step is None else MAP_CLASSES[step].light,
            )
        )
    return "".join(parts)


def hatch(pattern_id: str, scale: float) -> str:
    """Slanted lines for areas without a figure, equally far apart on screen at any scale."""
    size = 6 / scale
    step = f"{size:.2f}"
    # The diagonal of the tile, and the two corners that neighbouring diagonals cut off.
    near, far = f"{size / 4:.2f}", f"{size * 3 / 4:.2f}"
    over = f"{size * 5 / 4:.2f}"
    slant = f"M0 {step}L{step} 0M-{near} {near}L{near} -{near}M{far} {over}L{over} {far}"
    return element(
        "pattern",
        element("rect", class_="map-page", fill=PAGE.light, width=step, height=step)
        + element(
            "path",
            class_="map-hatch",
            stroke=MAP_HATCH.light,
            stroke_width=f"{1.2 / scale:.2f}",
            d=slant,
        ),
        id=pattern_id,
        width=step,
        height=step,
        patternUnits="userSpaceOnUse",
    )


def window(
    outlines: Outlines,
    box: Box,
    place: tuple[float, float, float],
    pattern_id: str,
    borders: tuple[float, float],
) -> str:
    """A part of the map at a place (left, top, width) of the drawing.

    `borders` are the widths of the borders of areas and of outlined areas, in pixels.
    """
    left, top, width = place
    scale = width / box.width
    land, areas, outlined = outlines
    content = element("defs", hatch(pattern_id, scale)) + land
    for group, kind, colour, border in (
        (areas, "map-border", MAP_BORDER.light, borders[0]),
        (outlined, "map-outline", MAP_OUTLINE.light, borders[1]),
    ):
        content += element(
            "g",
            group,
            class_=kind,
            fill=f"url(#{pattern_id})",
            stroke=colour,
            stroke_width=f"{border / scale:.3f}",
            stroke_linejoin="round",
        )
    return element(
        "svg",
        content,
        x=left,
        y=top,
        width=width,
        height=box.height * scale,
        viewBox=f"{short(box.left)} {short(box.top)} {short(box.width)} {short(box.height)}",
    )


def names_on_map(
    areas: Sequence[MapArea],
    centroids: Mapping[str, Sequence[float]],
    box: Box,
    place: tuple[float, float, float],
    size: float,
) -> str:
    """The name of each area near its middle, moved up or down where it would cover another."""
    left, top, width = place
    scale = width / box.width
    step = line_height(size)
    taken: list[Box] = []
    parts = []
    for area in sorted(areas, key=lambda area: tuple(centroids[area.code])[::-1]):
        x, y = centroids[area.code]
        lines = wrap(area.name, size, 96, 2)
        half = max((text_width(line, size) for line in lines), default=0.0) / 2
        x = min(max(left + (x - box.left) * scale, left + half + 3), left + width - half - 3)
        y = top + (y - box.top) * scale
        room = _free(x, y, half, step * len(lines), taken)
        taken.append(room)
        parts += [
            write(line, x, room.top + step * (number + 1) - 4, size, "middle", "halo")
            for number, line in enumerate(lines)
        ]
    return "".join(parts)


def _free(x: float, y: float, half: float, height: float, taken: Sequence[Box]) -> Box:
    """The nearest room above or below (x, y) that nothing has taken."""
    number = 0
    while True:
        shift = (number + 1) // 2 * 4.0 * (1 if number % 2 else -1)
        room = Box(x - half, y + shift - height / 2, x + half, y + shift + height / 2)
        number += 1
        if not any(room.touches(other) for other in taken):
            return room
