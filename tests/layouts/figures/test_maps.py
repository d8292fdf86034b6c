"""Maps and their classes on hand-made outlines."""

from __future__ import annotations

import pytest

from layouts.figures import draw_map, draw_map_at_both_widths
from layouts.figures.classes import class_edges, class_of, steps_of_scale
from layouts.figures.description import MapArea, MapChart
from layouts.figures.outlines import Box, box_of, corners
from tests.layouts.figures.drawing import SVG, YEARS, outside, overlapping, parse, text_boxes

# Twelve squares of 10 in rows of four, and one that the figures do not cover.
CODES = [f"E080000{number:02d}" for number in range(25, 37)]
BOUNDARIES = {
    "level": "upper_tier",
    "width": 40,
    "height": 50,
    "attribution": "Source: hand-made.",
    "paths": {code: f"M{n % 4 * 10} {n // 4 * 10}l10 0 0 10-10 0z" for n, code in enumerate(CODES)}
    | {"W06000001": "M0 40l10 0 0 10-10 0z"},
    "centroids": {code: [n % 4 * 10 + 5, n // 4 * 10 + 5] for n, code in enumerate(CODES)},
}


def map_chart(values, outlined=(), level="upper_tier"):
    areas = tuple(
        MapArea(code, f"Area {n}", value, "" if value is not None else "not published")
        for n, (code, value) in enumerate(zip(CODES, values, strict=False))
    )
    return MapChart("m", "Title", "Summary.", YEARS, level, areas, outlined, "higher", "2024")


def classes_drawn(svg):
    """The class of the group in which each area's outline stands."""
    return {
        path.get("data-area"): group.get("class")
        for group in parse(svg).iter(f"{SVG}g")
        for path in group.findall(f"{SVG}path")
        if path.get("data-area")
    }


def test_edges_of_ten_values_in_five_classes_by_hand():
    # Two values in each: the classes begin at the 1st, 3rd, 5th, 7th and 9th.
    assert class_edges([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]) == [10, 30, 50, 70, 90, 100]


def test_edges_of_seven_values_in_three_classes_by_hand():
    # 7/3 and 14/3 rounded up: the second class begins after three values, the third after five.
    assert class_edges([7, 1, 2, 6, None, 3, 5, 4], k=3) == [1, 4, 6, 7]


def test_ties_are_never_split_and_make_fewer_classes():
    assert class_edges([1, 1, 1, 1, 1, 1, 1, 1, 2, 3]) == [1, 2, 3]
    assert class_edges([5, 5, 5]) == [5, 5]
    assert class_edges([None]) == []
    with pytest.raises(ValueError, match="at least 1"):
        class_edges([1], k=0)
    with pytest.raises(ValueError, match="None"):
        class_edges([float("nan")])


def test_classes_hold_their_lower_edge_and_the_last_its_upper():
    edges = [10, 30, 50, 70]
    assert [class_of(value, edges) for value in (10, 29.9, 30, 49, 50, 70)] == [0, 0, 1, 1, 2, 2]
    assert class_of(5, [5, 5]) == 0
    with pytest.raises(ValueError, match="outside"):
        class_of(71, edges)


def test_few_classes_spread_over_the_scale():
    assert steps_of_scale(5, 5) == [0, 1, 2, 3, 4]
    assert steps_of_scale(3, 5) == [0, 2, 4]
    assert steps_of_scale(2, 5) == [0, 4]
    assert steps_of_scale(1, 5) == [2]


def test_corners_of_relative_and_absolute_outlines():
    expected = [(0, 0), (10, 0), (10, 10), (5, 5), (6, 4)]
    assert corners("M0 0l10 0 0 10zM5 5l1-1") == expected
    assert corners("M0,0L10,0L10,10ZM5,5L6,4") == expected
    # A relative move after a closed outline starts from where that outline began.
    assert corners("M5 5l10 0 0 10zm1 1l1 0") == [(5, 5), (15, 5), (15, 15), (6, 6), (7, 6)]
    assert box_of(["M0 0l10 0 0 10z", "M-5 3l1 20z"]) == Box(-5, 0, 10, 23)
    with pytest.raises(ValueError, match="only M, L and Z"):
        corners("M0 0C1 1 2 2 3 3")


def test_every_area_with_a_value_has_a_class_and_the_others_are_hatched():
    values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None, None]
    svg = draw_map(map_chart(values), BOUNDARIES)
    drawn = classes_drawn(svg)
    expected = [f"map-class-{number // 2 + 1}" for number in range(10)] + ["no-figure"] * 2
    assert [drawn[code] for code in CODES] == expected
    assert "Area 10: no figure (not published)" in svg
    assert "Area 0: 1.0 years" in svg
    (border,) = [g for g in parse(svg).iter(f"{SVG}g") if g.get("class") == "map-border"]
    assert border.attrib["fill"] == "url(#c-m-720-hatch-map)"
    assert any(p.get("id") == "c-m-720-hatch-map" for p in parse(svg).iter(f"{SVG}pattern"))


def test_the_legend_says_the_figures_of_each_class_and_what_is_not_there():
    values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, None, None]
    words = [box.words for box in text_boxes(draw_map(map_chart(values), BOUNDARIES))]
    assert words[:8] == [
        "Years, 2024; higher is better",
        "9.0 to 10.0 (2 areas)",
        "7.0 to 8.0 (2 areas)",
        "5.0 to 6.0 (2 areas)",
        "3.0 to 4.0 (2 areas)",
        "1.0 to 2.0 (2 areas)",
        "No figure (2 areas)",
        "Not covered by these figures",
    ]


