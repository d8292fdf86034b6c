"""Clauses that name a rise or a fall of a stated size, from a baseline, by a date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from data.periods import TimePeriod
from metrics.measures.asked import (
    direction_asked,
    no_share_of,
    size_asked,
    surely_as_asked,
)
from metrics.measures.baselines import declared_baseline, two_baselines, why_not_comparable
from metrics.measures.change import Measured, difference
from metrics.measures.evidence import Series
from metrics.measures.levels import national_value, newest_period, no_figure, strip_of
from metrics.measures.linking import link_between
from metrics.measures.outcome import combine, no_baseline
from metrics.measures.results import (
    BaselineOutcome,
    Cause,
    MethodOutcome,
    Reading,
    Verdict,
)
from metrics.measures.trend import Point
from metrics.measures.unmet import comparable_points, judge_unmet
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_amount, write_difference, write_number, write_value

FigureIn = Callable[[TimePeriod], Measured | None]


def judge_rise(
    clause: Clause, series: Series, on: date, figure_in: FigureIn | None = None
) -> Reading:
    """Judge a clause of the kinds `rises_by` and `falls_by` from its baselines.

    Args:
        on: the day up to which figures are known.
        figure_in: the figure of a period, by default that of the clause's national scope.
    """
    if figure_in is None:
        figure_in = partial(national_value, series, clause.scope)
    newest = newest_period(series, figure_in)
    if newest is None:
        return no_figure(clause, series)
    if clause.baseline == "declared":
        baselines = [declared_baseline(clause.baseline_period, series.shape, series.periods)]
    else:
        baselines = two_baselines(series.periods)
    outcomes = []
    for baseline in baselines:
        if baseline.period is None:
            outcomes.append(no_baseline(baseline.name, series))
            continue
        before = figure_in(baseline.period)
        if before is None:
            outcomes.append(no_baseline(baseline.name, series))
            continue
        after = figure_in(newest)
        if after is None:
            return no_figure(clause, series)
        points = comparable_points(series, figure_in, newest)
        outcomes.append(
            _rise_outcome(
                clause, series, baseline.name, baseline.period, newest, before, after, points, on
            )
        )
    combined = combine(clause, series, outcomes)
    strip = _rise_strip(clause, series, newest, on, figure_in)
    return combined.model_copy(update={"methods": strip})


def _rise_strip(
    clause: Clause, series: Series, newest: TimePeriod, on: date, figure_in: FigureIn
) -> tuple[MethodOutcome, ...]:
    """The method strip of a change, from the White Paper's baseline or the declared one."""
    if clause.baseline == "declared":
        baseline = declared_baseline(clause.baseline_period, series.shape, series.periods)
    else:
        baseline = two_baselines(series.periods)[1]
    after = figure_in(newest)
    before = baseline.period and figure_in(baseline.period)
    if after is None or baseline.period is None or not isinstance(before, Measured):
        return ()
    if why_not_comparable(baseline.period, newest, series.metric.breaks, series.shape):
        return ()
    before = link_between(baseline.period, newest, series.metric.breaks).figure(before)
    sign, asked = direction_asked(clause), size_asked(clause, before.value)
    if asked is None or sign * (after.value - before.value) >= asked:
        return ()
    target = before.value + sign * asked
    points = comparable_points(series, figure_in, newest)
    unmet = judge_unmet(clause, series, after, newest, target, points, on)
    return strip_of(clause, series, points, target, unmet)


def _rise_outcome(
    clause: Clause,
    series: Series,
    name: str,
    earlier: TimePeriod,
    later: TimePeriod,
    before: Measured,
    after: Measured,
    points: list[Point],
    on: date,
) -> BaselineOutcome:
    label = series.words(earlier)
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    if refusal:
        return BaselineOutcome(
            baseline=name,
            label=label,
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=Cause.BREAK if "method changed" in refusal else Cause.FEW_POINTS,
            sentence=f"{refusal[0].upper()}{refusal[1:]}.",
        )
    link = link_between(earlier, later, series.metric.breaks)
    before = link.figure(before)
    sign, asked = direction_asked(clause), size_asked(clause, before.value)
    if asked is None:
        return BaselineOutcome(
            baseline=name,
            label=label,
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=Cause.NO_RATIO,
            sentence=no_share_of(series.metric, before.value, label),
        )
    result = difference(after, before, series.metric.evidence, series.metric.rounding)
    said = link.told(
        _rise_sentence(clause, series, before, after, earlier, later, result.lower, result.upper)
    )
    if sign * result.size >= asked:
        sure = surely_as_asked(clause, after, before, series.metric)
        verdict = Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN
        return BaselineOutcome(baseline=name, label=label, verdict=verdict, sentence=said)
    unmet = judge_unmet(clause, series, after, later, before.value + sign * asked, points, on)
    return BaselineOutcome(
        baseline=name,
        label=label,
        verdict=unmet.verdict,
        cause=unmet.cause,
        sentence=f"{said} {unmet.sentence}",
    )


def _rise_sentence(
    clause: Clause,
    series: Series,
    before: Measured,
    after: Measured,
    earlier: TimePeriod,
    later: TimePeriod,
    lower: float | None,
    upper: float | None,
) -> str:
    unit = series.metric.unit
    size = after.value - before.value
    way = "up" if size > 0 else "down"
    amount = f"{way} {write_difference(size, unit)}"
    if clause.threshold_kind == "relative" and before.value:
        amount = f"{way} {write_number(abs(size) / before.value * 100, 1)}%"
    elif lower is not None and upper is not None:
        amount += (
            f" (95% interval {write_number(lower, unit.decimals)} to "
            f"{write_number(upper, unit.decimals)})"
        )
    if round(size, unit.decimals + 2) == 0:
        amount = "unchanged"
    direction = "fall" if clause.kind is ClauseKind.FALLS_BY else "rise"
    asked = (
        f"{write_number((clause.threshold or 0) * 100, 0)}%"
        if clause.threshold_kind == "relative"
        else write_amount(clause.threshold or 0.0, unit)
    )
    deadline = f" by {clause.deadline.year}" if clause.deadline else ""
    where = {
        "England": "In England it",
        "United Kingdom": "In the UK it",
        "outside_greater_south_east": "Outside the Greater South East it",
    }.get(clause.scope, "It")
    return (
        f"{where} went from {write_value(before.value, unit)} in {series.words(earlier)} to "
        f"{write_value(after.value, unit)} in {series.words(later)}: {amount}, where the "
        f"mission asks for a {direction} of {asked}{deadline}."
    )
