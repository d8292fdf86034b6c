"""Whatever the figures and names: well-formed, escaped, no missing number written as one."""

from __future__ import annotations

import ast
import json
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import layouts
from layouts.figures import (
    draw_line,
    draw_map,
    draw_overview_strip,
    draw_ranked_strip,
    draw_sparkline,
    plotly_line,
    plotly_ranked_strip,
)
from layouts.figures.description import (
    Band,
    BreakMark,
    Line,
    LineChart,
    LinePoint,
    MapArea,
    MapChart,
    OverviewStrip,
    RankedStrip,
    Reference,
    Sparkline,
    StripRow,
    Target,
    Unit,
)
from tests.layouts.figures.drawing import marks, parse, said_wrongly
from tests.layouts.figures.test_maps import BOUNDARIES, CODES

# No letters: a name made of letters could by chance say what is looked for.
names = st.text(
    st.characters(codec="utf-8", exclude_categories=("L", "Cs")), max_size=30
) | st.sampled_from(["<b>&\"'</b>", "]]>", "%{0}", "<script>", "-->", "&amp;", ""])
numbers = st.one_of(
    st.floats(-100, 100),
    st.floats(-1e300, 1e300, allow_nan=False),
    st.floats(0, 1e-300),
    st.just(0.0),
)
values = st.none() | numbers
days = st.dates(date(2000, 1, 1), date(2030, 1, 1))
codes = st.sampled_from(
    ["E08000025", "E47000007", "E92000001", "E06000051", "E06000020", "W06000001"]
)
prominence = st.sampled_from(["focus", "comparator", "background"])
units = st.builds(
    Unit,
    names,
    st.sampled_from(["", "£"]),
    st.sampled_from(["", "%", " per 1,000"]),
    st.integers(0, 3),
)
points = st.builds(LinePoint, days, names, names, values, values, values, names)
lines = st.builds(Line, codes, names, prominence, st.lists(points, max_size=6).map(tuple))
one_of_each = st.lists(lines, max_size=6, unique_by=lambda line: line.code).map(tuple)
line_charts = st.builds(
    LineChart,
    names,
    names,
    names,
    units,
    one_of_each,
    st.lists(st.builds(BreakMark, days, names), max_size=3).map(tuple),
    st.none() | st.builds(Target, numbers, st.none() | days, names),
    st.booleans(),
    st.just(""),
    st.lists(st.builds(Band, names, st.lists(points, max_size=4).map(tuple)), max_size=2).map(
        tuple
    ),
)
rows = st.builds(StripRow, codes, names, prominence, values, values, values, names)
references = st.lists(st.builds(Reference, codes, names, numbers), max_size=3).map(tuple)
some_rows = st.lists(rows, max_size=6, unique_by=lambda row: row.code).map(tuple)
widths = st.sampled_from([720, 360])


def well_said(svg: str) -> None:
    parse(svg)
    assert said_wrongly(svg) == []


@settings(max_examples=150, deadline=None)
@given(line_charts, widths)
def test_any_line_chart(chart, width):
    svg = draw_line(chart, width)
    well_said(svg)
    figure = plotly_line(chart)
    json.dumps(figure, allow_nan=False)
    shown = [
        value
        for line in chart.lines
        if line.prominence != "background"
        for point in line.points
        if (value := point.value) is not None
    ]
    drawn = [value for _, _, value in marks(svg)]
    if len({p.at for ln in chart.lines for p in ln.points if p.value is not None}) > 1:
        assert len(drawn) <= len(shown)
    assert set(drawn) <= set(shown)


@settings(max_examples=100, deadline=None)
@given(st.builds(RankedStrip, names, names, names, units, some_rows, references, names), widths)
def test_any_ranked_strip(chart, width):
    svg = draw_ranked_strip(chart, width)
    well_said(svg)
    json.dumps(plotly_ranked_strip(chart), allow_nan=False)
    named = [row.value for row in chart.rows if row.prominence != "background"]
    assert sorted(v for _, _, v in marks(svg)) == sorted(v for v in named if v is not None)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        OverviewStrip,
        names,
        names,
        names,
        units,
        st.lists(numbers, max_size=20).map(tuple),
        some_rows,
        references,
        st.sampled_from(["higher", "lower", ""]),
    ),
    widths,
)
def test_any_overview_strip(chart, width):
    svg = draw_overview_strip(chart, width)
    well_said(svg)
    present = [row.value for row in chart.rows if row.value is not None]
    assert sorted(v for _, _, v in marks(svg)) == sorted(present)


@settings(max_examples=100, deadline=None)
@given(names, units, st.lists(st.tuples(values, days, values), max_size=8))
def test_any_sparkline(name, unit, triples):
    own, dates, other = (
        (tuple(part) for part in zip(*triples, strict=True)) if triples else ((),) * 3
    )
    well_said(draw_sparkline(Sparkline(name, unit, own, dates, other)))


@settings(max_examples=60, deadline=None)
@given(names, units, st.lists(st.tuples(names, values, names), max_size=12), widths)
def test_any_map(name, unit, areas, width):
    drawn = tuple(MapArea(c, *area) for c, area in zip(CODES, areas, strict=False))
    chart = MapChart(name, name, name, unit, "upper_tier", drawn, tuple(CODES[:3]))
    well_said(draw_map(chart, BOUNDARIES, width))


def test_markup_in_names_is_text():
    line = Line(
        "E08000025",
        "<img src=x>",
        "focus",
        tuple(LinePoint(date(2015 + n, 7, 1), "<i>", "<u>", n, note="<s>") for n in range(3)),
    )
    chart = LineChart("i", "<b>&", "]]>", Unit("<em>"), (line,))
    svg = draw_line(chart)
    assert "<img" not in svg
    assert "&lt;img src=x&gt;" in svg
    assert "<img" not in json.dumps(plotly_line(chart))


def test_nothing_under_layouts_builds_figures_of_objects():
    wrong = []
    for path in Path(layouts.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [f"{node.module}.{alias.name}" for alias in node.names]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            wrong += [
                f"{path.name} imports {module}"
                for module in modules
                if module.startswith(("plotly.express", "plotly.graph_ob"))
            ]
    assert wrong == []
