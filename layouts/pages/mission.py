"""The page of one mission; one template serves all twelve."""

from __future__ import annotations

from dataclasses import dataclass

from data.reads import DatasetFacts
from layouts.addresses import mission_address, workstream_address
from layouts.page import Page, Region
from layouts.pages.clause_words import clause_words
from layouts.pages.devolution import devolution_regions
from layouts.pages.held import Held, read_held
from layouts.pages.metric_rows import MetricRow, metric_rows
from layouts.pages.standing import comparison_sentence, verdicts_sentence
from layouts.request import NotFoundError, PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.mission import Mission

# How metrics are grouped, by the words for their place in the framework, and in this order.
_GROUPS = {
    "Headline metric": "Headline metrics",
    "Supporting metric": "Supporting metrics",
    "Tier not verified": "Metrics whose tier is not verified",
    "Stands in for a mission metric": "Standing in for a mission metric",
    "Context": "Context",
}
_GROUP_NOTES = {
    "Tier not verified": "Whether the White Paper's annex ranks them as headline or supporting "
    "metrics has not been seen.",
    "Stands in for a mission metric": "The mission's own metric can no longer be had.",
    "Context": "Shown beside the mission: their definitions are not that of its words, and no "
    "verdict rests on them.",
}


@dataclass(frozen=True, slots=True)
class MetricGroup:
    """The series of metrics of one rank that have figures."""

    title: str
    note: str
    rows: tuple[MetricRow, ...]


def build(request: PageRequest) -> Page:
    """The page at `/missions/<slug>`.

    Raises:
        NotFoundError: there is no mission of this name.
    """
    catalogue = request.catalogue
    mission = catalogue.mission_by_slug(request.parameters["slug"])
    if mission is None:
        raise NotFoundError(
            "There is no mission with this address.",
            [
                (mission_address(other), f"Mission {other.number}: {other.title}")
                for other in catalogue.missions.values()
            ],
        )
    metrics = catalogue.metrics_of(mission.number)
    held = read_held(request.store, metrics)
    clauses = [clause_words(clause, held.summary(clause), catalogue) for clause in mission.clauses]
    rows = metric_rows(metrics, held)
    answer = verdicts_sentence("this mission", [one.summary for one in clauses])
    opening = render(
        "mission_opening.html",
        mission=mission,
        answer=answer,
        comparison=comparison_sentence(
            [held.combined.get((row.metric.id, row.breakdown)) for row in rows if not row.why],
            "series of figures below",
        ),
        framework=catalogue.framework,
        has_figures=any(not row.why for row in rows),
    )
    figures = render(
        "mission_figures.html",
        groups=_groups(rows),
        not_held=[row for row in rows if row.why and row.metric.figures != "computed"],
        computed=[row for row in rows if row.metric.figures == "computed"],
        sources=_sources(metrics, held),
    )
    return Page(
        title=f"Mission {mission.number}: {mission.title}",
        description=answer,
        parts=(
            Region("mission", opening),
            Region("clauses", render("mission_clauses.html", clauses=clauses)),
            *devolution_regions(request.store, metrics),
            Region("figures", figures),
            Region(
                "others",
                render(
                    "mission_others.html",
                    others=_neighbours(mission, catalogue),
                    workstreams=_workstreams(metrics, catalogue),
                ),
            ),
        ),
    )


def _groups(rows: tuple[MetricRow, ...]) -> list[MetricGroup]:
    groups = []
    for role, title in _GROUPS.items():
        members = tuple(row for row in rows if not row.why and row.metric.framework_role == role)
        if members:
            groups.append(MetricGroup(title, _GROUP_NOTES.get(role, ""), members))
    return groups


def _sources(metrics: list[Metric], held: Held) -> list[DatasetFacts]:
    """Each dataset behind the page once, in the order in which its metrics come."""
    found: dict[str, DatasetFacts] = {}
    for metric in metrics:
        facts = held.dataset(metric)
        if facts is not None:
            found.setdefault(facts.id, facts)
    return list(found.values())


def _workstreams(metrics: list[Metric], catalogue: Catalogue) -> list[tuple[str, str]]:
    """Addresses and titles of the workstreams that the mission's metrics inform."""
    informed = {slug for metric in metrics for slug in metric.workstreams}
    return [
        (workstream_address(one), one.title)
        for one in catalogue.framework.workstreams
        if one.slug in informed
    ]


def _neighbours(mission: Mission, catalogue: Catalogue) -> list[tuple[str, str, Mission]]:
    """The mission before and the one after, with their addresses and what they are."""
    several = catalogue.missions
    return [
        (words, mission_address(several[number]), several[number])
        for words, number in (("Previous", mission.number - 1), ("Next", mission.number + 1))
        if number in several
    ]
