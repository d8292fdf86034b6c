"""The clauses read for one area: the same test applied to that area, where one can be.

A statement about all areas together (a gap, a national total) has no verdict for one area; the
sentence says so and gives what is known of the area instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data.periods import TimePeriod
from metrics.catalogue import Catalogue
from metrics.definition import Evidence, Metric
from metrics.measures.outcome import combine, reading, summarise
from metrics.measures.pace import years_left
from metrics.measures.results import (
    AreaFacts,
    BaselineOutcome,
    Cause,
    ClauseSummary,
    Comparison,
    Direction,
    Quality,
    Reading,
    Verdict,
)
from metrics.measures.trend import Method, Trend
from metrics.measures.unmet import Unmet, by_pace
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_amount, write_difference, write_target, write_value

EVERYWHERE = (ClauseKind.RISES_EVERYWHERE, ClauseKind.FALLS_EVERYWHERE)
GAPS = (ClauseKind.GAP_CLOSES, ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES)
CHANGES = (ClauseKind.RISES_BY, ClauseKind.FALLS_BY)
TOGETHER_SENTENCE = "This is judged for all areas together and has no verdict for one area."


@dataclass(frozen=True, slots=True)
class _Subject:
    metric: Metric
    breakdown: str


def area_readings(
    catalogue: Catalogue, facts: Iterable[AreaFacts], code: str
) -> dict[str, ClauseSummary]:
    """Every clause of every mission as it stands for one area, by clause id.

    Args:
        facts: what is known of that area, one entry for each series.
        code: its GSS code.
    """
    by_metric: dict[str, list[AreaFacts]] = {}
    for one in facts:
        by_metric.setdefault(one.metric, []).append(one)
    return {
        clause.id: _summary(catalogue, clause, by_metric, code)
        for clause in catalogue.clauses.values()
    }


def _summary(
    catalogue: Catalogue, clause: Clause, facts: dict[str, list[AreaFacts]], code: str
) -> ClauseSummary:
    if clause.kind is ClauseKind.NOT_MEASURABLE:
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=Verdict.NOT_MEASURABLE,
            sentence=clause.reading,
            readings=(),
        )
    if clause.scope == "outside_greater_south_east":
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=None,
            sentence="Judged for all regions and nations outside the Greater South East "
            "together, never for one area.",
            readings=(),
        )
    readings = []
    together = ""
    for metric in catalogue.serving(clause.id):
        held = facts.get(metric.id, [])
        if not held:
            why = metric.figures_note or "No figure is published for this area."
            readings.append(reading(clause, _Subject(metric, ""), Verdict.NO_DATA, why, code=code))
        for one in held:
            judged = _judge(clause, metric, one)
            if judged is None:
                together = _together_sentence(metric, one)
            else:
                readings.append(judged)
    if together and not readings:
        return ClauseSummary(
            clause=clause.id, code=code, verdict=None, sentence=together, readings=()
        )
    return summarise(clause, readings, code)


def _together_sentence(metric: Metric, facts: AreaFacts) -> str:
    gap = next(iter(facts.gaps), None)
    if gap is None or facts.latest is None:
        return TOGETHER_SENTENCE
    value = write_value(facts.latest.value, metric.unit)
    sentence = f"{gap.sentence[0].lower()}{gap.sentence[1:]}"
    return f"{TOGETHER_SENTENCE} In {facts.latest.period} this area had {value}: {sentence}"


def _judge(clause: Clause, metric: Metric, facts: AreaFacts) -> Reading | None:
    """The reading for the area; None where the clause is about all areas together."""
    subject = _Subject(metric, facts.breakdown)
    if clause.kind in GAPS or clause.kind is ClauseKind.WORST_IMPROVE_MOST:
        return None
    if facts.latest is None or facts.latest.value is None:
        note = facts.newest_missing.note if facts.newest_missing else ""
        return reading(
            clause,
            subject,
            Verdict.NO_DATA,
            note or "No figure is published for this area.",
            code=facts.code,
        )
    if clause.kind in EVERYWHERE:
        return _everywhere(clause, subject, facts)
    if clause.kind is ClauseKind.REACHES:
        return _reaches(clause, subject, facts)
    return _changes(clause, subject, facts) if clause.kind in CHANGES else None


def _everywhere(clause: Clause, subject: _Subject, facts: AreaFacts) -> Reading:
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


def _reaches(clause: Clause, subject: _Subject, facts: AreaFacts) -> Reading:
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


def _by_pace(clause: Clause, subject: _Subject, facts: AreaFacts, target: float) -> Unmet:
    """The verdict of the area's own pace on a target that it has not reached."""
    figure, coverage = facts.latest, subject.metric.coverage
    if figure is None or figure.value is None or coverage is None or clause.deadline is None:
        return Unmet(Verdict.CANNOT_BE_SHOWN, Cause.DATE, "The words set no date.", {})
    left = years_left(TimePeriod(figure.start, figure.end), coverage.period, clause.deadline)
    known = facts.trend
    found = None
    if known is not None:
        method = Method(known.method)
        found = Trend(
            known.slope, known.lower, known.upper, method, known.points, known.independent
        )
    points = facts.trend.points if facts.trend else 1
    return by_pace(subject.metric, figure.value, target, left, found, points)


def _changes(clause: Clause, subject: _Subject, facts: AreaFacts) -> Reading:
    return combine(
        clause,
        subject,
        [_grown(clause, subject, facts, change) for change in facts.changes],
        facts.code,
    )


def _grown(
    clause: Clause, subject: _Subject, facts: AreaFacts, change: Comparison
) -> BaselineOutcome:
    if change.difference is None or change.other is None or change.other.value is None:
        return _moved(change)
    sign = -1.0 if clause.kind is ClauseKind.FALLS_BY else 1.0
    asked = clause.threshold or 0.0
    if clause.threshold_kind == "relative":
        asked *= change.other.value
    if sign * change.difference >= asked:
        bound = change.lower if sign > 0 else change.upper
        sure = bound is not None and sign * bound >= asked
        sure = sure or subject.metric.evidence is Evidence.FULL_ENUMERATION
        verdict, cause, tail = (
            (Verdict.MET if sure else Verdict.MET_WITHIN_MARGIN),
            Cause.NONE,
            "",
        )
    else:
        goal = write_amount(asked, subject.metric.unit)
        word = "fall" if sign < 0 else "rise"
        unmet = _by_pace(clause, subject, facts, change.other.value + sign * asked)
        verdict, cause = unmet.verdict, unmet.cause
        tail = f" The mission asks for a {word} of {goal}. {unmet.sentence}"
    return BaselineOutcome(
        baseline=change.to,
        label=change.label,
        verdict=verdict,
        cause=cause,
        sentence=f"{change.sentence}{tail}",
    )
