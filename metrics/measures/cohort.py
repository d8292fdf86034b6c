"""Clauses about the worst performing areas, fixed as they stood at a baseline.

The cohort is the third of areas with the lowest values at the baseline. Published values are
rounded, so several areas may stand level at the cut: they are named, and the cohort is read
both without any of them and with all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import sqrt

import numpy as np
import pandas as pd

from data.periods import TimePeriod
from metrics.measures.asked import no_share_of
from metrics.measures.baselines import declared_baseline, why_not_comparable
from metrics.measures.change import CRITICAL_Z, Measured
from metrics.measures.evidence import Series
from metrics.measures.levels import no_figure
from metrics.measures.linking import link_between
from metrics.measures.outcome import reading
from metrics.measures.results import Cause, Reading, Verdict
from metrics.measures.scope import by_period, in_scope
from metrics.measures.unmet import comparable_points, judge_unmet
from metrics.mission import Clause
from metrics.wording import write_list, write_number

SHARE = 3
TIES_SENTENCE = "The verdict depends on the areas that stand level at the cut."


@dataclass(frozen=True, slots=True)
class Cohort:
    """The lowest third at a baseline. `mean` is over exactly a third of the areas."""

    size: int
    areas: int
    mean: float
    cut: float
    below: tuple[str, ...]
    tied: tuple[str, ...]
    mean_below: float
    mean_up_to: float

    @property
    def up_to(self) -> tuple[str, ...]:
        """The cohort with all the areas that stand level at the cut."""
        return self.below + self.tied


def lowest_third(rows: pd.DataFrame) -> Cohort | None:
    """The third of areas with the lowest values; None for fewer than three areas.

    Args:
        rows: one row with a value for each area, with `ref_area` and `value`.
    """
    size = len(rows) // SHARE
    if size == 0:
        return None
    ordered = rows.sort_values(["value", "ref_area"])
    values = ordered["value"].to_numpy(dtype="float64")
    cut = float(values[size - 1])
    below = ordered[ordered["value"] < cut]
    tied = ordered[ordered["value"] == cut]
    up_to = pd.concat([below, tied])
    if len(up_to) == size:
        below, tied = up_to, ordered.iloc[0:0]
    return Cohort(
        size,
        len(rows),
        float(values[:size].mean()),
        cut,
        tuple(below["ref_area"]),
        tuple(tied["ref_area"]),
        float(below["value"].mean()) if len(below) else cut,
        float(up_to["value"].mean()),
    )


def named_areas(rows: pd.DataFrame, codes: Sequence[str]) -> str:
    """Areas by name, in the order of the alphabet, as a list within a sentence."""
    names = dict(zip(rows["ref_area"], rows["area_name"], strict=True))
    return write_list(sorted(str(names.get(code, code)) for code in codes))


def cohort_at(clause: Clause, series: Series) -> tuple[Cohort, TimePeriod] | None:
    """The cohort of a clause at its declared baseline, or None where it cannot be fixed.

    The areas are those that the publisher gives for that period, a renumbered area once. Two
    authorities that merged in the course of the baseline year stand beside their successor.
    """
    baseline = declared_baseline(clause.baseline_period, series.shape, series.periods)
    if baseline.period is None:
        return None
    link = link_between(baseline.period, series.periods[-1], series.metric.breaks)
    rows = link.rows(by_period(series.as_published)[baseline.period])
    cohort = lowest_third(in_scope(rows[rows["value"].notna()], clause.scope))
    return None if cohort is None else (cohort, baseline.period)


def judge_cohort(clause: Clause, series: Series, on: date) -> Reading:
    """Judge a clause of the kind `cohort_rises_by` with a relative threshold."""
    fixed = cohort_at(clause, series)
    if fixed is None:
        return no_figure(clause, series)
    cohort, earlier = fixed
    later = series.periods[-1]
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    now = series.valued(later)
    absent = sorted(set(cohort.up_to) - set(now.index))
    if refusal or absent:
        named = named_areas(series.as_published, absent)
        why = refusal or f"these areas have no figure now: {named}"
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            f"{why[0].upper()}{why[1:]}.",
            Cause.BREAK if "method changed" in refusal else Cause.FEW_POINTS,
        )
    if cohort.mean_below <= 0:
        why = no_share_of(series.metric, cohort.mean_below, series.words(earlier))
        return reading(clause, series, Verdict.CANNOT_BE_SHOWN, why, Cause.NO_RATIO)
    factor = 1 + (clause.threshold or 0.0)
    link = link_between(earlier, later, series.metric.breaks)
    then = link.rows(by_period(series.as_published)[earlier])
    both = [
        (codes, mean, float(now.loc[list(codes), "value"].mean()))
        for codes, mean in (
            (cohort.below, cohort.mean_below),
            (cohort.up_to, cohort.mean_up_to),
        )
        if codes
    ]
    reached = [current > mean * factor for _, mean, current in both]
    unmet = [
        judge_unmet(
            clause,
            series,
            Measured(current),
            later,
            mean * factor,
            comparable_points(series, partial(_mean_of, series, codes), later),
            on,
        )
        for codes, mean, current in both
    ]
    outcomes = [
        (_met(series, then, now, codes, factor), Cause.NONE) if met else (one.verdict, one.cause)
        for met, one, (codes, _, _) in zip(reached, unmet, both, strict=True)
    ]
    verdict, cause, tail = Verdict.CANNOT_BE_SHOWN, Cause.TIES, TIES_SENTENCE
    if len(set(outcomes)) == 1:
        (verdict, cause), tail = outcomes[0], "" if reached[0] else unmet[-1].sentence
    names = {code: str(now.loc[code, "area_name"]) for code in cohort.up_to}
    return reading(
        clause,
        series,
        verdict,
        f"{link.told(_sentence(series, cohort, both, factor, earlier, later))} {tail}".strip(),
        cause,
        numbers={
            "areas": float(cohort.areas),
            "cohort_size": float(cohort.size),
            "cohort_mean": cohort.mean,
            "asked": cohort.mean * factor,
            "cut": cohort.cut,
            "below_size": float(len(cohort.below)),
            "below_mean": cohort.mean_below,
            "below_asked": cohort.mean_below * factor,
            "below_now": both[0][2],
            "up_to_size": float(len(cohort.up_to)),
            "up_to_mean": cohort.mean_up_to,
            "up_to_asked": cohort.mean_up_to * factor,
            "up_to_now": both[-1][2],
        },
        names={
            "below": tuple(names[code] for code in cohort.below),
            "tied": tuple(names[code] for code in cohort.tied),
            "codes": cohort.up_to,
        },
    )


def _met(
    series: Series, then: pd.DataFrame, now: pd.DataFrame, codes: tuple[str, ...], factor: float
) -> Verdict:
    """Met where the errors of both means, or the rounding behind them, leave no doubt of it."""
    means = []
    for rows in (then.loc[list(codes)], now.loc[list(codes)]):
        errors = series.errors(rows)
        if errors is None or np.isnan(errors).any():
            return Verdict.MET_WITHIN_MARGIN
        means.append((float(rows["value"].mean()), sqrt(float(np.sum(errors**2))) / len(rows)))
    (before, before_error), (after, after_error) = means
    beyond = after - factor * before
    sure = beyond >= CRITICAL_Z * sqrt(after_error**2 + (factor * before_error) ** 2)
    return Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN


def _mean_of(series: Series, codes: tuple[str, ...], period: TimePeriod) -> Measured | None:
    """The mean of a cohort in a period; None where one of its areas has no figure."""
    rows = series.valued(period)
    if not set(codes) <= set(rows.index):
        return None
    return Measured(float(rows.loc[list(codes), "value"].mean()))


def _sentence(
    series: Series,
    cohort: Cohort,
    both: list[tuple[tuple[str, ...], float, float]],
    factor: float,
    earlier: TimePeriod,
    later: TimePeriod,
) -> str:
    suffix = series.metric.unit.suffix
    text = (
        f"The lowest third of {cohort.areas} areas in {series.words(earlier)} is {cohort.size} "
        f"areas averaging {write_number(cohort.mean, 1)}{suffix}, so the clause asks for "
        f"{write_number(cohort.mean * factor, 1)}{suffix}."
    )
    readings = [
        f"the {len(codes)} areas "
        + ("below the cut" if cohort.tied and index == 0 else "up to it" if cohort.tied else "")
        + f" averaged {write_number(mean, 1)}{suffix} then and {write_number(current, 1)}{suffix} "
        f"in {series.words(later)}, against {write_number(mean * factor, 1)}{suffix} asked"
        for index, (codes, mean, current) in enumerate(both)
    ]
    if cohort.tied:
        text += (
            f" {len(cohort.tied)} areas stand level at the cut of "
            f"{write_number(cohort.cut, 0)}{suffix}, so it is read both ways:"
        )
        return f"{text} {write_list(readings)}."
    return f"{text} {readings[-1][0].upper()}{readings[-1][1:]}.".replace("  ", " ")
