"""Which test each clause gets, nationally and for one area, and how its readings add up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from metrics.area_readings import area_readings
from metrics.catalogue import Catalogue
from metrics.definition import Evidence, Metric
from metrics.devolution import Devolution
from metrics.measures.cohort import judge_cohort
from metrics.measures.devolution import judge_devolution
from metrics.measures.everywhere import cannot_test, judge_everywhere
from metrics.measures.evidence import Series
from metrics.measures.gaps import judge_gap
from metrics.measures.levels import judge_level
from metrics.measures.outcome import Subject, reading, summarise
from metrics.measures.results import Cause, ClauseSummary, Reading, Verdict
from metrics.measures.rises import judge_rise
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
        return summarise(clause, [_judge_leverage(clause, serving, held)] if serving else [])
    readings = []
    for metric in serving:
        if clause.kind in (ClauseKind.COVERAGE, ClauseKind.HAS_SETTLEMENT) and devolution:
            known = devolution
            readings.append(judge_devolution(clause, metric, known.deals, known.population, on))
            continue
        series_of_metric = [series for series in held.get(metric.id, []) if series.periods]
        if not series_of_metric:
            readings.append(_not_held(clause, metric))
        readings.extend(judge_series(clause, series, on) for series in series_of_metric)
    titles = {metric.id: metric.short_title for metric in serving}
    return summarise(clause, readings, titles=titles)


def judge_series(clause: Clause, series: Series, on: date) -> Reading:
    """Judge a clause by one series that has figures."""
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
    if series.metric.evidence not in (Evidence.INTERVALS, Evidence.FULL_ENUMERATION):
        return cannot_test(clause, series)
    return reading(
        clause,
        series,
        Verdict.CANNOT_BE_SHOWN,
        "Figures are held, but this kind of statement is not tested in this edition.",
        Cause.NOT_TESTED,
    )


def _not_held(clause: Clause, metric: Metric) -> Reading:
    return reading(clause, Subject(metric), Verdict.NO_DATA, metric.figures_note)


def _judge_leverage(
    clause: Clause, serving: list[Metric], held: Mapping[str, list[Series]]
) -> Reading:
    """A ratio of two series needs years that both of them cover."""
    periods = {
        metric.title: set(series.periods)
        for metric in serving
        for series in held.get(metric.id, [])
    }
    subject = Subject(serving[0])
    if len(periods) < 2:
        return reading(
            clause, subject, Verdict.NO_DATA, "Public and private figures are not both held."
        )
    if not set.intersection(*periods.values()):
        return reading(
            clause,
            subject,
            Verdict.NO_DATA,
            "The public and the private figures have no year in common, so no ratio of one to "
            "the other can be formed.",
        )
    return reading(
        clause,
        subject,
        Verdict.CANNOT_BE_SHOWN,
        "Added private money for each pound of added public money is not tested in this edition.",
        Cause.NOT_TESTED,
    )


__all__ = ["area_readings", "judge_clause", "judge_series", "summarise"]
