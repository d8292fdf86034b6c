"""What is said of a level, or a change, that is not there yet: missed, or by pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from data.periods import TimePeriod, day_in_words
from metrics.definition import Metric, Unit
from metrics.measures.change import Measured
from metrics.measures.evidence import Series
from metrics.measures.linking import breaks_between, cannot_link, link_between
from metrics.measures.pace import Pace, pace_towards, verdict_by_pace, years_left
from metrics.measures.results import Cause, Verdict
from metrics.measures.trend import FEWEST_FOR_A_CLAIM, Method, Point, Trend, trend
from metrics.mission import Clause
from metrics.wording import write_count, write_difference, write_target, write_value


@dataclass(frozen=True, slots=True)
class Unmet:
    """The verdict on a condition that does not hold now, with its sentence and numbers."""

    verdict: Verdict
    cause: Cause
    sentence: str
    numbers: dict[str, float | None]


def comparable_points(
    series: Series, figure_in: Callable[[TimePeriod], Measured | None], newest: TimePeriod
) -> list[Point]:
    """The figures that may be compared with the newest one, on its basis.

    They are those since the last break that no factor links; a figure that is made in two ways
    is left out.
    """
    breaks = series.metric.breaks
    points = []
    for period in series.periods:
        crossed = breaks_between(period, newest, breaks)
        kept_apart = any(cannot_link(mark, period, newest) for mark in crossed)
        if kept_apart or period.end > newest.end:
            continue
        figure = figure_in(period)
        if figure is not None:
            points.append(Point(period, link_between(period, newest, breaks).figure(figure)))
    return points


def linked_words(metric: Metric, points: Sequence[Point]) -> str:
    """By what the oldest of comparable points was linked to the newest; empty if it was not."""
    if not points:
        return ""
    return link_between(points[0].period, points[-1].period, metric.breaks).words


def judge_unmet(
    clause: Clause,
    series: Series,
    now: Measured,
    newest: TimePeriod,
    target: float,
    points: Sequence[Point],
    on: date,
) -> Unmet:
    """Judge a target that the newest figure does not reach.

    A passed date is *Missed* only with a figure for it. Otherwise the pace decides, where the
    points allow a claim.
    """
    if clause.deadline is None:
        return Unmet(Verdict.CANNOT_BE_SHOWN, Cause.DATE, "The words set no date.", {})
    if newest.end >= clause.deadline:
        return Unmet(Verdict.MISSED, Cause.NONE, "The date has passed.", {})
    if on > clause.deadline:
        return Unmet(
            Verdict.CANNOT_BE_SHOWN,
            Cause.DATE,
            f"The date, {day_in_words(clause.deadline)}, has passed, but no figure for it is held.",
            {},
        )
    found = trend(points, series.metric.evidence)
    left = years_left(newest, series.shape, clause.deadline)
    words = linked_words(series.metric, points)
    return by_pace(series.metric, now.value, target, left, found, len(points), words)


def by_pace(
    metric: Metric,
    now: float,
    target: float,
    left: float,
    found: Trend | None,
    points: int,
    linked: str = "",
) -> Unmet:
    """The verdict of a trend on a target some years ahead, for one area or a nation.

    Args:
        linked: by what figures before a change of method were linked; empty where none were.
    """
    if found is None:
        return Unmet(
            Verdict.CANNOT_BE_SHOWN,
            Cause.FEW_POINTS,
            f"With {write_count(points, 'comparable figure', 'comparable figures')} there is no "
            "pace to measure.",
            {"points": float(points)},
        )
    pace = pace_towards(now, target, left, found)
    if pace is None:
        return Unmet(
            Verdict.CANNOT_BE_SHOWN,
            Cause.DATE,
            "No later figure will be out by the date.",
            {"points": float(points)},
        )
    verdict, cause = verdict_by_pace(pace)
    return Unmet(
        verdict,
        cause,
        f"{_sentence(metric, pace, found, target)}{_linked(linked)}",
        {
            "points": float(found.points),
            "independent_points": float(found.independent),
            "required_a_year": pace.required,
            "observed_a_year": pace.observed,
            "observed_lower": pace.lower,
            "observed_upper": pace.upper,
            "continued_to": _possible(metric, pace.implied),
            "continued_lower": _possible(metric, pace.implied_lower),
            "continued_upper": _possible(metric, pace.implied_upper),
        },
    )


def _linked(words: str) -> str:
    return f" Its figures are {words}." if words else ""


def _sentence(metric: Metric, pace: Pace, found: Trend, target: float) -> str:
    unit = _finer(metric.unit)
    asked = f"{_way(pace.required)} {write_difference(pace.required, unit)} a year is needed"
    if not found.claims:
        return f"{asked[0].upper()}{asked[1:]}. {_no_claim(metric, found)}"
    interval = f"95% interval {_signed(pace.lower, unit)} to {_signed(pace.upper, unit)}"
    if (pace.lower or 0.0) <= 0 <= (pace.upper or 0.0):
        return (
            f"Over {found.independent} figures there is no clear pace ({interval} a year); {asked}."
        )
    text = (
        f"Over {found.independent} figures it went {_way(pace.observed)} "
        f"{write_difference(pace.observed, unit)} a year ({interval}); {asked}."
    )
    if (pace.implied - target) * pace.required >= 0:
        return (
            f"{text} Continued, that pace would reach {write_target(target, metric.unit)} before "
            "the date; that is not a forecast."
        )
    if _possible(metric, pace.implied) is None:
        return f"{text} No such pace can go on until the date."
    return (
        f"{text} Continued, that pace leads to {write_value(pace.implied, metric.unit)}, which "
        "is not a forecast."
    )


def _possible(metric: Metric, value: float | None) -> float | None:
    """A continued value; None for a share that would leave 0 to 100, or where there is no minus."""
    if value is None or (metric.proportion and not 0 <= value <= 100):
        return None
    never_negative = metric.plausible is not None and metric.plausible.lowest >= 0
    return None if never_negative and value < 0 else value


def _no_claim(metric: Metric, found: Trend) -> str:
    if found.method is Method.GENERALISED:
        return (
            f"The {found.points} figures overlap and hold only {found.independent} independent "
            "ones, too few to claim a pace."
        )
    if found.independent < FEWEST_FOR_A_CLAIM:
        return (
            f"{write_count(found.independent, 'comparable figure is', 'comparable figures are')} "
            "too few to claim a pace."
        )
    if metric.evidence.testable:
        return "Some figures have no margin of error, so no pace can be claimed."
    return "Without margins of error no pace can be claimed."


def _finer(unit: Unit) -> Unit:
    return unit.model_copy(update={"decimals": unit.decimals + 1})


def _way(size: float) -> str:
    return "up" if size > 0 else "down"


def _signed(size: float | None, unit: Unit) -> str:
    sign = "+" if (size or 0.0) > 0 else ""
    return f"{sign}{write_value(size, unit.model_copy(update={'suffix': ''}))}"
