"""What the figures of one area say on each statement, at the end of an earlier day and today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.reads import read_area_figures, read_successors
from data.since_reads import read_valued_periods
from metrics.area_readings import CHANGES, EVERYWHERE, area_readings
from metrics.catalogue import Catalogue
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.results import AreaFacts, ClauseSummary
from metrics.mission import Clause, ClauseKind
from metrics.verdicts_on import with_margins

# The tests that the figures of a single area can be put to. Trends are needed for the others
# than a rise or a fall everywhere, which look ahead to a date.
LOOKING_AHEAD = (*CHANGES, ClauseKind.REACHES, ClauseKind.COHORT_RISES_BY)
JUDGED_FOR_AN_AREA = (*EVERYWHERE, *LOOKING_AHEAD)


@dataclass(frozen=True, slots=True)
class AreaVerdictThenAndNow:
    """What is said of an area on a statement on two days; None where it had no figures then.

    `series_then` and `series_now` count the series with a figure of the area that bear on it.
    """

    clause: Clause
    then: ClauseSummary | None
    now: ClauseSummary
    series_then: int
    series_now: int

    @property
    def same(self) -> bool:
        """Whether the verdict, with its cause, and those of the series are in the same words."""
        return self.then is not None and _words(self.then) == _words(self.now)


def area_verdicts_since(
    connection: Connection,
    catalogue: Catalogue,
    code: str,
    since: date,
    now: Iterable[AreaFacts],
    cohorts: Mapping[str, frozenset[str]],
) -> tuple[AreaVerdictThenAndNow, ...]:
    """The verdicts for an area at the end of a day and today.

    Those of the day are worked out from the figures known then, with the rules, the areas, the
    people and the worst performing areas of today.

    Args:
        code: of an area that exists today.
        now: what is known of it today, one entry for each series.
        cohorts: for statements about the worst performing areas, which those are.
    """
    then = list(_facts_on(connection, catalogue, code, since))
    return then_and_now_of(catalogue, code, then, now, cohorts)


def then_and_now_of(
    catalogue: Catalogue,
    code: str,
    then: Iterable[AreaFacts],
    now: Iterable[AreaFacts],
    cohorts: Mapping[str, frozenset[str]],
) -> tuple[AreaVerdictThenAndNow, ...]:
    """The verdicts for an area by what was known of it, and by what is.

    Returns:
        In the order of missions, the statements that a single area is judged on and that it has,
        or had, a figure for.
    """
    known = [{(one.metric, one.breakdown): one for one in facts} for facts in (then, now)]
    earlier, today = (
        area_readings(catalogue, facts.values(), code, cohorts, None) for facts in known
    )
    found = []
    for clause in catalogue.clauses.values():
        before, held = (_series_with_figures(catalogue, clause, facts) for facts in known)
        summary = today[clause.id]
        apart = summary.verdict is None and not summary.readings
        if clause.kind not in JUDGED_FOR_AN_AREA or apart or not (before or held):
            continue
        found.append(
            AreaVerdictThenAndNow(
                clause, earlier[clause.id] if before else None, summary, before, held
            )
        )
    return tuple(found)


def _series_with_figures(
    catalogue: Catalogue, clause: Clause, facts: Mapping[tuple[str, str], AreaFacts]
) -> int:
    serving = {metric.id for metric in catalogue.serving(clause.id)}
    return sum(
        metric in serving and one.latest is not None and one.latest.value is not None
        for (metric, _), one in facts.items()
    )


def _words(summary: ClauseSummary) -> tuple[str, Sequence[tuple[str, str, str]]]:
    return summary.words, [(one.metric, one.breakdown, one.words) for one in summary.readings]


def _facts_on(
    connection: Connection, catalogue: Catalogue, code: str, since: date
) -> Iterable[AreaFacts]:
    """What was known of an area in every series that bears on a statement for it."""
    serving = {
        metric.id: any(catalogue.clauses[one].kind in LOOKING_AHEAD for one in metric.serves)
        for metric in catalogue.metrics.values()
        if any(catalogue.clauses[one].kind in JUDGED_FOR_AN_AREA for one in metric.serves)
    }
    frame = read_area_figures(connection, code, as_of=since)
    periods = read_valued_periods(connection, serving, as_of=since)
    successors = read_successors(connection)
    for metric_id, trends in serving.items():
        metric = catalogue.metrics[metric_id]
        for label in metric.series:
            own = frame[(frame["metric_id"] == metric_id) & (frame["breakdown"] == label.breakdown)]
            if own.empty:
                continue
            series = Series.of(
                metric,
                label.breakdown,
                own.drop(columns=["metric_id", "breakdown"]).reset_index(drop=True),
                successors,
                tuple(periods.get((metric_id, label.breakdown), ())),
            )
            known = with_margins(connection, catalogue, series)
            yield from area_facts(known, [code], trends=trends)
