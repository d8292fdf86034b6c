"""The page of one metric; one builder serves every metric."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND, POLICE_FORCE, REGION
from data.reads import read_measures
from layouts.addresses import cite_address
from layouts.figures import (
    at_both_widths,
    draw_line,
    draw_ranked_strip,
    plotly_line,
    plotly_ranked_strip,
)
from layouts.near import near
from layouts.page import Explorer, Page, Part, Region
from layouts.pages.devolution import computed_opening, devolution_regions
from layouts.pages.metric_apart import (
    is_apart,
    newest_rows,
    parts_apart,
    ways,
    words_of_view,
)
from layouts.pages.metric_choices import label_of
from layouts.pages.metric_facts import (
    GAP_KINDS,
    clauses_served,
    compared,
    gap_rows,
    how_we_know,
    role_words,
)
from layouts.pages.metric_forms import areas_form, places_form
from layouts.pages.metric_groups import groups_of_metric
from layouts.pages.metric_pictures import Pictures, pictures_of
from layouts.pages.metric_reading import MetricReading, read_metric, told_of_choice
from layouts.pages.metric_splits import splits_of_metric
from layouts.pages.pockets import pockets_of_metric
from layouts.pages.since import since_metric
from layouts.pages.take_away import files_of, plain_text
from layouts.request import NotFoundError, PageRequest
from layouts.templating import render
from metrics.area_names import area_in_text
from metrics.catalogue import Catalogue
from metrics.measures.results import Bands
from metrics.openings import metric_opening, subject

LINE_HEIGHT = 460
STRIP_HEIGHT = 640


def build(request: PageRequest) -> Page:
    """The page at `/metrics/<id>`.

    Raises:
        NotFoundError: there is no metric of this id; near matches are offered.
        BadQueryError: the query string cannot be read.
    """
    metric = request.catalogue.metrics.get(request.parameters["id"])
    if metric is None:
        raise _no_such_metric(request.parameters["id"], request.catalogue)
    reading = read_metric(request, metric)
    request.query.check()
    opening = _opening(request, reading)
    parts: list[Part] = [_heading(request, reading, opening)]
    parts += devolution_regions(request.store, [metric])
    if reading.period is not None:
        clauses = [request.catalogue.clauses[clause_id] for clause_id in metric.serves]
        pictures = pictures_of(reading, reading.period, clauses, _bands(request, reading))
        if is_apart(reading, pictures):
            return _apart(request, reading, pictures, opening)
        parts += _illustrated(request, reading, pictures, opening)
    parts += pockets_of_metric(request.store, metric, dict(reading.areas))
    parts.append(_comparisons(reading))
    if reading.series is not None:
        parts += splits_of_metric(request.store, metric, reading.series.breakdown)
        parts += groups_of_metric(
            request.store, metric, reading.series.breakdown, files_of(reading)
        )
    parts += _since(request, reading)
    parts.append(_clauses(request, reading))
    parts.append(_knowledge(request, reading))
    return _page(request, reading, opening, parts)


def _apart(request: PageRequest, reading: MetricReading, pictures: Pictures, opening: str) -> Page:
    """The page of a map or a long table alone."""
    parts: list[Part] = [_heading(request, reading, opening)]
    parts += parts_apart(reading, pictures, request.path)
    if reading.choices.since is not None:
        parts += _since(request, reading)
    parts.append(_knowledge(request, reading))
    return _page(request, reading, opening, parts, f": {words_of_view(reading)}")


def _page(
    request: PageRequest, reading: MetricReading, opening: str, parts: list[Part], view: str = ""
) -> Page:
    about = subject(reading.metric, reading.series)
    return Page(
        title=about[:1].upper() + about[1:] + view,
        description=opening,
        parts=tuple(parts),
        path=request.path,
        query=reading.choices.query(reading.metric),
        announcement=told_of_choice(reading, opening),
    )


def _no_such_metric(asked: str, catalogue: Catalogue) -> NotFoundError:
    titles = {metric.id: metric.title for metric in catalogue.metrics.values()}
    offers = [(f"/metrics/{found}", titles[found]) for found in near(asked, titles)]
    return NotFoundError(f"There is no metric called “{asked[:60]}”.", offers)


def _opening(request: PageRequest, reading: MetricReading) -> str:
    """The first sentence: about the first area shown, as the stored facts have it."""
    metric, chosen = reading.metric, bool(reading.choices.areas)
    if metric.figures == "computed":
        return computed_opening(request.store, metric)
    code = _told_of(reading)
    area = reading.areas.get(code)
    place = area_in_text(area.name, area.type) if area else "the combined authority"
    opening = metric_opening(
        metric, reading.series, place, reading.facts.get(code), reading.facts.get(ENGLAND)
    )
    if not chosen and code in (POLICE_FORCE, REGION):
        opening += " No figure is published for the combined authority itself."
    return opening


def _told_of(reading: MetricReading) -> str:
    """The code of the area that the first sentence is about."""
    shown = reading.shown or (COMBINED_AUTHORITY,)
    # Where the authority itself is not published, that is the news, whatever stands in for it.
    return COMBINED_AUTHORITY if not reading.choices.areas and shown == CONSTITUENT else shown[0]


def _citation(reading: MetricReading) -> str:
    """The address of the citation of the figure that the first sentence gives; empty for none.

    Where the area has none, the sentence gives that of England.
    """
    for code in (_told_of(reading), ENGLAND):
        facts = reading.facts.get(code)
        if facts is not None and facts.latest is not None and facts.latest.value is not None:
            return cite_address(facts.metric, facts.breakdown, facts.code, facts.latest.start)
    return ""


def _heading(request: PageRequest, reading: MetricReading, opening: str) -> Region:
    metric = reading.metric
    html = render(
        "metric_heading.html",
        metric=metric,
        title=metric.title,
        opening=opening,
        cite=_citation(reading),
        role=metric.framework_role,
        role_words=role_words(metric),
        mission=request.catalogue.missions.get(metric.mission),
    )
    return Region("metric-heading", html)


def _illustrated(
    request: PageRequest, reading: MetricReading, pictures: Pictures, opening: str
) -> list[Part]:
    choices, metric, path = reading.choices, reading.metric, request.path
    files = files_of(reading)

    def link(**changes: Any) -> str:
        query = choices.changed(metric, **changes)
        return f"{path}?{query}" if query else path

    return [
        areas_form(reading, path),
        Explorer(
            "line",
            _markup(at_both_widths(draw_line, pictures.line)),
            plotly_line(pictures.line),
            LINE_HEIGHT,
        ),
        Region(
            "metric-table",
            render(
                "metric_table.html",
                pictures=pictures,
                rows=newest_rows(pictures.period_rows),
                everything=link(table="periods"),
                metric=metric,
                files=files,
                plain=plain_text(opening, pictures, files),
            ),
        ),
        places_form(reading, pictures, path, "Every area beside every other"),
        Explorer(
            "ranked",
            _markup(at_both_widths(draw_ranked_strip, pictures.strip)),
            plotly_ranked_strip(pictures.strip),
            STRIP_HEIGHT,
        ),
        Region(
            "metric-areas-table",
            render(
                "metric_all_areas.html",
                pictures=pictures,
                metric=metric,
                address=link(table="all"),
                files=files,
            ),
        ),
        Region(
            "metric-map", render("metric_map.html", pictures=pictures, ways=ways(reading, path))
        ),
    ]


def _bands(request: PageRequest, reading: MetricReading) -> Bands | None:
    """How all areas spread behind the line; none for totals, which follow the size of an area."""
    metric = reading.metric
    if reading.series is None or metric.aggregation.rule == "sum":
        return None
    subjects = [f"{metric.id}|{reading.series.breakdown}"]
    stored = read_measures(request.store, "bands", area_code="", subjects=subjects)
    return next((Bands.model_validate_json(text) for text in stored.values()), None)


def _markup(svg: str) -> Markup:
    # The renderers escape every text that they write.
    return Markup(svg)  # noqa: S704


def _comparisons(reading: MetricReading) -> Region:
    places = [
        compared(
            reading.facts.get(code), label_of(reading.areas[code]), code, reading.metric.not_ranked
        )
        for code in reading.shown
        if code in reading.areas
    ]
    html = render(
        "metric_comparisons.html",
        held=reading.period is not None,
        places=places,
        gap=reading.gap,
        gap_rows=gap_rows(reading.gap, reading.metric) if reading.gap else (),
        gap_words=GAP_KINDS.get(reading.gap.kind, "") if reading.gap else "",
        metric=reading.metric,
    )
    return Region("metric-comparisons", html)


def _since(request: PageRequest, reading: MetricReading) -> list[Part]:
    metric, choices = reading.metric, reading.choices
    if reading.series is None or metric.source is None:
        return []
    return since_metric(
        request.store,
        request.catalogue,
        metric,
        reading.series,
        choices.since,
        choices.beside(metric, "since"),
        request.path,
        lambda day: f"{request.path}?{choices.changed(metric, since=day)}",
    )


def _clauses(request: PageRequest, reading: MetricReading) -> Region:
    breakdown = reading.series.breakdown if reading.series else ""
    served = clauses_served(reading.metric, breakdown, request.catalogue, reading.summaries)
    return Region("metric-clauses", render("metric_clauses.html", served=served))


def _knowledge(request: PageRequest, reading: MetricReading) -> Region:
    names = {code: area_in_text(area.name, area.type) for code, area in reading.areas.items()}
    rows = how_we_know(reading.metric, request.catalogue, reading.datasets, names)
    source = reading.metric.source
    held = reading.datasets.get(source.dataset) if source else None
    html = render("metric_knowledge.html", rows=rows, source=held)
    return Region("metric-knowledge", html)
