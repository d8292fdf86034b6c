"""Marker shapes, and the colour, shape and dash that each area of a chart is drawn with."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from layouts.figures.description import Prominence
from layouts.figures.svg import element, short
from layouts.tokens import AreaStyle, area_style


def _turned(points: int, first: float, inner: float = 0.0) -> list[tuple[float, float]]:
    """Corners of a regular polygon or, with an inner radius, of a star."""
    corners = []
    count = points * 2 if inner else points
    for number in range(count):
        radius = inner if inner and number % 2 else 1.0
        angle = math.radians(first + 360 * number / count)
        corners.append((math.cos(angle) * radius, math.sin(angle) * radius))
    return corners


# Corners in units of the marker's radius, y down. Sizes are evened out by area.
_CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "diamond": _turned(4, -90),
    "diamond-tall": [(0, -1.3), (0.7, 0), (0, 1.3), (-0.7, 0)],
    "triangle-up": [(0, -1.15), (1.1, 0.8), (-1.1, 0.8)],
    "triangle-down": [(0, 1.15), (1.1, -0.8), (-1.1, -0.8)],
    "triangle-left": [(-1.15, 0), (0.8, -1.1), (0.8, 1.1)],
    "triangle-right": [(1.15, 0), (-0.8, -1.1), (-0.8, 1.1)],
    "pentagon": _turned(5, -90),
    "hexagon": _turned(6, 0),
    "star": [(x * 1.3, y * 1.3) for x, y in _turned(5, -90, 0.42)],
    "hexagram": [(x * 1.2, y * 1.2) for x, y in _turned(6, -90, 0.58)],
    "star-square": [(x * 1.2, y * 1.2) for x, y in _turned(4, -45, 0.5)],
    "star-diamond": [(x * 1.3, y * 1.3) for x, y in _turned(4, -90, 0.5)],
    "hourglass": [(-1, -1), (1, -1), (-1, 1), (1, 1)],
    "bowtie": [(-1, -1), (-1, 1), (1, -1), (1, 1)],
    "cross": [
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ],
}  # fmt: skip
_CORNERS["x"] = [((x - y) * math.sqrt(0.5), (x + y) * math.sqrt(0.5)) for x, y in _CORNERS["cross"]]
SHAPES = frozenset(_CORNERS) | {"circle"}


def shape_path(shape: str, x: float, y: float, radius: float) -> str:
    """The path of a marker centred on (x, y).

    Raises:
        KeyError: no such shape.
    """
    name = shape.removesuffix("-open")
    if name == "circle":
        r, across = short(radius), short(radius * 2)
        arc = f"a{r} {r} 0 1 0"
        return f"M{short(x - radius)} {short(y)}{arc} {across} 0{arc} -{across} 0z"
    (left, top), outline = _outline(name, radius)
    return f"M{short(x + left)} {short(y + top)}l{outline}z"


@lru_cache(maxsize=512)
def _outline(name: str, radius: float) -> tuple[tuple[float, float], str]:
    """Where a shape begins beside its centre, and the steps around it from there.

    The steps are the same wherever it stands: they repeat, and compress to nothing.
    """
    corners = [(round(cx * radius, 1), round(cy * radius, 1)) for cx, cy in _CORNERS[name]]
    steps = (f"{short(b[0] - a[0])} {short(b[1] - a[1])}" for a, b in pairwise(corners))
    return corners[0], " ".join(steps).replace(" -", "-")


def marker(
    style: AreaStyle, x: float, y: float, radius: float, title: str = "", **data: str | None
) -> str:
    """A marker in the colour of its group; open shapes are filled with the page."""
    kind = "dot open" if style.shape.endswith("-open") else "dot"
    return element(
        "path",
        element("title", title) if title else "",
        class_=kind,
        fill="#fff" if kind == "dot open" else "currentColor",
        d=shape_path(style.shape, x, y, radius),
        **data,
    )


def styles_of(areas: Iterable[tuple[str, Prominence]]) -> dict[str, AreaStyle]:
    """The style of each area that is not background; extra styles go by order of appearance."""
    styles: dict[str, AreaStyle] = {}
    extras = 0
    for code, prominence in areas:
        if prominence == "background" or code in styles:
            continue
        styles[code] = area_style(code, extras if prominence == "focus" else None)
        extras += styles[code].token.startswith("extra-")
    return styles
