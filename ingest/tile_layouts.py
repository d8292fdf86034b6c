"""Tile layouts: every area of a level one hexagon of the same size, as near its place as can be.

The outlines that areas share say who borders whom. From their middles, areas are moved as equal
discs: discs that overlap push each other apart, areas that border each other and have drifted
apart pull (Dorling 1996, Area Cartograms). Each then takes a cell of a hexagonal grid so that the
sum of squared distances is least (the assignment problem, solved exactly), and pairs of areas are
exchanged as long as that puts more neighbours side by side.

`python -m ingest.tile_layouts` writes `data/reference/tiles.json` anew from the shipped boundaries.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from data.geography import TILE_LEVELS, TILES, boundaries, path_points
from data.reference_data import REFERENCE

Numbers = npt.NDArray[np.float64]
Pairs = npt.NDArray[np.int64]
ROW = sqrt(3) / 2
_STEPS = 600
# Cells of the grid beyond the outermost disc, so that no area is pressed inwards by an edge.
_MARGIN = 3
# Being side by side with a neighbour is worth so much squared displacement, in tiles.
_WORTH = 1.2
# An exchange must gain more than sums of floats in another order can differ by.
_LEAST_GAIN = 1e-6


def tile_layout(boundaries: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Column and row of each area of a boundary file, both from 0; odd rows stand half a tile
    to the right.

    The same file gives the same layout. No two areas share a tile.
    """
    codes = sorted(boundaries["paths"])
    outlines = [path_points(boundaries["paths"][code]) for code in codes]
    spacing = sqrt(sum(_extent(parts) for parts in outlines) / len(codes) / ROW)
    middles = np.array([boundaries["centroids"][code] for code in codes], dtype=float) / spacing
    pairs = neighbours(outlines, middles)
    places = _spread(middles, pairs)
    cells = _cells(places)
    chosen = _assigned(places, cells)
    chosen = _exchanged(chosen, places, cells, pairs)
    found = [(round(x - 0.5 * (round(y / ROW) % 2)), round(y / ROW)) for x, y in cells[chosen]]
    left = min(column for column, _ in found)
    # An even number of rows, so that odd rows stay odd.
    top = min(row for _, row in found) // 2 * 2
    return {
        code: (column - left, row - top) for code, (column, row) in zip(codes, found, strict=True)
    }


def write_tiles(reference: Path) -> dict[str, int]:
    """Lay out every level that has tiles and write the file of all of them.

    Args:
        reference: the folder to write it to, `data/reference` in the product.

    Returns:
        How many areas each level has.
    """
    layouts = {level: tile_layout(boundaries(level)) for level in TILE_LEVELS}
    levels = []
    for level, layout in layouts.items():
        rows = (f"  {json.dumps(code)}: {json.dumps(place)}" for code, place in layout.items())
        levels.append(f"{json.dumps(level)}: {{\n" + ",\n".join(rows) + "\n}")
    (reference / TILES.name).write_text("{\n" + ",\n".join(levels) + "\n}\n", encoding="utf-8")
    return {level: len(layout) for level, layout in layouts.items()}


def neighbours(outlines: list[list[list[tuple[int, int]]]], middles: Numbers) -> Pairs:
    """Pairs of areas, by place in the list, that share a stretch of border.

    An area that borders none, such as an island, is the neighbour of the nearest other; groups
    of areas that hang together are joined where they come nearest.
    """
    holders: dict[tuple[tuple[int, int], tuple[int, int]], list[int]] = {}
    for number, parts in enumerate(outlines):
        for corners in parts:
            for one, other in pairwise([*corners, corners[0]]):
                holders.setdefault((min(one, other), max(one, other)), []).append(number)
    found = {(min(two), max(two)) for two in holders.values() if len(two) == 2 and two[0] != two[1]}
    distances = cdist(middles, middles)
    while True:
        group = _groups(len(outlines), found)
        if len(set(group)) == 1:
            return np.array(sorted(found), dtype=np.int64).reshape(-1, 2)
        apart = group[:, None] != group[None, :]
        nearest = int(np.where(apart, distances, np.inf).argmin())
        first, second = divmod(nearest, len(outlines))
        found.add((min(first, second), max(first, second)))


