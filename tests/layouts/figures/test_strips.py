"""Ranked strips, overview strips and sparklines on hand-made rows."""

from __future__ import annotations

import random
import re
from datetime import date
from itertools import accumulate, pairwise

import pytest

from layouts.figures import (
    at_both_widths,
    draw_overview_strip,
    draw_ranked_strip,
    draw_sparkline,
    plotly_ranked_strip,
    without_figure,
)
from layouts.figures.description import OverviewStrip, Reference, Sparkline, StripRow
from tests.layouts.figures.drawing import (
    BOROUGHS,
    SVG,
    YEARS,
    boroughs,
    marks,
    outside,
    overlapping,
    parse,
    strip,
    subpaths,
    text_boxes,
)

WIDTHS = (720, 360)
REFERENCES = (
    Reference("E92000001", "England", 60.7),
    Reference("E12000005", "West Midlands region", 59.6),
    Reference("K02000001", "United Kingdom", 60.6),
)


def many(count: int) -> list[StripRow]:
    draw = random.Random(7)  # noqa: S311 - a fixed sample, not a secret
    values = [round(draw.gauss(60, 4), 1) for _ in range(count)]
    return [
        StripRow(f"E06{n:06d}", f"Area {n}", "background", v, v - 2, v + 2)
        for n, v in enumerate(values)
    ]


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_stand_highest_first_with_equal_values_by_name(width):
    svg = draw_ranked_strip(strip(boroughs([58, 59, 60, 52, 63, 56, 59])), width)
    names = [box.words for box in text_boxes(svg) if box.words in BOROUGHS]
    assert names == [
        "Solihull", "Dudley", "Coventry", "Wolverhampton", "Birmingham", "Walsall", "Sandwell",
    ]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [0, 211, 354])
def test_words_neither_overlap_nor_leave_the_picture(width, count):
    rows = boroughs([58.3, 59.2, 59.3, 58.2, 58.25, 58.4, 59.1]) + many(count)
    rows.append(StripRow("E47000007", "West Midlands Combined Authority", "focus", 58.2, 57, 59))
    svg = draw_ranked_strip(strip(rows, references=REFERENCES), width)
    boxes = text_boxes(svg)
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []
    for name in BOROUGHS:
        assert sum(name in box.words for box in boxes) == 1


def test_a_line_of_reference_has_its_whole_name_on_a_phone():
    lines = (*REFERENCES, Reference("E47000007", "West Midlands Combined Authority", 58.2))
    svg = draw_ranked_strip(strip(boroughs([58.3] * 7) + many(354), references=lines), min(WIDTHS))
    boxes = text_boxes(svg)
    assert "West Midlands Combined Authority 58.2" in {box.words for box in boxes}
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []


def test_hundreds_of_rows_are_two_paths_with_every_area_in_each():
    svg = draw_ranked_strip(strip(boroughs([58, 59, 60, 52, 63, 56, 59]) + many(211)))
    by_class = {path.get("class"): path for path in parse(svg).iter(f"{SVG}path")}
    assert subpaths(by_class["dots"]) == 211
    assert subpaths(by_class["intervals"]) == 211


@pytest.mark.parametrize("count", [0, 211])
def test_both_renderers_show_the_same_areas_values_and_intervals(count):
    rows = boroughs([58.3, 59.2, 59.3, 52.7, 63.2, 56.2, 59.1]) + many(count)
    chart = strip(rows, references=REFERENCES, period="2022 to 2024")
    data = plotly_ranked_strip(chart)["data"]
    dots = [trace for trace in data if trace["meta"]["part"] == "dots"]
    focus = sorted(
        (code, "2022 to 2024", value)
        for trace in dots
        for code, value in zip(trace["meta"]["areas"], trace["x"], strict=True)
        if code.startswith("E08")
    )
    assert marks(draw_ranked_strip(chart)) == focus
    everything = {
        code: value
        for trace in dots
        for code, value in zip(trace["meta"]["areas"], trace["x"], strict=True)
    }
    assert everything == {row.code: row.value for row in rows}
    ends = sorted(
        (a, b)
        for trace in data
        if trace["meta"]["part"] == "interval"
        for a, b in zip(trace["x"][::3], trace["x"][1::3], strict=True)
    )
    assert ends == sorted((row.lower, row.upper) for row in rows)
    lines = [shape["x0"] for shape in plotly_ranked_strip(chart)["layout"]["shapes"]]
    assert sorted(lines) == [59.6, 60.6, 60.7]


def test_areas_without_a_figure_are_counted_and_left_to_the_page():
    rows = boroughs([58, 59, 60, 52, 63, 56, 59])
    rows += [
        StripRow("E06000051", "Shropshire", "focus", None, note="not published"),
        StripRow("E06000020", "Telford and Wrekin", "focus", None, note="too few"),
    ]
    chart = strip(rows)
    svg = draw_ranked_strip(chart)
    assert "2 areas have no figure." in " ".join(box.words for box in text_boxes(svg))
    assert [row.note for row in without_figure(chart)] == ["not published", "too few"]
    assert "No figures to draw." in draw_ranked_strip(strip(rows[-2:]))
    assert plotly_ranked_strip(strip(rows[-2:]))["data"] == []


