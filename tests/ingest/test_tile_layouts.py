"""Laying areas out as hexagons: worked on maps small enough to see through."""

from __future__ import annotations

import json

import numpy as np
import pytest

from data.geography import TILES, boundaries
from ingest.tile_layouts import neighbours, tile_layout, write_tiles


def square(left, top, size=10):
    return f"M{left} {top}l{size} 0 0 {size} -{size} 0z"


def made(**corners):
    return {
        "paths": {code: square(*corner) for code, corner in corners.items()},
        "centroids": {code: (corner[0] + 5, corner[1] + 5) for code, corner in corners.items()},
    }


def adjacent(one, other):
    """Whether two tiles touch: half a tile is a step of 1 to the side in doubled columns."""
    (a, b), (c, d) = one, other
    across = abs((2 * a + b % 2) - (2 * c + d % 2))
    return (across, abs(b - d)) in {(2, 0), (1, 1)}


def test_a_row_of_squares_stays_a_row_in_its_order() -> None:
    layout = tile_layout(made(a=(0, 0), b=(10, 0), c=(20, 0), d=(30, 0)))
    assert len(set(layout.values())) == 4
    assert len({layout[code][1] for code in "abcd"}) == 1
    assert [layout[code][0] for code in "abcd"] == [0, 1, 2, 3]


def test_two_by_two_squares_touch_as_they_do_on_the_map() -> None:
    layout = tile_layout(made(a=(0, 0), b=(10, 0), c=(0, 10), d=(10, 10)))
    for one, other in ("ab", "cd", "ac", "bd"):
        assert adjacent(layout[one], layout[other]), (one, other, layout)


def test_an_island_is_the_neighbour_of_the_nearest_area_only() -> None:
    shapes = made(a=(0, 0), b=(10, 0), island=(100, 0))
    outlines = [[[(0, 0), (10, 0), (10, 10), (0, 10)]], [[(10, 0), (20, 0), (20, 10), (10, 10)]]]
    outlines.append([[(100, 0), (110, 0), (110, 10), (100, 10)]])
    middles = np.array(list(shapes["centroids"].values()), dtype=float)
    assert neighbours(outlines, middles).tolist() == [[0, 1], [1, 2]]
    layout = tile_layout(shapes)
    assert adjacent(layout["b"], layout["island"])


def test_a_corner_in_common_is_no_border() -> None:
    outlines = [[[(0, 0), (10, 0), (10, 10), (0, 10)]], [[(10, 10), (20, 10), (20, 20), (10, 20)]]]
    middles = np.array([[5.0, 5.0], [15.0, 15.0]])
    # Joined only because nothing else would hold them together.
    assert neighbours(outlines, middles).tolist() == [[0, 1]]


def test_the_shipped_regions_are_what_the_algorithm_gives() -> None:
    shipped = json.loads(TILES.read_text(encoding="utf-8"))["region"]
    layout = tile_layout(boundaries("region"))
    assert {code: list(place) for code, place in layout.items()} == shipped


@pytest.mark.slow
def test_the_shipped_file_is_what_the_command_writes(tmp_path) -> None:
    written = write_tiles(tmp_path)
    assert written == {"lower_tier": 361, "upper_tier": 218, "region": 12}
    assert (tmp_path / TILES.name).read_bytes() == TILES.read_bytes()
