"""Areas between two dates: what is drawn, joined and left out, the same by both renderers."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.figures import draw_slope, plotly_slope
from layouts.figures.description import SlopeChart, SlopeEnd, SlopeRow
from tests.layouts.figures.drawing import (
    BOROUGHS,
    YEARS,
    group_of,
    lines_in,
    marks,
    outside,
    overlapping,
    parse,
    said_wrongly,
    text_boxes,
)
from tests.layouts.figures.test_any_chart import codes, names, prominence, units, values, widths

BIRMINGHAM, COVENTRY, ENGLAND = "E08000025", "E08000026", "E92000001"


def row(code, name, before, after, half=None, kind="focus"):
    def end(value):
        ends = (None, None) if half is None or value is None else (value - half, value + half)
        return SlopeEnd(value, *ends)

    return SlopeRow(code, name, kind, end(before), end(after))


def chart(*rows, apart=""):
    return SlopeChart("s", "A title", "A summary.", YEARS, "2019", "2024", tuple(rows), apart)


def plotted(figure):
    """Area, period and value of every point of a Plotly slope."""
    return sorted(
        (trace["meta"]["area"], period, value)
        for trace in figure["data"]
        for period, value in zip(trace["customdata"], trace["y"], strict=True)
    )


THREE = (
    row(BIRMINGHAM, "Birmingham", 60.0, 58.5, half=1.0),
    row(COVENTRY, "Coventry", None, 61.0),
    row(ENGLAND, "England", 63.0, 62.5, kind="comparator"),
)


@pytest.mark.parametrize("width", [720, 360])
def test_both_renderers_show_the_same_values(width):
    expected = [
        (BIRMINGHAM, "2019", 60.0),
        (BIRMINGHAM, "2024", 58.5),
        (COVENTRY, "2024", 61.0),
        (ENGLAND, "2019", 63.0),
        (ENGLAND, "2024", 62.5),
    ]
    assert marks(draw_slope(chart(*THREE), width)) == expected
    assert plotted(plotly_slope(chart(*THREE))) == expected


def test_intervals_are_those_of_the_description():
    (birmingham,) = [t for t in plotly_slope(chart(*THREE))["data"] if t["name"] == "Birmingham"]
    assert birmingham["error_y"]["array"] == [1.0, 1.0]
    assert birmingham["error_y"]["arrayminus"] == [1.0, 1.0]
    svg = draw_slope(chart(*THREE))
    bars = [p for p in group_of(svg, BIRMINGHAM).iter() if p.get("class") == "interval"]
    assert len(bars) == 2
    assert not [p for p in group_of(svg, ENGLAND).iter() if p.get("class") == "interval"]


def test_a_value_at_one_end_is_a_dot_and_said_to_be_one():
    svg = draw_slope(chart(*THREE))
    assert lines_in(group_of(svg, COVENTRY)) == []
    assert len(lines_in(group_of(svg, BIRMINGHAM))) == 1
    assert "A figure for one of the two only: Coventry." in svg
    (coventry,) = [t for t in plotly_slope(chart(*THREE))["data"] if t["name"] == "Coventry"]
    assert (coventry["mode"], coventry["x"]) == ("markers", [1])


def test_what_is_not_to_be_compared_is_not_joined():
    apart = chart(*THREE, apart="the method changed between 2019 and 2024")
    svg = draw_slope(apart)
    assert [line for code in (BIRMINGHAM, ENGLAND) for line in lines_in(group_of(svg, code))] == []
    assert "Not joined: the method changed between 2019 and 2024." in svg
    assert {trace["mode"] for trace in plotly_slope(apart)["data"]} == {"markers"}
    assert marks(svg) == marks(draw_slope(chart(*THREE)))


@pytest.mark.parametrize("width", [720, 360])
def test_ten_names_that_end_together_do_not_overlap(width):
    rows = [
        row(f"E080000{25 + number}", name, 50.0 + number, 55.0 + number / 20, half=2.0)
        for number, name in enumerate((*BOROUGHS, "Newcastle upon Tyne", "Leeds", "Bradford"))
    ]
    svg = draw_slope(chart(*rows), width)
    boxes = text_boxes(svg)
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []


def test_nothing_to_draw_is_said():
    empty = chart(row(BIRMINGHAM, "Birmingham", None, None))
    assert "No figures to draw." in draw_slope(empty)
    assert plotly_slope(empty)["data"] == []


ends = st.builds(SlopeEnd, values, values, values)
rows = st.lists(
    st.builds(SlopeRow, codes, names, prominence, ends, ends),
    max_size=6,
    unique_by=lambda one: one.code,
).map(tuple)


@settings(max_examples=100, deadline=None)
@given(st.builds(SlopeChart, names, names, names, units, names, names, rows, names), widths)
def test_any_slope(any_chart, width):
    svg = draw_slope(any_chart, width)
    parse(svg)
    assert said_wrongly(svg) == []
    figure = plotly_slope(any_chart)
    json.dumps(figure, allow_nan=False)
    assert sorted(value for *_, value in marks(svg)) == sorted(v for *_, v in plotted(figure))
