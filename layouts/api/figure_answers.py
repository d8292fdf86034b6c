"""Figures as they are cited, and what became of one since it was cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from data.figure_reads import DatasetVintage, read_dataset_vintages
from data.observation_reads import (
    ObservationRow,
    Wanted,
    count_observations,
    read_newest_of_area,
    read_observations,
)
from data.reads import DatasetFacts, newest_known_on, read_area, read_datasets
from layouts.api.about import about_datasets, cited
from layouts.api.catalogue_answers import valid_metrics
from layouts.api.endpoints import ROOT, Answer, Asked
from layouts.api.figure_records import ClaimRecord, FigureDetailRecord, FigureRecord, HeldRecord
from layouts.api.observation_answers import WHOLE, figure_of, observation
from layouts.api.parameters import AREA, BREAKDOWN, METRIC, refuse
from layouts.api.problems import ProblemError, bad_request, not_found
from layouts.api.records import About
from layouts.request import QueryFault
from metrics.area_names import area_in_text
from metrics.catalogue import Catalogue
from metrics.citing import CitationForms, citation_forms, cited_sentence
from metrics.figure import Figure, address, figure_id, read_address
from metrics.figure_facts import FigureError
from metrics.then_and_now import HeldValue, ThenAndNow, then_and_now

NOT_DECLARED = "The metric is not declared any more, so that nothing is said of it in words."


def figures(asked: Asked) -> Answer:
    """The figures of a metric page by page, or the newest ones of areas, each with its sentence.

    Raises:
        ProblemError: neither a metric nor an area is named, or there is none of that name.
    """
    values, catalogue = asked.values, asked.catalogue
    as_of: date | None = values["as_of"]
    first, most = values["offset"], values["limit"]
    metric_id: str = values["metric"]
    if not metric_id and not values["area"]:
        raise bad_request([QueryFault("metric, area", "neither", "a metric, areas, or both")])
    if metric_id and metric_id not in catalogue.metrics:
        raise refuse(METRIC, metric_id, valid_metrics(catalogue, metric_id))
    if metric_id:
        breakdown: str = values["breakdown"]
        known = [one.breakdown or WHOLE for one in catalogue.metrics[metric_id].series]
        if breakdown and breakdown not in known:
            raise refuse(BREAKDOWN, breakdown, f"one of: {', '.join(known) or 'none is held'}")
        wanted = Wanted(
            metric=metric_id,
            breakdown="" if breakdown == WHOLE else breakdown,
            one_breakdown=bool(breakdown),
            codes=values["area"],
            as_of=as_of,
        )
        rows = read_observations(asked.store, wanted, most, first)
        total = count_observations(asked.store, wanted)
    else:
        if values["breakdown"]:
            raise refuse(BREAKDOWN, values["breakdown"], "left out where no metric is named")
        newest = [row for code in values["area"] for row in _newest(asked, code, as_of)]
        rows, total = newest[first : first + most], len(newest)
    datasets = read_datasets(asked.store, as_of=as_of)
    used = [datasets[name] for name in {row.dataset for row in rows} if name in datasets]
    return Answer(
        about_datasets(used, as_of), [_figure(row, catalogue, datasets) for row in rows], total
    )


def _newest(asked: Asked, code: str, as_of: date | None) -> list[ObservationRow]:
    if read_area(asked.store, code) is None:
        raise refuse(AREA, code, f"codes of areas at {ROOT}/areas, such as E08000025")
    return read_newest_of_area(asked.store, code, as_of)


def _figure(
    row: ObservationRow, catalogue: Catalogue, datasets: Mapping[str, DatasetFacts]
) -> FigureRecord:
    figure, facts = figure_of(row), datasets.get(row.dataset)
    metric = catalogue.metrics.get(row.metric)
    sentence = ""
    if metric is not None and metric.coverage is not None:
        place = area_in_text(row.area_name, row.area_type)
        sentence = cited_sentence(figure, metric, place, row.note)
    return FigureRecord.model_construct(
        **dict(observation(row, catalogue)),
        figure=address(figure),
        sentence=sentence,
        source=cited(facts) if facts else "",
        licence=facts.licence if facts else "",
        known_on=facts.known_on if facts else None,
        then_and_now=f"/api/v1{address(figure)}",
    )


def figure(asked: Asked) -> Answer:
    """One cited figure then and now: the facts stand in the query string, as in its address.

    Raises:
        ProblemError: the address carries no figure, or was altered.
    """
    identity = asked.parts["id"]
    try:
        one = read_address(identity, asked.query)
    except FigureError as error:
        raise _problem(identity, error) from None
    found = then_and_now(asked.store, asked.catalogue, one)
    vintages = read_dataset_vintages(asked.store, one.dataset)
    source = _source(vintages, found)
    forms = _forms(asked, one, found, source)
    return Answer(
        About(
            known_on=newest_known_on(asked.store),
            as_of=None,
            source=f"{source.producer}: {source.title}, published "
            f"{source.published_on.isoformat()}, {source.landing_page}"
            if source
            else "No vintage held here has this figure",
            licence=source.licence if source else "",
        ),
        [_detail(one, found, forms)],
    )


def _problem(identity: str, error: FigureError) -> ProblemError:
    """An id that can be none is not found; other facts that cannot be read are a bad request."""
    if any(one.parameter == "id" and one.kind == "unreadable" for one in error.faults):
        return not_found("id", identity, error.faults[-1].expected)
    faults = [QueryFault(one.parameter, one.found, one.expected) for one in error.faults]
    return bad_request(faults)


def _source(vintages: list[DatasetVintage], found: ThenAndNow) -> DatasetVintage | None:
    """The newest vintage that held the figure."""
    days = {one.known_on for one in found.vintages}
    return next((one for one in reversed(vintages) if one.known_on in days), None)


def _forms(
    asked: Asked, one: Figure, found: ThenAndNow, source: DatasetVintage | None
) -> CitationForms:
    metric = asked.catalogue.metrics.get(one.metric)
    if metric is None or metric.coverage is None:
        return CitationForms("", NOT_DECLARED, NOT_DECLARED, NOT_DECLARED)
    area = read_area(asked.store, one.area)
    note = next((held.note for held in reversed(found.history) if held.cited), "")
    return citation_forms(
        one,
        metric,
        area_in_text(area.name, area.type) if area else one.area,
        source,
        note=note,
        beside=found.beside_then,
        standing=found.sentence,
    )


def _detail(one: Figure, found: ThenAndNow, forms: CitationForms) -> FigureDetailRecord:
    start, end = one.days
    return FigureDetailRecord(
        figure_id=figure_id(one),
        figure=address(one),
        metric=one.metric,
        breakdown=one.breakdown,
        ref_area=one.area,
        period_start=start,
        period_end=end,
        **_values(one),
        comparator=one.comparator,
        basis=one.basis,
        dataset=one.dataset,
        sentence=forms.sentence,
        footnote=forms.footnote,
        minutes=forms.minutes,
        standing=found.standing.value,
        standing_sentence=found.sentence,
        first_known=found.first_known,
        changed_on=found.changed_on,
        current=address(found.current) if found.current else None,
        difference=_number(found.difference),
        claims=[
            ClaimRecord(
                claim=pair.then.label,
                then=pair.then.words,
                now=pair.now.words if pair.now else None,
                holds=pair.holds,
            )
            for pair in found.claims
        ],
        history=[_held(held) for held in found.history],
    )


def _held(held: HeldValue) -> HeldRecord:
    return HeldRecord(
        figure_id=figure_id(held.figure),
        **_values(held.figure),
        note=held.note,
        known_from=held.known_from,
        known_to=held.known_to,
        cited=held.cited,
    )


def _values(one: Figure) -> dict[str, Any]:
    return {
        "obs_value": _number(one.value),
        "lower_95": _number(one.lower),
        "upper_95": _number(one.upper),
        "obs_status": one.status,
    }


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
