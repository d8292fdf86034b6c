"""The missions for the screen of a committee room: one thing at a time, in large type.

A step is the board, a mission, or one of its headline measures with its picture. Sentences and
pictures are those of the pages that a member finds under the same name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from layouts.addresses import metric_address, mission_address
from layouts.page import Explorer, Page, Region
from layouts.pages import metric as metric_page
from layouts.pages.clause_words import clause_words
from layouts.pages.held import board_metrics, read_held
from layouts.pages.standing import Tally, tally, verdicts_sentence
from layouts.request import NotFoundError, PageRequest, Query
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric, Role
from metrics.mission import Mission

START = "/present"
SCRIPTS = ("presentation.js",)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a measure of a mission, a mission, or the board when it names neither."""

    mission: Mission | None = None
    metric: Metric | None = None

    @property
    def address(self) -> str:
        """Where the step is."""
        if self.mission is None:
            return START
        if self.metric is None:
            return f"{START}/{self.mission.slug}"
        return f"{START}/{self.mission.slug}/{self.metric.id}"

    @property
    def title(self) -> str:
        """What the step shows, in a few words."""
        if self.mission is None:
            return "The 12 missions"
        if self.metric is None:
            return f"Mission {self.mission.number}: {self.mission.title}"
        return self.metric.title

    @property
    def page(self) -> str:
        """The page that shows the same with everything behind it."""
        if self.mission is None:
            return "/"
        return metric_address(self.metric) if self.metric else mission_address(self.mission)


def steps_of(catalogue: Catalogue) -> tuple[Step, ...]:
    """Every step in order: the board, then each mission followed by its headline measures.

    A measure without figures has no step: its mission's own says what is not known.
    """
    steps = [Step()]
    for mission in catalogue.missions.values():
        steps.append(Step(mission))
        steps += [
            Step(mission, metric)
            for metric in board_metrics(catalogue, mission.number)
            if metric.figures == "held" and metric.role is Role.HEADLINE
        ]
    return tuple(steps)


def build(request: PageRequest) -> Page:
    """The page at `/present` and below.

    Raises:
        NotFoundError: there is no such step.
    """
    request.query.check()
    steps = steps_of(request.catalogue)
    place = next((n for n, step in enumerate(steps) if step.address == request.path), None)
    if place is None:
        raise NotFoundError("There is no such step.", [(START, "Start with the 12 missions")])
    step = steps[place]
    body, description = _body(request, step)
    html = render(
        "presentation.html",
        step=step,
        body=body,
        place=place + 1,
        total=len(steps),
        before=steps[place - 1] if place else None,
        after=steps[place + 1] if place + 1 < len(steps) else None,
    )
    return Page(
        title=f"{step.title} (presentation)",
        description=description,
        parts=(Region("presentation", html),),
        # The pages themselves are what is to be found.
        headers={"X-Robots-Tag": "noindex"},
        scripts=SCRIPTS,
    )


def _body(request: PageRequest, step: Step) -> tuple[Markup, str]:
    if step.mission is None:
        return _board(request)
    if step.metric is None:
        return _mission(request, step.mission)
    return _metric(request, step.metric)


def _board(request: PageRequest) -> tuple[Markup, str]:
    held = read_held(request.store, [])
    missions: list[tuple[Mission, str, tuple[Tally, ...]]] = []
    for mission in request.catalogue.missions.values():
        summaries = [held.summary(clause) for clause in mission.clauses]
        missions.append((mission, Step(mission).address, tally(summaries)))
    everything = [
        held.summary(clause)
        for mission in request.catalogue.missions.values()
        for clause in mission.clauses
    ]
    answer = verdicts_sentence("the 12 missions", everything)
    return render("presentation_board.html", answer=answer, missions=missions), answer


def _mission(request: PageRequest, mission: Mission) -> tuple[Markup, str]:
    held = read_held(request.store, [])
    clauses = [
        clause_words(clause, held.summary(clause), request.catalogue) for clause in mission.clauses
    ]
    answer = verdicts_sentence("this mission", [one.summary for one in clauses])
    html = render("presentation_mission.html", mission=mission, answer=answer, clauses=clauses)
    return html, answer


def _metric(request: PageRequest, metric: Metric) -> tuple[Markup, str]:
    asked = replace(
        request, path=f"/metrics/{metric.id}", parameters={"id": metric.id}, query=Query("")
    )
    page = metric_page.build(asked)
    picture = next((part.picture for part in page.parts if isinstance(part, Explorer)), None)
    html = render("presentation_metric.html", answer=page.description, picture=picture)
    return html, page.description
