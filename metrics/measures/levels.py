"""Clauses that name a level to be reached, or a rise or fall of a stated size, by a date."""

from __future__ import annotations

from datetime import date

from data.areas import ENGLAND
from data.periods import TimePeriod
from metrics.definition import Evidence
from metrics.measures.baselines import declared_baseline, two_baselines, why_not_comparable
from metrics.measures.change import Measured, difference
from metrics.measures.evidence import Series, measured
from metrics.measures.outcome import combine, no_baseline, reading
from metrics.measures.results import BaselineOutcome, Cause, Direction, Reading, Verdict
from metrics.measures.scope import OUTSIDE_GREATER_SOUTH_EAST, row_of
from metrics.measures.unmet import comparable_points, judge_unmet
from metrics.mission import Clause, ClauseKind
from metrics.wording import (
    write_amount,
    write_difference,
    write_interval,
    write_number,
    write_target,
    write_value,
)


def national_code(series: Series, scope: str) -> str:
    """The code of the area that a national clause is judged by, as the series gives it."""
    if scope == "England":
        return ENGLAND
    return series.metric.coverage.united_kingdom if series.metric.coverage else ""


def national_value(series: Series, scope: str, period: TimePeriod) -> Measured | None:
    """The figure of a national scope in a period.

    `outside_greater_south_east` is the sum over its nine regions and nations, which the mission
    itself speaks of; one of them without a figure gives None.
    """
    rows = series.valued(period)
    if scope == "outside_greater_south_east":
        if not set(OUTSIDE_GREATER_SOUTH_EAST) <= set(rows.index):
            return None
        return Measured(float(rows.loc[list(OUTSIDE_GREATER_SOUTH_EAST), "value"].sum()))
    code = national_code(series, scope)
    return measured(row_of(rows, code)) if code in rows.index else None


def newest_period(series: Series, scope: str) -> TimePeriod | None:
    """The newest period for which the scope has a figure."""
    return next(
        (
            period
            for period in reversed(series.periods)
            if national_value(series, scope, period) is not None
        ),
        None,
    )


def judge_level(clause: Clause, series: Series, on: date) -> Reading:
    """Judge a clause of the kind `reaches`, as known on a day."""
    newest = newest_period(series, clause.scope)
    if newest is None or clause.threshold is None:
        return no_figure(clause, series)
    figure = national_value(series, clause.scope, newest)
    if figure is None:
        return no_figure(clause, series)
    return _judge_figure(clause, series, figure, newest, on)


def _judge_figure(
    clause: Clause, series: Series, figure: Measured, period: TimePeriod, on: date
) -> Reading:
    target = clause.threshold or 0.0
    unit = series.metric.unit
    numbers = {"value": figure.value, "target": target, "distance": target - figure.value}
    interval = write_interval(figure.lower, figure.upper, unit)
    where = {"England": "In England it", "United Kingdom": "In the UK it"}.get(clause.scope, "It")
    said = f"{where} was {write_value(figure.value, unit)}"
    said += f" ({interval})" if interval else ""
    said += f" in {series.words(period)}"
    goal = write_target(target, unit) + (f" by {clause.deadline.year}" if clause.deadline else "")
    if figure.value >= target:
        lower = _lowest(series, figure)
        sure = lower is not None and lower >= target
        return reading(
            clause,
            series,
            Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN,
            f"{said}, which reaches {goal}.",
            numbers=numbers,
        )
    points = comparable_points(
        series, lambda one: national_value(series, clause.scope, one), period
    )
    unmet = judge_unmet(clause, series, figure, period, target, points, on)
    return reading(
        clause,
        series,
        unmet.verdict,
        f"{said}, {write_difference(numbers['distance'], unit)} short of {goal}. {unmet.sentence}",
        unmet.cause,
        numbers={**numbers, **unmet.numbers},
    )


def _lowest(series: Series, figure: Measured) -> float | None:
    """The lowest value that the figure may stand for; None where that is not known."""
    if series.metric.evidence is Evidence.FULL_ENUMERATION:
        return figure.value - series.metric.rounding / 2
    return figure.lower


def no_figure(clause: Clause, series: Series, code: str = "") -> Reading:
    """The reading of a series without a figure for what the clause speaks of."""
    return reading(
        clause,
        series,
        Verdict.NO_DATA,
        "No figure is published for what the clause speaks of.",
        code=code,
    )


def judge_rise(clause: Clause, series: Series, on: date) -> Reading:
    """Judge a clause of the kinds `rises_by` and `falls_by` from its baselines."""
    newest = newest_period(series, clause.scope)
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
        before = national_value(series, clause.scope, baseline.period)
        if before is None:
            outcomes.append(no_baseline(baseline.name, series))
            continue
        after = national_value(series, clause.scope, newest)
        if after is None:
            return no_figure(clause, series)
        outcomes.append(
            _rise_outcome(clause, series, baseline.name, baseline.period, newest, before, after, on)
        )
    return combine(clause, series, outcomes)


def _rise_outcome(
    clause: Clause,
    series: Series,
    name: str,
    earlier: TimePeriod,
    later: TimePeriod,
    before: Measured,
    after: Measured,
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
    sign = -1.0 if clause.kind is ClauseKind.FALLS_BY else 1.0
    asked = clause.threshold or 0.0
    if clause.threshold_kind == "relative":
        asked *= before.value
    result = difference(after, before, series.metric.evidence, series.metric.rounding)
    said = _rise_sentence(clause, series, before, after, earlier, later, result.lower, result.upper)
    if sign * result.size >= asked:
        bound = result.lower if sign > 0 else result.upper
        exact = series.metric.evidence is Evidence.FULL_ENUMERATION
        sure = exact or (bound is not None and sign * bound >= asked)
        verdict = Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN
        if result.direction is Direction.CANNOT_TEST:
            verdict = Verdict.MET_WITHIN_MARGIN
        return BaselineOutcome(baseline=name, label=label, verdict=verdict, sentence=said)
    points = comparable_points(series, lambda one: national_value(series, clause.scope, one), later)
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
