"""The twenty workstreams in their five pillars, each with what informs it."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.addresses import workstream_address
from layouts.page import Page, Region
from layouts.request import PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.mission import Mission, Workstream
from metrics.wording import write_count, write_list

TITLE = "Workstreams of the deal"


@dataclass(frozen=True, slots=True)
class WorkstreamRow:
    """One workstream: what informs it, in words, and the missions that those metrics belong to."""

    workstream: Workstream
    address: str
    informed: str
    missions: tuple[Mission, ...]


def build(request: PageRequest) -> Page:
    """The page at `/workstreams`."""
    request.query.check()
    catalogue = request.catalogue
    rows = [_row(one, catalogue) for one in catalogue.framework.workstreams]
    pillars: dict[str, list[WorkstreamRow]] = {}
    for row in rows:
        pillars.setdefault(row.workstream.pillar, []).append(row)
    answer = _answer(catalogue)
    html = render(
        "workstreams.html",
        title=TITLE,
        answer=answer,
        pillars=pillars,
        framework=catalogue.framework,
    )
    return Page(
        title=TITLE, description=answer, parts=(Region("workstreams", html),), path=request.path
    )


def _answer(catalogue: Catalogue) -> str:
    """How many workstreams are informed by what."""
    of_missions = of_context = unheld = none = sources = 0
    for one in catalogue.framework.workstreams:
        metrics = catalogue.informing(one.slug)
        held = [metric for metric in metrics if metric.figures != "not held"]
        if one.shows == "sources":
            sources += 1
        elif not metrics:
            none += 1
        elif not held:
            unheld += 1
        elif any(metric.mission for metric in held):
            of_missions += 1
        else:
            of_context += 1
    told = [
        f"{count} {words}"
        for count, words in (
            (of_missions, "are informed by metrics of the missions"),
            (of_context, "by context alone"),
            (unheld, "by metrics without figures"),
            (none, "by none"),
            (sources, "is about the figures themselves"),
        )
        if count
    ]
    number = len(catalogue.framework.workstreams)
    return f"Of the {number} workstreams for the devolution deal, {write_list(told)}."


def _row(one: Workstream, catalogue: Catalogue) -> WorkstreamRow:
    metrics = catalogue.informing(one.slug)
    held = sum(metric.figures != "not held" for metric in metrics)
    informed = "No metric informs it"
    if one.shows == "sources":
        informed = "What this product holds, how fresh it is, and what is missing"
    elif metrics:
        informed = write_count(len(metrics), "metric", "metrics")
        informed += ", all with figures" if held == len(metrics) else f", {held} with figures"
    numbers = sorted({metric.mission for metric in metrics} - {0})
    return WorkstreamRow(
        one,
        workstream_address(one),
        informed,
        tuple(catalogue.missions[number] for number in numbers),
    )
