"""What is told where an area has no published figure: one derived here, or one of the same places.

Neither is ever called the area's published figure.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from data.areas import SAME_EXTENT
from data.reads import read_measures
from layouts.addresses import cite_address
from metrics.definition import Metric
from metrics.measures.group_results import DerivedFigure, DerivedGroup
from metrics.measures.results import AreaFacts, Figure
from metrics.openings import write_measured
from metrics.wording import write_interval, write_when

# The places are those of one combined authority and one police force.
SAME_PLACES = "the police force area, which is the same seven boroughs"

SeriesKey = tuple[str, str]


def read_derived_of(connection: Connection, code: str) -> dict[SeriesKey, DerivedGroup]:
    """What is derived for the area with this code, by metric and breakdown."""
    stored = read_measures(connection, "derived", area_code=code) if code else {}
    groups = (DerivedGroup.model_validate_json(text) for text in stored.values())
    return {(one.metric, one.breakdown): one for one in groups}


def read_same_places(connection: Connection, code: str) -> dict[SeriesKey, AreaFacts]:
    """What is known of the area that has exactly the places of this one, where there is one."""
    other = SAME_EXTENT.get(code)
    if other is None:
        return {}
    stored = read_measures(connection, "area_facts", area_code=other)
    facts = (AreaFacts.model_validate_json(text) for text in stored.values())
    return {(one.metric, one.breakdown): one for one in facts}


def newest_derived(
    derived: Mapping[SeriesKey, DerivedGroup], key: SeriesKey
) -> tuple[DerivedFigure, DerivedGroup] | None:
    """The newest figure derived for a period without a published one, with its making."""
    group = derived.get(key)
    if group is None or not group.standing_in:
        return None
    return group.standing_in[-1], group


def same_places_words(facts: AreaFacts | None, metric: Metric) -> str:
    """The figure of the same places under another name; empty where there is none."""
    latest = facts.latest if facts is not None else None
    if latest is None or latest.value is None:
        return ""
    return f"{SAME_PLACES[:1].upper()}{SAME_PLACES[1:]}: {_figure(latest, metric)}"


def same_places_cite(facts: AreaFacts | None) -> str:
    """The address of the citation of that figure; empty where there is none."""
    latest = facts.latest if facts is not None else None
    if facts is None or latest is None or latest.value is None:
        return ""
    return cite_address(facts.metric, facts.breakdown, facts.code, latest.start)


def _figure(figure: Figure, metric: Metric) -> str:
    words = f"{write_measured(figure.value or 0.0, metric.unit)} {write_when(figure.period)}"
    interval = write_interval(figure.lower, figure.upper, metric.unit)
    return f"{words} ({interval})" if interval else words
