"""Of a case: how far its areas are from what the statements of the missions ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.areas import ENGLAND
from layouts.addresses import mission_address
from layouts.documents.case_reading import CaseSeries, Places
from layouts.documents.case_standing import NOT_PUBLISHED, in_people, newest_period
from layouts.documents.content import Cell, Row, Section, Statement, Table
from metrics.catalogue import Catalogue
from metrics.definition import Polarity
from metrics.distance import (
    CHANGES,
    distance_in_units,
    distances,
    pace_in_words,
    years_in_words,
)
from metrics.measures.results import AreaFacts, ClauseSummary, GapPoint, Reading
from metrics.mission import Clause, ClauseKind
from metrics.openings import with_article
from metrics.proposition import Proposition
from metrics.wording import write_difference, write_value

ONE_AREA = "no amount is asked of one area"
NO_BASELINE = "no figure to count from"
NO_GAP = "not told: no clear gap to England"
AMOUNTS = (ClauseKind.REACHES, *CHANGES)
GAPS = (ClauseKind.GAP_CLOSES, ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES)


def distance(
    proposition: Proposition,
    series: Sequence[CaseSeries],
    places: Places,
    catalogue: Catalogue,
    national: Mapping[str, ClauseSummary],
    local: Mapping[str, Mapping[str, ClauseSummary]],
) -> Section:
    """How far the areas are from what the statements of the missions ask.

    Args:
        national: the verdict on each clause for the country, by clause id.
        local: the same for one area each, by code and clause id.
    """
    clauses = [catalogue.clauses[name] for name in named_clauses(proposition, catalogue)]
    statements, tables = [], []
    for clause in clauses:
        summary = national.get(clause.id)
        mission = catalogue.missions[clause.mission]
        judged = [one for one in series if clause.id in one.metric.serves]
        words = summary.sentence if summary else "Nothing has been measured for this yet."
        if not judged:
            words += " No metric with figures that the proposition names judges this statement."
        statements.append(
            Statement(
                words,
                f"Mission {mission.number}: {clause.title}",
                f"{mission_address(mission)}#clause-{clause.id.replace('.', '-')}",
                summary.verdict if summary else None,
                summary.words if summary else "",
            )
        )
        tables += [_distances(clause, one, proposition, places, local) for one in judged]
    opening = (
        "A statement of a mission is judged for the country. For one area the same test shows its "
        "part in it, and no more than that.",
        "In people a gap to England is told, where it is clear and the people of the same year are "
        "held; those of a combined authority are the sum of its members'.",
    )
    return Section(
        "distance",
        "How far from what the missions ask",
        opening=opening,
        tables=tuple(tables),
        statements=tuple(statements),
    )


def named_clauses(proposition: Proposition, catalogue: Catalogue) -> list[str]:
    """The clauses that are named; where none is, all that the metrics serve in its missions."""
    if proposition.clauses:
        return list(proposition.clauses)
    served = {name for one in proposition.metrics for name in catalogue.metrics[one].serves}
    return [
        name
        for name, clause in catalogue.clauses.items()
        if name in served and clause.mission in proposition.missions
    ]


def _distances(
    clause: Clause,
    one: CaseSeries,
    proposition: Proposition,
    places: Places,
    local: Mapping[str, Mapping[str, ClauseSummary]],
) -> Table:
    with_people = _has_people(one, proposition.areas)
    best = _best(one, proposition)
    columns = (*_columns(clause), *(("In people",) if with_people else ()))
    rows: list[Row] = []
    for code in proposition.areas:
        facts = one.latest(code)
        if facts is None:
            missing = Cell(NOT_PUBLISHED, missing=True)
            rows.append(Row(places.name(code), (missing,) * len(columns), f"/areas/{code}"))
            continue
        gap = next((gap for gap in facts.gaps if gap.to == ENGLAND), None)
        tail = (in_people(gap, one.metric) or NO_GAP,) if with_people else ()
        summary = local.get(code, {}).get(clause.id)
        for since, several in _told(clause, one, facts, summary, best):
            name = f"{places.name(code)}, from {since}" if since else places.name(code)
            cells = tuple(Cell(words) for words in (*several, *tail))
            rows.append(Row(name, cells, f"/areas/{code}"))
    return Table(
        f"distance-{clause.id.replace('.', '-')}-{one.key}",
        f"{clause.title}: {one.title}, for each area{_beside_best(clause, one, best)}",
        "Area",
        columns,
        tuple(rows),
    )


def _columns(clause: Clause) -> tuple[str, ...]:
    if clause.kind in AMOUNTS:
        return ("For this area", "What lacks", "Pace", "In years")
    return ("Beside that average",) if clause.kind in GAPS else ("For this area", "Why")


def _beside_best(clause: Clause, one: CaseSeries, best: GapPoint | None) -> str:
    """What a table of a gap sets each area beside, as its caption says it."""
    if clause.kind not in GAPS or best is None:
        return ""
    mean = write_value(best.top_mean, one.metric.unit)
    return (
        f", beside {mean}: the average of the {best.group_size} best areas in "
        f"{with_article(best.period)}, worked out here"
    )


def _told(
    clause: Clause,
    one: CaseSeries,
    facts: AreaFacts,
    summary: ClauseSummary | None,
    best: GapPoint | None,
) -> list[tuple[str, tuple[str, ...]]]:
    """The words of an area's rows, one for each starting point that a change counts from."""
    if clause.kind in GAPS:
        return [("", (_to_the_best(one, facts, best),))]
    judged = _reading(one, summary)
    verdict = judged.words if judged else "not judged for one area"
    if clause.kind not in AMOUNTS:
        why = judged.sentence if judged else (summary.sentence if summary else "")
        return [("", (verdict, why))]
    return [
        (
            each.since,
            (
                verdict,
                distance_in_units(each, one.metric),
                pace_in_words(each, one.metric),
                years_in_words(each),
            ),
        )
        for each in distances(clause, one.metric, facts)
    ] or [("", (verdict, *(NO_BASELINE,) * 3))]


def _has_people(one: CaseSeries, codes: Sequence[str]) -> bool:
    """Whether the gap to England is known in people for one of the areas."""
    known = [facts for code in codes if (facts := one.latest(code))]
    return any(gap.people for facts in known for gap in facts.gaps)


def _reading(one: CaseSeries, summary: ClauseSummary | None) -> Reading | None:
    key = (one.metric.id, one.label.breakdown)
    readings = summary.readings if summary else ()
    return next((each for each in readings if (each.metric, each.breakdown) == key), None)


def _best(one: CaseSeries, proposition: Proposition) -> GapPoint | None:
    """The gap in the newest period of the areas, where one end of it is the better one."""
    newest = newest_period(one, proposition.areas)
    if one.gap is None or newest is None or one.metric.polarity is Polarity.NONE:
        return None
    found = (
        each for each in one.gap.points if (each.start, each.end) == (newest.start, newest.end)
    )
    return next((each for each in found if each.top_mean is not None), None)


def _to_the_best(one: CaseSeries, facts: AreaFacts, best: GapPoint | None) -> str:
    """How far an area is from the average of the best tenth in the same period."""
    if best is None or best.top_mean is None or facts.latest is None:
        return ONE_AREA
    if facts.latest.value is None or facts.latest.start != best.start:
        return f"its newest figure is of {facts.latest.period}"
    size = facts.latest.value - best.top_mean
    return f"{write_difference(size, one.metric.unit)} {'above' if size > 0 else 'below'}"
