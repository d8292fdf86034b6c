"""Clauses that ask for a larger number of people: counts, never rates.

*No data* stands until counts for the baseline exist. A count over the lowest areas is taken over
the same areas at both ends: the lowest third by another metric, as it stood at the baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from data.periods import TimePeriod
from metrics.measures.baselines import declared_baseline, latest_ended_by
from metrics.measures.change import Measured
from metrics.measures.cohort import TIES_SENTENCE, Cohort, lowest_third, named_areas
from metrics.measures.evidence import Series
from metrics.measures.levels import no_figure, summed
from metrics.measures.outcome import reading
from metrics.measures.results import Cause, Reading, Verdict
from metrics.measures.rises import judge_rise
from metrics.measures.scope import in_scope
from metrics.mission import Clause
from metrics.wording import write_count

NATIONS = ("England", "United Kingdom", "outside_greater_south_east")


def judge_count(clause: Clause, series: Series, ranking: Series | None, on: date) -> Reading:
    """Judge a clause of the kind `count_rises_by`.

    Args:
        series: the counts.
        ranking: by which the lowest areas are chosen, where the clause speaks of them; None where
            it is not held.
        on: the day up to which figures are known.
    """
    if series.metric.aggregation.rule != "sum":
        return _no_data(clause, series, "The figures held are rates, and rates are not numbers.")
    baseline = declared_baseline(clause.baseline_period, series.shape, series.periods).period
    if baseline is None:
        return _no_data(clause, series, "The count for the baseline year is not held.")
    if clause.scope in NATIONS:
        return judge_rise(clause, series, on)
    cohort = _lowest(clause, ranking, baseline)
    if cohort is None or ranking is None:
        why = "No figures are held by which the lowest areas at the baseline could be chosen."
        return _no_data(clause, series, why)
    then, now = (set(series.valued(one).index) for one in (baseline, series.periods[-1]))
    absent = sorted(set(cohort.up_to) - (then & now))
    if absent:
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            "Of the lowest areas these lack a count in one of the years: "
            f"{named_areas(ranking.as_published, absent)}.",
            Cause.FEW_POINTS,
        )
    groups = [codes for codes in dict.fromkeys((cohort.below, cohort.up_to)) if codes]
    readings = [judge_rise(clause, series, on, partial(_sum_of, series, one)) for one in groups]
    return _both_ways(clause, series, cohort, readings)


def _no_data(clause: Clause, series: Series, why: str) -> Reading:
    return no_figure(clause, series).model_copy(update={"sentence": why})


def _lowest(clause: Clause, ranking: Series | None, baseline: TimePeriod) -> Cohort | None:
    """The lowest third by the newest ranking figures that were out by the end of the baseline."""
    if ranking is None:
        return None
    period = latest_ended_by(ranking.periods, baseline.end)
    return None if period is None else lowest_third(in_scope(ranking.valued(period), clause.scope))


def _sum_of(series: Series, codes: Sequence[str], period: TimePeriod) -> Measured | None:
    return summed(series, codes, period)


def _both_ways(
    clause: Clause, series: Series, cohort: Cohort, readings: Sequence[Reading]
) -> Reading:
    last = readings[-1]
    areas = write_count(len(cohort.up_to), "area", "areas")
    if len({(one.verdict, one.cause) for one in readings}) > 1:
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            f"{write_count(len(cohort.tied), 'area stands', 'areas stand')} level at the cut. "
            f"{TIES_SENTENCE}",
            Cause.TIES,
        )
    return last.model_copy(update={"sentence": f"The {areas} chosen, together. {last.sentence}"})
