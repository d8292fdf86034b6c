"""The page of one cited figure: what it says, how to paste it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from data.areas import ENGLAND
from data.figure_reads import is_known_metric
from data.reads import read_area, read_groups
from data.series_reads import read_figures, read_periods
from layouts.addresses import home_address, metric_address
from layouts.page import Page, Region
from layouts.pages import problems
from layouts.pages.derivation import derivation_of
from layouts.request import PageRequest, QueryFault
from layouts.templating import render
from metrics.area_names import area_in_text, area_label
from metrics.citing import as_measured, citation_forms, series_of, unit_as_published
from metrics.definition import Metric
from metrics.figure import (
    Basis,
    Figure,
    FigureError,
    address,
    canonical_number,
    figure_id,
    read_address,
)
from metrics.openings import qualifier, subject, write_measured
from metrics.then_and_now import NEVER_SAID, HeldValue, Standing, ThenAndNow, then_and_now
from metrics.wording import write_interval


@dataclass(frozen=True, slots=True)
class Place:
    """The area or group of a figure, as its page names it; `address` is empty without a page."""

    label: str
    in_text: str
    code: str
    address: str


def build(request: PageRequest) -> Page:
    """The page at `/figures/<id>`, whose query string carries the facts.

    Returns:
        The citation; 400 for an address that was altered or cannot be read, 404 for facts that
        were never published, 410 for a measure that the dashboard no longer has.
    """
    try:
        figure = read_address(request.parameters["id"], request.query.raw)
    except FigureError as error:
        return _unreadable(error)
    found = then_and_now(request.store, request.catalogue, figure)
    metric = request.catalogue.metrics.get(figure.metric)
    if metric is None or metric.coverage is None:
        return _without_metric(request, figure, found)
    place = _place(request, figure)
    if place is None or found.standing is Standing.NEVER:
        return _never(figure, metric, place, found)
    return _citation(request, figure, metric, place, found)


def _place(request: PageRequest, figure: Figure) -> Place | None:
    area = read_area(request.store, figure.area)
    if area is not None:
        label = area_label(area.name, area.type)
        return Place(label, area_in_text(area.name, area.type), area.code, f"/areas/{area.code}")
    groups = read_groups(request.store)
    titles = dict(zip(groups["id"].tolist(), groups["title"].tolist(), strict=True))
    title = titles.get(figure.area) if figure.basis == "derived" else None
    return Place(title, title, figure.area, "") if title else None


def _unreadable(error: FigureError) -> Page:
    altered = any(fault.kind == "altered" for fault in error.faults)
    return problems.citation_refused(
        400,
        "This citation was altered" if altered else "This citation cannot be read",
        "The facts in the address do not belong to its id, so nothing is shown."
        if altered
        else "The address of a figure carries its facts, and these cannot be read. Nothing has "
        "been guessed.",
        faults=[
            QueryFault(
                fault.parameter, fault.found, f"{fault.expected}. {fault.remedy.rstrip('.')}"
            )
            for fault in error.faults
        ],
    )


def _without_metric(request: PageRequest, figure: Figure, found: ThenAndNow) -> Page:
    if not is_known_metric(request.store, figure.metric):
        return problems.citation_refused(
            404,
            "No such figure",
            f"{NEVER_SAID} There is no measure called “{figure.metric}”.",
        )
    return problems.citation_refused(
        410,
        "This measure is no longer shown",
        f"The measure “{figure.metric}” was taken out of this dashboard, so the figure cannot be "
        f"shown in words. {found.sentence}",
    )


def _never(figure: Figure, metric: Metric, where: Place | None, found: ThenAndNow) -> Page:
    place = where.in_text if where else f"the code {figure.area}"
    about = subject(metric, series_of(metric, figure))
    period = as_measured(figure, metric).period
    held = [one for one in found.history if one.known_to is None]
    message = found.sentence
    if held:
        value = _value(held[0].figure, metric)
        message += f" What is held for {about} in {place}, {period}, is {value}."
    elif found.history:
        message += f" What was held for {about} in {place}, {period}, has been withdrawn."
    else:
        message += f" Nothing was ever held for {about} in {place}, {period}."
    offers = [(metric_address(metric, figure.breakdown), f"See {metric.title}")]
    offers += [(address(one.figure), "Cite the figure that is held") for one in held]
    return problems.citation_refused(404, "This figure was never published", message, offers)


def _citation(
    request: PageRequest, figure: Figure, metric: Metric, place: Place, found: ThenAndNow
) -> Page:
    source = found.vintages[-1] if found.vintages else None
    note = next((held.note for held in found.history if held.cited), "")
    forms = citation_forms(
        figure,
        metric,
        place.in_text,
        source,
        note=note,
        beside=found.beside_then,
        standing=found.sentence,
        home=home_address(),
    )
    about = subject(metric, series_of(metric, figure))
    measured = as_measured(figure, metric, note)
    title = f"{about[:1].upper()}{about[1:]}, {place.label}"
    unit = unit_as_published(metric.unit, figure)
    heading = render(
        "figure_heading.html",
        title=title,
        value=_value(figure, metric),
        interval=write_interval(measured.lower, measured.upper, unit),
        period=measured.period,
        qualifier=qualifier(figure.status),
        sentence=forms.sentence,
        figure=figure,
        standing=_standing_words(found),
    )
    ready = render("figure_forms.html", forms=forms, changed=found.standing is not Standing.CURRENT)
    facts = render(
        "figure_facts.html",
        metric=metric,
        metric_address=_metric_page(metric, figure),
        place=place,
        period=measured.period,
        figure=figure,
        series=series_of(metric, figure),
        qualifier=qualifier(figure.status),
        note=note,
        source=source,
        id=figure_id(figure),
        comparator=_label(request, figure.comparator),
        made=derivation_of(request, figure),
    )
    then = render(
        "figure_then_and_now.html",
        found=found,
        derived=figure.basis == "derived",
        history=[
            (_value(held.figure, metric), _interval(held, metric), held) for held in found.history
        ],
        addresses={held.figure: address(held.figure) for held in found.history},
    )
    return Page(
        title=f"{title}, {measured.period}",
        description=forms.sentence,
        parts=(
            Region("figure-heading", heading),
            Region("figure-forms", ready),
            Region("figure-then-and-now", then),
            Region("figure-facts", facts),
        ),
        path=request.path,
        query=request.query.raw,
    )


def _standing_words(found: ThenAndNow) -> str:
    return {
        Standing.CURRENT: "Stands",
        Standing.REVISED: "Revised since",
        Standing.RESTATUSED: "Stands, requalified",
        Standing.WITHDRAWN: "Withdrawn since",
    }.get(found.standing, "")


def _value(figure: Figure, metric: Metric) -> str:
    if figure.value is None:
        return "No figure"
    unit = unit_as_published(metric.unit, figure)
    return write_measured(float(figure.value), unit)


def _interval(held: HeldValue, metric: Metric) -> str:
    measured = as_measured(held.figure, metric)
    unit = unit_as_published(metric.unit, held.figure)
    return write_interval(measured.lower, measured.upper, unit).removeprefix("95% interval ")


def _label(request: PageRequest, code: str) -> str:
    area = read_area(request.store, code) if code else None
    return area_label(area.name, area.type) if area else code


def _metric_page(metric: Metric, figure: Figure) -> str:
    """The page of the metric with the figure's area and period chosen."""
    page = metric_address(metric, figure.breakdown)
    return f"{page}{'&' if '?' in page else '?'}areas={figure.area}&period={figure.period[:10]}"


