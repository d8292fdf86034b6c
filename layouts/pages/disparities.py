"""Disparities: between regions and within them, the gap among areas, and within the boroughs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY
from data.reads import DatasetFacts, read_datasets, read_measures
from data.series_reads import read_known_areas
from layouts.charts.disparities import ends_chart, gap_chart, split_chart
from layouts.figures import at_both_widths, draw_line, draw_split, plotly_line, plotly_split
from layouts.page import ChoiceForm, Explorer, Page, Part, Region
from layouts.pages.disparity_words import end_rows, part_rows, split_rows
from layouts.pages.pockets import pockets_of_metric
from layouts.request import PageRequest, write_query
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition, EndMovements
from metrics.measures.results import GapSeries
from metrics.openings import subject
from metrics.origin import SeriesLabel

TITLE = "Disparities between and within regions"
HEIGHT = 420
NOT_SPLIT = "No split between and within regions is worked out for this measure."


@dataclass(frozen=True, slots=True)
class Disparities:
    """What is stored of one series; None or empty where there is nothing."""

    regions: Decomposition | None
    boroughs: Decomposition | None
    gap: GapSeries | None
    ends: EndMovements | None
    # How each area and England moved, the combined authority first.
    own: tuple[EndMovements, ...]


def build(request: PageRequest) -> Page:
    """The page at `/disparities`; `measure` is a metric, with its series behind a `|`.

    Raises:
        BadQueryError: the query string cannot be read.
    """
    store, catalogue = request.store, request.catalogue
    pocketed = {name.partition("|")[0] for name, _ in read_measures(store, "pockets")}
    choices = choices_of(catalogue, pocketed)
    first = next(iter(choices))
    chosen = request.query.one_of("measure", choices, first)
    request.query.check()
    metric, series = choices[chosen]
    found = read_disparities(store, metric, series)
    about = subject(metric, series)
    title = about[:1].upper() + about[1:]
    # The first sentence answers; what it rests on follows in smaller type.
    opening, _, further = _opening(found, title).partition(". ")
    opening = f"{opening.removesuffix('.')}."
    parts: list[Part] = [
        Region(
            "disparities-heading",
            render("disparities_heading.html", title=TITLE, opening=opening, further=further),
        ),
        ChoiceForm(
            "disparities-choice",
            request.path,
            render("disparities_form.html", grouped=_grouped(catalogue, choices), chosen=chosen),
        ),
    ]
    parts += _split(metric, title, found)
    parts += _gap(metric, title, found)
    pockets = pockets_of_metric(store, metric, read_known_areas(store))
    parts += pockets or [_no_pockets(catalogue, pocketed)]
    parts.append(Region("disparities-notes", _notes(metric, found, read_datasets(store))))
    return Page(
        title=f"{TITLE}: {about}",
        description=opening,
        parts=tuple(parts),
        path=request.path,
        query=write_query({"measure": chosen if chosen != first else ""}),
    )


def choices_of(catalogue: Catalogue, pocketed: set[str]) -> dict[str, tuple[Metric, SeriesLabel]]:
    """The series to choose from, by what stands for each in an address.

    Those whose metric declares among which areas a disparity is measured, and those with figures
    for neighbourhoods; by mission, context last.
    """
    metrics = [
        metric
        for metric in catalogue.metrics.values()
        if metric.series and (metric.disparity is not None or metric.id in pocketed)
    ]
    metrics.sort(key=lambda metric: (metric.mission == 0, metric.mission))
    return {
        metric.id if number == 0 else f"{metric.id}|{series.breakdown}": (metric, series)
        for metric in metrics
        for number, series in enumerate(metric.series)
    }


def read_disparities(store: Connection, metric: Metric, series: SeriesLabel) -> Disparities:
    """What is stored of one series."""
    name = f"{metric.id}|{series.breakdown}"
    splits = read_measures(store, "decomposition", subjects=[name])
    gaps = read_measures(store, "gap", subjects=[name])
    ends = {
        code: EndMovements.model_validate_json(text)
        for (_, code), text in read_measures(store, "ends", subjects=[name]).items()
    }
    return Disparities(
        _decomposition(splits, (name, "")),
        _decomposition(splits, (name, COMBINED_AUTHORITY)),
        next((GapSeries.model_validate_json(text) for text in gaps.values()), None),
        ends.pop("", None),
        tuple(ends[code] for code in sorted(ends, key=lambda code: (code[:3] != "E47", code))),
    )


def _decomposition(
    held: Mapping[tuple[str, str], str], key: tuple[str, str]
) -> Decomposition | None:
    return Decomposition.model_validate_json(held[key]) if key in held else None


def _opening(found: Disparities, title: str) -> str:
    """The sentence of the page: how the disparity splits, or else how wide the gap is."""
    if found.regions is not None and found.regions.points:
        return f"{title}: {_uncapital(found.regions.sentence)}"
    if found.gap is not None and found.gap.points:
        return f"{title}: {_uncapital(found.gap.sentence)}"
    return f"{title}: no disparity among areas is worked out for this measure."


def _uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


def _grouped(
    catalogue: Catalogue, choices: Mapping[str, tuple[Metric, SeriesLabel]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices under their missions."""
    headings = {0: "Context"} | {
        mission.number: f"{mission.number}. {mission.title}"
        for mission in catalogue.missions.values()
    }
    grouped: dict[int, list[tuple[str, str]]] = {}
    for key, (metric, series) in choices.items():
        words = subject(metric, series)
        grouped.setdefault(metric.mission, []).append((key, words[:1].upper() + words[1:]))
    return [(headings[mission], offered) for mission, offered in grouped.items()]


