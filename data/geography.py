"""Outlines as the pages draw them: SVG paths in whole units of one shared canvas.

`boundaries` has the true outlines, `tiles` one hexagon for each area, all of one size.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Level = Literal["lower_tier", "upper_tier", "combined_authority", "region"]
LEVELS: tuple[str, ...] = get_args(Level)
BOUNDARIES = Path(__file__).resolve().parent / "reference" / "boundaries"
TILES = Path(__file__).resolve().parent / "reference" / "tiles.json"
# The levels that have a tile layout.
TILE_LEVELS: tuple[Level, ...] = ("lower_tier", "upper_tier", "region")
# Half a hexagon across, the height of its point, and from one row to the next, in canvas units:
# as near to equal sides as whole numbers come.
_HALF, _POINT, _ROW = 21, 12, 36

_PART = re.compile(r"M(-?\d+) (-?\d+)l([^z]+)z")
_NUMBER = re.compile(r"-?\d+")


@cache
def boundaries(level: Level) -> dict[str, Any]:
    """The boundary file of a level, read once; do not change what it returns.

    Keys: `level`, `width`, `height`, `attribution`, `paths` (SVG path by code, y down),
    `centroids` (a point inside the area by code), and `inset` (the frame of islands moved from
    their place: `name`, `code`, `box` as x, y, width, height; None where there are none).

    Raises:
        ValueError: no such level.
    """
    if level not in LEVELS:
        raise ValueError(f"no boundaries for '{level}'; expected one of {', '.join(LEVELS)}")
    path = BOUNDARIES / f"{level}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def path_points(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each part of a path of these files, in canvas units, for fitting a view."""
    parts = []
    for x, y, steps in _PART.findall(path):
        corners = [(int(x), int(y))]
        numbers = [int(number) for number in _NUMBER.findall(steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        parts.append(corners)
    return parts


@cache
def tiles(level: Level) -> dict[str, Any]:
    """The tile layout of a level as outlines: a hexagon of one size for each area, near its place.

    The same keys as `boundaries`; do not change what it returns.

    Raises:
        ValueError: the level has no tile layout.
    """
    if level not in TILE_LEVELS:
        raise ValueError(f"no tiles for '{level}'; expected one of {', '.join(TILE_LEVELS)}")
    layout: dict[str, list[int]] = json.loads(TILES.read_text(encoding="utf-8"))[level]
    middles = {
        code: [_HALF * (2 * column + row % 2 + 1), _ROW * row + 2 * _POINT]
        for code, (column, row) in layout.items()
    }
    side = _ROW - _POINT
    return {
        "level": level,
        "width": max(x for x, _ in middles.values()) + _HALF,
        "height": max(y for _, y in middles.values()) + 2 * _POINT,
        "attribution": "Each hexagon is one area, near its place. "
        + str(boundaries(level)["attribution"]),
        "paths": {
            code: f"M{x} {y - 2 * _POINT}l{_HALF} {_POINT} 0 {side} -{_HALF} {_POINT} "
            f"-{_HALF} -{_POINT} 0 -{side}z"
            for code, (x, y) in middles.items()
        },
        "centroids": middles,
        "inset": None,
    }
