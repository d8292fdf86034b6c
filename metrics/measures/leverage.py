"""Clauses that say one sum of money draws in a stated multiple of another.

The ratio is of what was added since a baseline: added private money for each pound of added public
money. Both have to stand on one basis: the same unit, the same money, and periods of one shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from data.periods import TimePeriod
from metrics.measures.baselines import declared_baseline, two_baselines, why_not_comparable
from metrics.measures.change import CRITICAL_Z, Difference, difference
from metrics.measures.evidence import Series
from metrics.measures.levels import national_value
from metrics.measures.linking import Linked, link_between
from metrics.measures.outcome import Subject, combine, no_baseline, reading
from metrics.measures.results import BaselineOutcome, Cause, Direction, Reading, Verdict
from metrics.mission import Clause
from metrics.wording import write_difference, write_list, write_number


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two additions; without bounds where no interval can be given."""

    size: float
    lower: float | None
    upper: float | None


def ratio_of(drawn: Difference, public: Difference) -> Ratio | None:
    """What was drawn in for each unit added, with its 95% interval after Fieller (1954).

    Returns:
        None where nothing was added, so that there is nothing to divide by. Additions of complete
        counts (no interval) are exact. Where what was added is not clearly above zero the ratio
        may be anything, and it has no bounds.
    """
    if public.size <= 0:
        return None
    size = drawn.size / public.size
    drawn_error, public_error = _error(drawn), _error(public)
    if drawn_error == 0 and public_error == 0:
        return Ratio(size, size, size)
    share = (CRITICAL_Z * public_error / public.size) ** 2
    if share >= 1:
        return Ratio(size, None, None)
    half = (CRITICAL_Z / public.size) * sqrt(
        drawn_error**2 * (1 - share) + size**2 * public_error**2
    )
    return Ratio(size, (size - half) / (1 - share), (size + half) / (1 - share))


def _error(change: Difference) -> float:
    if change.lower is None or change.upper is None:
        return 0.0
    return (change.upper - change.lower) / (2 * CRITICAL_Z)


def judge_leverage(
    clause: Clause, public: Series | None, drawn: Series | None, subject: Subject, on: date
) -> Reading:
    """Judge a clause of the kind `leverages`.

    Args:
        public, drawn: the money that draws and the money that is drawn in; None where not held.
        subject: whose page the reading belongs to.
        on: the day up to which figures are known.
    """
    if public is None or drawn is None or not (public.periods and drawn.periods):
        why = "Public and private figures are not both held."
        return reading(clause, subject, Verdict.NO_DATA, why)
    common = [period for period in drawn.periods if period in set(public.periods)]
    basis = _why_not_one_basis(public, drawn)
    if basis or not common:
        why = basis or (
            "The public and the private figures have no year in common, so no ratio of one to "
            "the other can be formed."
        )
        return reading(clause, subject, Verdict.NO_DATA, why)
    if clause.baseline == "declared":
        baselines = [declared_baseline(clause.baseline_period, drawn.shape, common)]
    else:
        baselines = two_baselines(common)
    outcomes = [
        no_baseline(one.name, drawn)
        if one.period is None
        else _outcome(clause, public, drawn, one.name, one.period, common[-1], on)
        for one in baselines
    ]
    return combine(clause, drawn, outcomes)


def _why_not_one_basis(public: Series, drawn: Series) -> str:
    """What keeps the two from being divided; empty where nothing does."""
    first, second = public.metric, drawn.metric
    if public.shape is not drawn.shape:
        return (
            f"The public figures are by {_plain(public.shape.value)} and the private ones by "
            f"{_plain(drawn.shape.value)}, so they have no year in common."
        )
    if first.unit.label != second.unit.label or first.money != second.money:
        return "The public and the private figures are not in the same unit and the same money."
    return ""


def _plain(shape: str) -> str:
    return shape.replace("_", " ")


def _outcome(
    clause: Clause,
    public: Series,
    drawn: Series,
    name: str,
    earlier: TimePeriod,
    later: TimePeriod,
    on: date,
) -> BaselineOutcome:
    refusal, cause = "", Cause.FEW_POINTS
    changes = []
    words: list[str] = []
    for series in (drawn, public):
        refusal = refusal or why_not_comparable(earlier, later, series.metric.breaks, series.shape)
        before = national_value(series, clause.scope, earlier)
        after = national_value(series, clause.scope, later)
        if before is None or after is None:
            refusal = refusal or f"{series.metric.short_title} lacks a figure for one of the years"
            continue
        link = link_between(earlier, later, series.metric.breaks)
        words += [link.words] if link.words else []
        changes.append(
            difference(after, link.figure(before), series.metric.evidence, series.metric.rounding)
        )
    verdict, sentence = Verdict.CANNOT_BE_SHOWN, refusal
    if refusal:
        cause = Cause.BREAK if "method changed" in refusal else cause
        sentence = f"{refusal[0].upper()}{refusal[1:]}."
    else:
        verdict, cause, sentence = _judge(clause, public, drawn, changes[0], changes[1], later, on)
        sentence = Linked(words=write_list(words)).told(sentence)
    return BaselineOutcome(
        baseline=name,
        label=drawn.words(earlier),
        verdict=verdict,
        cause=cause,
        sentence=sentence,
    )


def _judge(
    clause: Clause,
    public: Series,
    drawn: Series,
    private: Difference,
    added: Difference,
    later: TimePeriod,
    on: date,
) -> tuple[Verdict, Cause, str]:
    asked = clause.threshold or 0.0
    said = (
        f"By {drawn.words(later)} {_way(private, drawn)} of private and {_way(added, public)} of "
        "public money a year"
    )
    ratio = ratio_of(private, added)
    if ratio is None:
        return (
            Verdict.CANNOT_BE_SHOWN,
            Cause.NO_RATIO,
            f"{said}. No public money was added, so there is nothing that it could have drawn in.",
        )
    said += f": {write_number(ratio.size, 1)} for each pound, where {asked:g} are asked"
    untested = Direction.CANNOT_TEST in (private.direction, added.direction)
    if untested or ratio.lower is None or ratio.upper is None:
        why = private.reason or added.reason or "the public money added may be none at all"
        cause = Cause.NO_INTERVAL if untested else Cause.INTERVAL
        return Verdict.CANNOT_BE_SHOWN, cause, f"{said}. What chance does cannot be told: {why}."
    if ratio.lower != ratio.upper:
        said += f" (95% interval {write_number(ratio.lower, 1)} to {write_number(ratio.upper, 1)})"
    if ratio.size >= asked:
        sure = ratio.lower >= asked
        return (Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN), Cause.NONE, f"{said}."
    if clause.deadline is not None and later.end >= clause.deadline:
        return Verdict.MISSED, Cause.NONE, f"{said}. The date has passed."
    if clause.deadline is not None and on > clause.deadline:
        why = "The date has passed, and no figure for it is held."
        return Verdict.CANNOT_BE_SHOWN, Cause.DATE, f"{said}. {why}"
    why = "All that was added since the start is one figure, so it has no pace."
    return Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS, f"{said}. {why}"


def _way(change: Difference, series: Series) -> str:
    word = "more" if change.size >= 0 else "less"
    return f"{write_difference(change.size, series.metric.unit)} {word}"
