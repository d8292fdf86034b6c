"""Clauses that say the areas that were worst have improved most.

Areas that are picked because their figures are the worst seem to improve by themselves: part of
what made the figures the worst was bad luck, which does not last. So the worst tenth is picked by
one period and its change is measured from another, whose luck is its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from data.periods import TimePeriod
from metrics.definition import Polarity
from metrics.measures.baselines import two_baselines, why_not_comparable
from metrics.measures.change import CRITICAL_Z
from metrics.measures.disparity import SMALLEST_SET, Numbers, tenth_of
from metrics.measures.everywhere import cannot_test
from metrics.measures.evidence import Series
from metrics.measures.gaps import LARGEST_SHARE_LEFT_OUT
from metrics.measures.linking import link_between
from metrics.measures.outcome import combine, no_baseline, reading
from metrics.measures.results import BaselineOutcome, Cause, Reading, Verdict
from metrics.measures.scope import in_scope
from metrics.mission import Clause
from metrics.wording import write_count, write_difference, write_number


@dataclass(frozen=True, slots=True)
class Contrast:
    """The mean improvement of the worst areas and of the rest, with their standard errors.

    Improvements are above zero when figures move the better way. `worst` holds the places of the
    worst areas in the arrays that were given.
    """

    worst: tuple[int, ...]
    improvement: float
    error: float
    rest: float
    rest_error: float

    @property
    def more(self) -> float:
        """How much more the worst have improved than the rest."""
        return self.improvement - self.rest

    @property
    def more_error(self) -> float:
        """Its standard error."""
        return sqrt(self.error**2 + self.rest_error**2)

    def verdict(self) -> tuple[Verdict, Cause]:
        """On course: the worst have clearly improved, and clearly more than the rest."""
        more, own = _sign(self.more, self.more_error), _sign(self.improvement, self.error)
        if more < 0 or own < 0:
            return Verdict.MOVING_AWAY, Cause.NONE
        if more > 0 and own > 0:
            return Verdict.ON_COURSE, Cause.NONE
        if more > 0:
            return Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL
        return Verdict.NO_CLEAR_CHANGE, Cause.NONE


def _sign(size: float, error: float) -> int:
    """1 or -1 for a size clearly above or below zero, else 0."""
    if abs(size) <= max(CRITICAL_Z * error, 1e-12):
        return 0
    return 1 if size > 0 else -1


def worst_against_rest(
    ranked: Numbers,
    before: Numbers,
    after: Numbers,
    errors: tuple[Numbers, Numbers],
    polarity: Polarity,
) -> tuple[Contrast, ...]:
    """The worst tenth by one set of figures, and what became of it in two others.

    Args:
        ranked: the figures by which the worst are picked, of a period of its own.
        before, after: the figures between which the change is measured.
        errors: the standard errors of `before` and of `after`.
        polarity: which direction is better; never `none`.

    Returns:
        One contrast, or two where areas stand level at the cut: without any of them, and with
        all of them. None at all for fewer than 20 areas, or where all stand level.
    """
    count = len(ranked)
    if count < SMALLEST_SET:
        return ()
    sign = 1.0 if polarity is Polarity.HIGHER else -1.0
    badness = -sign * ranked
    size = tenth_of(count)
    cut = np.sort(badness)[-size]
    below, up_to = badness > cut, badness >= cut
    groups = [up_to] if up_to.sum() == size else [one for one in (below, up_to) if one.any()]
    moved = sign * (after - before)
    noise = errors[0] ** 2 + errors[1] ** 2
    return tuple(_contrast(chosen, moved, noise) for chosen in groups if 0 < chosen.sum() < count)


def _contrast(
    chosen: np.ndarray[tuple[int], np.dtype[np.bool_]], moved: Numbers, noise: Numbers
) -> Contrast:
    others = ~chosen
    return Contrast(
        tuple(int(place) for place in np.flatnonzero(chosen)),
        float(moved[chosen].mean()),
        sqrt(float(noise[chosen].sum())) / int(chosen.sum()),
        float(moved[others].mean()),
        sqrt(float(noise[others].sum())) / int(others.sum()),
    )


def judge_worst(clause: Clause, series: Series) -> Reading:
    """Judge a clause of the kind `worst_improve_most` from both baselines."""
    if not series.metric.evidence.testable:
        return cannot_test(clause, series)
    if series.metric.money == "nominal":
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            "The figures are in the money of each year, and no price series is held to take "
            "inflation out.",
            Cause.NOMINAL,
        )
    if series.metric.polarity is Polarity.NONE:
        raise ValueError(f"{series.metric.id} serves {clause.id} but declares no polarity")
    outcomes = []
    names: dict[str, tuple[str, ...]] = {}
    for baseline in two_baselines(series.periods):
        outcome, named = _outcome(clause, series, baseline.name, baseline.period)
        outcomes.append(outcome)
        names = {"worst": named} if named else names
    return combine(clause, series, outcomes).model_copy(update={"names": names})


def _outcome(
    clause: Clause, series: Series, name: str, earlier: TimePeriod | None
) -> tuple[BaselineOutcome, tuple[str, ...]]:
    if earlier is None:
        return no_baseline(name, series), ()
    later = series.periods[-1]
    picked_by = picking_period(series, earlier)
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    cause = Cause.BREAK if "method changed" in refusal else Cause.FEW_POINTS
    if not refusal and picked_by is None:
        refusal = (
            f"there is no period before {series.words(earlier)} to pick the worst areas by, and "
            "picked by the figures that the change is counted from they would seem to improve by "
            "chance"
        )
    contrasts: Sequence[Contrast] = ()
    codes: list[str] = []
    areas: dict[str, str] = {}
    if not refusal and picked_by is not None:
        contrasts, codes, areas, refusal, cause = _measure(
            clause, series, picked_by, earlier, later
        )
    if refusal or picked_by is None:
        return (
            BaselineOutcome(
                baseline=name,
                label=series.words(earlier),
                verdict=Verdict.CANNOT_BE_SHOWN,
                cause=cause,
                sentence=f"{refusal[0].upper()}{refusal[1:]}.",
            ),
            (),
        )
    verdicts = {one.verdict() for one in contrasts}
    verdict, why = verdicts.pop() if len(verdicts) == 1 else (Verdict.CANNOT_BE_SHOWN, Cause.TIES)
    told = [_sentence(series, one, len(codes), picked_by, earlier, later) for one in contrasts]
    if len(told) == 2:
        told.insert(1, "With the areas that stand level at the cut:")
    outcome = BaselineOutcome(
        baseline=name,
        label=series.words(earlier),
        verdict=verdict,
        cause=why,
        sentence=link_between(earlier, later, series.metric.breaks).told(" ".join(told)),
    )
    return outcome, tuple(areas[codes[place]] for place in contrasts[-1].worst)


def picking_period(series: Series, earlier: TimePeriod) -> TimePeriod | None:
    """The newest period before a baseline that shares nothing with it, not even its luck."""
    return next(
        (
            period
            for period in reversed(series.periods)
            if period.end < earlier.start
            and not why_not_comparable(period, earlier, series.metric.breaks, series.shape)
        ),
        None,
    )


def _measure(
    clause: Clause,
    series: Series,
    picked_by: TimePeriod,
    earlier: TimePeriod,
    later: TimePeriod,
) -> tuple[Sequence[Contrast], list[str], dict[str, str], str, Cause]:
    """The contrasts, the areas that they are of, and why there are none."""
    rows = [in_scope(series.valued(one), clause.scope) for one in (picked_by, earlier, later)]
    everyone = set().union(*(set(one.index) for one in rows))
    codes = sorted(set.intersection(*(set(one.index) for one in rows)))
    chosen: list[pd.DataFrame] = [one.loc[codes] for one in rows]
    chosen[1] = link_between(earlier, later, series.metric.breaks).rows(chosen[1])
    noise = [series.errors(one) for one in chosen[1:]]
    if noise[0] is None or noise[1] is None:
        return (), [], {}, "the figures have no margin of error", Cause.NO_INTERVAL
    known = ~(np.isnan(noise[0]) | np.isnan(noise[1]))
    codes = [code for code, usable in zip(codes, known, strict=True) if usable]
    if everyone and 1 - len(codes) / len(everyone) > LARGEST_SHARE_LEFT_OUT:
        why = "too many areas have no figure, or no margin of error, in one of the three periods"
        return (), [], {}, why, Cause.NO_INTERVAL
    values = [one["value"].to_numpy(dtype="float64")[known] for one in chosen]
    contrasts = worst_against_rest(
        values[0],
        values[1],
        values[2],
        (noise[0][known], noise[1][known]),
        series.metric.polarity,
    )
    if not contrasts:
        why = "too few areas have a figure in all three periods to compare the worst with the rest"
        return (), [], {}, why, Cause.FEW_POINTS
    names = {code: str(chosen[2].loc[code, "area_name"]) for code in codes}
    return contrasts, codes, names, "", Cause.NONE


def _sentence(
    series: Series,
    found: Contrast,
    areas: int,
    picked_by: TimePeriod,
    earlier: TimePeriod,
    later: TimePeriod,
) -> str:
    unit = series.metric.unit.model_copy(update={"decimals": series.metric.unit.decimals + 1})
    half = CRITICAL_Z * found.more_error
    low, high = (write_number(end, unit.decimals) for end in (found.more - half, found.more + half))
    return (
        f"{write_count(len(found.worst), 'area', 'areas')} of {areas}, the worst in "
        f"{series.words(picked_by)}, {_moved(found.improvement)} on average by "
        f"{write_difference(found.improvement, unit)} from {series.words(earlier)} to "
        f"{series.words(later)}; the others {_moved(found.rest)} by "
        f"{write_difference(found.rest, unit)}. The worst did "
        f"{'better' if found.more >= 0 else 'worse'} by "
        f"{write_difference(found.more, unit)} (95% interval {low} to {high})."
    )


def _moved(size: float) -> str:
    return "improved" if size >= 0 else "got worse"
