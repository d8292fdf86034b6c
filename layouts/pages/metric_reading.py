"""What a metric's page needs of the store: one query for each need."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from data.areas import CONSTITUENT, ENGLAND
from data.periods import TimePeriod, period_in_words
from data.reads import DatasetFacts, read_datasets, read_measures
from data.series_reads import (
    KnownArea,
    read_area_measures,
    read_figures,
    read_groups_with_members,
    read_known_areas,
    read_periods,
)
from layouts.charts.places import Tier, belongs_to
from layouts.charts.published import (
    Figures,
    Published,
    figures_in,
    published_by_area,
    shape_of,
)
from layouts.pages.metric_choices import (
    NATIONS,
    Choices,
    comparators,
    default_areas,
    read_choices,
)
from layouts.request import PageRequest
from metrics.area_names import area_in_text
from metrics.definition import Metric
from metrics.measures.results import AreaFacts, ClauseSummary, GapSeries
from metrics.origin import SeriesLabel
from metrics.wording import write_list


@dataclass(frozen=True)
class MetricReading:
    """Everything that a metric's page shows, as read."""

    metric: Metric
    series: SeriesLabel | None
    choices: Choices
    areas: dict[str, KnownArea]
    periods: dict[TimePeriod, int] = field(default_factory=dict)
    # The period of the strip, the map and the table of all areas; None without figures.
    period: TimePeriod | None = None
    # What is shown when the reader chose nothing.
    shown: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    figures: Figures = field(default_factory=dict)
    in_period: dict[str, Published] = field(default_factory=dict)
    facts: dict[str, AreaFacts] = field(default_factory=dict)
    gap: GapSeries | None = None
    summaries: dict[str, ClauseSummary] = field(default_factory=dict)
    datasets: dict[str, DatasetFacts] = field(default_factory=dict)

    @property
    def places(self) -> tuple[KnownArea, ...]:
        """Every area of the tier that exists or has a figure, in the countries covered."""
        tier, coverage = self.choices.tier, self.metric.coverage
        if tier is None or coverage is None:
            return ()
        return tuple(
            area
            for area in self.areas.values()
            if belongs_to(area.code, tier)
            and (area.code in self.in_period or (area.current and self._covered(area, tier)))
        )

    def _covered(self, area: KnownArea, tier: Tier) -> bool:
        countries = self.metric.coverage.countries if self.metric.coverage else ()
        if "United Kingdom" in countries and len(countries) == 1:
            return True
        named = {code: name for name, code in NATIONS.items()}
        return tier == "itl_1" or named.get(area.country_code or "") in countries


def read_metric(
    request: PageRequest, metric: Metric, *, as_of: date | None = None
) -> MetricReading:
    """Read what the page of a metric needs, as the query string chooses.

    Figures, periods and datasets are those known on a day; what is stored about them (facts,
    gaps, verdicts) is always that of today.

    Faults in the query string are noted in `request.query`.
    """
    store, query = request.store, request.query
    areas = read_known_areas(store)
    group = query.text("group")
    groups = read_groups_with_members(store, [group]) if group else []
    asked = query.text("breakdown")
    labels = {label.breakdown: label for label in metric.series}
    series = labels.get(asked) or (metric.series[0] if metric.series else None)
    breakdown = series.breakdown if series else ""
    periods = read_periods(store, metric.id, breakdown, as_of=as_of) if series else {}
    choices = read_choices(query, metric, areas, groups, periods)
    summaries = {
        subject: ClauseSummary.model_validate_json(payload)
        for (subject, _), payload in read_measures(
            store, "clause", area_code="", subjects=metric.serves
        ).items()
    }
    datasets = read_datasets(store, as_of=as_of)
    if series is None:
        return MetricReading(metric, series, choices, areas, summaries=summaries, datasets=datasets)
    shown = choices.areas or default_areas(metric)
    beside = comparators(metric, shown)
    codes = (*shown, *beside, *CONSTITUENT)
    subject = f"{metric.id}|{breakdown}"
    facts = read_area_measures(store, "area_facts", subject, {*shown, ENGLAND})
    gaps = read_measures(store, "gap", area_code="", subjects=[subject])
    period = next((p for p in periods if p.start == choices.period), None) or _newest(periods)
    return MetricReading(
        metric,
        series,
        choices,
        areas,
        periods,
        period,
        shown,
        beside,
        published_by_area(read_figures(store, metric.id, breakdown, codes=codes, as_of=as_of)),
        figures_in(
            published_by_area(
                read_figures(store, metric.id, breakdown, period=period, as_of=as_of)
            ),
            period,
        )
        if period
        else {},
        {code: AreaFacts.model_validate_json(text) for code, text in facts.items()},
        next((GapSeries.model_validate_json(text) for text in gaps.values()), None),
        summaries,
        datasets,
    )


def told_of_choice(reading: MetricReading, opening: str) -> str:
    """What is said aloud when a choice has changed the page: what it shows now, and the answer."""
    choices, parts = reading.choices, []
    if choices.told:
        parts.append(choices.told)
    if reading.shown and reading.period is not None:
        shown = [reading.areas[code] for code in reading.shown]
        names = write_list([area_in_text(area.name, area.type) for area in shown])
        shape = shape_of(reading.metric)
        views = [
            words
            for shown, words in (
                (choices.map == "shown", "a map"),
                (choices.map == "tiles", "a map of hexagons"),
                (choices.table == "all", "a table of all areas"),
                (choices.table == "periods", "a table of every period"),
            )
            if shown
        ]
        beside = f", as {write_list(views)}" if views else ""
        parts.append(f"Shown: {names}, {period_in_words(reading.period, shape)}{beside}.")
    return " ".join([*parts, opening])


def _newest(periods: dict[TimePeriod, int]) -> TimePeriod | None:
    held = [period for period, areas in periods.items() if areas]
    return held[-1] if held else next(reversed(periods), None)
