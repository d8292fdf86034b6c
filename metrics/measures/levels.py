"""Clauses that name a level to be reached by a date, and the figures of national scopes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import numpy as np

from data.areas import ENGLAND
from data.periods import TimePeriod
from metrics.definition import Evidence
from metrics.measures.change import CRITICAL_Z, Measured
from metrics.measures.evidence import Series, measured
from metrics.measures.outcome import reading
from metrics.measures.results import (
    MethodOutcome,
    Reading,
    Verdict,
)
from metrics.measures.scope import OUTSIDE_GREATER_SOUTH_EAST, row_of
from metrics.measures.strip import method_strip
from metrics.measures.trend import Point
from metrics.measures.unmet import Unmet, comparable_points, judge_unmet
from metrics.mission import Clause
from metrics.wording import (
    write_difference,
    write_interval,
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
        return summed(series, OUTSIDE_GREATER_SOUTH_EAST, period)
    code = national_code(series, scope)
    return measured(row_of(rows, code)) if code in rows.index else None


def summed(series: Series, codes: Sequence[str], period: TimePeriod) -> Measured | None:
    """The sum over areas that do not overlap; None where one of them has no figure.

    Its error is the root of the sum of squares, where each of them has a margin of error.
    """
    rows = series.valued(period)
    if not set(codes) <= set(rows.index):
        return None
    chosen = rows.loc[list(codes)]
    total = float(chosen["value"].sum())
    errors = series.errors(chosen) if series.metric.evidence.has_intervals else None
    if errors is None or np.isnan(errors).any():
        return Measured(total)
    half = CRITICAL_Z * float(np.sqrt(np.sum(errors**2)))
    return Measured(total, total - half, total + half)


def newest_period(
    series: Series, figure_in: Callable[[TimePeriod], Measured | None]
) -> TimePeriod | None:
    """The newest period for which there is a figure."""
    return next(
        (period for period in reversed(series.periods) if figure_in(period) is not None),
        None,
    )


def judge_level(clause: Clause, series: Series, on: date) -> Reading:
    """Judge a clause of the kind `reaches`, as known on a day."""
    newest = newest_period(series, partial(national_value, series, clause.scope))
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
        methods=strip_of(clause, series, points, target, unmet),
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


def strip_of(
    clause: Clause, series: Series, points: list[Point], target: float, unmet: Unmet
) -> tuple[MethodOutcome, ...]:
    """The method strip of a target that is still ahead; empty where no date is set."""
    if clause.deadline is None or unmet.verdict is Verdict.MISSED:
        return ()
    return method_strip(series, points, target, clause.deadline, unmet)
