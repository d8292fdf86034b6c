"""One area held to the test of a clause: has it risen, does it reach the level, at what pace."""

from __future__ import annotations

from data.periods import PeriodError, TimePeriod, read_period
from metrics.definition import Evidence
from metrics.measures.asked import (
    direction_asked,
    no_share_of,
    size_asked,
    surely_as_asked,
)
from metrics.measures.change import Measured
from metrics.measures.comparisons import measured_figure
from metrics.measures.linking import Linked
from metrics.measures.outcome import Subject, combine, reading
from metrics.measures.pace import years_left
from metrics.measures.results import (
    AreaFacts,
    BaselineOutcome,
    Cause,
    Comparison,
    Direction,
    Quality,
    Reading,
    Verdict,
)
from metrics.measures.trend import Method, Trend
from metrics.measures.unmet import Unmet, by_pace
from metrics.mission import Clause
from metrics.wording import write_amount, write_difference, write_target, write_value


def everywhere_in(clause: Clause, subject: Subject, facts: AreaFacts) -> Reading:
    """Whether an area has risen, or fallen, since the baselines."""
    if subject.metric.money == "nominal":
        return reading(
            clause,
            subject,
            Verdict.CANNOT_BE_SHOWN,
            "The figures are in the money of each year, and no price series is held to take "
            "inflation out.",
            Cause.NOMINAL,
            code=facts.code,
        )
    return combine(clause, subject, [_moved(change) for change in facts.changes], facts.code)


def _moved(change: Comparison) -> BaselineOutcome:
    verdict, cause = Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL
    if change.quality is Quality.BETTER:
        verdict, cause = Verdict.MET, Cause.NONE
    elif change.quality is Quality.WORSE:
        verdict, cause = Verdict.MOVING_AWAY, Cause.NONE
    elif change.direction is Direction.SAME:
        verdict, cause = Verdict.NO_CLEAR_CHANGE, Cause.NONE
    elif change.direction is Direction.CANNOT_TEST:
        cause = _why_untested(change)
    return BaselineOutcome(
        baseline=change.to,
        label=change.label,
        verdict=verdict,
        cause=cause,
        sentence=change.sentence,
    )


def _why_untested(change: Comparison) -> Cause:
    if change.other is None:
        return Cause.NO_BASELINE
    if change.difference is not None:
        return Cause.NO_INTERVAL
    return Cause.BREAK if "method changed" in change.sentence else Cause.FEW_POINTS


def reaches_in(clause: Clause, subject: Subject, facts: AreaFacts) -> Reading:
    """Whether an area\'s newest figure, which has a value, reaches a level; else by its pace."""
    figure, metric = facts.latest, subject.metric
    target = clause.threshold or 0.0
    value = figure.value if figure and figure.value is not None else 0.0
    said = f"{write_value(value, metric.unit)} in {figure.period if figure else ''}"
    goal = write_target(target, metric.unit)
    if value >= target:
        lowest = figure.lower if figure else None
        if metric.evidence is Evidence.FULL_ENUMERATION:
            lowest = value - metric.rounding / 2
        sure = lowest is not None and lowest >= target
        return reading(
            clause,
            subject,
            Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN,
            f"{said}, which reaches {goal}.",
            code=facts.code,
        )
    unmet = _by_pace(clause, subject, facts, target)
    return reading(
        clause,
        subject,
        unmet.verdict,
        f"{said}, {write_difference(target - value, metric.unit)} short of {goal}. "
        f"{unmet.sentence}",
        unmet.cause,
        code=facts.code,
        numbers=unmet.numbers,
    )


def _by_pace(clause: Clause, subject: Subject, facts: AreaFacts, target: float) -> Unmet:
    """The verdict of the area's own pace on a target that it has not reached."""
    figure, coverage = facts.latest, subject.metric.coverage
    if figure is None or figure.value is None or coverage is None or clause.deadline is None:
        return Unmet(Verdict.CANNOT_BE_SHOWN, Cause.DATE, "The words set no date.", {})
    if figure.end >= clause.deadline:
        return Unmet(Verdict.MISSED, Cause.NONE, "The date has passed.", {})
    left = years_left(TimePeriod(figure.start, figure.end), coverage.period, clause.deadline)
    known = facts.trend
    found = None
    if known is not None:
        method = Method(known.method)
        found = Trend(
            known.slope, known.lower, known.upper, method, known.points, known.independent
        )
    points = facts.trend.points if facts.trend else 1
    linked = facts.trend.linked if facts.trend else ""
    return by_pace(subject.metric, figure.value, target, left, found, points, linked)


def changes_in(clause: Clause, subject: Subject, facts: AreaFacts) -> Reading:
    """Whether an area has changed as much as a clause asks; else by its pace."""
    changes = facts.changes
    if clause.baseline == "declared":
        changes = tuple(change for change in changes if _from_declared(clause, subject, change))
    outcomes = [_grown(clause, subject, facts, change) for change in changes]
    return combine(clause, subject, outcomes, facts.code)


def _from_declared(clause: Clause, subject: Subject, change: Comparison) -> bool:
    """Whether a change is counted from the period that the clause declares."""
    coverage = subject.metric.coverage
    if coverage is None or change.other is None:
        return False
    try:
        wanted = read_period(clause.baseline_period, coverage.period)
    except PeriodError:
        return False
    return (change.other.start, change.other.end) == (wanted.start, wanted.end)


def _grown(
    clause: Clause, subject: Subject, facts: AreaFacts, change: Comparison
) -> BaselineOutcome:
    then = _then(change)
    if change.difference is None or then is None or facts.latest is None:
        return _moved(change)
    sign, asked = direction_asked(clause), size_asked(clause, then.value)
    if asked is None:
        return BaselineOutcome(
            baseline=change.to,
            label=change.label,
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=Cause.NO_RATIO,
            sentence=no_share_of(subject.metric, then.value, change.label),
        )
    if sign * change.difference >= asked:
        sure = surely_as_asked(clause, measured_figure(facts.latest), then, subject.metric)
        verdict, cause, tail = (
            (Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN),
            Cause.NONE,
            "",
        )
    else:
        goal = write_amount(asked, subject.metric.unit)
        word = "fall" if sign < 0 else "rise"
        unmet = _by_pace(clause, subject, facts, then.value + sign * asked)
        verdict, cause = unmet.verdict, unmet.cause
        tail = f" The mission asks for a {word} of {goal}. {unmet.sentence}"
    return BaselineOutcome(
        baseline=change.to,
        label=change.label,
        verdict=verdict,
        cause=cause,
        sentence=f"{change.sentence}{tail}",
    )


def _then(change: Comparison) -> Measured | None:
    """The earlier figure on the basis of the newest, from which the change was counted."""
    if change.other is None or change.other.value is None:
        return None
    published = measured_figure(change.other)
    if change.linked is None or not published.value:
        return published
    return Linked(change.linked / published.value).figure(published)
