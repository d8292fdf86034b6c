"""Reading a TopoJSON file: arcs put on a flat map of the United Kingdom, and simplified once.

Neighbouring areas share their arcs, so an arc that is simplified once is the same border on
both sides: no gaps and no overlaps, at any level.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
Ring = list[int]
Polygon = list[Ring]

EARTH_RADIUS_KM = 6371.0
# The meridian that the National Grid is built on: north points up where most people live.
CENTRAL_MERIDIAN = -2.0


@dataclass(frozen=True)
class Topology:
    """Arcs in longitude and latitude, and for each layer the polygons of each area.

    A ring is a list of arc numbers; `~number` is that arc walked backwards.
    """

    arcs: list[Points]
    layers: dict[str, dict[str, list[Polygon]]]


def read_topology(content: Mapping[str, Any]) -> Topology:
    """Undo the publisher's quantising and delta coding of a TopoJSON document.

    Raises:
        ValueError: the document is not a quantised topology.
    """
    if content.get("type") != "Topology" or "transform" not in content:
        raise ValueError("expected a quantised TopoJSON document with `type` and `transform`")
    scale = np.array(content["transform"]["scale"])
    translate = np.array(content["transform"]["translate"])
    arcs = [
        np.cumsum(np.array(arc, dtype=np.float64), axis=0) * scale + translate
        for arc in content["arcs"]
    ]
    layers: dict[str, dict[str, list[Polygon]]] = {}
    for layer, collection in content["objects"].items():
        layers[layer] = {
            geometry["properties"]["areacd"]: (
                [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
            )
            for geometry in collection["geometries"]
        }
    return Topology(arcs, layers)


def project(degrees: Points) -> Points:
    """Transverse Mercator on a sphere, in kilometres east and north, about 2 degrees west."""
    longitude = np.radians(degrees[:, 0] - CENTRAL_MERIDIAN)
    latitude = np.radians(degrees[:, 1])
    east = np.arctanh(np.cos(latitude) * np.sin(longitude))
    north = np.arctan2(np.tan(latitude), np.cos(longitude))
    return EARTH_RADIUS_KM * np.column_stack([east, north])


def arcs_of(polygons: Iterable[Polygon]) -> set[int]:
    """The numbers of the arcs that draw an area, whichever way each is walked."""
    return {arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring}


def ring_points(ring: Ring, arcs: list[Points]) -> Points:
    """The corners of a ring in order, the first not repeated at the end."""
    parts = [(arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1] for arc in ring]
    return np.concatenate(parts)


def signed_area(points: Points) -> float:
    """The area inside a ring, in its own units squared; the sign tells the direction."""
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def importance(points: Points) -> npt.NDArray[np.float64]:
    """How much each point matters to the shape of an arc (Visvalingam and Whyatt, 1993).

    Points are taken away in order of the triangle they make with their neighbours; a point's
    importance is the largest triangle taken up to and with it. The ends are infinitely
    important, because other arcs meet there.
    """
    count = len(points)
    weights = np.full(count, np.inf)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    coordinates: list[tuple[float, float]] = [(float(x), float(y)) for x, y in points]

    def triangle(middle: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = (
            coordinates[before[middle]],
            coordinates[middle],
            coordinates[after[middle]],
        )
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    current = {index: triangle(index) for index in range(1, count - 1)}
    heap = [(area, index) for index, area in current.items()]
    heapq.heapify(heap)
    largest = 0.0
    while heap:
        area, index = heapq.heappop(heap)
        if current.get(index) != area:
            continue
        largest = max(largest, area)
        weights[index] = largest
        del current[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if neighbour in current:
                current[neighbour] = triangle(neighbour)
                heapq.heappush(heap, (current[neighbour], neighbour))
    return weights