def _groups(count: int, pairs: set[tuple[int, int]]) -> npt.NDArray[np.int64]:
    """A number for each area, the same for areas that hang together."""
    group = list(range(count))

    def root(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    for one, other in sorted(pairs):
        group[root(other)] = root(one)
    return np.array([root(number) for number in range(count)])


def _extent(parts: list[list[tuple[int, int]]]) -> float:
    """The area that an outline encloses, in square units; holes wind the other way."""
    total = 0.0
    for corners in parts:
        total += sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*corners, corners[0]])) / 2
    return abs(total)


def _spread(middles: Numbers, pairs: Pairs) -> Numbers:
    """The places of discs of diameter 1 after they have pushed and pulled each other."""
    places = middles.copy()
    one, other = pairs[:, 0], pairs[:, 1]
    for step in range(_STEPS):
        pull_strength = 0.25 * (1 - step / _STEPS) + 0.02
        apart = places[:, None, :] - places[None, :, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        np.fill_diagonal(distance, np.inf)
        push = np.maximum(0.0, 1 - distance) / np.maximum(distance, 1e-6)
        move = 0.25 * (apart * push[..., None]).sum(axis=1)
        along = places[other] - places[one]
        length = np.hypot(along[:, 0], along[:, 1])[:, None]
        pull = along * np.maximum(0.0, length - 1) / np.maximum(length, 1e-6) * pull_strength
        pulled = np.zeros_like(places)
        counted = np.zeros(len(places))
        np.add.at(pulled, one, pull)
        np.add.at(pulled, other, -pull)
        np.add.at(counted, one, 1)
        np.add.at(counted, other, 1)
        move += pulled / np.maximum(counted, 1)[:, None]
        places += np.clip(move, -0.5, 0.5)
    return places


def _cells(places: Numbers) -> Numbers:
    """The middles of the cells of a hexagonal grid that reaches beyond all places."""
    low, high = np.floor(places.min(axis=0)) - _MARGIN, np.ceil(places.max(axis=0)) + _MARGIN
    cells = [
        (column + 0.5 * (row % 2), row * ROW)
        for row in range(int(low[1] / ROW), int(high[1] / ROW) + 1)
        for column in range(int(low[0]), int(high[0]) + 1)
    ]
    return np.array(cells)


def _assigned(places: Numbers, cells: Numbers) -> npt.NDArray[np.int64]:
    """The cell of each place with the least sum of squared distances."""
    # Rounded, so that the last digits of a machine's sums decide nothing.
    cost = np.round(cdist(places, cells, "sqeuclidean"), 6)
    rows, columns = linear_sum_assignment(cost)
    return np.asarray(columns[np.argsort(rows)], dtype=np.int64)


def _exchanged(
    chosen: npt.NDArray[np.int64], places: Numbers, cells: Numbers, pairs: Pairs
) -> npt.NDArray[np.int64]:
    """Cells after exchanges between areas, and moves to free cells, that gain most neighbours."""
    count = len(places)
    beside: list[list[int]] = [[] for _ in range(count)]
    for one, other in pairs:
        beside[one].append(int(other))
        beside[other].append(int(one))
    away = cdist(places, cells, "sqeuclidean")
    gaps = cdist(cells, cells)
    touching = gaps < 1.01
    near = [np.flatnonzero(row < 2.7) for row in gaps]
    holder = np.full(len(cells), -1, dtype=np.int64)
    holder[chosen] = np.arange(count)

    def cost(numbers: set[int]) -> float:
        total = 0.0
        for number in numbers:
            cell = chosen[number]
            total += away[number, cell] * 0.25
            for other in beside[number]:
                # A pair of which both ends are moved is counted once.
                if other in numbers and other < number:
                    continue
                stretched = gaps[cell, chosen[other]] - 1
                total += 0.0 if touching[cell, chosen[other]] else _WORTH + 0.5 * stretched
        return total

    changed = True
    while changed:
        changed = False
        for number in range(count):
            for cell in near[chosen[number]]:
                other, own = int(holder[cell]), int(chosen[number])
                if cell == own:
                    continue
                moved = {number} if other < 0 else {number, other}
                before = cost(moved)
                chosen[number] = cell
                if other >= 0:
                    chosen[other] = own
                if cost(moved) < before - _LEAST_GAIN:
                    holder[cell], holder[own] = number, other
                    changed = True
                    continue
                chosen[number] = own
                if other >= 0:
                    chosen[other] = cell
    return chosen


if __name__ == "__main__":
    write_tiles(REFERENCE)
