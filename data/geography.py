"""Boundaries as the pages draw them: SVG paths in whole units of one shared canvas."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Level = Literal["lower_tier", "upper_tier", "combined_authority", "region"]
LEVELS: tuple[str, ...] = get_args(Level)
BOUNDARIES = Path(__file__).resolve().parent / "reference" / "boundaries"

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
