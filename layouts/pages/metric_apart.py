"""What is too heavy for the page of a metric and has a page of its own: its maps and long tables.

A map alone weighs as much as everything else that a phone is sent of a metric.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from data.geography import boundaries, tiles
from layouts.charts.tables import Row
from layouts.figures import draw_map_at_both_widths
from layouts.page import Part, Region
from layouts.pages.metric_forms import areas_form, places_form
from layouts.pages.metric_pictures import Pictures
from layouts.pages.metric_reading import MetricReading
from layouts.pages.take_away import files_of
from layouts.templating import render

# Figures in the table under the chart over time; the periods before have a page of their own.
MOST_CELLS = 120
FEWEST_ROWS = 6
_HEADINGS = {
    "shown": "On a map",
    "tiles": "On a map of hexagons",
    "all": "All areas in a table",
    "periods": "Every period in a table",
}


def is_apart(reading: MetricReading, pictures: Pictures) -> bool:
    """Whether a map or a long table was asked for, and can be shown."""
    choices = reading.choices
    return bool(choices.table or (choices.map and pictures.map))


def words_of_view(reading: MetricReading) -> str:
    """What is shown apart, for a title: `on a map`."""
    heading = _HEADINGS[reading.choices.map or reading.choices.table]
    return heading[:1].lower() + heading[1:]


def newest_rows(rows: Sequence[Row]) -> Sequence[Row]:
    """The newest periods, as many as the page of everything has room for."""
    cells = max((len(row.cells) for row in rows), default=1) or 1
    return rows[: max(FEWEST_ROWS, MOST_CELLS // cells)]


def ways(reading: MetricReading, path: str) -> list[tuple[str, str]]:
    """The addresses of the maps, but the one that is shown, each with what it shows."""
    told = {
        "shown": "Show the areas on a map",
        "tiles": "Show every area as one hexagon of the same size",
    }
    return [
        (_address(reading, path, map=way, table=""), words)
        for way, words in told.items()
        if way != reading.choices.map
    ]


def parts_apart(reading: MetricReading, pictures: Pictures, path: str) -> list[Part]:
    """The map or the table that was asked for, with what can be chosen of it."""
    choices, metric = reading.choices, reading.metric
    heading = _HEADINGS[choices.map or choices.table]
    form = (
        areas_form(reading, path)
        if choices.table == "periods"
        else places_form(reading, pictures, path, heading)
    )
    region = Region(
        "metric-apart",
        render(
            "metric_apart.html",
            heading=heading,
            choices=choices,
            metric=metric,
            pictures=pictures,
            svg=_map(reading, pictures),
            ways=ways(reading, path) if pictures.map else [],
            whole=_address(reading, path, map="", table=""),
            everywhere=_address(reading, path, map="", table="all"),
            files=files_of(reading),
        ),
    )
    return [form, region]


def _map(reading: MetricReading, pictures: Pictures) -> Markup:
    chart, chosen = pictures.map, reading.choices.map
    if chart is None or not chosen:
        return Markup("")
    outlines = tiles(chart.level) if chosen == "tiles" else boundaries(chart.level)
    # The renderer escapes every text that it writes.
    return Markup(draw_map_at_both_widths(chart, outlines))  # noqa: S704


def _address(reading: MetricReading, path: str, **changes: str) -> str:
    query = reading.choices.changed(reading.metric, **changes)
    return f"{path}?{query}" if query else path
