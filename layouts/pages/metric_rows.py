"""One row for each series of a metric: its figures, the boroughs, its history and its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup

from data.areas import COMBINED_AUTHORITY, ENGLAND
from data.reads import DatasetFacts
from layouts.addresses import cite_address, metric_address
from layouts.charts.overviews import WordSizedHistory, overview_strip, word_sized_history
from layouts.figures import NARROW, draw_overview_strip, draw_sparkline
from layouts.pages.held import Held
from layouts.pages.standing import beside_england
from layouts.pages.standing_in import newest_derived, same_places_cite, same_places_words
from metrics.definition import Metric
from metrics.measures.results import Figure, SeriesOverview
from metrics.openings import qualifier
from metrics.origin import SeriesLabel
from metrics.wording import write_interval, write_value, write_when

NOT_PUBLISHED = "Not published"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """A figure as a cell shows it: `value` large, `detail` small beneath.

    `cite` leads to its citation, and is empty where there is no figure.
    """

    value: str
    detail: str = ""
    missing: bool = False
    cite: str = ""
    derived: bool = False


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One series. Without an overview there are no figures, and `why` says why."""

    metric: Metric
    title: str
    address: str
    breakdown: str = ""
    why: str = ""
    period: str = ""
    combined: FigureWords | None = None
    england: FigureWords | None = None
    comparison: str = ""
    strip: Markup | None = None
    strip_words: str = ""
    spark: Markup | None = None
    # Whose history it is, and its ends: value, address of its citation, when.
    spark_of: str = ""
    spark_ends: tuple[tuple[str, str, str], ...] = ()
    source: DatasetFacts | None = None


def metric_rows(metrics: Iterable[Metric], held: Held) -> tuple[MetricRow, ...]:
    """The rows of several metrics, in order; a metric without figures has one row."""
    rows = []
    for metric in metrics:
        if not metric.series:
            rows.append(
                MetricRow(metric, metric.title, metric_address(metric), why=metric.figures_note)
            )
        for series in metric.series:
            rows.append(_row(metric, series, held))
    return tuple(rows)


def _row(metric: Metric, series: SeriesLabel, held: Held) -> MetricRow:
    title = metric.title
    if len(metric.series) > 1:
        title = f"{metric.title}: {series.title}"
    address = metric_address(metric, series.breakdown)
    overview = held.overviews.get((metric.id, series.breakdown))
    if overview is None:
        return MetricRow(
            metric, title, address, series.breakdown, "The store holds no figures of this series."
        )
    strip = overview_strip(metric, title, overview)
    history = word_sized_history(metric, overview)
    return MetricRow(
        metric,
        title,
        address,
        series.breakdown,
        period=overview.period,
        combined=_combined(overview, metric, held),
        england=_figure(overview, ENGLAND, metric),
        comparison=_comparison(metric, series, held),
        # Drawn by our own renderers, which escape what they are given.
        strip=Markup(draw_overview_strip(strip, NARROW)) if strip else None,  # noqa: S704
        strip_words=strip.summary if strip else "No borough has a published figure.",
        spark=Markup(draw_sparkline(history.line)) if history else None,  # noqa: S704
        spark_of=history.name if history else "",
        spark_ends=_ends(metric, series, history) if history else (),
        source=held.dataset(metric),
    )


def _ends(
    metric: Metric, series: SeriesLabel, history: WordSizedHistory
) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            write_value(point.value, metric.unit),
            cite_address(metric.id, series.breakdown, history.code, point.start),
            write_when(point.period),
        )
        for point in history.ends
        if point.value is not None
    )


def _combined(overview: SeriesOverview, metric: Metric, held: Held) -> FigureWords:
    """The authority's published figure, else what is derived, else what the same places have."""
    published = _figure(overview, COMBINED_AUTHORITY, metric)
    key = (metric.id, overview.breakdown)
    if not published.missing:
        return published
    found = newest_derived(held.derived, key)
    if found is not None:
        figure, group = found
        when = "" if figure.period == overview.period else f"{figure.period}; "
        detail = f"{when}{group.how}; none is published"
        cite = cite_address(*key, COMBINED_AUTHORITY, figure.start, derived=True)
        value = write_value(figure.value, metric.unit)
        return FigureWords(value, detail, cite=cite, derived=True)
    other = held.same_places.get(key)
    told = (published.detail, same_places_words(other, metric))
    detail = "; ".join(one for one in told if one)
    return replace(published, detail=detail, cite=same_places_cite(other))


def _figure(overview: SeriesOverview, code: str, metric: Metric) -> FigureWords:
    figure = next((area.figure for area in overview.named if area.code == code), None)
    if figure is None or figure.value is None:
        return FigureWords(NOT_PUBLISHED, _why_missing(figure), missing=True)
    notes = [qualifier(figure.status), write_interval(figure.lower, figure.upper, metric.unit)]
    return FigureWords(
        write_value(figure.value, metric.unit),
        "; ".join(note for note in notes if note),
        cite=cite_address(metric.id, overview.breakdown, code, figure.start),
    )


def _why_missing(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return figure.note or qualifier(figure.status)


def _comparison(metric: Metric, series: SeriesLabel, held: Held) -> str:
    """How the combined authority compares with England, unless size alone decides that."""
    if metric.aggregation.rule == "sum":
        return ""
    gap = beside_england(held.combined.get((metric.id, series.breakdown)))
    return gap.sentence if gap else ""
