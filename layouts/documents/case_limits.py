"""Of a case: what its figures do not show, and the caveats of each metric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data.areas import ENGLAND
from data.periods import day_in_words
from layouts.addresses import metric_address, mission_address, workstream_address
from layouts.documents.case_distance import named_clauses
from layouts.documents.case_reading import CaseSeries, Places
from layouts.documents.case_standing import newest_period
from layouts.documents.content import Section, Statement
from metrics.catalogue import Catalogue
from metrics.least_favourable import support
from metrics.measures.results import ClauseSummary, Verdict
from metrics.proposition import Proposition
from metrics.wording import write_count, write_list


def not_shown(
    proposition: Proposition,
    series: Sequence[CaseSeries],
    places: Places,
    catalogue: Catalogue,
    national: Mapping[str, ClauseSummary],
) -> Section:
    """What the figures do not show: no figures, no test, no wording, and never a cause."""
    statements = [
        Statement(
            "No figure says what a power, or money, would bring about, nor what has caused any "
            "change that is shown."
        )
    ]
    held = {one.metric.id for one in series}
    for name in proposition.metrics:
        metric = catalogue.metrics[name]
        if name not in held:
            why = metric.figures_note or "The store holds no figures of it."
            statements.append(Statement(_sentence(why), metric.title, metric_address(metric)))
    for name in named_clauses(proposition, catalogue):
        summary, clause = national.get(name), catalogue.clauses[name]
        if summary is None or summary.verdict in (Verdict.NO_DATA, Verdict.NOT_MEASURABLE):
            mission = catalogue.missions[clause.mission]
            words = summary.sentence if summary else "Nothing has been measured for this yet."
            statements.append(
                Statement(
                    words, f"Mission {mission.number}: {clause.title}", mission_address(mission)
                )
            )
    for one in series:
        statements += _limits(one, proposition, places)
    for slug in proposition.workstreams:
        workstream = catalogue.workstream_by_slug(slug)
        if workstream is not None and workstream.not_shown:
            statements.append(
                Statement(
                    workstream.not_shown,
                    f"Workstream: {workstream.title}",
                    workstream_address(workstream),
                )
            )
    return Section("not-shown", "What the figures do not show", statements=tuple(statements))


def _limits(one: CaseSeries, proposition: Proposition, places: Places) -> Iterable[Statement]:
    lacking = [places.name(code) for code in proposition.areas if one.latest(code) is None]
    if lacking:
        yield Statement(f"No published figure for {write_list(lacking)}.", one.title)
    derived = [places.name(code) for code in proposition.areas if one.derived(code)]
    if derived:
        yield Statement(
            f"The figure for {write_list(derived)} is derived here, not published. It is set "
            "beside no other, and no reading rests on it.",
            one.title,
        )
    newest = newest_period(one, proposition.areas)
    old = [
        f"{places.name(code)} ({facts.latest.period})"
        for code in proposition.areas
        if (facts := one.latest(code)) and facts.latest and newest
        if (facts.latest.start, facts.latest.end) != (newest.start, newest.end)
    ]
    if old:
        yield Statement(f"An older figure than the others stands for {write_list(old)}.", one.title)
    untested = [read for read in one.readings if support(read, proposition.argues) is None]
    if untested:
        readings = write_count(len(untested), "reading", "readings")
        yield Statement(
            f"{readings} of {len(one.readings)} cannot be weighed, because no test allows it or "
            "neither direction is better.",
            one.title,
        )
    if one.metric.money == "nominal":
        yield Statement(
            "It is in the money of each year: part of any rise is inflation.", one.title
        )
    if ENGLAND not in one.facts and not one.is_total:
        yield Statement("England has no figure to set these beside.", one.title)


def caveats(proposition: Proposition, catalogue: Catalogue) -> Section:
    """What a careful negotiator must know of each metric before citing it, as it declares."""
    statements = []
    for name in proposition.metrics:
        metric = catalogue.metrics[name]
        told = [
            *metric.caveats,
            *(f"From {day_in_words(mark.starts)}: {mark.reason}" for mark in metric.breaks),
            *([metric.not_ranked] if metric.not_ranked else []),
        ]
        words = " ".join(_sentence(each) for each in told) or "None is declared."
        statements.append(Statement(words, metric.title, metric_address(metric)))
    return Section("caveats", "Caveats of each metric", statements=tuple(statements))


def _sentence(words: str) -> str:
    stripped = words.strip()
    return stripped if stripped.endswith((".", "!", "?")) else f"{stripped}."
