"""Areas far from all others stand beyond the scale, said in words; nobody else does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figures import draw_overview_strip, draw_ranked_strip, plotly_ranked_strip
from layouts.figures.description import OverviewStrip, RankedStrip, Reference, StripRow, Unit
from layouts.figures.far_values import MOST_BEYOND, scale_ends

MINUTES = Unit("minutes", suffix=" minutes", decimals=1)
# 40 areas from 6 to 13.8 minutes, and an island.
USUAL = [6 + number / 5 for number in range(40)]


def strip(*more: StripRow) -> RankedStrip:
    rows = [
        StripRow(f"X{number:03}", f"Area {number}", "background", value)
        for number, value in enumerate(USUAL)
    ]
    birmingham = StripRow("E08000025", "Birmingham", "focus", 7.1)
    return RankedStrip("t", "Travel", "A summary.", MINUTES, (*rows, birmingham, *more))


def said(svg: str) -> list[str]:
    """The words of a drawing, line by line."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


ISLAND = StripRow("X999", "Isles of Scilly", "background", 41.0)


def test_one_far_area_is_put_beyond_the_scale():
    ends = scale_ends([7.1], [*USUAL, 41.0])
    assert (ends.low, ends.high) == (6, 13.8)
    assert (ends.below, ends.above) == ((), (41.0,))


def test_one_far_area_at_each_end():
    ends = scale_ends([], [*USUAL, 41.0, -30.0])
    assert (ends.low, ends.high, ends.beyond) == (6, 13.8, (-30.0, 41.0))


@pytest.mark.parametrize(
    ("named", "others"),
    [
        ([7.1], USUAL),
        # What the chart is about is never put away, however far it lies.
        ([41.0], USUAL),
        # Among few areas none is the exception.
        ([7.1], [6.0, 7.0, 8.0, 41.0]),
        # Many far ones are no exception either.
        ([7.1], [*USUAL, 41.0, 42.0, 43.0, 44.0, 45.0, 46.0]),
        # Not far enough: the scale would be 1.7 times as long.
        ([7.1], [*USUAL, 6 + 7.8 * 1.7]),
        # Three at the end of an even spread are no kind of their own.
        ([7.1], [*USUAL, 15.0, 17.0, 19.0]),
        ([], [5.0] * 30),
    ],
)
def test_otherwise_everything_is_on_the_scale(named, others):
    ends = scale_ends(named, others)
    assert (ends.low, ends.high) == (min([*named, *others]), max([*named, *others]))
    assert ends.beyond == ()


@given(
    st.lists(st.floats(-1e6, 1e6), max_size=5),
    st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60),
)
def test_every_value_is_on_the_scale_or_beyond_it(named, others):
    ends = scale_ends(named, others)
    assert len(ends.beyond) <= MOST_BEYOND
    assert all(ends.low <= value <= ends.high for value in named)
    on_scale = [value for value in others if ends.low <= value <= ends.high]
    assert sorted([*on_scale, *ends.beyond]) == sorted(others)


def test_both_renderers_draw_the_arrow_and_name_the_area():
    chart = strip(ISLAND)
    for width in (720, 360):
        svg = draw_ranked_strip(chart, width)
        assert svg.count('class="beyond"') == 1
        assert "Isles of Scilly: 41.0 minutes, beyond the scale" in svg
        assert "The arrow stands for an area beyond the scale: Isles" in " ".join(said(svg))
    figure = plotly_ranked_strip(chart)
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < 6 < 13.8 < high < 41
    (arrows,) = [one for one in figure["data"] if one["meta"].get("part") == "beyond"]
    assert arrows["x"] == [high]
    assert arrows["hovertext"] == ["Isles of Scilly: 41.0 minutes, beyond the scale"]
    assert "Isles of Scilly" in figure["layout"]["xaxis"]["title"]["text"]


def test_without_far_areas_there_is_no_arrow():
    near = strip(replace(ISLAND, value=14.0))
    assert "beyond" not in draw_ranked_strip(near)
    assert not [
        one for one in plotly_ranked_strip(near)["data"] if one.get("name") == "Beyond the scale"
    ]


def test_the_overview_says_what_lies_beyond():
    rows = (StripRow("E08000025", "Birmingham", "focus", 7.1),)
    svg = draw_overview_strip(
        OverviewStrip("t", "Travel", "A summary.", MINUTES, (*USUAL, 41.0), rows), 360
    )
    assert "Arrow: 1 area beyond the scale, 41.0 minutes" in svg
    assert svg.count('class="beyond"') == 1
    assert ">13.8 minutes<" in svg


def test_the_overview_counts_several_areas_beyond():
    rows = (StripRow("E08000025", "Birmingham", "focus", 7.1),)
    svg = draw_overview_strip(
        OverviewStrip("t", "Travel", "A summary.", MINUTES, (*USUAL, 41.0, 60.0), rows), 360
    )
    assert "Arrows: 2 areas beyond the scale, 41.0 to 60.0 minutes" in svg


def test_the_label_of_a_reference_keeps_its_value_on_a_phone():
    name = "An authority whose name is far too long for any line of any telephone"
    chart = replace(strip(), references=(Reference("", name, 8.0),))
    assert any(words.endswith("… 8.0") for words in said(draw_ranked_strip(chart, 360)))
