"""What a reader can choose on a metric's page, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data.areas import (
    COMBINED_AUTHORITY,
    CONSTITUENT,
    ENGLAND,
    POLICE_FORCE,
    REGION,
    UNITED_KINGDOM,
)
from data.periods import TimePeriod
from data.series_reads import Group, KnownArea
from layouts.charts.places import Tier, tiers_of
from layouts.near import near
from layouts.request import MOST_AREAS, Query, write_query
from metrics.area_names import area_label
from metrics.definition import Metric

BOROUGH_GROUPS = tuple(f"neighbours-{code.lower()}" for code in CONSTITUENT)
GROUPS = (
    "wmca-constituent",
    "wmca-non-constituent",
    "other-combined-authorities",
    "core-cities-england",
    "core-cities-uk",
    *BOROUGH_GROUPS,
)

# As in an address: the areas in their true shapes, or each as one hexagon.
MAPS = ("shown", "tiles")
# Tables too long for the page of everything: of all areas in one period, and of every period.
TABLES = ("all", "periods")


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen on a metric's page; every part has a default.

    `areas` is empty when none was chosen; `map` is one of `MAPS` and `table` one of `TABLES`, or
    empty for none. `told` says what could not be done with what was typed, and `offers` are the
    areas that may have been meant.
    """

    areas: tuple[str, ...]
    period: date | None
    breakdown: str
    tier: Tier | None
    map: str = ""
    table: str = ""
    since: date | None = None
    told: str = ""
    offers: tuple[str, ...] = ()

    def pairs(self, metric: Metric) -> dict[str, str]:
        """What stands for these choices in a query string, by name; empty for a default."""
        first = metric.series[0].breakdown if metric.series else ""
        tiers = tiers_of(metric)
        return {
            "areas": ",".join(self.areas),
            "breakdown": "" if self.breakdown == first else self.breakdown,
            "period": self.period.isoformat() if self.period else "",
            "tier": "" if not tiers or self.tier in (None, tiers[0]) else str(self.tier),
            "map": self.map,
            "table": self.table,
            "since": self.since.isoformat() if self.since else "",
        }

    def beside(self, metric: Metric, *own: str) -> list[tuple[str, str]]:
        """The choices that a form passes on, besides those that it has controls for."""
        pairs = self.pairs(metric).items()
        return [(name, value) for name, value in pairs if value and name not in own]

    def query(self, metric: Metric) -> str:
        """The query string that stands for these choices, without defaults."""
        return write_query(self.pairs(metric))

    def changed(self, metric: Metric, **changes: object) -> str:
        """The query string after a change."""
        return replace(self, **changes).query(metric)  # type: ignore[arg-type]


def read_choices(
    query: Query,
    metric: Metric,
    areas: Mapping[str, KnownArea],
    groups: Iterable[Group],
    periods: Iterable[TimePeriod],
) -> Choices:
    """Read the query string of a metric's page.

    Faults are noted in `query`, which raises them together when checked. What was typed into
    the free field is no fault: where no area has that name, the page says so and offers others.
    """
    chosen = query.codes("areas", areas)
    by_id = {group.id: group for group in groups}
    group = query.one_of("group", {*GROUPS, *by_id})
    if group in by_id:
        chosen = tuple(code for code, _ in by_id[group].members if code in areas)
    told = ""
    offers: tuple[str, ...] = ()
    if group in by_id and len(chosen) > MOST_AREAS:
        told = f"{by_id[group].title}: the first {MOST_AREAS} of {len(chosen)} are shown."
        chosen = chosen[:MOST_AREAS]
    typed = query.text("add")
    if typed:
        chosen, told, offers = with_added(chosen, typed, areas)
    starts = {period.start.isoformat() for period in periods}
    period = query.one_of("period", starts)
    breakdowns = {label.breakdown for label in metric.series}
    tiers = tiers_of(metric)
    tier = query.one_of("tier", tiers)
    drawn, table = query.one_of("map", MAPS), query.one_of("table", TABLES)
    return Choices(
        areas=chosen,
        period=date.fromisoformat(period) if period else None,
        breakdown=query.one_of(
            "breakdown", breakdowns, metric.series[0].breakdown if metric.series else ""
        ),
        tier=next((one for one in tiers if one == tier), tiers[0] if tiers else None),
        map=drawn,
        # Each has a page of its own; one that names both is the map, which leads to the table.
        table="" if drawn else table,
        since=query.day("since"),
        told=told,
        offers=offers,
    )


def with_added(
    chosen: tuple[str, ...], typed: str, areas: Mapping[str, KnownArea]
) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The areas with the typed one, what to tell of it, and which areas may have been meant."""
    found, offers = find_area(typed, areas)
    if found is None:
        return chosen, f"No area is called “{typed}”.", offers
    if found in chosen:
        return chosen, f"{label_of(areas[found])} is already shown.", ()
    if len(chosen) >= MOST_AREAS:
        return chosen, f"At most {MOST_AREAS} areas can be shown together.", ()
    return (*chosen, found), "", ()


def find_area(typed: str, areas: Mapping[str, KnownArea]) -> tuple[str | None, tuple[str, ...]]:
    """The area that was typed by code or by label, else the areas that may have been meant."""
    wanted = typed.strip().casefold()
    names = {code: label_of(area) for code, area in areas.items() if area.current}
    exact = [code for code, label in names.items() if wanted in (code.casefold(), label.casefold())]
    if len(exact) == 1:
        return exact[0], ()
    bare = [code for code in names if areas[code].name.casefold() == wanted]
    if len(bare) == 1:
        return bare[0], ()
    return None, tuple(exact or bare or near(typed, names))


def label_of(area: KnownArea) -> str:
    """The name of an area on the page."""
    return area_label(area.name, area.type)


NATIONS = {
    "England": ENGLAND,
    "Wales": "W92000004",
    "Scotland": "S92000003",
    "Northern Ireland": "N92000002",
    "United Kingdom": UNITED_KINGDOM,
}


def default_areas(metric: Metric) -> tuple[str, ...]:
    """What is shown when nothing was chosen: the nearest that is published to the authority.

    The combined authority, else its boroughs, else the police force area of the same extent,
    else the region; for a metric of another nation, that nation.
    """
    coverage = metric.coverage
    if coverage is None:
        return ()
    if coverage.combined_authority:
        return (COMBINED_AUTHORITY,)
    if coverage.boroughs:
        return CONSTITUENT
    if "England" not in coverage.countries:
        return tuple(NATIONS[name] for name in coverage.countries)
    if "police force area" in coverage.area_types:
        return (POLICE_FORCE,)
    return (REGION,) if {"region", "ITL 1"} & set(coverage.area_types) else (ENGLAND,)


def comparators(metric: Metric, chosen: Iterable[str]) -> tuple[str, ...]:
    """The larger areas that the chosen ones are read against, as the metric is declared."""
    coverage = metric.coverage
    if coverage is None:
        return ()
    if "England" in coverage.countries:
        larger = [COMBINED_AUTHORITY] if coverage.combined_authority else []
        larger.append(REGION)
        # England's total is no measure for the total of a part of it.
        if metric.aggregation.rule != "sum":
            larger.append(ENGLAND)
    else:
        larger = [NATIONS[name] for name in coverage.countries]
    return tuple(code for code in larger if code not in set(chosen))
