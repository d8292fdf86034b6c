"""The governed groups of the store, brought together with what their figures are derived from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection

from data.neighbourhood_reads import datasets_with_neighbourhoods, read_household_sums
from data.periods import TimePeriod
from data.reads import read_areas, read_groups, read_members
from metrics.area_names import area_label
from metrics.denominators import Denominators
from metrics.measures.derived import Counted
from metrics.measures.derived_series import Behind, GovernedGroup, Known, derive_series
from metrics.measures.evidence import Series
from metrics.measures.group_results import DerivedGroup

# The groups that are no area of their own.
NAMED_GROUPS = ("wmca-non-constituent", "core-cities-england", "core-cities-uk")
_AUTHORITY = "combined-authority-"
_LOWER_TIER = "-lower-tier"
_COUNTY = "county-"

Counts = Mapping[TimePeriod, Mapping[str, Counted]]


@dataclass(frozen=True)
class Groups:
    """The groups that figures are derived for, and what that needs.

    `groups` has for each the ways in which it is made up, the first that has figures counts: a
    combined authority with a county in it is also made up of that county's districts.
    """

    groups: tuple[tuple[GovernedGroup, ...], ...]
    names: Mapping[str, str]
    contained: Mapping[str, str]
    # By the dataset of the small areas that are added up.
    counts: Mapping[str, Counts]

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every area that is a group or a member of one."""
        several = (way for ways in self.groups for way in ways)
        return frozenset(code for way in several for code in (way.code, *way.members))


def read_governed_groups(connection: Connection) -> Groups:
    """The combined authorities that exist, and the named groups, with their members of today."""
    areas = read_areas(connection)
    names = {
        code: area_label(name, kind)
        for code, name, kind in zip(areas["code"], areas["name"], areas["type"], strict=True)
    }
    ended = set(areas.loc[areas["end_on"].notna(), "code"])
    known = read_groups(connection)
    titles = dict(zip(known["id"].tolist(), known["title"].tolist(), strict=True))
    found: list[tuple[GovernedGroup, ...]] = []
    contained: dict[str, str] = {}
    for group_id, title in titles.items():
        if group_id.startswith(_COUNTY):
            county = group_id.removeprefix(_COUNTY).upper()
            contained |= {code: county for code, _ in read_members(connection, group_id)}
        elif group_id in NAMED_GROUPS:
            found.append((_group(connection, group_id, title),))
        elif group_id.startswith(_AUTHORITY) and not group_id.endswith(_LOWER_TIER):
            code = group_id.removeprefix(_AUTHORITY).upper()
            if code in ended:
                continue
            label = names.get(code) or title
            ways = [_group(connection, group_id, label, code)]
            if group_id + _LOWER_TIER in titles:
                ways.append(_group(connection, group_id + _LOWER_TIER, label, code))
            found.append(tuple(ways))
    return Groups(tuple(found), names, contained, _counts(connection))


def _group(connection: Connection, group_id: str, title: str, code: str = "") -> GovernedGroup:
    members = tuple(code for code, _ in read_members(connection, group_id))
    return GovernedGroup(group_id, title, members, code)


def _counts(connection: Connection) -> dict[str, Counts]:
    """The households of neighbourhoods, added up for each authority under its newest code."""
    found: dict[str, Counts] = {}
    for dataset in datasets_with_neighbourhoods(connection):
        by_period: dict[TimePeriod, dict[str, Counted]] = {}
        for row in read_household_sums(connection, dataset):
            period = TimePeriod(row.period_start, row.period_end)
            counted = Counted(float(row.fuel_poor), float(row.households))
            by_period.setdefault(period, {})[row.code] = counted
        found[dataset] = by_period
    return found


def derived_groups(
    series: Series, groups: Groups, denominators: Denominators
) -> Iterator[DerivedGroup]:
    """What is derived of a series for every group; a group of which nothing is known is left out.

    The rule is the metric's; a weight is matched by its declared words.
    """
    metric = series.metric
    source = metric.source.dataset if metric.source else ""
    behind = Behind(
        denominators.by_year(metric.aggregation.weight),
        {} if series.breakdown else groups.counts.get(source, {}),
        groups.names,
        groups.contained,
    )
    known = Known.of(series, groups.codes)
    concerned = {code for values in known.values.values() for code in values}
    by_period = behind.counts if metric.aggregation.rule == "recompute" else known.values
    held = {code for values in by_period.values() for code in values}
    for ways in groups.groups:
        if any(concerned & {way.code, *way.members} for way in ways):
            yield derive_series(known, _way(ways, held), behind)


def _way(ways: Sequence[GovernedGroup], held: set[str]) -> GovernedGroup:
    """The first way of making a group up whose members all have figures; else the first."""
    return next((way for way in ways if held.issuperset(way.members)), ways[0])
