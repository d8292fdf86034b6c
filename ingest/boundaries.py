"""Boundaries small enough for a phone: one flat map of the United Kingdom, as SVG paths.

Every level is drawn on the same canvas from the same simplified arcs, so a region's outline
lies exactly on the borders of its authorities. Shetland stands in an inset east of the Scottish
mainland; Northern Ireland is where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from data.areas import CONSTITUENT
from ingest.topology import (
    Points,
    Polygon,
    Ring,
    Topology,
    arcs_of,
    importance,
    project,
    ring_points,
    signed_area,
)

LAYERS_OF_LEVEL = {
    # The publisher files two recoded Scottish authorities among the combined authorities.
    "lower_tier": ("ltla", "cauth"),
    "upper_tier": ("utla", "cauth"),
    "combined_authority": ("cauth",),
    "region": ("rgn",),
}
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2025."
)
WIDTH = 1000
MARGIN = 4
SHETLAND = "S12000027"
# Kilometres on the map: into the empty sea east of Aberdeenshire.
INSET_SHIFT = (55.0, -255.0)
INSET_PADDING = 8
# Square units of the canvas (one unit is about two thirds of a kilometre, and on a page about a
# third of a pixel).
SMALLEST_TRIANGLE = 15.0
SMALLEST_ISLET = 24.0
# Pages enlarge the part of the map that the boroughs lie in: what is seen there matters more.
ENLARGED = 3.0
ENLARGED_ROOM = 8
FEWEST_CORNERS = 5


class BoundaryError(ValueError):
    """Areas that cannot be drawn; the message names them all."""


@dataclass(frozen=True)
class Canvas:
    """The flat map: arcs in canvas units (y down), how much each point matters, and the size."""

    arcs: list[Points]
    weights: list[Any]
    width: int
    height: int
    inset_box: tuple[int, int, int, int]


def lay_out(topology: Topology) -> Canvas:
    """Project every arc, move Shetland into its inset, and fit the map to the canvas."""
    arcs = [project(arc) for arc in topology.arcs]
    moved = arcs_of(topology.layers["ltla"][SHETLAND])
    for number in moved:
        arcs[number] = arcs[number] + np.array(INSET_SHIFT)
    drawn = np.concatenate(
        [arcs[number] for number in sorted(_arcs_of_layer(topology.layers["rgn"]))]
    )
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    scale = (WIDTH - 2 * MARGIN) / (high[0] - low[0])
    flipped = np.array([scale, -scale])
    offset = np.array([MARGIN - low[0] * scale, MARGIN + high[1] * scale])
    fitted = [arc * flipped + offset for arc in arcs]
    near = _near(fitted, arcs_of(p for code in CONSTITUENT for p in topology.layers["ltla"][code]))
    inset = np.concatenate([fitted[number] for number in sorted(moved)])
    corner = np.floor(inset.min(axis=0)) - INSET_PADDING
    size = np.ceil(inset.max(axis=0)) + INSET_PADDING - corner
    return Canvas(
        arcs=fitted,
        weights=[
            importance(arc) * (ENLARGED if close else 1)
            for arc, close in zip(fitted, near, strict=True)
        ],
        width=WIDTH,
        height=int(np.ceil((high[1] - low[1]) * scale)) + 2 * MARGIN,
        inset_box=(int(corner[0]), int(corner[1]), int(size[0]), int(size[1])),
    )


def _near(arcs: list[Points], enlarged: set[int]) -> list[bool]:
    """Of each arc whether some of it lies in the window around the arcs that are enlarged."""
    corners = np.concatenate([arcs[number] for number in sorted(enlarged)])
    low, high = corners.min(axis=0) - ENLARGED_ROOM, corners.max(axis=0) + ENLARGED_ROOM
    return [bool(((arc > low) & (arc < high)).all(axis=1).any()) for arc in arcs]


def _arcs_of_layer(layer: Mapping[str, list[Polygon]]) -> set[int]:
    return {number for polygons in layer.values() for number in arcs_of(polygons)}


def draw_level(
    level: str, codes: Iterable[str], topology: Topology, canvas: Canvas
) -> dict[str, Any]:
    """One boundary file: every area of `codes` as a path in whole canvas units.

    Islets below `SMALLEST_ISLET` are left out, but never the largest part of an area.

    Raises:
        BoundaryError: the topology holds no shape for some of the codes; all are named.
    """
    wanted = sorted(set(codes))
    shapes: dict[str, list[Polygon]] = {}
    for layer in reversed(LAYERS_OF_LEVEL[level]):
        shapes.update({c: p for c, p in topology.layers[layer].items() if c in wanted})
    missing = [code for code in wanted if code not in shapes]
    if missing:
        raise BoundaryError(
            f"no shape for {len(missing)} areas of level {level}: {', '.join(missing)}; "
            "use a topology that holds them, or end those areas"
        )
    largest = {code: _largest_ring(shapes[code], canvas.arcs) for code in wanted}
    arcs = _simplify(canvas, list(largest.values()))
    protected = {_ring_key(ring) for ring in largest.values()}
    paths: dict[str, str] = {}
    centroids: dict[str, list[int]] = {}
    for code in wanted:
        rings = [
            ring_points(ring, arcs)
            for polygon in shapes[code]
            for ring in polygon
            if _ring_key(ring) in protected
            or abs(signed_area(ring_points(ring, canvas.arcs))) >= SMALLEST_ISLET
        ]
        paths[code] = "".join(_path(ring) for ring in rings if abs(signed_area(ring)) > 0)
        centroids[code] = point_inside(ring_points(largest[code], arcs))
    return {
        "level": level,
        "width": canvas.width,
        "height": canvas.height,
        "attribution": ATTRIBUTION,
        "inset": _inset(canvas) if level != "combined_authority" else None,
        "paths": paths,
        "centroids": centroids,
    }


def _inset(canvas: Canvas) -> dict[str, Any]:
    """The frame to draw round the islands that do not stand in their place."""
    return {"name": "Shetland Islands", "code": SHETLAND, "box": list(canvas.inset_box)}


def _ring_key(ring: Ring) -> frozenset[int]:
    """The same for an enclave and for the hole that it fills."""
    return frozenset(arc if arc >= 0 else ~arc for arc in ring)


def _largest_ring(polygons: list[Polygon], arcs: list[Points]) -> Ring:
    return max(
        (polygon[0] for polygon in polygons),
        key=lambda ring: abs(signed_area(ring_points(ring, arcs))),
    )


def _simplify(canvas: Canvas, kept_whole: list[Ring]) -> list[Points]:
    """Every arc with its lesser points taken out, on whole units, each ring in `kept_whole`
    with enough corners left to be seen.
    """
    keep = [weights >= SMALLEST_TRIANGLE for weights in canvas.weights]
    for ring in kept_whole:
        numbers = sorted(_ring_key(ring))
        spare = sorted(
            (
                (-float(canvas.weights[number][index]), number, index)
                for number in numbers
                for index in np.flatnonzero(~keep[number])
            ),
        )
        for _, number, index in spare:
            corners = {
                (round(x), round(y)) for n in numbers for x, y in canvas.arcs[n][keep[n]].tolist()
            }
            if len(corners) >= FEWEST_CORNERS:
                break
            keep[number][index] = True
    return [
        _without_repeats(np.rint(arc[mask])) for arc, mask in zip(canvas.arcs, keep, strict=True)
    ]


def _without_repeats(points: Points) -> Points:
    """Drop a point that is the same as the one before, but keep at least the two ends."""
    different = np.any(points[1:] != points[:-1], axis=1)
    kept = points[np.concatenate([[True], different])]
    return kept if len(kept) > 1 else points[[0, -1]]


def _path(points: Points) -> str:
    whole = [(int(x), int(y)) for x, y in points]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole) if (ax, ay) != (bx, by)]
    text = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{text}z"


def point_inside(points: Points) -> list[int]:
    """Where a label or a tile stands: the centre of the ring, moved inside it if need be.

    On the horizontal line through the centre of gravity, the middle of the widest stretch that
    lies inside, unless the centre itself is inside.
    """
    x, y = points[:, 0], points[:, 1]
    next_x, next_y = np.roll(x, -1), np.roll(y, -1)
    cross = x * next_y - next_x * y
    total = cross.sum()
    centre_x = float(((x + next_x) * cross).sum() / (3 * total))
    centre_y = float(((y + next_y) * cross).sum() / (3 * total))
    # Half a unit off the grid, so that the line passes through no corner.
    line = np.floor(centre_y) + 0.5
    crossing = (y > line) != (next_y > line)
    at = np.sort(
        x[crossing]
        + (line - y[crossing]) / (next_y - y)[crossing] * (next_x[crossing] - x[crossing])
    )
    stretches = list(zip(at[::2], at[1::2], strict=True))
    if not any(left <= centre_x <= right for left, right in stretches):
        left, right = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
        centre_x = float(left + right) / 2
    return [round(centre_x), round(centre_y)]
