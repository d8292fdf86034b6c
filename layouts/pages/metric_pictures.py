"""The pictures and tables of a metric's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND, REGION
from data.periods import TimePeriod, day_in_words, period_in_words
from data.series_reads import KnownArea
from layouts.addresses import cite_address
from layouts.charts.lines import Shown, line_chart, missing_stretches
from layouts.charts.places import TIER_NAMES, Place, map_chart, ranked_strip
from layouts.charts.published import shape_of
from layouts.charts.tables import Row, rows_by_area, rows_by_period
from layouts.charts.words import line_sentence, spread_sentence
from layouts.figures.description import LineChart, MapChart, Prominence, RankedStrip
from layouts.pages.metric_choices import label_of
from layouts.pages.metric_reading import MetricReading
from metrics.measures.results import Bands
from metrics.mission import Clause
from metrics.openings import subject


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is drawn and tabled for a metric that holds figures."""

    line: LineChart
    line_words: str
    # Stretches in which nobody was given a figure.
    stretches: tuple[str, ...]
    period_columns: tuple[Shown, ...]
    period_rows: tuple[Row, ...]
    strip: RankedStrip
    strip_words: str
    strip_missing: tuple[tuple[str, str], ...]
    map: MapChart | None
    areas: int
    # Empty unless the table of all areas was asked for.
    area_rows: tuple[Row, ...]
    period_words: str
    tier_words: str


def pictures_of(
    reading: MetricReading,
    period: TimePeriod,
    clauses: Sequence[Clause],
    bands: Bands | None = None,
) -> Pictures:
    """Describe the charts and tables for what was chosen; `bands` is how all areas spread."""
    metric, shape = reading.metric, shape_of(reading.metric)
    about = subject(metric, reading.series)
    title = about[:1].upper() + about[1:]
    source = _source_line(reading)
    columns = _columns(reading)
    behind = tuple(
        _shown(reading.areas[code], "background")
        for code in CONSTITUENT
        if code in reading.areas and code not in {column.code for column in columns}
    )
    line = line_chart(
        metric,
        f"{title}, {metric.unit.label}",
        "",
        reading.figures,
        list(reading.periods),
        (*behind, *columns),
        clauses,
        source,
        bands,
    )
    line_words = line_sentence(line, metric.unit)
    places = tuple(Place(area.code, label_of(area)) for area in reading.places)
    tier_words = TIER_NAMES[reading.choices.tier] if reading.choices.tier else "areas"
    words = period_in_words(period, shape)
    strip = ranked_strip(
        metric,
        f"{title} by area, {words}",
        "",
        reading.in_period,
        places,
        {*CONSTITUENT, *reading.shown},
        _references(reading),
        words,
        source,
    )
    strip_words = spread_sentence(strip, metric.unit, tier_words)
    tier = reading.choices.tier
    chart = None
    if tier is not None and places:
        chart = map_chart(
            metric,
            f"Map of {about}, {words}",
            strip_words,
            reading.in_period,
            places,
            tier,
            _outlined(reading),
            words,
            source,
        )

    def cite(code: str, of: TimePeriod) -> str:
        breakdown = reading.series.breakdown if reading.series else ""
        return cite_address(metric.id, breakdown, code, of.start)

    return Pictures(
        line=replace(line, summary=line_words),
        line_words=line_words,
        stretches=missing_stretches(list(reading.periods), shape),
        period_columns=columns,
        period_rows=rows_by_period(
            reading.figures, list(reading.periods), columns, metric.unit, shape, cite
        ),
        strip=replace(strip, summary=strip_words),
        strip_words=strip_words,
        strip_missing=tuple((row.name, row.note) for row in strip.rows if row.value is None),
        map=chart,
        areas=len(places),
        area_rows=rows_by_area(reading.in_period, places, metric.unit, cite)
        if reading.choices.table == "all"
        else (),
        period_words=words,
        tier_words=tier_words,
    )


def _shown(area: KnownArea, prominence: Prominence) -> Shown:
    return Shown(area.code, label_of(area), prominence)


def _columns(reading: MetricReading) -> tuple[Shown, ...]:
    """The chosen areas and what they are read against, in that order."""
    focus = [
        _shown(reading.areas[code], "focus") for code in reading.shown if code in reading.areas
    ]
    beside = [
        _shown(reading.areas[code], "comparator")
        for code in reading.beside
        if code in reading.areas
    ]
    return (*focus, *beside)


def _references(reading: MetricReading) -> tuple[Place, ...]:
    """England and the region, and the combined authority where it is not itself in the strip."""
    larger = [ENGLAND, *reading.beside]
    if reading.choices.tier != "region":
        larger.append(REGION)
    if reading.choices.tier != "combined_authority":
        larger.append(COMBINED_AUTHORITY)
    return tuple(
        Place(code, label_of(reading.areas[code]))
        for code in dict.fromkeys(larger)
        if code in reading.areas
    )


def _outlined(reading: MetricReading) -> tuple[str, ...]:
    """The areas with an outline on the map: the boroughs and what was chosen, or the region."""
    if reading.choices.tier == "region":
        return (REGION,)
    return tuple(dict.fromkeys((*CONSTITUENT, *reading.choices.areas)))


def _source_line(reading: MetricReading) -> str:
    source = reading.metric.source
    if source is None:
        return ""
    held = reading.datasets.get(source.dataset)
    published = f", published {day_in_words(held.published_on)}" if held else ""
    return f"Source: {source.producer}{published}. {source.licence}."
