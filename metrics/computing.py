"""Computing the measures of every series and clause once, and storing them for the pages.

Nothing here asks a clock: a deadline is passed when the newest vintage in the store was known
after it, so the same store gives the same measures on any day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND, REGION, area_type
from data.devolution import read_deals
from data.measure_writes import MeasureRow, replace_measures
from data.reads import newest_known_on, read_areas, read_series, read_successors
from data.reference_data import REFERENCE
from metrics.area_names import area_in_text
from metrics.catalogue import Catalogue
from metrics.count_intervals import with_count_intervals
from metrics.denominators import Denominators, denominators_of, with_people
from metrics.devolution import Devolution, area_deals, bring_together, devolution_facts
from metrics.grouping import derived_groups, read_governed_groups
from metrics.judging import judge_clause
from metrics.measures.ends import area_ends, gap_ends
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.gaps import EXTREMES, TOP_AND_REST, gap_over_time
from metrics.measures.overview import overview
from metrics.measures.results import Result
from metrics.measures.splits import split_by_region
from metrics.mission import ClauseKind
from metrics.pockets import pockets_of

PACED = (ClauseKind.REACHES, ClauseKind.RISES_BY, ClauseKind.FALLS_BY)


def read_held_series(connection: Connection, catalogue: Catalogue) -> dict[str, list[Series]]:
    """The series of every metric whose figures are held and in the store."""
    successors, areas = read_successors(connection), read_areas(connection)
    held: dict[str, list[Series]] = {}
    for metric in catalogue.metrics.values():
        for label in metric.series:
            figures = read_series(connection, metric.id, label.breakdown, areas=areas)
            if not figures.empty:
                series = Series.of(metric, label.breakdown, figures, successors)
                held.setdefault(metric.id, []).append(series)
    return held


def refresh_measures(
    connection: Connection, catalogue: Catalogue, reference: Path = REFERENCE
) -> int:
    """Compute and store every measure again, within the caller's transaction.

    Args:
        connection: the store.
        catalogue: the definitions.
        reference: the reference files, for the dated facts that metrics are worked out from.

    Returns:
        How many measures were stored; 0 for a store without figures.

    Raises:
        ReferenceDataError: the dated facts have faults.
    """
    on = newest_known_on(connection)
    if on is None:
        return replace_measures(connection, [])
    held = read_held_series(connection, catalogue)
    areas = read_areas(connection)
    names = dict(zip(areas["code"], areas["name"], strict=True))
    computed = [metric for metric in catalogue.metrics.values() if metric.figures == "computed"]
    devolution = bring_together(read_deals(reference), held) if computed else None
    pockets = [
        MeasureRow("pockets", f"{one.metric}|{one.breakdown}", one.code, _json(one))
        for one in pockets_of(connection, held)
    ]
    denominators = denominators_of(connection, held)
    held = with_count_intervals(held, denominators)
    rows = _measures(catalogue, held, names, on, devolution, denominators)
    groups = read_governed_groups(connection)
    derived = (
        MeasureRow("derived", f"{one.metric}|{one.breakdown}|{one.group}", one.code, _json(one))
        for several in held.values()
        for series in several
        for one in derived_groups(series, groups, denominators)
    )
    return replace_measures(connection, chain(rows, pockets, derived))


def _measures(
    catalogue: Catalogue,
    held: dict[str, list[Series]],
    names: dict[str, str],
    on: date,
    devolution: Devolution | None,
    denominators: Denominators,
) -> Iterator[MeasureRow]:
    for clause in catalogue.clauses.values():
        summary = judge_clause(catalogue, clause, held, on, devolution)
        yield MeasureRow("clause", clause.id, "", _json(summary))
    if devolution is not None:
        yield MeasureRow("devolution", "", "", _json(devolution_facts(devolution, on)))
        for deal in area_deals(devolution, on):
            yield MeasureRow("devolution", "", deal.code, _json(deal))
    extremes = {
        metric.id
        for clause in catalogue.clauses.values()
        if clause.kind is ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES
        for metric in catalogue.serving(clause.id)
    }
    paced = {
        metric.id
        for clause in catalogue.clauses.values()
        if clause.kind in PACED
        for metric in catalogue.serving(clause.id)
    }
    shown = (COMBINED_AUTHORITY, *CONSTITUENT, REGION, ENGLAND)
    for metric_id, several in held.items():
        for series in several:
            subject = f"{metric_id}|{series.breakdown}"
            yield MeasureRow("overview", subject, "", _json(overview(series, shown, names)))
            disparity = series.metric.disparity
            if disparity is not None:
                kind = EXTREMES if metric_id in extremes else TOP_AND_REST
                gap = gap_over_time(series, disparity.areas, kind)
                yield MeasureRow("gap", subject, "", _json(gap))
                yield from _splits(series, kind, names, denominators)
            for known in area_facts(series, trends=metric_id in paced):
                facts = with_people(known, series.metric, denominators)
                yield MeasureRow("area_facts", subject, facts.code, _json(facts))


def _splits(
    series: Series, kind: str, names: dict[str, str], denominators: Denominators
) -> Iterator[MeasureRow]:
    """How far places differ between and within regions, and what moved at either end of the gap."""
    subject, disparity = f"{series.metric.id}|{series.breakdown}", series.metric.disparity
    if disparity is None:
        return
    weights = denominators.by_year(disparity.weight)
    for boroughs in (False, True):
        split = split_by_region(series, weights, names, boroughs)
        yield MeasureRow("decomposition", subject, split.code, _json(split))
    ends = gap_ends(series, disparity.areas, kind)
    yield MeasureRow("ends", subject, "", _json(ends))
    for code in (COMBINED_AUTHORITY, *CONSTITUENT):
        own = area_ends(series, code, area_in_text(names.get(code, code), area_type(code) or ""))
        if own is not None:
            yield MeasureRow("ends", subject, code, _json(own))


def _json(result: Result) -> str:
    """A result without what its type gives by itself: a third of the bytes."""
    return result.model_dump_json(exclude_defaults=True)
