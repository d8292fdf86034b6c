"""Paths written as steps draw what they would draw as places, and weigh what they should."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figures import draw_ranked_strip
from layouts.figures.description import StripRow
from layouts.figures.marks import SHAPES, shape_path
from layouts.figures.outlines import box_of, corners
from layouts.figures.svg import _NOT_XML, element, short, traced
from tests.layouts.figures.drawing import SVG, parse, strip

places = st.floats(-2000, 2000)


@given(st.lists(st.tuples(places, places), min_size=2, max_size=40), st.sampled_from([0, 1]))
def test_a_traced_path_never_strays_from_its_places(points, decimals):
    found = corners(traced(points, decimals))
    assert len(found) == len(points)
    for drawn, wanted in zip(found, points, strict=True):
        assert drawn == pytest.approx(wanted, abs=0.5 / 10**decimals + 1e-6)


def test_no_place_is_no_path_and_a_single_one_a_dot():
    assert traced([]) == ""
    assert traced([(3.04, 7)]) == "M3 7h0"


@given(st.sampled_from(sorted(SHAPES - {"circle"})), places, places, st.floats(1, 8))
def test_a_marker_stands_around_its_place(shape, x, y, radius):
    box = box_of([shape_path(shape, x, y, radius)])
    assert box.left - 0.11 <= x <= box.right + 0.11
    assert box.top - 0.11 <= y <= box.bottom + 0.11
    assert 0.7 * radius < box.width / 2 + 0.2 < 1.4 * radius + 0.6


def test_markers_of_one_shape_differ_only_in_where_they_begin():
    tails = {shape_path("star", x, 7 * x, 4).split("l")[1] for x in (10, 11.37, 200.81)}
    assert len(tails) == 1


def test_faint_rows_stand_evenly_at_their_own_values():
    """A value of x is drawn at the place of x, however many rows were drawn before it."""
    rows = [
        StripRow(f"E0600{number:04}", f"Area {number}", "background", 50 + number / 7, 40, 90)
        for number in range(200)
    ]
    svg = draw_ranked_strip(strip(rows))
    by_class = {path.get("class"): path.attrib["d"] for path in parse(svg).iter(f"{SVG}path")}
    steps = [
        (float(x), float(y))
        for x, y in re.findall(r"[Mm](-?[\d.]+) ?(-?[\d.]+)h", by_class["dots"])
    ]
    xs = list(accumulate(x for x, _ in steps))
    assert len(xs) == 200
    assert len({y for _, y in steps[1:]}) == 1
    # The highest comes first, and equal steps of value are equal steps on the page.
    widths = [a - b for a, b in pairwise(xs)]
    assert min(widths) > 0
    assert max(widths) - min(widths) <= 0.1 + 1e-9
    ends = [
        (float(x), float(w))
        for x, w in re.findall(r"[Mm](-?[\d.]+) ?-?[\d.]+h(-?[\d.]+)", by_class["intervals"])
    ]
    lefts = list(accumulate(x + w for x, w in ends))
    assert {round(end, 6) for end in lefts} == {round(lefts[0], 6)}


@given(st.floats(-1e6, 1e6))
def test_a_coordinate_is_the_nearest_tenth_without_a_needless_nought(number):
    words = short(number)
    assert float(words) == round(number, 1)
    assert not words.endswith(".0")
    assert words != "-0"


@given(st.text())
def test_an_attribute_comes_back_as_it_was_given(words):
    given_back = parse(element("path", data_words=words)).attrib["data-words"]
    assert given_back == "".join(letter for letter in words if not _NOT_XML.match(letter))
