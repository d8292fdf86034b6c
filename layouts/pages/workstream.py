"""The page of one workstream: what informs it, who stands how, what moved, what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.periods import TimePeriod
from data.reads import DatasetFacts
from data.series_reads import Group
from layouts.addresses import (
    metric_address,
    mission_address,
    proposition_address,
    workstream_address,
)
from layouts.charts.places import Place, ranked_strip
from layouts.charts.published import Published
from layouts.figures import at_both_widths, draw_ranked_strip
from layouts.page import ChoiceForm, Page, Part, Region
from layouts.pages.held import Held, read_held
from layouts.pages.workstream_reading import (
    WorkstreamSeries,
    metrics_shown,
    opening,
    read_groups,
    read_series,
)
from layouts.pages.workstream_sources import heading, sources_page
from layouts.pages.workstream_tables import (
    all_series,
    area_rows,
    moved_rows,
    without_evidence,
)
from layouts.request import NotFoundError, PageRequest, write_query
from layouts.templating import render
from metrics.definition import Metric
from metrics.measures.results import ClauseSummary
from metrics.mission import Clause, Mission, Workstream
from metrics.wording import expected_by_chance, write_value

NAMES = {COMBINED_AUTHORITY: "West Midlands Combined Authority", ENGLAND: "England"}


def build(request: PageRequest) -> Page:
    """The page at `/workstreams/<slug>`; `metric` is the series that is drawn.

    Raises:
        NotFoundError: there is no workstream of this name.
        BadQueryError: the query string cannot be read.
    """
    catalogue = request.catalogue
    workstream = catalogue.workstream_by_slug(request.parameters["slug"])
    if workstream is None:
        raise NotFoundError(
            "There is no workstream with this address.",
            [(workstream_address(one), one.title) for one in catalogue.framework.workstreams],
        )
    metrics = metrics_shown(workstream, catalogue)
    groups = read_groups(request.store)
    codes = tuple(code for group in groups for code, _ in group.members)
    others = tuple(code for code in codes if code not in CONSTITUENT)
    series = read_series(request.store, metrics, others)
    shown = _drawable(series, codes)
    chosen = _chosen(request, shown)
    request.query.check()
    held = read_held(request.store, metrics)
    if workstream.shows == "sources":
        return sources_page(request, workstream)
    answer = opening(workstream, metrics, series, others)
    parts: list[Part] = [heading(workstream, answer)]
    if chosen is not None:
        parts += _standing(request, shown, chosen, groups, held)
    if series:
        parts.append(_everything(workstream, series, groups, held, chosen))
        parts.append(_moved(series, groups))
    parts.append(_unknown(workstream, metrics, series, groups))
    parts.append(_missions(request, metrics, held))
    parts += _propositions(request, workstream)
    parts.append(_sources(metrics, held))
    return Page(
        title=f"Workstream: {workstream.title}",
        description=answer,
        parts=tuple(parts),
        path=request.path,
        query=write_query({"metric": chosen.key if chosen and chosen is not shown[0] else ""}),
        announcement=f"Drawn: {chosen.title}. {answer}" if chosen else "",
    )


def _drawable(series: Sequence[WorkstreamSeries], codes: Sequence[str]) -> list[WorkstreamSeries]:
    """The series in which one of the authorities has a figure."""
    return [one for one in series if one.held(codes)]


def _chosen(request: PageRequest, shown: Sequence[WorkstreamSeries]) -> WorkstreamSeries | None:
    by_key = {one.key: one for one in shown}
    key = request.query.one_of("metric", by_key) if by_key else ""
    return by_key.get(key) or next(iter(shown), None)


def _standing(
    request: PageRequest,
    shown: Sequence[WorkstreamSeries],
    chosen: WorkstreamSeries,
    groups: Sequence[Group],
    held: Held,
) -> list[Part]:
    metric = chosen.metric
    overview = held.overviews.get((metric.id, chosen.label.breakdown))
    period = overview.period if overview else ""
    drawn, summary = _picture(chosen, groups, period)
    return [
        ChoiceForm(
            "workstream-metric",
            request.path,
            render("workstream_form.html", shown=shown, chosen=chosen),
        ),
        Region(
            "workstream-standing",
            render(
                "workstream_standing.html",
                chosen=chosen,
                metric=metric,
                period=period,
                summary=summary,
                picture=drawn,
                larger=area_rows(chosen, [(COMBINED_AUTHORITY, ""), (ENGLAND, "")], NAMES),
                groups=[(group.title, area_rows(chosen, group.members, NAMES)) for group in groups],
                source=held.dataset(metric),
            ),
        ),
    ]


def _picture(one: WorkstreamSeries, groups: Sequence[Group], period: str) -> tuple[Markup, str]:
    """The authorities in order of their value, the boroughs in their colours, and a sentence."""
    members = [place for group in groups for place in group.members]
    codes = [code for code, _ in members]
    published = {
        code: Published(
            TimePeriod(figure.start, figure.end),
            figure.value,
            figure.lower,
            figure.upper,
            figure.status,
            figure.note,
        )
        for code in (*codes, COMBINED_AUTHORITY, ENGLAND)
        if (facts := one.facts.get(code)) and (figure := facts.latest) and figure.period == period
    }
    # A total of a larger area is no measure for the totals of its parts.
    references = [Place(ENGLAND, "England"), Place(COMBINED_AUTHORITY, "WMCA")]
    chart = ranked_strip(
        one.metric,
        f"{one.title}, {period}: constituent and non-constituent authorities",
        "",
        published,
        [Place(code, name) for code, name in members],
        CONSTITUENT,
        [] if one.is_total else references,
        period,
    )
    valued = [row for row in chart.rows if row.value is not None]
    summary = f"No authority has a figure for {period}."
    if valued:
        ends = [f"{row.name} ({write_value(row.value, one.metric.unit)})" for row in valued]
        summary = f"Only {ends[0]} has a figure."
    if len(valued) > 1:
        summary = (
            f"Of {len(valued)} authorities with a figure, {ends[0]} is highest and {ends[-1]} is "
            "lowest."
        )
        if not one.is_total:
            summary += " Whether a difference from England is more than chance stands in the table."
    # The renderer escapes every text that it writes.
    drawn = Markup(at_both_widths(draw_ranked_strip, replace(chart, summary=summary)))  # noqa: S704
    return drawn, summary


def _everything(
    workstream: Workstream,
    series: Sequence[WorkstreamSeries],
    groups: Sequence[Group],
    held: Held,
    chosen: WorkstreamSeries | None,
) -> Region:
    html = render(
        "workstream_series.html",
        rows=all_series(workstream, series, groups, held, chosen),
        groups=groups,
        workstream=workstream,
    )
    return Region("workstream-series", html)


def _moved(series: Sequence[WorkstreamSeries], groups: Sequence[Group]) -> Region:
    names = {COMBINED_AUTHORITY: "the combined authority"}
    names |= dict(place for group in groups for place in group.members)
    rows, by_error = moved_rows(series, names)
    chance = expected_by_chance(by_error)
    html = render("workstream_moved.html", rows=rows, by_error=by_error, chance=chance)
    return Region("workstream-moved", html)


def _unknown(
    workstream: Workstream,
    metrics: Sequence[Metric],
    series: Sequence[WorkstreamSeries],
    groups: Sequence[Group],
) -> Region:
    html = render(
        "workstream_unknown.html",
        workstream=workstream,
        gaps=without_evidence(metrics, series, groups),
    )
    return Region("workstream-unknown", html)


@dataclass(frozen=True, slots=True)
class InformedMission:
    """A mission with the metrics that both it and the workstream have, and the clauses judged."""

    mission: Mission
    address: str
    metrics: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[Clause, ClauseSummary], ...]


def _missions(request: PageRequest, metrics: Sequence[Metric], held: Held) -> Region:
    catalogue = request.catalogue
    rows = []
    for number in sorted({metric.mission for metric in metrics} - {0}):
        mission = catalogue.missions[number]
        own = [metric for metric in metrics if metric.mission == number]
        served = {clause_id for metric in own for clause_id in metric.serves}
        rows.append(
            InformedMission(
                mission,
                mission_address(mission),
                tuple((metric_address(metric), metric.short_title) for metric in own),
                tuple(
                    (clause, held.summary(clause))
                    for clause in mission.clauses
                    if clause.id in served
                ),
            )
        )
    context = [metric for metric in metrics if metric.mission == 0]
    html = render("workstream_missions.html", rows=rows, context=context)
    return Region("workstream-missions", html)


def _propositions(request: PageRequest, workstream: Workstream) -> list[Part]:
    """The propositions that name the workstream; nothing where none does."""
    named = request.catalogue.propositions_on(workstream.slug)
    rows = [(proposition_address(one), one) for one in named]
    html = render("workstream_propositions.html", rows=rows)
    return [Region("workstream-propositions", html)] if rows else []


def _sources(metrics: Sequence[Metric], held: Held) -> Region:
    found: dict[str, DatasetFacts] = {}
    for metric in metrics:
        facts = held.dataset(metric)
        if facts is not None:
            found.setdefault(facts.id, facts)
    html = render("workstream_source_list.html", sources=list(found.values()))
    return Region("workstream-sources", html)
