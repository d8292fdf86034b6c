"""Computing the measures of every series and clause, and storing them for the pages.

Only what has changed is computed: the measures of a series or a clause stay as they are for as
long as everything that they were computed from does.

Nothing here asks a clock: a deadline is passed when the newest vintage in the store was known
after it, so the same store gives the same measures on any day.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND, REGION, area_type
from data.dataset_writes import read_state, write_state
from data.measure_reads import count_measures
from data.measure_writes import (
    MeasureRow,
    insert_measures,
    remove_measures,
    replace_measures,
)
from data.reference_data import REFERENCE
from metrics.area_names import area_in_text
from metrics.catalogue import Catalogue
from metrics.denominators import with_people
from metrics.devolution import area_deals, devolution_facts
from metrics.grouping import derived_groups
from metrics.judging import judge_clause
from metrics.measure_inputs import Inputs, Recorder
from metrics.measures.bands import bands
from metrics.measures.ends import area_ends, gap_ends
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.gaps import EXTREMES, TOP_AND_REST, gap_over_time
from metrics.measures.overview import overview
from metrics.measures.results import Result
from metrics.measures.splits import split_by_region
from metrics.mission import Clause, ClauseKind
from metrics.pockets import pockets_of

PACED = (ClauseKind.REACHES, ClauseKind.RISES_BY, ClauseKind.FALLS_BY)
BY_DEALS = (ClauseKind.COVERAGE, ClauseKind.HAS_SETTLEMENT)
COMPUTED_FROM = "measures_computed_from"
SHOWN = (COMBINED_AUTHORITY, *CONSTITUENT, REGION, ENGLAND)


@dataclass(frozen=True, slots=True)
class Unit:
    """Measures that are computed, and computed anew, together.

    `kinds` and `subject` are those of its rows; `with_more` is a kind whose subjects begin with
    the unit's own and go on.
    """

    kinds: tuple[str, ...]
    subject: str | None
    rows: Callable[[Recorder], Iterator[MeasureRow]]
    with_more: str = ""

    @property
    def name(self) -> str:
        """By what it is remembered."""
        return f"{self.kinds[0]} {self.subject or ''}"

    def forget(self, connection: Connection) -> None:
        """Remove its rows from the store."""
        for kind in self.kinds:
            remove_measures(connection, kind, self.subject)
        if self.with_more:
            remove_measures(connection, self.with_more, f"{self.subject}|", begins=True)


def refresh_measures(
    connection: Connection, catalogue: Catalogue, reference: Path = REFERENCE
) -> int:
    """Compute and store the measures whose inputs have changed, in the caller's transaction.

    After a change of the code, the declarations or the reference data that is all of them.

    Args:
        connection: the store.
        catalogue: the definitions.
        reference: the reference files, for the dated facts that metrics are worked out from.

    Returns:
        How many measures the store now holds; 0 for a store without figures.

    Raises:
        ReferenceDataError: the dated facts have faults.
    """
    inputs = Inputs(connection, catalogue, reference)
    if inputs.known_on is None:
        write_state(connection, COMPUTED_FROM, "{}")
        return replace_measures(connection, [])
    units = {unit.name: unit for unit in _units(inputs)}
    kept = _kept(connection, inputs, units)
    if not kept:
        replace_measures(connection, [])
    made = {}
    for name, unit in units.items():
        if name in kept:
            made[name] = kept[name]
            continue
        recorder = Recorder(inputs)
        if kept:
            unit.forget(connection)
        insert_measures(connection, unit.rows(recorder))
        made[name] = {key: inputs.mark(key) for key in sorted(recorder.taken)}
    written = {"rules": inputs.rules, "units": made}
    write_state(connection, COMPUTED_FROM, json.dumps(written, sort_keys=True))
    return count_measures(connection)


def _kept(
    connection: Connection, inputs: Inputs, units: Mapping[str, Unit]
) -> dict[str, dict[str, str]]:
    """The units whose measures stand, with the marks of their inputs.

    None where the rules have changed, or where the store has measures of a unit that is no more.
    """
    known = json.loads(read_state(connection, COMPUTED_FROM) or "{}")
    before: dict[str, dict[str, str]] = known.get("units", {})
    if known.get("rules") != inputs.rules or set(before) - set(units):
        return {}
    return {
        name: marks
        for name, marks in before.items()
        if all(inputs.mark(key) == mark for key, mark in marks.items())
    }


def _units(inputs: Inputs) -> Iterator[Unit]:
    catalogue = inputs.catalogue
    for clause in catalogue.clauses.values():
        yield Unit(("clause",), clause.id, _of_clause(catalogue, clause))
    yield Unit(("devolution",), None, _of_deals)
    yield Unit(("pockets",), None, _of_pockets)
    extremes = _serving(catalogue, (ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES,))
    paced = _serving(catalogue, PACED)
    metrics = [metric for metric, _ in inputs.subjects]
    for place, (metric, breakdown) in enumerate(inputs.subjects):
        first = metrics.index(metric)
        kind = EXTREMES if metric in extremes else TOP_AND_REST
        yield Unit(
            ("overview", "bands", "gap", "area_facts", "decomposition", "ends"),
            f"{metric}|{breakdown}",
            _of_series(metric, place - first, kind, trends=metric in paced),
            with_more="derived",
        )


def _serving(catalogue: Catalogue, kinds: tuple[ClauseKind, ...]) -> set[str]:
    """The metrics that serve a clause of one of these kinds."""
    return {
        metric.id
        for clause in catalogue.clauses.values()
        if clause.kind in kinds
        for metric in catalogue.serving(clause.id)
    }


def _of_clause(catalogue: Catalogue, clause: Clause) -> Callable[[Recorder], Iterator[MeasureRow]]:
    def rows(inputs: Recorder) -> Iterator[MeasureRow]:
        if clause.kind in BY_DEALS:
            on, devolution = inputs.known_on(), inputs.devolution
        else:
            on, devolution = inputs.known_on_beside(clause.deadline), None
        summary = judge_clause(catalogue, clause, inputs, on, devolution)
        yield MeasureRow("clause", clause.id, "", _json(summary))

    return rows


def _of_deals(inputs: Recorder) -> Iterator[MeasureRow]:
    devolution, on = inputs.devolution, inputs.known_on()
    if devolution is not None:
        yield MeasureRow("devolution", "", "", _json(devolution_facts(devolution, on)))
        for deal in area_deals(devolution, on):
            yield MeasureRow("devolution", "", deal.code, _json(deal))


def _of_pockets(inputs: Recorder) -> Iterator[MeasureRow]:
    for one in pockets_of(inputs.neighbourhoods(), inputs, inputs.held_metrics):
        yield MeasureRow("pockets", f"{one.metric}|{one.breakdown}", one.code, _json(one))


def _of_series(
    metric: str, place: int, kind: str, *, trends: bool
) -> Callable[[Recorder], Iterator[MeasureRow]]:
    def rows(inputs: Recorder) -> Iterator[MeasureRow]:
        series = inputs[metric][place]
        subject, disparity = f"{metric}|{series.breakdown}", series.metric.disparity
        if not series.periods:
            # Every figure is blank: nothing can be said but what the blanks themselves say.
            return
        shown = overview(series, SHOWN, inputs.names)
        yield MeasureRow("overview", subject, "", _json(shown))
        if (behind := bands(series)) is not None:
            yield MeasureRow("bands", subject, "", _json(behind))
        if disparity is not None:
            gap = gap_over_time(series, disparity.areas, kind)
            yield MeasureRow("gap", subject, "", _json(gap))
            yield from _splits(series, kind, inputs)
        for known in area_facts(series, trends=trends):
            facts = (
                with_people(known, series.metric, inputs.denominators)
                if series.metric.people
                else known
            )
            yield MeasureRow("area_facts", subject, facts.code, _json(facts))
        groups, denominators = inputs.behind_groups(series.metric.aggregation.rule)
        for one in derived_groups(series, groups, denominators):
            yield MeasureRow("derived", f"{subject}|{one.group}", one.code, _json(one))

    return rows


def _splits(series: Series, kind: str, inputs: Recorder) -> Iterator[MeasureRow]:
    """How far places differ between and within regions, and what moved at either end of the gap."""
    subject, disparity = f"{series.metric.id}|{series.breakdown}", series.metric.disparity
    if disparity is None:
        return
    weights = inputs.denominators.by_year(disparity.weight)
    for boroughs in (False, True):
        split = split_by_region(series, weights, inputs.names, boroughs)
        yield MeasureRow("decomposition", subject, split.code, _json(split))
    ends = gap_ends(series, disparity.areas, kind)
    yield MeasureRow("ends", subject, "", _json(ends))
    for code in (COMBINED_AUTHORITY, *CONSTITUENT):
        name = area_in_text(inputs.names.get(code, code), area_type(code) or "")
        own = area_ends(series, code, name)
        if own is not None:
            yield MeasureRow("ends", subject, code, _json(own))


def _json(result: Result) -> str:
    """A result without what its type gives by itself: a third of the bytes."""
    return result.model_dump_json(exclude_defaults=True)
