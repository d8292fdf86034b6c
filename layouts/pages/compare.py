"""Areas side by side: up to ten of them, on up to eight measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from data.areas import CONSTITUENT, ENGLAND
from data.reads import DatasetFacts, read_datasets
from data.series_reads import KnownArea, read_groups_with_members, read_known_areas
from layouts.charts.lines import Shown
from layouts.charts.places import Place, ranked_strip
from layouts.charts.published import figures_in
from layouts.charts.slopes import slope_chart
from layouts.figures import (
    NARROW,
    draw_ranked_strip,
    draw_slope,
    plotly_ranked_strip,
    plotly_slope,
)
from layouts.page import ChoiceForm, Explorer, Page, Part, Region
from layouts.pages.compare_choices import (
    Compared,
    comparable,
    default_metrics,
    read_compared,
)
from layouts.pages.compare_reading import Measure, known_years, read_measure, tested_by_error
from layouts.pages.compare_words import measure_sentence, opening
from layouts.pages.group_choices import groups_offered, has_neighbours, neighbours_of
from layouts.pages.metric_choices import label_of
from layouts.request import PageRequest, write_query
from layouts.templating import render
from metrics.area_names import area_in_text
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.openings import subject
from metrics.wording import expected_by_chance

STRIP_HEIGHT, SLOPE_HEIGHT = 420, 440
TITLE = "Areas side by side"


def build(request: PageRequest) -> Page:
    """The page at `/compare`.

    Raises:
        BadQueryError: the query string cannot be read.
    """
    store, query, catalogue = request.store, request.query, request.catalogue
    areas = read_known_areas(store)
    asked = query.text("group")
    groups = read_groups_with_members(store, [asked]) if asked else []
    offered = groups_offered(areas)
    ids = [group_id for _, several in offered for group_id, _ in several]
    choices = read_compared(query, catalogue, areas, groups, ids)
    query.check()
    codes = choices.areas or tuple(code for code in CONSTITUENT if code in areas)
    chosen = choices.metrics or default_metrics(catalogue, codes)
    series = comparable(catalogue)
    measures = [read_measure(store, series[key], codes, areas, choices) for key in chosen if codes]
    first = area_in_text(areas[codes[0]].name, areas[codes[0]].type) if codes else ""
    said = opening(measures, codes, first)
    parts: list[Part] = [
        Region("compare-heading", render("compare_heading.html", title=TITLE, opening=said)),
        _form(choices, codes, measures, areas, catalogue),
    ]
    datasets = read_datasets(store, as_of=choices.known)
    for measure in measures:
        source = measure.metric.source
        held = datasets.get(source.dataset) if source else None
        parts += _measure(measure, codes, choices, areas, first, held)
    by_error = tested_by_error(measures)
    chance = expected_by_chance(by_error)
    notes = render("compare_notes.html", known=choices.known, by_error=by_error, chance=chance)
    parts.append(Region("compare-notes", notes))
    return Page(
        title=TITLE,
        description=said,
        parts=tuple(parts),
        path=request.path,
        query=choices.query(),
    )


def _form(
    choices: Compared,
    codes: Sequence[str],
    measures: Sequence[Measure],
    areas: Mapping[str, KnownArea],
    catalogue: Catalogue,
) -> ChoiceForm:
    def link(**changes: object) -> str:
        return f"/compare?{choices.changed(**changes)}"

    boxes = [(code, label_of(areas[code])) for code in codes]
    shown = [measure.series.key for measure in measures]
    like = [
        (
            "/compare?" + write_query({"group": neighbours_of(code), "metrics": choices.metrics}),
            name,
        )
        for code, name in boxes
        if has_neighbours(areas[code])
    ]
    html = render(
        "compare_form.html",
        choices=choices,
        boxes=boxes,
        measures=[measure.series for measure in measures],
        more=_more_measures(catalogue, shown),
        years=known_years(measures),
        suggestions=dict.fromkeys(label_of(area) for area in areas.values() if area.current),
        groups=groups_offered(areas, codes),
        like=like,
        firsts=[
            (link(areas=(code, *(one for one in codes if one != code))), name)
            for code, name in boxes[1:]
        ],
        first=boxes[0][1] if boxes else "",
        offers=[
            (link(areas=(*codes, code)), label_of(areas[code]))
            for code in choices.offers
            if len(codes) < 10
        ],
        views=[
            (link(view=""), "Where each area stands", choices.view == ""),
            (link(view="change"), "How each has moved", choices.view == "change"),
        ],
    )
    return ChoiceForm("compare-choices", "/compare", html)


def _more_measures(
    catalogue: Catalogue, shown: Sequence[str]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """The measures that could be added, under their missions."""
    headings = {0: "Context"} | {
        mission.number: f"{mission.number}. {mission.title}"
        for mission in catalogue.missions.values()
    }
    grouped: dict[int, list[tuple[str, str]]] = {}
    for key, series in comparable(catalogue).items():
        if key not in shown:
            grouped.setdefault(series.metric.mission, []).append((key, series.title))
    ordered = sorted(grouped, key=lambda mission: (mission == 0, mission))
    return [(headings[mission], grouped[mission]) for mission in ordered]


def _measure(
    measure: Measure,
    codes: Sequence[str],
    choices: Compared,
    areas: Mapping[str, KnownArea],
    first: str,
    source: DatasetFacts | None,
) -> list[Part]:
    metric = measure.metric
    label, place = measure.series.label, measure.place
    title = subject(metric, label)
    title = title[:1].upper() + title[1:]
    breakdown = "" if label is metric.series[0] else label.breakdown
    address = f"/metrics/{metric.id}?" + write_query({"areas": codes, "breakdown": breakdown})
    heading = render(
        "compare_measure.html",
        place=place,
        title=title,
        address=address,
        sentence=measure_sentence(measure, first),
        period=measure.in_words(measure.period),
    )
    parts: list[Part] = [Region(f"compare-{place}", heading)]
    if measure.period is not None:
        parts.append(_chart(measure, codes, choices, areas, title))
        table = render(
            "compare_table.html",
            measure=measure,
            metric=metric,
            title=title,
            period=measure.in_words(measure.period),
            baseline=measure.in_words(measure.baseline),
            first=measure.rows[0].name,
            source=source,
        )
        parts.append(Region(f"compare-{place}-table", table))
    return parts


def _chart(
    measure: Measure,
    codes: Sequence[str],
    choices: Compared,
    areas: Mapping[str, KnownArea],
    title: str,
) -> Explorer:
    """The areas as dots with intervals, or from the baseline to the period where asked."""
    metric, period, baseline = measure.metric, measure.period, measure.baseline
    name = f"compare-{measure.place}-chart"
    if choices.view == "change" and baseline is not None and period is not None:
        slope = slope_chart(
            metric,
            f"{title}, {measure.in_words(baseline)} and {measure.in_words(period)}",
            "; ".join(f"{row.name}: {row.change}" for row in measure.rows if row.change) + ".",
            measure.figures,
            [Shown(code, label_of(areas[code]), "focus") for code in codes],
            (baseline, period),
            measure.apart,
        )
        return Explorer(name, _markup(draw_slope(slope, NARROW)), plotly_slope(slope), SLOPE_HEIGHT)
    strip = ranked_strip(
        metric,
        f"{title}, {measure.in_words(period)}",
        measure_sentence(measure, ""),
        figures_in(measure.figures, period) if period else {},
        [Place(code, label_of(areas[code])) for code in codes],
        codes,
        _references(metric, codes, areas),
        measure.in_words(period),
        by_value=not metric.not_ranked,
    )
    picture = _markup(draw_ranked_strip(strip, NARROW))
    return Explorer(name, picture, plotly_ranked_strip(strip), STRIP_HEIGHT)


def _references(
    metric: Metric, codes: Sequence[str], areas: Mapping[str, KnownArea]
) -> list[Place]:
    """England, unless it is shown itself or a total would dwarf the areas."""
    if metric.aggregation.rule == "sum" or ENGLAND in codes or ENGLAND not in areas:
        return []
    return [Place(ENGLAND, label_of(areas[ENGLAND]))]


def _markup(svg: str) -> Markup:
    # The renderers escape every text that they write.
    return Markup(svg)  # noqa: S704
