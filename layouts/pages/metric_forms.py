"""What the controls of a metric's page offer."""

from __future__ import annotations

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.periods import period_in_words
from layouts.charts.places import TIER_NAMES, tiers_of
from layouts.charts.published import shape_of
from layouts.pages.metric_choices import label_of
from layouts.pages.metric_reading import MetricReading


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
