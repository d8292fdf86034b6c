"""All areas behind the lines: grey shapes, cut where lines are, the same by both renderers."""

from __future__ import annotations

from datetime import date

import pytest

from layouts.figures import draw_line, plotly_line
from layouts.figures.description import Band, BreakMark, LinePoint
from layouts.figures.domain import value_range
from tests.layouts.figures.drawing import (
    BIRMINGHAM,
    SVG,
    line,
    line_chart,
    marks,
    parse,
    text_boxes,
)


def band(edges, words="the middle half of 216 authorities"):
    points = []
    for number, ends in enumerate(edges):
        at, year = date(2015 + number, 7, 1), str(2015 + number)
        low, high = ends or (None, None)
        middle = None if ends is None else (low + high) / 2
        points.append(LinePoint(at, year, year, middle, low, high))
    return Band(words, tuple(points))


def chart(*bands, breaks=()):
    birmingham = line(BIRMINGHAM, "Birmingham", [60.0, 61.0, 62.0, 63.0])
    return line_chart(birmingham, bands=bands, breaks=tuple(breaks))


def shapes(svg):
    (group,) = [g for g in parse(svg).iter(f"{SVG}g") if g.get("class") == "bands"]
    return list(group.iter(f"{SVG}path"))


WHOLE = band([(50.0, 70.0), (51.0, 71.0), (52.0, 72.0), (53.0, 73.0)])


@pytest.mark.parametrize("width", [720, 360])
def test_both_renderers_draw_a_band_once_and_leave_the_lines_as_they_are(width):
    svg = draw_line(chart(WHOLE), width)
    assert len(shapes(svg)) == 1
    assert marks(svg) == marks(draw_line(chart(), width))
    (trace,) = [t for t in plotly_line(chart(WHOLE))["data"] if t["meta"]["part"] == "band"]
    assert trace["y"] == [70.0, 71.0, 72.0, 73.0, 53.0, 52.0, 51.0, 50.0]
    words = " ".join(box.words for box in text_boxes(svg))
    assert "Grey: the middle half of 216 authorities." in words


@pytest.mark.parametrize(
    ("edges", "breaks", "stretches"),
    [
        ([(50.0, 70.0), None, (52.0, 72.0), (53.0, 73.0)], (), 2),
        ([(50.0, 70.0)] * 4, (BreakMark(date(2017, 1, 1), "Method changed"),), 2),
        ([None, None, None, (50.0, 70.0)], (), 1),
    ],
)
def test_a_band_is_cut_at_gaps_and_breaks(edges, breaks, stretches):
    drawn = chart(band(edges), breaks=breaks)
    assert len(shapes(draw_line(drawn))) == stretches
    traces = [t for t in plotly_line(drawn)["data"] if t["meta"].get("part") == "band"]
    assert len(traces) == stretches


def test_the_axis_has_room_for_the_band():
    low, high = value_range(chart(WHOLE))
    assert low < 50.0
    assert high > 73.0


def test_without_bands_nothing_is_said_of_them():
    svg = draw_line(chart())
    assert "Grey:" not in svg
    assert 'class="bands"' not in svg
