"""The clauses read for one area: the same test applied to that area, where one can be.

A statement about all areas together (a gap, a national total) has no verdict for one area; the
sentence says so and gives what is known of the area instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, UPPER_TIER_PREFIXES
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.area_tests import changes_in, everywhere_in, reaches_in
from metrics.measures.devolution_areas import AreaDeal, deal_summary
from metrics.measures.outcome import Subject, reading, summarise
from metrics.measures.results import AreaFacts, ClauseSummary, Reading, Verdict
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_value

EVERYWHERE = (ClauseKind.RISES_EVERYWHERE, ClauseKind.FALLS_EVERYWHERE)
GAPS = (ClauseKind.GAP_CLOSES, ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES)
CHANGES = (ClauseKind.RISES_BY, ClauseKind.FALLS_BY)
TOGETHER_SENTENCE = "This is judged for all areas together and has no verdict for one area."


def cohorts_of(summaries: Iterable[ClauseSummary]) -> dict[str, frozenset[str]]:
    """The codes of the worst performing areas that national readings have fixed, by clause id."""
    return {
        summary.clause: frozenset(reading.names["codes"])
        for summary in summaries
        for reading in summary.readings
        if "codes" in reading.names
    }


def area_readings(
    catalogue: Catalogue,
    facts: Iterable[AreaFacts],
    code: str,
    cohorts: Mapping[str, frozenset[str]] | None = None,
    deal: AreaDeal | None = None,
) -> dict[str, ClauseSummary]:
    """Every clause of every mission as it stands for one area, by clause id.

    Args:
        facts: what is known of that area, one entry for each series.
        code: its GSS code.
        cohorts: for clauses about the worst performing areas, which areas those are.
        deal: the devolution deal that covers the area or is to cover it, where there is one.
    """
    by_metric: dict[str, list[AreaFacts]] = {}
    for one in facts:
        by_metric.setdefault(one.metric, []).append(one)
    return {
        clause.id: deal_summary(clause, deal, code)
        if _worked_out(catalogue, clause)
        else _summary(catalogue, clause, by_metric, code, (cohorts or {}).get(clause.id))
        for clause in catalogue.clauses.values()
    }


def _worked_out(catalogue: Catalogue, clause: Clause) -> bool:
    """Whether a clause is judged by dated facts, and not by figures for areas."""
    return any(metric.figures == "computed" for metric in catalogue.serving(clause.id))


def _summary(
    catalogue: Catalogue,
    clause: Clause,
    facts: dict[str, list[AreaFacts]],
    code: str,
    cohort: frozenset[str] | None,
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
    if clause.kind is ClauseKind.COHORT_RISES_BY and cohort is not None and code not in cohort:
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=None,
            sentence=_outside_cohort(code, cohort),
            readings=(),
        )
    readings = []
    together = ""
    for metric in catalogue.serving(clause.id):
        held = facts.get(metric.id, [])
        if not held:
            why = metric.figures_note or "No figure is published for this area."
            readings.append(reading(clause, Subject(metric, ""), Verdict.NO_DATA, why, code=code))
        for one in held:
            judged = _judge(clause, metric, one, in_cohort=cohort is not None)
            if judged is None:
                together = together or _together_sentence(metric, one)
            else:
                readings.append(judged)
    if together and not readings:
        return ClauseSummary(
            clause=clause.id, code=code, verdict=None, sentence=together, readings=()
        )
    titles = {metric.id: metric.short_title for metric in catalogue.serving(clause.id)}
    return summarise(clause, readings, code, titles)


def _outside_cohort(code: str, cohort: frozenset[str]) -> str:
    """Why a statement about the worst performing authorities does not speak of an area."""
    if code == COMBINED_AUTHORITY:
        among = len(cohort & set(CONSTITUENT))
        return (
            f"Judged for single authorities of England: {among} of the seven boroughs are among "
            "those that were performing worst, or level with them, when the count began."
        )
    if code.startswith("E") and code.startswith(UPPER_TIER_PREFIXES):
        return (
            "This area is not one of those that were performing worst when the count began, so "
            "the statement does not speak of it."
        )
    return "Judged for single upper-tier authorities of England, so not for this area."


def _together_sentence(metric: Metric, facts: AreaFacts) -> str:
    gap = next(iter(facts.gaps), None)
    if gap is None or facts.latest is None:
        return TOGETHER_SENTENCE
    value = write_value(facts.latest.value, metric.unit)
    sentence = f"{gap.sentence[0].lower()}{gap.sentence[1:]}"
    return (
        f"{TOGETHER_SENTENCE} {metric.short_title}: in {facts.latest.period} this area had "
        f"{value}: {sentence}"
    )


def _judge(clause: Clause, metric: Metric, facts: AreaFacts, *, in_cohort: bool) -> Reading | None:
    """The reading for the area; None where the clause is about all areas together."""
    subject = Subject(metric, facts.breakdown)
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
        return everywhere_in(clause, subject, facts)
    if clause.kind is ClauseKind.REACHES:
        return reaches_in(clause, subject, facts)
    if clause.kind in CHANGES or (clause.kind is ClauseKind.COHORT_RISES_BY and in_cohort):
        return changes_in(clause, subject, facts)
    return None