def cite(request: PageRequest) -> Page:
    """The page at `/cite`: leads on to the permanent address of a figure that is held now.

    The query string names the figure by `metric`, `area`, `period` (its first day) and, where
    there are any, `breakdown` and `beside`, the area that it is set beside. These addresses are
    short, so that a page can have one for every figure.
    """
    query = request.query
    basis: Basis = "derived" if query.one_of("basis", get_args(Basis)) == "derived" else "published"
    metric = request.catalogue.metrics.get(query.text("metric"))
    breakdown, code = query.text("breakdown"), query.text("area")
    starts, beside = query.day("period"), query.text("beside")
    if metric is None:
        query.fault("metric", query.text("metric") or "nothing", "the id of a metric")
    if starts is None:
        query.fault("period", "nothing", "the first day of a period, such as 2022-01-01")
    if beside and read_area(request.store, beside) is None:
        query.fault("beside", beside, f"the code of an area, such as {ENGLAND}")
    query.check()
    assert metric is not None  # noqa: S101 - `check` raised otherwise
    assert starts is not None  # noqa: S101
    figure = (
        _derived_now(request, metric, breakdown, code, starts)
        if basis == "derived"
        else _published_now(request, metric, breakdown, code, starts)
    )
    if figure is None:
        return problems.citation_refused(
            404,
            "There is no such figure to cite",
            f"Nothing is held for {metric.title} in the area “{code[:20]}” for that period.",
            [(metric_address(metric), f"See {metric.title}")],
        )
    figure = replace(figure, comparator=beside)
    return problems.moved(address(figure), "The citation of this figure")


def _published_now(
    request: PageRequest, metric: Metric, breakdown: str, code: str, starts: date
) -> Figure | None:
    rows = [
        row
        for row in read_figures(request.store, metric.id, breakdown, codes=[code])
        if row.period_start == starts
    ]
    if not rows or metric.source is None:
        return None
    # Where a place has figures under two codes, that under its own code is the one shown.
    row = min(rows, key=lambda one: one.code != code)
    return Figure(
        metric=metric.id,
        area=row.code,
        period=f"{row.period_start}/{row.period_end}",
        dataset=metric.source.dataset,
        value=_written(row.value),
        lower=_written(row.lower_95),
        upper=_written(row.upper_95),
        breakdown=breakdown,
        status=row.status,
    )


def _derived_now(
    request: PageRequest, metric: Metric, breakdown: str, group: str, starts: date
) -> Figure | None:
    periods = read_periods(request.store, metric.id, breakdown)
    period = next((one for one in periods if one.start == starts), None)
    if period is None or metric.source is None or not group:
        return None
    days, dataset = f"{period.start}/{period.end}", metric.source.dataset
    try:
        asked = Figure(metric.id, group, days, dataset, "0", breakdown=breakdown, basis="derived")
    except FigureError:
        return None
    found = then_and_now(request.store, request.catalogue, asked)
    return found.current


def _written(number: float | None) -> str | None:
    return None if number is None else canonical_number(number)
