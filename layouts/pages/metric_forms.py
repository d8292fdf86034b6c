"""The two forms of a metric's page, and what their controls offer."""

from __future__ import annotations

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.periods import period_in_words
from layouts.charts.places import TIER_NAMES, tiers_of
from layouts.charts.published import shape_of
from layouts.page import ChoiceForm
from layouts.pages.group_choices import groups_offered
from layouts.pages.metric_choices import label_of
from layouts.pages.metric_pictures import Pictures
from layouts.pages.metric_reading import MetricReading
from layouts.templating import render


def areas_form(reading: MetricReading, path: str) -> ChoiceForm:
    """The areas to draw, and the series."""
    choices, metric = reading.choices, reading.metric
    offers = [
        (f"{path}?{choices.changed(metric, areas=(*choices.areas, code))}", code)
        for code in choices.offers
    ]
    html = render(
        "metric_areas.html",
        choices=choices,
        metric=metric,
        series=reading.series,
        boxes=boxes(reading),
        offers=[(address, label_of(reading.areas[code])) for address, code in offers],
        suggestions=suggestions(reading),
        groups=groups_offered(reading.areas, reading.shown),
    )
    return ChoiceForm("metric-areas", path, html)


def places_form(reading: MetricReading, pictures: Pictures, path: str, heading: str) -> ChoiceForm:
    """The period and the kind of areas that are set beside each other."""
    html = render(
        "metric_places.html",
        heading=heading,
        choices=reading.choices,
        metric=reading.metric,
        periods=periods(reading),
        tiers=tiers(reading),
        pictures=pictures,
        chosen=reading.period,
    )
    return ChoiceForm("metric-places", path, html)


def boxes(reading: MetricReading) -> list[tuple[str, str, bool]]:
    """Code, name and whether chosen: the authority and boroughs as published, and what is shown."""
    shown, coverage = set(reading.shown), reading.metric.coverage
    published = [COMBINED_AUTHORITY] if coverage and coverage.combined_authority else []
    published += CONSTITUENT if coverage and coverage.boroughs else ()
    offered = dict.fromkeys((*published, *reading.shown))
    return [
        (code, label_of(reading.areas[code]), code in shown)
        for code in offered
        if code in reading.areas
    ]


def suggestions(reading: MetricReading) -> list[str]:
    """The labels of the current areas that the metric is declared for, each once."""
    types = set(reading.metric.coverage.area_types) if reading.metric.coverage else set()
    labels = [
        label_of(area) for area in reading.areas.values() if area.current and area.type in types
    ]
    return list(dict.fromkeys(labels))


def periods(reading: MetricReading) -> list[tuple[str, str]]:
    """The first day and the words of each period, the newest first."""
    shape = shape_of(reading.metric)
    return [
        (period.start.isoformat(), period_in_words(period, shape))
        for period in reversed(reading.periods)
    ]


def tiers(reading: MetricReading) -> list[tuple[str, str]]:
    """The tiers that the metric is declared for, by name."""
    return [(tier, TIER_NAMES[tier]) for tier in tiers_of(reading.metric)]
