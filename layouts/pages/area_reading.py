"""What an area's page needs of the store: one query for each need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data.periods import TimePeriod
from data.reads import Area, read_measures
from data.series_reads import (
    Change,
    KnownArea,
    read_changes,
    read_figures_of_area,
    read_known_areas,
)
from layouts.charts.published import Published, published_by_area
from layouts.pages.standing_in import read_derived_of, read_same_places
from metrics.area_readings import area_readings, cohorts_of
from metrics.catalogue import Catalogue
from metrics.measures.devolution_areas import AreaDeal
from metrics.measures.group_results import DerivedGroup
from metrics.measures.results import AreaFacts, ClauseSummary
from metrics.mission import ClauseKind

SeriesKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class AreaReading:
    """Everything that an area's page shows, as read. Facts and figures by metric and breakdown."""

    area: Area
    areas: Mapping[str, KnownArea]
    changes: tuple[Change, ...]
    facts: Mapping[SeriesKey, AreaFacts]
    figures: Mapping[SeriesKey, Mapping[TimePeriod, Published]]
    clauses: Mapping[str, ClauseSummary]
    # Which areas were performing worst, for the statements about those, by clause.
    cohorts: Mapping[str, frozenset[str]]
    # Where nothing is published: what is derived here, and figures of an area of the same places.
    derived: Mapping[SeriesKey, DerivedGroup]
    same_places: Mapping[SeriesKey, AreaFacts]


def read_area_page(connection: Connection, catalogue: Catalogue, area: Area) -> AreaReading:
    """Read the page of an area that is known."""
    payloads = read_measures(connection, "area_facts", area_code=area.code)
    facts = [AreaFacts.model_validate_json(text) for text in payloads.values()]
    national = read_measures(
        connection,
        "clause",
        subjects=[
            clause.id
            for clause in catalogue.clauses.values()
            if clause.kind is ClauseKind.COHORT_RISES_BY
        ],
    )
    deals = read_measures(connection, "devolution", area_code=area.code)
    deal = next((AreaDeal.model_validate_json(text) for text in deals.values()), None)
    cohorts = cohorts_of(ClauseSummary.model_validate_json(text) for text in national.values())
    return AreaReading(
        area,
        read_known_areas(connection),
        tuple(read_changes(connection, area.code)),
        {(one.metric, one.breakdown): one for one in facts},
        {
            key: published_by_area(rows).get(area.code, {})
            for key, rows in read_figures_of_area(connection, area.code).items()
        },
        area_readings(catalogue, facts, area.code, cohorts, deal),
        cohorts,
        read_derived_of(connection, area.code),
        read_same_places(connection, area.code),
    )
