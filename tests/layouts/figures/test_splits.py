"""A split disparity over time: the same shares by both renderers, whatever they are."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layouts.figures import draw_split, plotly_split
from layouts.figures.description import BreakMark, SplitChart, SplitColumn
from tests.layouts.figures.drawing import (
    marks,
    outside,
    overlapping,
    parse,
    said_wrongly,
    text_boxes,
)
from tests.layouts.figures.test_any_chart import days, names, widths


def column(year, between, corrected=None):
    return SplitColumn(date(year, 7, 1), str(year), str(year), between, corrected)


def chart(*columns, breaks=()):
    words = ("between regions", "within regions")
    return SplitChart("s", "A title", "A summary.", *words, tuple(columns), tuple(breaks))


def plotted(figure):
    return sorted(
        (trace["meta"]["area"], period, value)
        for trace in figure["data"]
        for period, value in zip(trace["customdata"], trace["y"], strict=True)
    )


TWO = (column(2022, 40.0, 45.0), column(2023, 38.0))


@pytest.mark.parametrize("width", [720, 360])
def test_both_renderers_show_the_same_shares_and_both_parts_make_the_whole(width):
    expected = [
        ("between", "2022", 40.0),
        ("between", "2023", 38.0),
        ("corrected", "2022", 45.0),
        ("within", "2022", 60.0),
        ("within", "2023", 62.0),
    ]
    assert marks(draw_split(chart(*TWO), width)) == expected
    figure = plotly_split(chart(*TWO))
    assert plotted(figure) == expected
    stacked = [trace for trace in figure["data"] if trace.get("stackgroup") == "shares"]
    assert [trace["meta"]["area"] for trace in stacked] == ["between", "within"]


def test_the_parts_are_named_with_their_newest_shares_and_the_diamond_explained():
    words = " ".join(box.words for box in text_boxes(draw_split(chart(*TWO))))
    assert "Within regions 62%" in words
    assert "Between regions 38%" in words
    assert "Diamonds: the share between regions once sampling noise is taken out." in words
    plain = " ".join(box.words for box in text_boxes(draw_split(chart(column(2023, 38.0)))))
    assert "Diamonds" not in plain
    explored = [
        note["text"].replace("<br>", " ")
        for note in plotly_split(chart(*TWO))["layout"]["annotations"]
    ]
    assert explored == ["Within regions 62%", "Between regions 38%"]


@pytest.mark.parametrize("width", [720, 360])
@pytest.mark.parametrize("share", [0.0, 3.0, 97.0, 100.0])
def test_words_stand_apart_and_within_the_picture(width, share):
    columns = [column(year, share, share) for year in range(2005, 2024)]
    svg = draw_split(chart(*columns, breaks=[BreakMark(date(2012, 1, 1), "Method changed")]), width)
    boxes = text_boxes(svg)
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []


def test_nothing_to_draw_is_said():
    assert "No figures to draw." in draw_split(chart())
    assert plotly_split(chart())["data"] == []


shares = st.floats(0, 100)
columns = st.lists(
    st.builds(SplitColumn, days, names, names, shares, st.none() | shares),
    max_size=8,
    unique_by=lambda one: one.at,
).map(tuple)
breaks = st.lists(st.builds(BreakMark, days, names), max_size=2).map(tuple)


@settings(max_examples=100, deadline=None)
@given(st.builds(SplitChart, names, names, names, names, names, columns, breaks), widths)
def test_any_split(any_chart, width):
    svg = draw_split(any_chart, width)
    parse(svg)
    assert said_wrongly(svg) == []
    figure = plotly_split(any_chart)
    json.dumps(figure, allow_nan=False)
    drawn = sorted((area, round(value, 6)) for area, _, value in marks(svg))
    assert drawn == sorted((area, round(value, 6)) for area, _, value in plotted(figure))
