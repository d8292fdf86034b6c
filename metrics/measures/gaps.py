"""Clauses about gaps among areas, and the gap of a series over time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np

from data.periods import TimePeriod, period_in_short
from metrics.definition import Polarity
from metrics.measures.baselines import two_baselines, why_not_comparable
from metrics.measures.change import CRITICAL_Z, NO_TEST_REASONS
from metrics.measures.disparity import (
    Gap,
    Numbers,
    corrected_gap,
    gap_between_extremes,
    gap_top_and_rest,
)
from metrics.measures.evidence import Series
from metrics.measures.linking import Linked, link_between
from metrics.measures.outcome import combine, no_baseline, reading
from metrics.measures.results import (
    BaselineOutcome,
    Cause,
    GapPoint,
    GapSeries,
    Reading,
    Verdict,
)
from metrics.measures.scope import in_scope
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_count, write_difference, write_number

EXTREMES = "extremes"
TOP_AND_REST = "top_and_rest"
NOT_LINKED = Linked()
# A gap says nothing of areas left out; beyond this share it would not be a gap among all.
LARGEST_SHARE_LEFT_OUT = 0.05
OTHER_AREAS = "more than one area in twenty has a figure in only one of the two periods"


@dataclass(frozen=True, slots=True)
class GapPair:
    """The plain and the noise-corrected gap of one period.

    `left_out` counts the areas that have a value but no interval: a gap in which they counted
    as exact would claim too much. `codes` are all areas that have a value.
    """

    plain: Gap
    corrected: Gap | None
    areas: int
    left_out: int
    codes: frozenset[str]


def gap_in(
    series: Series, scope: str, kind: str, period: TimePeriod, link: Linked = NOT_LINKED
) -> GapPair | None:
    """The gap among the areas of a scope in one period; None with fewer than 20 values.

    Money of the year is set against the national figure as 100 first, so that inflation alone
    widens no gap; without a national figure in that period there is no gap. With a link the
    figures are first put on the basis that it leads to.
    """
    rows = link.rows(in_scope(series.valued(period), scope))
    values = rows["value"].to_numpy(dtype="float64")
    errors = series.errors(rows)
    left_out = 0
    if errors is not None:
        known = ~np.isnan(errors)
        left_out = int((~known).sum())
        values, errors = values[known], errors[known]
    if series.metric.money == "nominal":
        national = series.national(period)
        if national is None:
            return None
        national *= link.factor
        values = values / national * 100
        errors = None if errors is None else errors / national * 100
    plain = _gap(series, kind, values, errors)
    if plain is None:
        return None
    corrected = None
    if errors is not None:
        corrected = corrected_gap(values, errors, partial(_gap, series, kind))
    return GapPair(plain, corrected, len(values), left_out, frozenset(rows["ref_area"]))


def _gap(series: Series, kind: str, values: Numbers, errors: Numbers | None) -> Gap | None:
    if kind == EXTREMES:
        return gap_between_extremes(values, errors)
    return gap_top_and_rest(values, series.metric.polarity, errors)


def gap_over_time(series: Series, scope: str, kind: str) -> GapSeries:
    """The gap in every period of a series. A period with too few areas is left out."""
    points = []
    for period in series.periods:
        pair = gap_in(series, scope, kind, period)
        if pair is None:
            continue
        sampled = series.metric.evidence.has_intervals
        interval = pair.plain.interval if sampled else None
        points.append(
            GapPoint(
                start=period.start,
                end=period.end,
                period=series.words(period),
                short_period=period_in_short(period, series.shape),
                areas=pair.areas,
                group_size=pair.plain.group_size,
                plain=pair.plain.size,
                plain_lower=interval[0] if interval else None,
                plain_upper=interval[1] if interval else None,
                corrected=pair.corrected.size if pair.corrected and sampled else None,
                top_mean=pair.plain.top_mean,
                other_mean=pair.plain.other_mean,
            )
        )
    return GapSeries(
        metric=series.metric.id,
        breakdown=series.breakdown,
        kind=kind,
        scope=scope,
        points=tuple(points),
        sentence=_series_sentence(series, kind, points),
    )


def _series_sentence(series: Series, kind: str, points: list[GapPoint]) -> str:
    if not points:
        return "There are too few areas with a figure to measure a gap."
    newest = points[-1]
    ends = (
        "the highest tenth and the lowest tenth"
        if kind == EXTREMES
        else "the best tenth and the rest"
    )
    text = (
        f"In {newest.period} the gap between the averages of {ends} of {newest.areas} areas was "
        f"{_size(series, newest.plain)}"
    )
    if newest.corrected is not None and series.metric.evidence.has_intervals:
        text += f", or {_size(series, newest.corrected)} once sampling noise is taken out"
    return f"{text}."


def _size(series: Series, size: float | None) -> str:
    if size is None:
        return "not known"
    if series.metric.money == "nominal":
        return f"{write_number(size, 1)} points (UK = 100)"
    unit = series.metric.unit
    finer = unit.model_copy(update={"decimals": max(unit.decimals, 1)})
    return write_difference(size, finer)


def judge_gap(clause: Clause, series: Series) -> Reading:
    """Judge a clause of the kinds `gap_closes` and `gap_between_extremes_closes`."""
    if not series.metric.evidence.testable:
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            f"No change in the gap can be told from chance: "
            f"{NO_TEST_REASONS[series.metric.evidence]}.",
            Cause.NO_INTERVAL,
        )
    if series.metric.polarity is Polarity.NONE:
        raise ValueError(f"{series.metric.id} serves {clause.id} but declares no polarity")
    kind = EXTREMES if clause.kind is ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES else TOP_AND_REST
    later = series.periods[-1]
    outcomes = [
        _outcome(clause, series, kind, baseline.name, baseline.period, later)
        for baseline in two_baselines(series.periods)
    ]
    return combine(clause, series, outcomes)


def _outcome(
    clause: Clause,
    series: Series,
    kind: str,
    name: str,
    earlier: TimePeriod | None,
    later: TimePeriod,
) -> BaselineOutcome:
    if earlier is None:
        return no_baseline(name, series)
    if in_scope(series.valued(earlier), clause.scope).empty:
        return no_baseline(name, series, earlier)
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    cause = Cause.BREAK if "method changed" in refusal else Cause.FEW_POINTS
    before = after = None
    link = link_between(earlier, later, series.metric.breaks)
    if not refusal:
        before = gap_in(series, clause.scope, kind, earlier, link)
        after = gap_in(series, clause.scope, kind, later)
        if before is None or after is None:
            refusal = "too few areas have a figure in one of the two periods to measure a gap"
        elif max(_share_left_out(before), _share_left_out(after)) > LARGEST_SHARE_LEFT_OUT:
            refusal, cause = "too many areas have no margin of error", Cause.NO_INTERVAL
        elif not same_areas(before, after):
            refusal = OTHER_AREAS
    if refusal or before is None or after is None:
        return BaselineOutcome(
            baseline=name,
            label=series.words(earlier),
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=cause,
            sentence=f"{refusal[0].upper()}{refusal[1:]}.",
        )
    plain = movement(before.plain, after.plain)
    corrected = (
        movement(before.corrected, after.corrected)
        if before.corrected and after.corrected
        else plain
    )
    verdict, why = Verdict.CANNOT_BE_SHOWN, Cause.METHODS_DISAGREE
    if plain == corrected:
        verdict = {
            -1: Verdict.ON_COURSE,
            0: Verdict.NO_CLEAR_CHANGE,
            1: Verdict.MOVING_AWAY,
        }[plain]
        why = Cause.NONE
    return BaselineOutcome(
        baseline=name,
        label=series.words(earlier),
        verdict=verdict,
        cause=why,
        sentence=link.told(_sentence(series, before, after, earlier, later, plain, corrected)),
    )


def _share_left_out(pair: GapPair) -> float:
    return pair.left_out / (pair.areas + pair.left_out)


def in_one_only(before: GapPair, after: GapPair) -> int:
    """How many areas have a figure in only one of two periods."""
    return len(before.codes ^ after.codes)


def same_areas(before: GapPair, after: GapPair) -> bool:
    """Whether two gaps are, but for one area in twenty, among the same areas.

    A gap also closes when the areas that were furthest apart have no figure any more.
    """
    return in_one_only(before, after) <= LARGEST_SHARE_LEFT_OUT * len(before.codes | after.codes)


def movement(before: Gap, after: Gap) -> int:
    """1 for a gap that has clearly widened, -1 for one that has clearly narrowed, else 0."""
    error = sqrt((before.error or 0.0) ** 2 + (after.error or 0.0) ** 2)
    change = after.size - before.size
    if abs(change) <= max(CRITICAL_Z * error, 1e-12):
        return 0
    return 1 if change > 0 else -1


MOVEMENT_WORDS = {-1: "a clear narrowing", 0: "no clear change", 1: "a clear widening"}


def _sentence(
    series: Series,
    before: GapPair,
    after: GapPair,
    earlier: TimePeriod,
    later: TimePeriod,
    plain: int,
    corrected: int,
) -> str:
    text = (
        f"The gap went from {_size(series, before.plain.size)} in {series.words(earlier)} to "
        f"{_size(series, after.plain.size)} in {series.words(later)}: {MOVEMENT_WORDS[plain]}"
    )
    if (
        series.metric.evidence.has_intervals
        and before.corrected is not None
        and after.corrected is not None
    ):
        link = "and" if plain == corrected else "but"
        text += (
            f"; {link} with sampling noise taken out it went from "
            f"{_size(series, before.corrected.size)} to {_size(series, after.corrected.size)}: "
            f"{MOVEMENT_WORDS[corrected]}"
        )
    left_out = max(before.left_out, after.left_out)
    if left_out:
        text += (
            f". {write_count(left_out, 'area', 'areas')} without a margin of error "
            "could not be counted"
        )
    if one_only := in_one_only(before, after):
        has = write_count(one_only, "area has", "areas have")
        text += f". {has} a figure in only one of the two periods"
    return f"{text}."
