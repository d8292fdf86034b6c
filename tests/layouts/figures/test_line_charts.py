"""Gaps stay gaps, breaks cut, and names stand apart, on hand-made series."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from layouts.figures import draw_line, plotly_line
from layouts.figures.description import BreakMark, Target
from layouts.figures.runs import runs, with_intervals
from tests.layouts.figures.drawing import (
    BIRMINGHAM,
    BOROUGHS,
    COVENTRY,
    ENGLAND,
    SVG,
    group_of,
    joins,
    line,
    line_chart,
    lines_in,
    marks,
    outside,
    overlapping,
    parse,
    subpaths,
    text_boxes,
)

WIDTHS = (720, 360)


def values_of(stretches):
    return [[point.value for point in run] for run in stretches]


def test_a_missing_value_ends_a_stretch():
    points = line(BIRMINGHAM, "Birmingham", [1, 2, None, 3, None, None, 4, 5]).points
    assert values_of(runs(points, ())) == [[1, 2], [3], [4, 5]]


def test_a_break_cuts_between_the_points_before_and_after_it():
    points = line(BIRMINGHAM, "Birmingham", [1, 2, 3, 4]).points
    # Points lie on 1 July; the figure of the day of the break is already of the new method.
    assert values_of(runs(points, (BreakMark(date(2017, 7, 1), ""),))) == [[1, 2], [3, 4]]
    assert values_of(runs(points, (BreakMark(date(2017, 7, 2), ""),))) == [[1, 2, 3], [4]]
    assert values_of(runs(points, (BreakMark(date(2014, 1, 1), ""),))) == [[1, 2, 3, 4]]


def test_points_are_joined_in_the_order_of_time():
    points = line(BIRMINGHAM, "Birmingham", [1, 2, 3]).points
    assert values_of(runs(points[::-1], ())) == [[1, 2, 3]]


def test_a_ribbon_needs_both_ends():
    whole = line(BIRMINGHAM, "Birmingham", [1, 2, 3, 4], half=1).points
    bare = line(BIRMINGHAM, "Birmingham", [1, 2, 3, 4]).points
    mixed = [whole[0], whole[1], bare[2], whole[3]]
    assert values_of(with_intervals(mixed)) == [[1, 2], [4]]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_line_has_one_path_for_each_stretch(width):
    chart = line_chart(line(BIRMINGHAM, "Birmingham", [60, 61, None, 62, 63, None, 64], half=1))
    svg = draw_line(chart, width)
    drawn = lines_in(group_of(svg, BIRMINGHAM))
    assert [subpaths(path) for path in drawn] == [1, 1, 1]
    assert [joins(path) for path in drawn] == [1, 1, 0]
    ribbons = [p for p in parse(svg).iter(f"{SVG}path") if p.get("class") == "ribbon"]
    assert len(ribbons) == 3
    gaps = [p for p in parse(svg).iter(f"{SVG}path") if p.get("class") == "gap"]
    assert [gap.attrib["data-gap"] for gap in gaps] == [BIRMINGHAM, BIRMINGHAM]
    assert "× marks a period without a figure." in "".join(b.words + " " for b in text_boxes(svg))


def test_a_gap_says_why():
    chart = line_chart(line(BIRMINGHAM, "Birmingham", [60, None, 62], note="sample too small"))
    assert "Birmingham, 2016: no figure (sample too small)" in draw_line(chart)


def test_background_lines_are_one_path_with_a_stretch_for_each_run():
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60, 61, 62]),
        line("E06000001", "Hartlepool", [50, None, 52], "background"),
        line("E06000002", "Middlesbrough", [55, 56, 57], "background"),
    )
    faint = [p for p in parse(draw_line(chart)).iter(f"{SVG}path") if p.get("class") == "others"]
    assert [subpaths(path) for path in faint] == [3]


@pytest.mark.parametrize("width", WIDTHS)
def test_breaks_are_marked_and_named(width):
    breaks = (BreakMark(date(2017, 1, 1), "New survey"), BreakMark(date(2017, 9, 1), "New weights"))
    chart = line_chart(line(BIRMINGHAM, "Birmingham", [60, 61, 62, 63, 64]), breaks=breaks)
    svg = draw_line(chart, width)
    assert [joins(path) for path in lines_in(group_of(svg, BIRMINGHAM))] == [1, 0, 1]
    upright = [e for e in parse(svg).iter(f"{SVG}line") if e.get("class") == "break"]
    assert len(upright) == 2
    words = [box.words for box in text_boxes(svg)]
    assert {"New survey", "New weights"} <= set(words)
    assert overlapping(text_boxes(svg)) == []


def test_the_target_is_level_at_its_value_and_says_its_year():
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60, 61, 62]), target=Target(68, date(2030, 12, 31), "Goal")
    )
    svg = draw_line(chart)
    (level,) = [e for e in parse(svg).iter(f"{SVG}line") if e.get("class") == "target"]
    assert level.attrib["y1"] == level.attrib["y2"]
    assert level.attrib["data-target"] == "68.0"
    assert "Goal by 2030" in [box.words for box in text_boxes(svg)]
    assert plotly_line(chart)["layout"]["shapes"][0]["y0"] == 68


def test_zero_is_on_an_axis_that_asks_for_it():
    chart = line_chart(line(BIRMINGHAM, "Birmingham", [60, 61, 62]), zero_based=True)
    assert "0" in [box.words for box in text_boxes(draw_line(chart))]
    assert plotly_line(chart)["layout"]["yaxis"]["range"][0] == 0


@pytest.mark.parametrize("width", WIDTHS)
def test_ten_names_at_the_same_level_do_not_overlap(width):
    lines = [
        line(f"E080000{25 + n}", name, [60, 60.1, 60.2 + n / 100], half=2)
        for n, name in enumerate(BOROUGHS)
    ]
    lines.append(line("E47000007", "West Midlands Combined Authority", [60, 60, 60.2]))
    lines.append(line(ENGLAND, "England", [60, 60.3, 60.2], "comparator"))
    lines.append(line("E12000005", "West Midlands region", [60, 60.3, 60.2], "comparator"))
    svg = draw_line(line_chart(*lines), width)
    boxes = text_boxes(svg)
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []
    ends = [words for words in (box.words for box in boxes) if words.startswith("Wolverhampton")]
    assert len(ends) == 1


def test_a_line_that_ends_early_says_when():
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60, 61, 62]), line(COVENTRY, "Coventry", [58, 59, None])
    )
    words = [box.words for box in text_boxes(draw_line(chart))]
    assert "Coventry 59.0 (2016)" in words
    assert "Birmingham 62.0" in words


@pytest.mark.parametrize("width", WIDTHS)
def test_one_period_becomes_dots_and_says_so(width):
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60], half=1), line(COVENTRY, "Coventry", [58], half=1)
    )
    svg = draw_line(chart, width)
    assert "One period only: 2015." in " ".join(box.words for box in text_boxes(svg))
    assert marks(svg) == [(BIRMINGHAM, "2015", 60.0), (COVENTRY, "2015", 58.0)]
    assert not lines_in(group_of(svg, BIRMINGHAM))


def test_every_named_point_is_in_both_renderers_with_its_value():
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60.123, None, 61.5, 62], half=0.7),
        line(COVENTRY, "Coventry", [57.5, 58, 58.5, None]),
        line(ENGLAND, "England", [63, 63.5, 64, 64.5], "comparator"),
        line("E06000001", "Hartlepool", [50, None, 52, 51], "background"),
        breaks=(BreakMark(date(2016, 12, 31), "New"),),
    )
    figure = plotly_line(chart)
    explored = sorted(
        (
            (trace["meta"]["area"], period, value)
            for trace in figure["data"]
            if trace.get("meta", {}).get("part") == "line"
            for period, value in zip(trace["customdata"], trace["y"], strict=True)
            if value is not None
        ),
        key=str,
    )
    assert marks(draw_line(chart, 720)) == explored
    assert marks(draw_line(chart, 360)) == explored
    assert len(explored) == 10


def test_the_explored_figure_keeps_the_gaps_and_draws_background_once():
    chart = line_chart(
        line(BIRMINGHAM, "Birmingham", [60, 61, 62, 63], half=1),
        line("E06000001", "Hartlepool", [50, None, 52, 51], "background"),
        line("E06000002", "Middlesbrough", [55, 56, 57, 58], "background"),
        breaks=(BreakMark(date(2016, 12, 31), "New"),),
    )
    data = plotly_line(chart)["data"]
    faint = [trace for trace in data if trace["name"] == "Other areas"]
    assert [trace["y"] for trace in faint] == [[50, None, 52, 51, None, 55, 56, None, 57, 58]]
    (own,) = [trace for trace in data if trace.get("meta", {}).get("part") == "line"]
    assert own["y"] == [60, 61, None, 62, 63]
    assert own["hovertext"][0] == "Birmingham, 2015: 60.0 years (95% interval 59.0 to 61.0)"
    ribbons = [trace for trace in data if trace.get("meta", {}).get("part") == "interval"]
    assert [trace["y"] for trace in ribbons] == [[61, 62, 60, 59], [63, 64, 62, 61]]
    assert all(trace["connectgaps"] is False for trace in data)


def test_a_value_that_is_no_number_is_refused():
    for wrong in (float("nan"), float("inf")):
        chart = line_chart(line(BIRMINGHAM, "Birmingham", [60, wrong, 62]))
        with pytest.raises(ValueError, match="missing value must be None"):
            draw_line(chart)
        with pytest.raises(ValueError, match="missing value must be None"):
            plotly_line(chart)


def test_no_values_at_all_is_said():
    chart = line_chart(line(BIRMINGHAM, "Birmingham", [None, None]))
    assert "No figures to draw." in draw_line(chart)
    assert plotly_line(chart)["data"] == []


def test_numbers_out_of_a_data_frame_are_written_as_numbers():
    frame = np.array([60.5, 61.25])
    chart = line_chart(line(BIRMINGHAM, "Birmingham", list(frame)))
    assert [value for _, _, value in marks(draw_line(chart))] == [60.5, 61.25]
