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
from metrics.measures.evidence import Series
from metrics.measures.gaps import EXTREMES, gap_in
from metrics.measures.group_results import EndMovement, EndMovements
from metrics.measures.linking import link_between
from metrics.measures.split_words import size_in_words

POINTS = "points, with the UK as 100"
TOO_FEW = "too few areas have a figure in one of the two periods to measure a gap"


@dataclass(frozen=True, slots=True)
class End:
    """One end of a gap in one period; no error where none is known."""

    value: float
    error: float | None

    def times(self, factor: float) -> End:
        """The same end on another basis."""
        return End(self.value * factor, None if self.error is None else self.error * factor)


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a gap. `gap` is above zero while the top is ahead."""

    top: End
    other: End
    gap: float

    def times(self, factor: float) -> Ends:
        """The same ends on another basis."""
        return Ends(self.top.times(factor), self.other.times(factor), self.gap * factor)


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement with its error; `clear` is None where there is no ground for a claim."""

    size: float
    clear: bool | None


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
        pair = gap_in(series, scope, kind, period)
        if pair is None:
            return None
        gap = pair.plain
        return Ends(
            End(gap.top_mean, gap.top_error), End(gap.other_mean, gap.other_error), gap.size
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
        rows = series.valued(period)
        if code not in rows.index or ENGLAND not in rows.index:
            return None
        both = rows.loc[pd.Index([ENGLAND, code], dtype=object)]
        values, errors = both["value"].tolist(), series.errors(both)
        known = [None, None] if errors is None else [e if e == e else None for e in errors.tolist()]
        factor = 1.0
        if series.metric.money == "nominal":
            national = series.national(period)
            if national is None:
                return None
            factor = 100.0 / national
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
    link = link_between(earlier, later, series.metric.breaks)
    if series.metric.money != "nominal":
        before = before.times(link.factor)
    top = moved([before.top], [after.top], after.top.value - before.top.value)
    other = moved([before.other], [after.other], after.other.value - before.other.value)
    gap = moved(
        [before.top, before.other],
        [after.top, after.other],
        abs(after.gap) - abs(before.gap),
    )
    crossed = before.gap * after.gap < 0
    return EndMovement(
        baseline=baseline.name,
        earlier=label,
        later=newest,
        change=after.gap - before.gap,
        top=top.size,
        other=other.size,
        change_clear=gap.clear,
        top_clear=top.clear,
        other_clear=other.clear,
        sentence=link.told(_sentence(series, (label, newest), names, gap, top, other, crossed)),
    )


def _sentence(
    series: Series,
    periods: tuple[str, str],
    names: tuple[str, str],
    gap: Moved,
    top: Moved,
    other: Moved,
    crossed: bool,
) -> str:
    relative = series.metric.money == "nominal"
    basis = " Points have the UK as 100, so that inflation moves neither." if relative else ""
    change = "the two changed places" if crossed else _gap_words(series, gap)
    words = (
        f"Between {periods[0]} and {periods[1]} {change}: {names[0]} {_end_words(series, top)} and "
        f"{names[1]} {_end_words(series, other)}.{basis}"
    )
    if gap.clear is None:
        evidence = series.metric.evidence
        why = NO_TEST_REASONS.get(evidence, "a margin of error is missing")
        return f"{words} Whether any of this is more than chance cannot be tested: {why}."
    return words


def _gap_words(series: Series, gap: Moved) -> str:
    size = size_in_words(gap.size, series.metric, series.metric.money == "nominal")
    if _nothing(size):
        return "the gap stayed as it was"
    way = "closed" if gap.size < 0 else "widened"
    if gap.clear is False:
        side = "smaller" if gap.size < 0 else "larger"
        return f"the gap did not clearly change ({side} by {size})"
    return f"the gap {way} by {size}"


def _end_words(series: Series, end: Moved) -> str:
    size = size_in_words(end.size, series.metric, series.metric.money == "nominal")
    if _nothing(size):
        return "stayed where it was"
    if end.clear is False:
        return f"did not clearly move ({'up' if end.size > 0 else 'down'} {size})"
    return f"{'rose' if end.size > 0 else 'fell'} by {size}"


def _nothing(size: str) -> bool:
    """Whether a size is nothing as it is written."""
    return not any(digit in size for digit in "123456789")
