"""The case of a proposition as a document: what the figures show, for its argument and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from data.areas import ENGLAND
from data.figure_reads import DatasetVintage
from data.periods import day_in_words
from data.reads import newest_known_on, read_measures
from data.series_reads import read_measures_of_areas
from layouts.addresses import proposition_address
from layouts.documents.case_against import ARGUED, against, like_areas
from layouts.documents.case_distance import distance
from layouts.documents.case_limits import caveats, not_shown
from layouts.documents.case_reading import CaseSeries, Places, read_case_series, read_places
from layouts.documents.case_standing import direction, metric_statements, standing
from layouts.documents.content import Document, Section, Statement
from layouts.pages.standing import count_beside
from metrics.area_readings import area_readings, cohorts_of
from metrics.catalogue import Catalogue
from metrics.measures.devolution_areas import AreaDeal
from metrics.measures.results import AreaFacts, ClauseSummary
from metrics.openings import metric_opening
from metrics.proposition import Ask, Proposition
from metrics.wording import by_chance, write_count, write_list

ASKED = {"power": "Power asked for", "funding": "Funding asked for"}


def case_of(store: Connection, catalogue: Catalogue, proposition: Proposition) -> Document:
    """The case of a proposition on the figures that are held now.

    Args:
        store: the store; one without figures gives a case that says so.
        catalogue: the declarations, which the proposition was checked against.
        proposition: what to make the case of.
    """
    places = read_places(store, proposition)
    series = read_case_series(store, catalogue, proposition, places)
    national = {
        clause: ClauseSummary.model_validate_json(text)
        for (clause, _), text in read_measures(store, "clause", area_code="").items()
    }
    local = _local(store, catalogue, proposition, series, national)
    known_on = newest_known_on(store)
    sections = [_what_is_asked(proposition, series)]
    if series:
        sections += [
            standing(proposition, series, places),
            direction(proposition, series, places),
            distance(proposition, series, places, catalogue, national, local),
            like_areas(proposition, series, places),
            against(proposition, series, places),
        ]
    sections += [
        not_shown(proposition, series, places, catalogue, national),
        caveats(proposition, catalogue),
    ]
    return Document(
        title=proposition.title,
        mark=proposition.mark,
        answer=_answer(proposition, series, places),
        about=_about(proposition, catalogue, places),
        sections=tuple(sections),
        sources=_sources(series),
        known_on=known_on,
        path=proposition_address(proposition),
    )


def _local(
    store: Connection,
    catalogue: Catalogue,
    proposition: Proposition,
    series: Sequence[CaseSeries],
    national: Mapping[str, ClauseSummary],
) -> dict[str, dict[str, ClauseSummary]]:
    """Every clause for each of the areas, judged by the series of the case, by code."""
    deals = {
        code: AreaDeal.model_validate_json(text)
        for (_, code), text in read_measures_of_areas(
            store, "devolution", [""], proposition.areas
        ).items()
    }
    cohorts = cohorts_of(national.values())
    found = {}
    for code in proposition.areas:
        facts: list[AreaFacts] = [one.facts[code] for one in series if code in one.facts]
        found[code] = area_readings(catalogue, facts, code, cohorts, deals.get(code))
    return found


def _answer(proposition: Proposition, series: Sequence[CaseSeries], places: Places) -> str:
    """The sentence that the case opens with: the first figure, then how all figures stand."""
    if not series:
        return "No figure is held for any metric that this proposition names."
    first, code = series[0], proposition.areas[0]
    opening = metric_opening(
        first.metric,
        first.label,
        places.in_text(code),
        first.facts.get(code),
        first.facts.get(ENGLAND),
    )
    return f"{opening} {_all_figures(proposition, series)}"


def _all_figures(proposition: Proposition, series: Sequence[CaseSeries]) -> str:
    """How all figures of the areas stand beside England's, in counts."""
    facts = [
        found
        for one in series
        if not one.is_total
        for code in proposition.areas
        if (found := one.latest(code))
    ]
    beside = count_beside(facts)
    told = [
        f"{count} {'is' if count == 1 else 'are'} {words}"
        for words, count in (
            ("worse", beside.worse),
            ("better", beside.better),
            ("not clearly different", beside.alike),
            ("clearly higher or lower, neither of which is better", beside.uncalled),
            ("beyond any test", beside.untested),
        )
        if count
    ]
    number = len(facts) - beside.absent
    if not number:
        return "None of the figures can be set beside England's."
    figures = write_count(number, "figure", "figures")
    chance = by_chance(beside.by_error)
    return f"Of {figures} of these areas set beside England's, {write_list(told)}.{chance}"


def _about(
    proposition: Proposition, catalogue: Catalogue, places: Places
) -> tuple[tuple[str, str], ...]:
    """What a reader must know of a proposition before its figures."""
    streams = [
        one.title for one in catalogue.framework.workstreams if one.slug in proposition.workstreams
    ]
    missions = [
        f"{number}. {catalogue.missions[number].title}" for number in sorted(proposition.missions)
    ]
    return (
        ("Author", proposition.author),
        ("Date", day_in_words(proposition.date)),
        ("Areas", write_list([places.name(code) for code in proposition.areas])),
        ("Workstreams", write_list(streams)),
        ("Missions", "; ".join(missions)),
        ("Argument", f"The figures are brought forward to show {ARGUED[proposition.argues]}."),
    )


def _what_is_asked(proposition: Proposition, series: Sequence[CaseSeries]) -> Section:
    asked = tuple(_asked(ask) for ask in proposition.asks)
    return Section(
        "asked",
        "What is asked for, and by which figures",
        opening=(proposition.summary,),
        statements=(*asked, *metric_statements(series)),
    )


def _asked(ask: Ask) -> Statement:
    return Statement(ask.words, ASKED[ask.kind])


def _sources(series: Sequence[CaseSeries]) -> tuple[DatasetVintage, ...]:
    """The newest vintage of each dataset, in the order of the series."""
    found = {one.book.source.dataset: one.book.source for one in series if one.book.source}
    return tuple(found.values())