@pytest.mark.parametrize("width", [720, 360])
def test_outlined_areas_are_enlarged_and_named(width):
    outlined = (CODES[0], CODES[1], CODES[4])
    svg = draw_map(map_chart(range(12), outlined), BOUNDARIES, width)
    boxes = text_boxes(svg)
    assert {"Area 0", "Area 1", "Area 4"} <= {box.words for box in boxes}
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []
    windows = [w for w in parse(svg).iter(f"{SVG}svg") if w.get("x") is not None]
    assert [w.attrib["viewBox"] for w in windows] == ["-4 -4 48 38", "-1 -1 22 22"]
    # What the inset refers to is there, once.
    ids = [element.get("id") for element in parse(svg).iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    targets = {use.attrib["href"].removeprefix("#") for use in parse(svg).iter(f"{SVG}use")}
    assert targets <= set(ids)


def test_outlines_are_written_once_for_both_widths():
    html = draw_map_at_both_widths(map_chart(range(12), (CODES[0],)), BOUNDARIES)
    root = parse(html)
    assert sum(path.get("data-area") == CODES[3] for path in root.iter(f"{SVG}path")) == 1
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    assert {use.attrib["href"][1:] for use in root.iter(f"{SVG}use")} <= set(ids)


def test_an_area_without_an_outline_is_named_and_the_wrong_file_refused():
    chart = map_chart([1, 2, 3])
    lost = MapArea("E06999999", "Somewhere", 4.0)
    chart = MapChart("m", "T", "S.", YEARS, "upper_tier", (*chart.areas, lost))
    words = " ".join(box.words for box in text_boxes(draw_map(chart, BOUNDARIES)))
    assert "Not on the map, for want of an outline: Somewhere." in words
    with pytest.raises(ValueError, match="region"):
        draw_map(map_chart([1], level="region"), BOUNDARIES)


def test_no_area_has_a_figure():
    svg = draw_map(map_chart([None] * 12), BOUNDARIES)
    assert set(classes_drawn(svg).values()) == {"no-figure"}
    assert "No figure (12 areas)" in [box.words for box in text_boxes(svg)]


def test_zero_is_a_figure():
    drawn = classes_drawn(draw_map(map_chart([0, 0.0, None]), BOUNDARIES))
    assert [drawn[code] for code in CODES[:3]] == ["map-class-3", "map-class-3", "no-figure"]
