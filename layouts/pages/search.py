"""The page of the search box: areas, metrics, missions, workstreams, propositions by name."""

from __future__ import annotations

from data.series_reads import read_known_areas
from layouts.addresses import (
    metric_address,
    mission_address,
    proposition_address,
    workstream_address,
)
from layouts.finding import Entry, Index
from layouts.kept import KeptWhileUnchanged
from layouts.page import Page, Region
from layouts.pages.group_choices import groups_offered
from layouts.pages.metric_choices import label_of
from layouts.request import PageRequest, write_query
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.wording import write_count, write_list

LONGEST = 100
MOST_OF_A_KIND = 12
AREAS, GROUPS, METRICS = "Areas", "Groups", "Metrics"
MISSIONS, WORKSTREAMS = "Missions", "Workstreams"
PROPOSITIONS = "Propositions"
EXAMPLES = ("Wolverhampton", "healthy life expectancy", "schools", "E08000025")
_NOUNS = {
    AREAS: ("area", "areas"),
    GROUPS: ("group of areas", "groups of areas"),
    METRICS: ("metric", "metrics"),
    MISSIONS: ("mission", "missions"),
    WORKSTREAMS: ("workstream", "workstreams"),
    PROPOSITIONS: ("proposition", "propositions"),
}


def build(request: PageRequest) -> Page:
    """The page at `/search`; `q` is what to look for."""
    asked = request.query.text("q", longest=LONGEST)
    request.query.check()
    catalogue = request.catalogue
    groups = _INDEX.get(request).find(asked, MOST_OF_A_KIND) if asked else ()
    told = [write_count(group.total, *_NOUNS[group.kind]) for group in groups]
    answer = "Find an area, a metric, a mission or a workstream by its name."
    if asked:
        answer = (
            f"Found for “{asked}”: {write_list(told)}."
            if told
            else f"Nothing here is called “{asked}”, nor anything much like it."
        )
    html = render(
        "search.html",
        asked=asked,
        answer=answer,
        groups=groups,
        examples=[(write_query({"q": example}), example) for example in EXAMPLES],
        missions=[(mission_address(one), one) for one in catalogue.missions.values()],
    )
    return Page(
        title=f"Search: {asked}" if asked else "Search",
        description=answer,
        parts=(Region("found", html),),
        path=request.path,
        query=write_query({"q": asked}),
        # A list of links made for one reader is no page for search engines.
        headers={"X-Robots-Tag": "noindex"},
    )


def make_index(request: PageRequest) -> Index:
    """Take apart the words of everything that can be found."""
    catalogue = request.catalogue
    known = read_known_areas(request.store)
    areas = [
        Entry(
            AREAS,
            label_of(area),
            f"{area.type}, {code}" + ("" if area.current else ", no longer exists"),
            f"/areas/{code}",
            names=f"{code} {area.name}",
        )
        for code, area in known.items()
    ]
    groups = [
        Entry(GROUPS, title, "side by side", f"/compare?{write_query({'group': group_id})}")
        for _, offered in groups_offered(known, known)
        for group_id, title in offered
    ]
    # An area of today comes before one of the past that fits as well.
    areas.sort(key=lambda entry: entry.detail.endswith("exists"))
    missions = [
        Entry(
            MISSIONS,
            f"Mission {mission.number}: {mission.title}",
            mission.focus_area,
            mission_address(mission),
            names=mission.slug,
            said=" ".join([mission.wording, *(clause.title for clause in mission.clauses)]),
        )
        for mission in catalogue.missions.values()
    ]
    workstreams = [
        Entry(
            WORKSTREAMS,
            workstream.title,
            workstream.pillar,
            workstream_address(workstream),
            names=workstream.slug,
            said=workstream.pillar,
        )
        for workstream in catalogue.framework.workstreams
    ]
    propositions = [
        Entry(
            PROPOSITIONS,
            one.title,
            one.mark or one.author,
            proposition_address(one),
            names=one.slug,
            said=one.summary,
        )
        for one in catalogue.propositions.values()
    ]
    metrics = [_metric_entry(metric, catalogue) for metric in catalogue.metrics.values()]
    return Index((*areas, *metrics, *missions, *workstreams, *propositions, *groups))


def _metric_entry(metric: Metric, catalogue: Catalogue) -> Entry:
    mission = catalogue.missions.get(metric.mission)
    place = f"Mission {mission.number}: {mission.title}" if mission else "Context"
    return Entry(
        METRICS,
        metric.title,
        f"{place}; no figures held" if metric.figures == "not held" else place,
        metric_address(metric),
        names=" ".join([metric.id, metric.short_title, *(one.title for one in metric.series)]),
        said=metric.description,
    )


_INDEX = KeptWhileUnchanged(make_index)
