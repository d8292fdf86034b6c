"""The shipped tile layouts: every area once, of one size, beside most of its neighbours."""

from __future__ import annotations

from itertools import pairwise

import pytest

from data.areas import CONSTITUENT
from data.geography import TILE_LEVELS, boundaries, path_points, tiles

SHROPSHIRE = "E06000051"


def sharing_a_border(paths: dict[str, str]) -> set[tuple[str, str]]:
    """Pairs of areas with a stretch of outline in common."""
    holders: dict[frozenset[tuple[int, int]], list[str]] = {}
    for code, path in paths.items():
        for part in path_points(path):
            for piece in pairwise([*part, part[0]]):
                holders.setdefault(frozenset(piece), []).append(code)
    return {(min(two), max(two)) for two in holders.values() if len(set(two)) == 2}


@pytest.mark.parametrize("level", TILE_LEVELS)
def test_every_area_with_an_outline_has_one_tile_and_no_two_share_one(level) -> None:
    layout = tiles(level)
    assert set(layout["paths"]) == set(boundaries(level)["paths"])
    places = {tuple(place) for place in layout["centroids"].values()}
    assert len(places) == len(layout["paths"])
    for path in layout["paths"].values():
        (corners,) = path_points(path)
        assert all(0 <= x <= layout["width"] for x, _ in corners)
        assert all(0 <= y <= layout["height"] for _, y in corners)


# Planar maps of this size lose some neighbours on any hexagonal grid: an area may have more
# than six, and coasts fold. The shares are those of the shipped layouts, a little rounded down.
@pytest.mark.parametrize(("level", "share"), [("lower_tier", 0.7), ("upper_tier", 0.7)])
def test_most_neighbours_stay_side_by_side(level, share) -> None:
    layout = tiles(level)["paths"]
    true = sharing_a_border(boundaries(level)["paths"])
    tiled = sharing_a_border(layout)
    assert len(true & tiled) / len(true) >= share


def test_birmingham_is_as_large_as_shropshire_and_the_boroughs_hang_together() -> None:
    layout = tiles("lower_tier")

    def shape(code: str) -> list[tuple[int, int]]:
        x, y = layout["centroids"][code]
        (corners,) = path_points(layout["paths"][code])
        return [(a - x, b - y) for a, b in corners]

    assert shape("E08000025") == shape(SHROPSHIRE)
    reached, waiting = set(), [CONSTITUENT[0]]
    pairs = sharing_a_border({code: layout["paths"][code] for code in CONSTITUENT})
    while waiting:
        code = waiting.pop()
        reached.add(code)
        waiting += [b if a == code else a for a, b in pairs if code in (a, b)]
        waiting = [one for one in waiting if one not in reached]
    assert reached == set(CONSTITUENT)


def test_scotland_lies_north_of_cornwall_and_london_east_of_it() -> None:
    middles = tiles("lower_tier")["centroids"]
    highland, cornwall, camden = (middles[code] for code in ("S12000017", "E06000052", "E09000007"))
    assert highland[1] < cornwall[1]
    assert camden[0] > cornwall[0]


def test_a_level_without_tiles_is_refused() -> None:
    with pytest.raises(ValueError, match="no tiles for 'combined_authority'; expected one of"):
        tiles("combined_authority")