def overview(values, references=REFERENCES[:2], better="higher"):
    draw = random.Random(3)  # noqa: S311 - a fixed sample, not a secret
    faint = tuple(draw.gauss(60, 4) for _ in range(300))
    rows = tuple(boroughs(values))
    return OverviewStrip("o", "Title", "Summary.", YEARS, faint, rows, references, better)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "values",
    [
        [58.3, 59.2, 59.6, 52.7, 63.2, 56.2, 59.2],
        [60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0],
        [50.0, 50.1, 50.2, 50.3, 50.4, 50.5, 50.6],
        [70.0, 70.1, 70.2, 70.3, 70.4, 70.5, 70.6],
        [48.0, 52.0, 56.0, 60.0, 64.0, 68.0, 72.0],
    ],
    ids=["real", "equal", "all low", "all high", "spread"],
)
def test_the_seven_boroughs_fit_the_board(width, values):
    svg = draw_overview_strip(overview(values), width)
    boxes = text_boxes(svg)
    assert overlapping(boxes) == []
    assert outside(svg, boxes) == []
    assert float(parse(svg).attrib["viewBox"].split()[3]) <= 120
    for name in BOROUGHS:
        assert sum(box.words.startswith(name) for box in boxes) == 1
    drawn = {code: value for code, _, value in marks(svg)}
    assert drawn == {row.code: row.value for row in boroughs(values)}


def tick_places(svg):
    """The places of the ticks of a strip, each told by its step from the one before."""
    (path,) = (one for one in parse(svg).iter(f"{SVG}path") if one.get("class") == "ticks")
    first, *steps = re.findall(r"[Mm](-?[\d.]+)", path.attrib["d"])
    assert path.attrib["d"].count("v12") == 1 + len(steps)
    return list(accumulate(map(float, [first, *steps])))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_authority_has_a_tick_and_those_on_one_half_pixel_share_it(width):
    chart = overview([58.3, 59.2, 59.6, 52.7, 63.2, 56.2, 59.2])
    places = tick_places(draw_overview_strip(chart, width))
    assert len(places) > 40
    assert min(after - before for before, after in pairwise(places)) >= 0.5 - 1e-9
    low, high = min(chart.background), max(chart.background)
    span = places[-1] - places[0]
    for value in chart.background:
        expected = places[0] + (value - low) / (high - low) * span
        assert min(abs(place - expected) for place in places) <= 0.6


def test_the_overview_says_which_end_is_better_only_if_one_is():
    values = [58.3, 59.2, 59.6, 52.7, 63.2, 56.2, 59.2]
    assert "higher is better" in draw_overview_strip(overview(values))
    assert "lower is better" in draw_overview_strip(overview(values, better="lower"))
    assert "better" not in draw_overview_strip(overview(values, better=""))


def test_a_sparkline_keeps_its_gaps_and_ends_on_the_latest_value():
    dates = tuple(date(2015 + n, 7, 1) for n in range(6))
    chart = Sparkline("Birmingham", YEARS, (60, 61, None, 62, None, 63), dates, (), "2015", "2020")
    svg = draw_sparkline(chart)
    (path,) = [p for p in parse(svg).iter(f"{SVG}path") if p.get("class") == "spark-line"]
    assert subpaths(path) == 3
    (dot,) = parse(svg).iter(f"{SVG}circle")
    assert dot.attrib["data-value"] == "63.0"
    (title,) = parse(svg).iter(f"{SVG}title")
    assert title.text == "Birmingham. First figure: 2015. Latest: 2020, 63.0 years."
    undated = draw_sparkline(Sparkline("Birmingham", YEARS, (60, 61), dates[:2]))
    assert "Birmingham; latest 61.0 years." in undated
    empty = draw_sparkline(Sparkline("Nothing", YEARS, (None, None), dates[:2]))
    assert not list(parse(empty).iter(f"{SVG}path"))
    with pytest.raises(ValueError, match="2 values but 6 dates"):
        draw_sparkline(Sparkline("Wrong", YEARS, (1, 2), dates))


def test_both_widths_stand_in_one_box_with_names_of_their_own():
    html = at_both_widths(draw_ranked_strip, strip(boroughs([58, 59, 60, 52, 63, 56, 59])))
    root = parse(html)
    assert root.get("class") == "chart-box"
    classes = [child.get("class").split()[-1] for child in root]
    assert classes == ["chart-wide", "chart-narrow"]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    for child in root:
        assert child.get("role") == "img"
        assert set(child.get("aria-labelledby").split()) <= set(ids)


def test_zero_is_a_figure():
    rows = boroughs([0.0, 1, 2, 3, 4, 5, 6])
    zero = ("E08000025", None, 0.0)
    assert zero in marks(draw_ranked_strip(strip(rows)))
    assert zero in marks(draw_overview_strip(overview([0.0, 1, 2, 3, 4, 5, 6])))
    assert without_figure(strip(rows)) == []
