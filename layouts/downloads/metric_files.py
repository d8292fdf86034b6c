"""The charts and tables of a metric's page, as files that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.geography import boundaries
from data.periods import TimePeriod, day_in_words, period_in_words
from data.series_reads import read_figures
from layouts.addresses import home_address
from layouts.charts.published import shape_of
from layouts.downloads.names import file_name
from layouts.downloads.pictures import picture_style
from layouts.downloads.rows import COLUMNS, figure_rows, names_of
from layouts.downloads.tables import Table
from layouts.figures import draw_line, draw_map, draw_ranked_strip
from layouts.figures.standalone import standalone
from layouts.pages.metric_pictures import pictures_of
from layouts.pages.metric_reading import MetricReading, read_metric
from layouts.request import NotFoundError, PageRequest, write_query
from metrics.definition import Metric

Chart = Literal["line", "ranked", "map"]
Rows = Literal["periods", "areas"]
CHARTS: tuple[Chart, ...] = ("line", "ranked", "map")
TABLES: tuple[Rows, ...] = ("periods", "areas")


@dataclass(frozen=True)
class Taken:
    """A metric as read for a file, and the day for which it was asked."""

    reading: MetricReading
    as_of: date | None
    # The page of the metric with the same choices.
    page: str

    @property
    def metric(self) -> Metric:
        """The declaration."""
        return self.reading.metric

    @property
    def known_on(self) -> date | None:
        """The day on which the newest vintage of the figures became known."""
        source = self.metric.source
        held = self.reading.datasets.get(source.dataset) if source else None
        return held.known_on if held else None


def take(request: PageRequest) -> Taken:
    """Read a metric with the choices of its page, as known on `known_on` where that is given.

    Raises:
        NotFoundError: there is no such metric, or it had no figures on that day.
        BadQueryError: the query string cannot be read.
    """
    metric = request.catalogue.metrics.get(request.parameters["id"])
    if metric is None:
        raise NotFoundError(f"There is no metric called “{request.parameters['id'][:60]}”.")
    as_of = request.query.day("known_on")
    reading = read_metric(request, metric, as_of=as_of)
    request.query.check()
    if reading.period is None:
        on = f" on {day_in_words(as_of)}" if as_of else ""
        raise NotFoundError(f"No figures of {metric.title} were held{on}.")
    query = reading.choices.query(metric)
    page = f"{home_address()}/metrics/{metric.id}"
    return Taken(reading, as_of, f"{page}?{query}" if query else page)


def chart_file(taken: Taken, chart: Chart) -> tuple[str, str]:
    """One of the charts as a picture in SVG, and the name of its file without an ending.

    Raises:
        NotFoundError: the areas of the metric have no map.
    """
    reading, metric = taken.reading, taken.metric
    assert reading.period is not None  # noqa: S101 - `take` saw to it
    pictures = pictures_of(reading, reading.period, ())
    if chart == "line":
        drawn, title, of = draw_line(pictures.line), pictures.line.title, "over-time"
    elif chart == "ranked":
        drawn, title = draw_ranked_strip(pictures.strip), pictures.strip.title
        of = _short(reading.period, metric)
    elif pictures.map is not None:
        drawn = draw_map(pictures.map, boundaries(pictures.map.level))
        title, of = pictures.map.title, _short(reading.period, metric)
    else:
        raise NotFoundError(f"The areas of {metric.title} have no map.")
    areas = "-".join(reading.shown) if chart == "line" and len(reading.shown) <= 3 else ""
    notes = [pictures.line.source, _known(taken), f"Citation: {_cited(taken)}"]
    return standalone(drawn, title, notes, picture_style()), file_name(
        [metric.id, reading.choices.breakdown, chart, areas, of], taken.known_on, "svg"
    )


def table_file(request: PageRequest, taken: Taken, rows: Rows) -> tuple[Table, str]:
    """One of the tables, one row for each figure, and the name of its file (ending in `csv`)."""
    reading, metric = taken.reading, taken.metric
    assert reading.period is not None  # noqa: S101 - `take` saw to it
    breakdown = reading.series.breakdown if reading.series else ""
    if rows == "periods":
        codes = tuple(dict.fromkeys((*reading.shown, *reading.beside)))
        held = read_figures(request.store, metric.id, breakdown, codes=codes, as_of=taken.as_of)
        about, of = "by period", "over-time"
        areas = "-".join(codes) if len(codes) <= 3 else ""
    else:
        wanted = {place.code for place in reading.places}
        held = [
            row
            for row in read_figures(
                request.store, metric.id, breakdown, period=reading.period, as_of=taken.as_of
            )
            if (row.recoded_to or row.code) in wanted
        ]
        areas, of = "all-areas", _short(reading.period, metric)
        about = f"by area, {period_in_words(reading.period, shape_of(metric))}"
    held.sort(key=lambda row: (row.code, row.period_start) if rows == "periods" else (row.code,))
    title = f"{metric.title}, {metric.unit.label}, {about}"
    table = Table(
        title,
        COLUMNS,
        tuple(figure_rows(held, metric, breakdown, names_of(reading.areas))),
        tuple(about_table(taken, title)),
        taken.known_on or date(1970, 1, 1),
    )
    return table, file_name([metric.id, breakdown, areas, of], taken.known_on, "csv")


def about_table(taken: Taken, title: str) -> Iterable[tuple[str, str]]:
    """What a reader of a table must know of it, by what it is about."""
    metric = taken.metric
    yield "Table", title
    yield "Meaning", metric.description
    if metric.source is not None:
        held = taken.reading.datasets.get(metric.source.dataset)
        yield "Producer", metric.source.producer
        if held is not None:
            yield "Dataset", f"{held.title}, published {day_in_words(held.published_on)}"
        yield "Producer's page", metric.source.landing_page
        yield "Licence", metric.source.licence
    yield "Known on", _known(taken)
    yield "Page", taken.page
    yield "Blank", "A blank value is not zero: its status letter says why there is none."
    yield "Interval", "lower_95 and upper_95 are the publisher's 95% interval, where there is one."
    yield "Figure id", "A fingerprint of the figure; the citation's address shows it then and now."
    for caveat in metric.caveats:
        yield "Take care", caveat


def _known(taken: Taken) -> str:
    if taken.as_of is not None:
        return f"Figures as known on {day_in_words(taken.as_of)}."
    return f"Figures as known on {day_in_words(taken.known_on)}." if taken.known_on else ""


def _cited(taken: Taken) -> str:
    asked = write_query({"known_on": taken.as_of.isoformat() if taken.as_of else ""})
    return f"{taken.page}{('&' if '?' in taken.page else '?') + asked if asked else ''}"


def _short(period: TimePeriod, metric: Metric) -> str:
    return period_in_words(period, shape_of(metric))
