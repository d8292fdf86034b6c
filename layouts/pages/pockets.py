"""Local pockets: how the neighbourhoods within each borough spread, as picture and table."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Connection

from data.areas import CONSTITUENT, ENGLAND
from data.reads import read_measures
from data.series_reads import KnownArea
from layouts.addresses import metric_address
from layouts.charts.published import chart_unit
from layouts.figures import at_both_widths, draw_spread
from layouts.figures.description import Reference, SpreadChart, SpreadRow
from layouts.page import Region
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.pockets import Pockets
from metrics.wording import write_number, write_value

CAUTION = (
    "The producer models these figures. They show where levels are high or low in general. They "
    "are not to be read as a trend within a neighbourhood, nor to tell neighbourhoods of similar "
    "levels apart, so no single neighbourhood is named here."
)


@dataclass(frozen=True, slots=True)
class PocketRow:
    """One area in the table, every number as it is written."""

    name: str
    address: str
    count: str
    lowest: str
    tenth: str
    median: str
    ninetieth: str
    highest: str
    above: str


def pockets_of_metric(
    store: Connection, metric: Metric, areas: dict[str, KnownArea]
) -> list[Region]:
    """The seven boroughs, where the store has neighbourhoods for the metric; else nothing."""
    stored = read_measures(store, "pockets", subjects=[f"{metric.id}|"])
    held = [
        Pockets.model_validate_json(text)
        for (_, code), text in stored.items()
        if code in CONSTITUENT
    ]
    if not held:
        return []
    chart = spread_chart(metric, held, areas)
    # Drawn by our own renderer, which escapes what it is given.
    picture = Markup(at_both_widths(draw_spread, chart))  # noqa: S704
    html = render(
        "pockets.html",
        sentence=chart.summary,
        picture=picture,
        caution=CAUTION,
        metric=metric,
        period=held[0].period,
        national=write_value(held[0].national, metric.unit),
        rows=[_row(one, metric, areas) for one in sorted(held, key=lambda one: -one.median)],
    )
    return [Region("pockets", html)]


def spread_chart(metric: Metric, held: list[Pockets], areas: dict[str, KnownArea]) -> SpreadChart:
    """The boroughs' neighbourhoods as a chart, beside England's figure."""
    rows = tuple(
        SpreadRow(
            one.code,
            areas[one.code].name,
            one.lowest,
            one.tenth,
            one.median,
            one.ninetieth,
            one.highest,
            one.neighbourhoods,
        )
        for one in held
    )
    above = sum(one.above_national for one in held)
    count = sum(one.neighbourhoods for one in held)
    national = held[0].national
    return SpreadChart(
        id=f"pockets-{metric.id}",
        title=f"{metric.title}: neighbourhoods within each borough, {held[0].period}",
        summary=(
            f"Of the {count:,} neighbourhoods in the seven boroughs, {above:,} "
            f"({write_number(above / count * 100, 0)}%) lay above England's figure of "
            f"{write_value(national, metric.unit)} in {held[0].period}."
        ),
        unit=chart_unit(metric.unit),
        rows=rows,
        references=(Reference(ENGLAND, "England", national),),
        period=held[0].period,
    )


def pockets_of_area(store: Connection, catalogue: Catalogue, code: str) -> list[Region]:
    """What is known of the neighbourhoods of one area, a sentence for each metric."""
    stored = read_measures(store, "pockets", area_code=code)
    told = []
    for text in stored.values():
        one = Pockets.model_validate_json(text)
        metric = catalogue.metrics.get(one.metric)
        if metric is not None:
            told.append(
                (metric.title, metric_address(metric, one.breakdown), sentence(one, metric))
            )
    if not told:
        return []
    return [Region("area-pockets", render("area_pockets.html", told=told, caution=CAUTION))]


def sentence(one: Pockets, metric: Metric) -> str:
    """The spread of one area in words."""

    def said(value: float) -> str:
        return write_value(value, metric.unit)

    return (
        f"In {one.period} half of its {one.neighbourhoods:,} neighbourhoods lay above "
        f"{said(one.median)}. A tenth lay below {said(one.tenth)} and a tenth above "
        f"{said(one.ninetieth)}; they reached from {said(one.lowest)} to {said(one.highest)}. "
        f"{one.above_national:,} ({write_number(one.above_share, 0)}%) lay above England's figure "
        f"of {said(one.national)}."
    )


def _row(one: Pockets, metric: Metric, areas: dict[str, KnownArea]) -> PocketRow:
    return PocketRow(
        name=areas[one.code].name,
        address=f"/areas/{one.code}",
        count=f"{one.neighbourhoods:,}",
        lowest=write_value(one.lowest, metric.unit),
        tenth=write_value(one.tenth, metric.unit),
        median=write_value(one.median, metric.unit),
        ninetieth=write_value(one.ninetieth, metric.unit),
        highest=write_value(one.highest, metric.unit),
        above=f"{one.above_national:,} ({write_number(one.above_share, 0)}%)",
    )
