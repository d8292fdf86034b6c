"""Examples of how the statements of missions are judged, from what the store has measured."""

from __future__ import annotations

from collections.abc import Iterable

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, POLICE_FORCE
from layouts.addresses import mission_address
from layouts.pages.method_stored import (
    EMPLOYMENT,
    GIGABIT,
    HOMICIDE,
    PUPILS,
    SATISFACTION,
    WMCA,
    Example,
    Stored,
    figure_words,
)
from metrics.measures.results import Direction
from metrics.wording import write_count, write_list

BIRMINGHAM = CONSTITUENT[0]
BASELINES = ("before-pandemic", "white-paper")


def statement_examples(stored: Stored) -> dict[str, Example | None]:
    """The examples of statements by the name of their rule; None where no figures are held."""
    return {
        "statements": _statements(stored),
        "for-one-area": _for_one_area(stored),
        "no-interval": _no_interval(stored),
        "numbers": _verdict_on(stored, "6.completions-200k"),
        "leverage": _verdict_on(stored, "2.private-leverage"),
        "worst": _worst(stored),
        "many": _many(stored),
        "baselines": _baselines(stored),
        "pace": _for_combined(stored, "5.expected-standard-90", PUPILS),
        "too-few": _for_combined(stored, "4.gigabit", GIGABIT),
        "methods": _methods(stored),
        "cohort": _cohort(stored),
    }


def _statements(stored: Stored) -> Example | None:
    mission = stored.catalogue.missions[7]
    told = [
        f"“{clause.title}” is judged: {stored.clauses[clause.id].words}."
        for clause in mission.clauses
        if clause.id in stored.clauses
    ]
    if not told:
        return None
    count = write_count(len(mission.clauses), "statement", "statements")
    return Example(
        (f"Mission 7 is split into {count}.", *told),
        mission_address(mission),
        f"Mission 7: {mission.title}",
    )


def _for_one_area(stored: Stored) -> Example | None:
    if (EMPLOYMENT, COMBINED_AUTHORITY) not in stored.facts:
        return None
    judged = stored.for_combined("1.employment-gap", EMPLOYMENT)
    return stored.example(EMPLOYMENT, f"The employment gap, for {WMCA}: {judged.sentence}")


def _many(stored: Stored) -> Example | None:
    reading = stored.reading("1.employment-rises", EMPLOYMENT)
    if reading is None:
        return None
    changes = [stored.change(EMPLOYMENT, code, "before-pandemic") for code in CONSTITUENT]
    held = [one for one in changes if one is not None]
    clear = sum(one.direction in (Direction.HIGHER, Direction.LOWER) for one in held)
    sentences = [f"Employment: {reading.sentence}"]
    if held:
        sentences.append(
            f"Of the {len(held)} boroughs of the West Midlands, taken one by one, {clear} "
            f"{'shows' if clear == 1 else 'show'} a clear change."
        )
    return stored.example(EMPLOYMENT, *sentences)


def _baselines(stored: Stored) -> Example | None:
    reading = stored.reading("8.wellbeing-gap", SATISFACTION)
    if reading is None:
        return None
    sentences = [f"The gap in life satisfaction: {reading.sentence}"]
    both = [stored.change(SATISFACTION, BIRMINGHAM, name) for name in BASELINES]
    if all(both):
        told = " ".join(one.sentence for one in both if one)
        sentences.append(f"In Birmingham: {told}")
    return stored.example(SATISFACTION, *sentences)


def _for_combined(stored: Stored, clause: str, subject: str) -> Example | None:
    if (subject, COMBINED_AUTHORITY) not in stored.facts:
        return None
    judged = stored.for_combined(clause, subject)
    return stored.example(
        subject, f"For {WMCA}: {judged.sentence}", f"The verdict for this area: {judged.words}."
    )


def _methods(stored: Stored) -> Example | None:
    reading = stored.reading("5.expected-standard-90", PUPILS)
    if reading is None or not reading.methods:
        return None
    told = [f"{one.method}: {one.outcome}." for one in reading.methods]
    place = "England, of which the West Midlands is a part"
    return stored.example(PUPILS, f"Pupils in {place}. {' '.join(told)}")


def _cohort(stored: Stored) -> Example | None:
    reading = stored.reading("5.worst-areas-third", PUPILS)
    if reading is None:
        return None
    places = (*reading.names.get("below", ()), *reading.names.get("tied", ()))
    names = dict(zip(reading.names.get("codes", ()), places, strict=False))
    below = set(reading.names.get("below", ()))
    ours = [names[code] for code in CONSTITUENT if code in names]
    return stored.example(
        PUPILS,
        reading.sentence,
        f"Boroughs of the West Midlands below the cut: {_listed(n for n in ours if n in below)}. "
        f"Level at the cut: {_listed(n for n in ours if n not in below)}.",
    )


def _listed(names: Iterable[str]) -> str:
    return write_list(list(names)) or "none"


def _verdict_on(stored: Stored, clause_id: str) -> Example | None:
    summary = stored.clauses.get(clause_id)
    if summary is None:
        return None
    clause = stored.catalogue.clauses[clause_id]
    mission = stored.catalogue.missions[clause.mission]
    place = "England" if clause.scope == "England" else "the regions, the West Midlands among them"
    return Example(
        (f"“{clause.title}”, for {place}: {summary.words}.", summary.sentence),
        mission_address(mission),
        f"Mission {mission.number}: {mission.title}",
    )


def _worst(stored: Stored) -> Example | None:
    reading = stored.reading("11.worst-affected", HOMICIDE)
    if reading is None:
        return None
    facts = stored.facts.get((HOMICIDE, POLICE_FORCE))
    told = [f"Homicide, over all police force areas: {reading.words}. {reading.sentence}"]
    if facts is not None and facts.latest is not None:
        figure = figure_words(stored.metric(HOMICIDE), facts.latest)
        told.append(f"The West Midlands police force area, one of them: {figure}.")
    return stored.example(HOMICIDE, *told)


def _no_interval(stored: Stored) -> Example | None:
    reading = stored.reading("1.productivity-gap", "gva-per-hour|")
    if reading is None:
        return None
    return stored.example(
        "gva-per-hour|",
        f"Output per hour worked, in the West Midlands as everywhere: {reading.words}. "
        f"{reading.sentence}",
    )
