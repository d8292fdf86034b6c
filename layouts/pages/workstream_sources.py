"""The workstream on data itself: what is held, how fresh it is, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from data.periods import day_in_words
from data.vintage_reads import VintageRow, read_vintages
from layouts.charts.holdings import share_held_chart
from layouts.figures import at_both_widths, draw_ranked_strip
from layouts.page import Page, Region
from layouts.request import PageRequest
from layouts.templating import render
from metrics.mission import Workstream
from metrics.wording import write_count

CONTEXT = "Context, serving no mission"


def heading(workstream: Workstream, answer: str) -> Region:
    """The heading of a workstream's page, with the sentence that answers it."""
    html = render("workstream_heading.html", workstream=workstream, answer=answer)
    return Region("workstream", html)


@dataclass(frozen=True, slots=True)
class MissionHoldings:
    """How many of the metrics declared for a mission (0: context) have figures."""

    number: int
    title: str
    declared: int
    held: int


def sources_page(request: PageRequest, workstream: Workstream) -> Page:
    """The page of the workstream whose subject is the figures themselves."""
    vintages = read_vintages(request.store)
    missions = _missions(request)
    chart = share_held_chart(
        ((str(one.number), one.title, one.held, one.declared) for one in missions),
        _fullest(missions),
    )
    # The renderer escapes every text that it writes.
    picture = Markup(at_both_widths(draw_ranked_strip, chart))  # noqa: S704
    answer = _answer(missions, vintages)
    html = render(
        "workstream_data.html",
        picture=picture,
        summary=chart.summary,
        missions=missions,
        revised=_with_history(vintages),
        aside=sum(row.set_aside for row in _newest(vintages)),
    )
    return Page(
        title=f"Workstream: {workstream.title}",
        description=answer,
        parts=(heading(workstream, answer), Region("workstream-data", html)),
        path=request.path,
    )


def _missions(request: PageRequest) -> list[MissionHoldings]:
    catalogue = request.catalogue
    found = []
    for number in (*catalogue.missions, 0):
        metrics = catalogue.metrics_of(number)
        mission = catalogue.missions.get(number)
        held = sum(metric.figures != "not held" for metric in metrics)
        title = f"{number}. {mission.title}" if mission else CONTEXT
        found.append(MissionHoldings(number, title, len(metrics), held))
    return found


def _fullest(missions: list[MissionHoldings]) -> str:
    """Which missions have figures for all that is declared of them, and which has the fewest."""
    numbered = [one for one in missions if one.number and one.declared]
    full = [one for one in numbered if one.held == one.declared]
    least = min(numbered, key=lambda one: one.held / one.declared)
    return (
        f"{len(full)} of the {len(numbered)} missions have figures for every metric declared. The "
        f"smallest share is that of mission {least.title}: {least.held} of {least.declared}."
    )


def _answer(missions: list[MissionHoldings], vintages: list[VintageRow]) -> str:
    declared = sum(one.declared for one in missions)
    held = sum(one.held for one in missions)
    newest = _newest(vintages)
    first = (
        f"{held} of the {declared} metrics declared here have figures; of the other "
        f"{declared - held} the reason is given."
    )
    if not newest:
        return f"{first} No dataset has been loaded."
    days = sorted(row.published_on for row in newest)
    return (
        f"{first} They come from {write_count(len(newest), 'dataset', 'datasets')}, of which the "
        f"newest edition held was published between {day_in_words(days[0])} and "
        f"{day_in_words(days[-1])}."
    )


def _newest(vintages: list[VintageRow]) -> list[VintageRow]:
    """The newest vintage of each dataset; they come with the newest first."""
    found: dict[str, VintageRow] = {}
    for row in vintages:
        found.setdefault(row.dataset, row)
    return list(found.values())


def _with_history(vintages: list[VintageRow]) -> list[tuple[VintageRow, int, int]]:
    """The datasets of which several vintages are held: the newest, how many, values revised."""
    return [
        (row, len(several), sum(one.revised for one in several))
        for row in _newest(vintages)
        for several in ([one for one in vintages if one.dataset == row.dataset],)
        if len(several) > 1
    ]