def _split(metric: Metric, title: str, found: Disparities) -> list[Part]:
    split = found.regions
    parts: list[Part] = [
        Region("split-heading", Markup('<h2 id="split">Between regions and within them</h2>'))
    ]
    if split is not None and any(point.between_share is not None for point in split.points):
        chart = split_chart(metric, f"{title}: where the difference lies", split)
        picture = _markup(at_both_widths(draw_split, chart))
        parts.append(Explorer("split-chart", picture, plotly_split(chart), HEIGHT))
    html = render(
        "disparities_split.html",
        metric=metric,
        title=title,
        split=split,
        not_split=NOT_SPLIT,
        rows=split_rows(split, metric) if split else (),
        regions=part_rows(split, metric) if split else (),
        boroughs=found.boroughs,
        borough_rows=part_rows(found.boroughs, metric, cited=True) if found.boroughs else (),
    )
    return [*parts, Region("split-table", html)]


def _gap(metric: Metric, title: str, found: Disparities) -> list[Part]:
    gap, ends = found.gap, found.ends
    if gap is None or not gap.points or ends is None:
        words = gap.sentence if gap else "No gap among areas is worked out for this measure."
        return [Region("gap", render("disparities_no_gap.html", words=words))]
    names = (ends.top_name, ends.other_name)
    moved = " ".join(one.sentence for one in ends.movements)
    wide = gap_chart(metric, f"{title}: the gap among areas", gap, ends.scale)
    both = ends_chart(
        metric, f"{title}: averages of {names[0]} and {names[1]}", moved, gap, names, ends.scale
    )
    heading = render("disparities_gap.html", gap=gap, names=names)
    table = render(
        "disparities_ends.html",
        metric=metric,
        title=title,
        gap=gap,
        ends=ends,
        own=found.own,
        names=names,
        rows=end_rows(gap, metric),
    )
    return [
        Region("gap", heading),
        Explorer("gap-chart", _markup(at_both_widths(draw_line, wide)), plotly_line(wide), HEIGHT),
        Region("gap-ends", render("disparities_moved.html", ends=ends)),
        Explorer("ends-chart", _markup(at_both_widths(draw_line, both)), plotly_line(both), HEIGHT),
        Region("gap-table", table),
    ]


def _no_pockets(catalogue: Catalogue, pocketed: set[str]) -> Region:
    held = [catalogue.metrics[name] for name in sorted(pocketed) if name in catalogue.metrics]
    offers = [(f"/disparities?{write_query({'measure': one.id})}", one.title) for one in held]
    return Region("pockets", render("disparities_no_pockets.html", offers=offers))


def _notes(metric: Metric, found: Disparities, held: Mapping[str, DatasetFacts]) -> Markup:
    split = found.regions
    return render(
        "disparities_notes.html",
        metric=metric,
        source=held.get(metric.source.dataset) if metric.source else None,
        theil=split is not None and split.method == "theil_t",
        weight=split.weight if split else "",
        refused=split.refused if split and split.points else (),
    )


def _markup(svg: str) -> Markup:
    # The renderers escape every text that they write.
    return Markup(svg)  # noqa: S704
