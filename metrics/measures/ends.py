"""What moved when a gap changed: its top, its other end, or both.

"Did the gap close because we rose, or because the top fell?" A gap is one end less the other, so
its change is the movement of the one less that of the other. A movement is claimed where it is
larger than chance explains; where no test can be made it is told, and said to be untested. The
best tenth is that of each period: not the same areas in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import pandas as pd

from data.areas import ENGLAND
from data.periods import TimePeriod
from metrics.definition import Polarity
from metrics.measures.baselines import Baseline, two_baselines, why_not_comparable
from metrics.measures.change import CRITICAL_Z, NO_TEST_REASONS
from metrics.measures.end_words import Course, Moved, movement_sentence
from metrics.measures.evidence import Series
from metrics.measures.gaps import (
    EXTREMES,
    OTHER_AREAS,
    GapPair,
    gap_in,
    movement,
    same_areas,
)
from metrics.measures.group_results import EndMovement, EndMovements
from metrics.measures.linking import Linked, link_between

POINTS = "points, with the UK as 100"
TOO_FEW = "too few areas have a figure in one of the two periods to measure a gap"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a gap in one period; no error where none is known."""

    value: float
    error: float | None


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a gap. `gap` is above zero while the top is ahead.

    `pair` is the gap among areas that they are the ends of; None for an area and England.
    """

    top: End
    other: End
    gap: float
    pair: GapPair | None = None

    @property
    def apart(self) -> bool | None:
        """Whether one end is clearly ahead of the other; None where that cannot be tested."""
        return moved([self.top], [self.other], self.gap).clear


def moved(before: list[End], after: list[End], size: float) -> Moved:
    """A movement between two periods, tested by the errors of every end that it is made of."""
    errors = [end.error for end in (*before, *after)]
    known = [error for error in errors if error is not None]
    if len(known) < len(errors):
        return Moved(size, None)
    error = sqrt(sum(one**2 for one in known))
    return Moved(size, abs(size) > max(CRITICAL_Z * error, 1e-12))


def gap_ends(series: Series, scope: str, kind: str) -> EndMovements:
    """How each end of the gap among areas moved since either baseline."""

    def ends_in(period: TimePeriod) -> Ends | None:
        pair = gap_in(series, scope, kind, period, _link(series, period))
        if pair is None:
            return None
        gap = pair.plain
        return Ends(
            End(gap.top_mean, gap.top_error),
            End(gap.other_mean, gap.other_error),
            gap.size,
            pair,
        )

    extremes = kind == EXTREMES
    names = (
        "the highest tenth" if extremes else "the best tenth",
        "the lowest tenth" if extremes else "the rest",
    )
    found = {period: ends_in(period) for period in _needed(series)}
    return _movements(series, "", names, found, TOO_FEW)


def area_ends(series: Series, code: str, name: str) -> EndMovements | None:
    """How an area and England moved since either baseline, and what became of the gap between.

    Args:
        code: the area's code.
        name: the area's name within a sentence.

    Returns:
        None where one of the two has no figure in the newest period.
    """

    def ends_in(period: TimePeriod) -> Ends | None:
        link, rows = _link(series, period), series.valued(period)
        if code not in rows.index or ENGLAND not in rows.index:
            return None
        both = link.rows(rows.loc[pd.Index([ENGLAND, code], dtype=object)])
        values, errors = both["value"].tolist(), series.errors(both)
        known = [None, None] if errors is None else [e if e == e else None for e in errors.tolist()]
        factor = 1.0
        if series.metric.money == "nominal":
            national = series.national(period)
            if national is None:
                return None
            factor = 100.0 / (national * link.factor)
        england, own = (
            End(value * factor, None if error is None else error * factor)
            for value, error in zip(values, known, strict=True)
        )
        ahead = england.value - own.value
        return Ends(england, own, -ahead if series.metric.polarity is Polarity.LOWER else ahead)

    found = {period: ends_in(period) for period in _needed(series)}
    if not series.periods or found[series.periods[-1]] is None:
        return None
    return _movements(series, code, ("England", name), found, "one of the two has no figure then")


def _link(series: Series, period: TimePeriod) -> Linked:
    """What brings the figures of a period onto the basis of the newest."""
    return link_between(period, series.periods[-1], series.metric.breaks)


def _needed(series: Series) -> list[TimePeriod]:
    baselines = (one.period for one in two_baselines(series.periods))
    return [*(period for period in baselines if period is not None), *series.periods[-1:]]


def _movements(
    series: Series,
    code: str,
    names: tuple[str, str],
    found: dict[TimePeriod, Ends | None],
    missing: str,
) -> EndMovements:
    first, second = two_baselines(series.periods)
    distinct = [second] if first.period == second.period else [first, second]
    return EndMovements(
        metric=series.metric.id,
        breakdown=series.breakdown,
        code=code,
        top_name=names[0],
        other_name=names[1],
        scale=POINTS if series.metric.money == "nominal" else series.metric.unit.difference,
        movements=tuple(
            _movement(series, baseline, names, found, missing)
            for baseline in distinct
            if baseline.period is not None
        ),
    )


def _movement(
    series: Series,
    baseline: Baseline,
    names: tuple[str, str],
    found: dict[TimePeriod, Ends | None],
    missing: str,
) -> EndMovement:
    earlier, later = baseline.period or series.periods[-1], series.periods[-1]
    label, newest = series.words(earlier), series.words(later)
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    before, after = found.get(earlier), found.get(later)
    if refusal or before is None or after is None:
        why = refusal or missing
        return EndMovement(
            baseline=baseline.name,
            earlier=label,
            later=newest,
            change=None,
            top=None,
            other=None,
            sentence=f"Since {label}: not told, because {why}.",
        )
    course, untested = _course(before, after), _untested(series, before, after)
    top = moved([before.top], [after.top], after.top.value - before.top.value)
    other = moved([before.other], [after.other], after.other.value - before.other.value)
    gap = moved(
        [before.top, before.other],
        [after.top, after.other],
        abs(after.gap) - abs(before.gap),
    )
    if untested:
        gap, top, other = (Moved(one.size, None) for one in (gap, top, other))
    return EndMovement(
        baseline=baseline.name,
        earlier=label,
        later=newest,
        change=after.gap - before.gap,
        top=top.size,
        other=other.size,
        change_clear=_change_clear(gap, course),
        top_clear=top.clear,
        other_clear=other.clear,
        sentence=_link(series, earlier).told(
            movement_sentence(
                series.metric, (label, newest), names, (gap, top, other), course, untested
            )
        ),
    )


def _course(before: Ends, after: Ends) -> Course:
    """Whether the ends changed places, and whether sampling noise alone may have moved the gap."""
    if before.gap * after.gap < 0:
        sure = before.apart is not False and after.apart is not False
        return Course.CROSSED if sure else Course.CROSSED_UNCLEARLY
    return Course.NOISE if _noise(before, after) else Course.SAME_ORDER


def _noise(before: Ends, after: Ends) -> bool:
    """Whether a gap moved clearly as published, and not once sampling noise is taken out."""
    if before.pair is None or after.pair is None:
        return False
    earlier, later = before.pair, after.pair
    if earlier.corrected is None or later.corrected is None:
        return False
    plain = movement(earlier.plain, later.plain)
    return plain not in (0, movement(earlier.corrected, later.corrected))


def _change_clear(gap: Moved, course: Course) -> bool | None:
    """Whether a change of the gap is claimed."""
    if gap.clear is None:
        return None
    if course is Course.SAME_ORDER:
        return gap.clear
    return course is Course.CROSSED


def _untested(series: Series, before: Ends, after: Ends) -> str:
    """Why nothing can be claimed of a movement, as a sentence; empty where it can."""
    if None in [end.error for one in (before, after) for end in (one.top, one.other)]:
        why = NO_TEST_REASONS.get(series.metric.evidence, "a margin of error is missing")
        return f"Whether any of this is more than chance cannot be tested: {why}."
    if before.pair and after.pair and not same_areas(before.pair, after.pair):
        return f"How much of this is a movement cannot be told: {OTHER_AREAS}."
    return ""
