"""The method strip: one target, one series, three methods, and whether they agree.

The product's own verdict by pace stands first. The others are shown so that nobody has to take
one method on trust; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from data.periods import PeriodShape
from metrics.measures.evidence import Series
from metrics.measures.method_strip import Progress, Recent, growth_ratio, recent_trend
from metrics.measures.pace import years_left
from metrics.measures.results import MethodOutcome, Verdict, verdict_words
from metrics.measures.trend import DAYS_IN_A_YEAR, Point
from metrics.measures.unmet import Unmet
from metrics.wording import write_number

OWN = "Absolute pace (this dashboard)"
GROWTH = "Growth ratio (Eurostat, Open SDG)"
RECENT = "Recent trend (Fingertips)"
PER_CENT = 100.0

# Which outcomes of the growth ratio and of the recent trend say the same as a verdict.
_SAME_AS_GROWTH = {
    Verdict.ON_COURSE: {Progress.SIGNIFICANT, Progress.REACHED},
    Verdict.TOO_SLOWLY: {Progress.MODERATE, Progress.LIMITED},
    Verdict.MOVING_AWAY: {Progress.AWAY},
}


def method_strip(
    series: Series, points: Sequence[Point], target: float, deadline: date, own: Unmet
) -> tuple[MethodOutcome, ...]:
    """The outcomes of the three methods for a target that is not reached yet.

    Args:
        points: the comparable figures, oldest first; growth is counted from the first of them.
        own: the product's own outcome.
    """
    outcomes = [
        MethodOutcome(method=OWN, outcome=verdict_words(own.verdict, own.cause), agrees=None)
    ]
    if len(points) < 2:
        return tuple(outcomes)
    outcomes.append(_growth(series, points, target, deadline, own.verdict))
    outcomes.append(_recent(series, points, target, own.verdict))
    return tuple(outcomes)


def _growth(
    series: Series, points: Sequence[Point], target: float, deadline: date, own: Verdict
) -> MethodOutcome:
    first, last = points[0], points[-1]
    end = _target_day(series.shape, last, deadline)
    found = growth_ratio(
        first.figure.value,
        first.period.midpoint,
        last.figure.value,
        last.period.midpoint,
        target,
        end,
    )
    note = found.why
    if found.observed is not None and found.required is not None:
        note = (
            f"{write_number(found.observed * 100, 2)}% a year since "
            f"{series.words(first.period)}, where {write_number(found.required * 100, 2)}% would "
            "lead there. The method takes no account of margins of error."
        )
    same = _SAME_AS_GROWTH.get(own)
    agrees = None
    if same is not None and found.progress is not Progress.NOT_APPLICABLE:
        agrees = found.progress in same
    return MethodOutcome(method=GROWTH, outcome=found.progress.value, agrees=agrees, note=note)


def _target_day(shape: PeriodShape, last: Point, deadline: date) -> date:
    """The midpoint of the last period that counts, so that both paces have the same time."""
    days = years_left(last.period, shape, deadline) * DAYS_IN_A_YEAR
    return date.fromordinal(last.period.midpoint.toordinal() + round(days))


def _recent(series: Series, points: Sequence[Point], target: float, own: Verdict) -> MethodOutcome:
    if not series.metric.evidence.has_intervals:
        return MethodOutcome(
            method=RECENT,
            outcome=Recent.NOT_APPLICABLE.value,
            agrees=None,
            note="The rule weighs figures by their margins of error, and these have none.",
        )
    counts = series.metric.counts
    found = recent_trend(
        points,
        proportion=series.metric.proportion,
        per=counts.per if counts and counts.per else PER_CENT,
    )
    rising = target > points[-1].figure.value
    towards = Recent.UP if rising else Recent.DOWN
    agrees = None
    if found.outcome is not Recent.NOT_APPLICABLE:
        if own in (Verdict.ON_COURSE, Verdict.TOO_SLOWLY):
            agrees = found.outcome is towards
        elif own is Verdict.MOVING_AWAY:
            agrees = found.outcome not in (towards, Recent.NONE)
        elif own is Verdict.NO_CLEAR_CHANGE:
            agrees = found.outcome is Recent.NONE
    note = f"{found.why[0].upper()}{found.why[1:]}." if found.why else ""
    return MethodOutcome(method=RECENT, outcome=found.outcome.value, agrees=agrees, note=note)
