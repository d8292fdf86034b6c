"""Which test each clause gets, nationally and for one area, and how its readings add up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from metrics.area_readings import area_readings
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.devolution import Devolution
from metrics.measures.cohort import judge_cohort
from metrics.measures.counts import judge_count
from metrics.measures.devolution import judge_devolution
from metrics.measures.everywhere import judge_everywhere
from metrics.measures.evidence import Series
from metrics.measures.gaps import judge_gap
from metrics.measures.levels import judge_level
from metrics.measures.leverage import judge_leverage
from metrics.measures.outcome import Subject, reading, summarise
from metrics.measures.results import ClauseSummary, Reading, Verdict
from metrics.measures.rises import judge_rise
from metrics.measures.worst import judge_worst
from metrics.mission import Clause, ClauseKind


def judge_clause(
    catalogue: Catalogue,
    clause: Clause,
    held: Mapping[str, list[Series]],
    on: date,
    devolution: Devolution | None = None,
) -> ClauseSummary:
    """Judge a clause for the nation by every series that serves it.

    Args:
        held: for each metric with figures, its series.
        on: the day up to which figures are known, so that a passed deadline is seen as passed.
        devolution: the deals, with the people who live under them; None where no population is
            held.
    """
    serving = catalogue.serving(clause.id)
    if clause.kind is ClauseKind.NOT_MEASURABLE:
        return ClauseSummary(
            clause=clause.id,
            verdict=Verdict.NOT_MEASURABLE,
            sentence=clause.reading,
            readings=(),
        )
    if clause.kind is ClauseKind.LEVERAGES:
        return summarise(clause, [_leverage(clause, serving, held, on)] if serving else [])
    readings = []
    for metric in serving:
        if clause.kind in (ClauseKind.COVERAGE, ClauseKind.HAS_SETTLEMENT) and devolution:
            known = devolution
            readings.append(judge_devolution(clause, metric, known.deals, known.population, on))
            continue
        series_of_metric = [series for series in held.get(metric.id, []) if series.periods]
        if not series_of_metric:
            readings.append(_not_held(clause, metric))
        readings.extend(
            judge_series(clause, series, on, _whole(held, clause.lowest_by))
            for series in series_of_metric
        )
    titles = {metric.id: metric.short_title for metric in serving}
    return summarise(clause, readings, titles=titles)


def judge_series(
    clause: Clause, series: Series, on: date, ranking: Series | None = None
) -> Reading:
    """Judge a clause by one series that has figures.

    Args:
        ranking: for a count over the lowest areas, the series by which they are the lowest.

    Raises:
        ValueError: the words of the clause set no test.
    """
    kind = clause.kind
    if kind in (ClauseKind.RISES_EVERYWHERE, ClauseKind.FALLS_EVERYWHERE):
        return judge_everywhere(clause, series)
    if kind in (ClauseKind.GAP_CLOSES, ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES):
        return judge_gap(clause, series)
    if kind is ClauseKind.REACHES:
        return judge_level(clause, series, on)
    if kind in (ClauseKind.RISES_BY, ClauseKind.FALLS_BY):
        return judge_rise(clause, series, on)
    if kind is ClauseKind.COHORT_RISES_BY:
        return judge_cohort(clause, series, on)
    if kind is ClauseKind.WORST_IMPROVE_MOST:
        return judge_worst(clause, series)
    if kind is ClauseKind.COUNT_RISES_BY:
        return judge_count(clause, series, ranking, on)
    if kind in (ClauseKind.COVERAGE, ClauseKind.HAS_SETTLEMENT):
        return reading(
            clause, series, Verdict.NO_DATA, "No deals, or no people who live under them, are held."
        )
    if kind is ClauseKind.LEVERAGES:
        why = "A ratio needs two series, and this is one of them."
        return reading(clause, series, Verdict.NO_DATA, why)
    raise ValueError(f"the words of {clause.id} set no test")


def _not_held(clause: Clause, metric: Metric) -> Reading:
    return reading(clause, Subject(metric), Verdict.NO_DATA, metric.figures_note)


def _whole(held: Mapping[str, list[Series]], metric_id: str) -> Series | None:
    """The series of a metric as a whole, where it has figures."""
    return next((one for one in held.get(metric_id, []) if not one.breakdown and one.periods), None)


def _leverage(
    clause: Clause, serving: list[Metric], held: Mapping[str, list[Series]], on: date
) -> Reading:
    """A ratio of two series needs years that both of them cover."""
    public, drawn = _whole(held, clause.drawn_by), _whole(held, clause.drawn_in)
    subject = next((one for one in serving if one.id == clause.drawn_in), serving[0])
    return judge_leverage(clause, public, drawn, Subject(subject), on)


__all__ = ["area_readings", "judge_clause", "judge_series", "summarise"]
