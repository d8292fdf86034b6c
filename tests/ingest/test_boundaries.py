"""Simplifying and drawing shapes, on shapes small enough to work out by hand."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.geography import path_points
from ingest.boundaries import BoundaryError, Canvas, draw_level, point_inside
from ingest.topology import (
    Topology,
    importance,
    project,
    read_topology,
    ring_points,
    signed_area,
)

LINE = st.lists(
    st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=2, max_size=30, unique=True
)


def points(*corners: tuple[float, float]) -> np.ndarray:
    return np.array(corners, dtype=np.float64)


def canvas(arcs: list[np.ndarray]) -> Canvas:
    return Canvas(arcs, [importance(arc) for arc in arcs], 200, 200, (0, 0, 10, 10))


@pytest.fixture
def two_squares() -> tuple[Topology, Canvas]:
    """Two squares of 50 units side by side, with a wavy border between them, and two islets.

    Arc 0 is the border (going down), 1 the rest of the left square, 2 of the right one; 3 is
    an islet of the left one (4 square units); 4 a whole area that is as small.
    """
    arcs = [
        points((50, 0), (50.4, 10), (50, 20), (60, 30), (50, 50)),
        points((50, 50), (0, 50), (0, 0), (50, 0)),
        points((50, 0), (100, 0), (100, 50), (50, 50)),
        points((10, 80), (12, 80), (12, 82), (10, 82), (10, 80)),
        points((150, 150), (152, 150), (152, 152), (150, 152), (150, 150)),
    ]
    shapes = {
        "E06000001": [[[0, 1]], [[3]]],
        "E06000002": [[[2, ~0]]],
        "E06000003": [[[4]]],
    }
    return Topology(arcs, {"ltla": shapes, "cauth": {}}), canvas(arcs)


def test_a_point_matters_as_much_as_the_triangle_it_makes() -> None:
    # Taken away first: the bump of height 1 over a base of 2 (area 1), then the peak.
    weights = importance(points((0, 0), (1, 1), (2, 0), (6, 8), (10, 0)))
    assert weights[0] == weights[4] == np.inf
    assert weights[1] == 1
    # Without the bump the point at (2, 0) makes (0,0)-(2,0)-(6,8): half of 2 * 8.
    assert weights[2] == 8
    assert weights[3] == 40


@given(LINE)
def test_the_ends_of_an_arc_always_stay(
    corners: list[tuple[int, int]],
) -> None:
    weights = importance(points(*corners))
    assert len(weights) == len(corners)
    assert np.isinf(weights[[0, -1]]).all()
    assert (weights >= 0).all()


def test_a_topology_is_read_by_adding_up_its_steps() -> None:
    topology = read_topology(
        {
            "type": "Topology",
            "transform": {"scale": [0.5, 2], "translate": [10, 20]},
            "arcs": [[[0, 0], [2, 0], [0, 1]]],
            "objects": {
                "rgn": {
                    "geometries": [
                        {"type": "Polygon", "arcs": [[0]], "properties": {"areacd": "E12000001"}}
                    ]
                }
            },
        }
    )
    assert topology.arcs[0].tolist() == [[10, 20], [11, 20], [11, 22]]
    assert topology.layers == {"rgn": {"E12000001": [[[0]]]}}


def test_a_file_that_is_no_topology_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a quantised TopoJSON"):
        read_topology({"type": "FeatureCollection"})


def test_the_projection_keeps_the_central_meridian_straight_and_to_scale() -> None:
    flat = project(points((-2, 50), (-2, 51), (-1, 51)))
    assert flat[0, 0] == flat[1, 0] == pytest.approx(0)
    # One degree of latitude is 111.2 km on a sphere of 6,371 km.
    assert flat[1, 1] - flat[0, 1] == pytest.approx(111.19, abs=0.01)
    # One degree of longitude at 51 degrees north is 70.0 km.
    assert flat[2, 0] == pytest.approx(69.98, abs=0.02)


def test_neighbours_keep_one_border_and_the_small_bump_goes_from_both(
    two_squares: tuple[Topology, Canvas],
) -> None:
    topology, flat = two_squares
    paths = draw_level("lower_tier", ["E06000001", "E06000002"], topology, flat)["paths"]
    left, right = ({*path_points(paths[code])[0]} for code in ("E06000001", "E06000002"))
    # The bump makes a triangle of 20 by 0.4 (4 square units), the next point one of 100.
    assert left & right == {(50, 0), (50, 20), (60, 30), (50, 50)}


def test_islets_go_but_never_a_whole_area(two_squares: tuple[Topology, Canvas]) -> None:
    topology, flat = two_squares
    paths = draw_level("lower_tier", ["E06000001", "E06000003"], topology, flat)["paths"]
    assert len(path_points(paths["E06000001"])) == 1
    assert path_points(paths["E06000003"]) == [[(150, 150), (152, 150), (152, 152), (150, 152)]]


def test_an_area_without_a_shape_is_refused_by_name(two_squares: tuple[Topology, Canvas]) -> None:
    topology, flat = two_squares
    with pytest.raises(BoundaryError, match=r"no shape for 2 areas .*: E06000008, E06000009"):
        draw_level("lower_tier", ["E06000001", "E06000009", "E06000008"], topology, flat)


def test_a_ring_walked_backwards_has_the_opposite_sign() -> None:
    arcs = [points((0, 0), (4, 0), (4, 4)), points((4, 4), (0, 4), (0, 0))]
    assert signed_area(ring_points([0, 1], arcs)) == 16
    assert signed_area(ring_points([~1, ~0], arcs)) == -16


def test_the_centre_of_a_square_is_its_middle() -> None:
    assert point_inside(points((0, 0), (10, 0), (10, 10), (0, 10))) == [5, 5]


def test_the_centre_of_a_horseshoe_is_moved_into_its_widest_arm() -> None:
    # Open to the top; the centre of gravity lies in the gap between an arm of 10 and one of 20.
    horseshoe = points((0, 0), (10, 0), (10, 50), (80, 50), (80, 0), (100, 0), (100, 60), (0, 60))
    x, y = point_inside(horseshoe)
    assert x == 90
    assert 0 < y < 50


@given(st.lists(st.integers(5, 60), min_size=3, max_size=20))
def test_the_centre_of_a_star_shape_is_within_its_extent(radii: list[int]) -> None:
    angles = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    star = np.rint(
        np.column_stack([np.cos(angles), np.sin(angles)]) * np.array(radii)[:, None] + 100
    )
    x, y = point_inside(star)
    assert star[:, 0].min() <= x <= star[:, 0].max()
    assert star[:, 1].min() <= y <= star[:, 1].max()


def test_steps_never_stand_still(two_squares: tuple[Topology, Canvas]) -> None:
    topology, flat = two_squares
    for path in draw_level("lower_tier", ["E06000001"], topology, flat)["paths"].values():
        for part in path_points(path):
            assert all(one != other for one, other in pairwise(part))
