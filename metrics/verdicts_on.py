"""What one series says on the statements that it serves, today and on any earlier day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.reads import read_measures, read_series, read_successors
from data.reference_data import REFERENCE
from metrics.catalogue import Catalogue
from metrics.count_intervals import with_count_intervals
from metrics.definition import Metric
from metrics.devolution import POPULATION
from metrics.judging import judge_series
from metrics.measure_inputs import Inputs
from metrics.measures.evidence import Series
from metrics.measures.results import ClauseSummary, Reading
from metrics.mission import Clause, ClauseKind

# What one series is enough to judge. A ratio of two series, or a deal, is no claim of one.
JUDGED_ALONE = (
    ClauseKind.RISES_EVERYWHERE,
    ClauseKind.FALLS_EVERYWHERE,
    ClauseKind.GAP_CLOSES,
    ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES,
    ClauseKind.REACHES,
    ClauseKind.RISES_BY,
    ClauseKind.FALLS_BY,
    ClauseKind.COHORT_RISES_BY,
    ClauseKind.WORST_IMPROVE_MOST,
)


@dataclass(frozen=True, slots=True)
class VerdictThenAndNow:
    """What one series says on a statement on two days; None where it held no figures then."""

    clause: Clause
    then: Reading | None
    now: Reading

    @property
    def same(self) -> bool:
        """Whether the verdict, with its cause, is in the same words."""
        return self.then is not None and self.then.words == self.now.words


def verdicts_since(
    connection: Connection, catalogue: Catalogue, metric: Metric, breakdown: str, since: date
) -> tuple[VerdictThenAndNow, ...]:
    """The verdicts of a series on the statements it serves, at the end of a day and today.

    Those of the day are worked out with the rules, the areas and the people of today from the
    figures known then. Only statements that one series is enough to judge are among them.

    Returns:
        In the order in which the metric serves the statements; nothing where it serves none of
        that kind, or where none has been judged.
    """
    now = dict(_stored(connection, catalogue, metric, breakdown))
    if not now:
        return ()
    frame = read_series(connection, metric.id, breakdown, as_of=since)
    then: dict[str, Reading] = {}
    if not frame.empty:
        series = Series.of(metric, breakdown, frame, read_successors(connection))
        known = with_margins(connection, catalogue, series)
        if known.periods:
            then = {
                clause.id: reading
                for clause, reading in readings_on(connection, catalogue, metric, known, since)
            }
    return tuple(
        VerdictThenAndNow(clause, then.get(clause.id), now[clause.id])
        for clause in _alone(catalogue, metric)
        if clause.id in now
    )


def readings_on(
    connection: Connection, catalogue: Catalogue, metric: Metric, series: Series, on: date | None
) -> Iterator[tuple[Clause, Reading]]:
    """What a series says on each statement that it is enough to judge.

    Args:
        series: as known on the day, with the margins that it is judged with.
        on: the day; None for today, whose readings are stored.
    """
    if on is None:
        stored = dict(_stored(connection, catalogue, metric, series.breakdown))
        yield from ((one, stored[one.id]) for one in _alone(catalogue, metric) if one.id in stored)
        return
    for clause in _alone(catalogue, metric):
        yield clause, judge_series(clause, series, on)


def with_margins(connection: Connection, catalogue: Catalogue, series: Series) -> Series:
    """The series as it is judged: where its margins of error are worked out here, with them.

    The people behind its rates are those known now, which are in few vintages.
    """
    if series.metric.counts is None or series.metric.id == POPULATION:
        return series
    denominators = Inputs(connection, catalogue, REFERENCE).denominators
    return with_count_intervals({"": [series]}, denominators)[""][0]


def _alone(catalogue: Catalogue, metric: Metric) -> list[Clause]:
    serves = [catalogue.clauses[one] for one in metric.serves]
    return [clause for clause in serves if clause.kind in JUDGED_ALONE]


def _stored(
    connection: Connection, catalogue: Catalogue, metric: Metric, breakdown: str
) -> Iterator[tuple[str, Reading]]:
    """The readings of today by statement, of this series alone."""
    ids = [clause.id for clause in _alone(catalogue, metric)]
    for (clause, area), payload in read_measures(connection, "clause", subjects=ids).items():
        for reading in ClauseSummary.model_validate_json(payload).readings:
            if not area and (reading.metric, reading.breakdown) == (metric.id, breakdown):
                yield clause, reading
