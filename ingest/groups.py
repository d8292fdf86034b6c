"""Governed groups of areas and who belongs to them, with what is known of each membership.

A place whose code changed and nothing else is a member once, under today's code. Rows whose
combined authority has no code yet are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.areas import COMBINED_AUTHORITY, LOWER_TIER_PREFIXES
from ingest.area_sources import AreaSources, Row
from ingest.reference import Area, ReferenceSourceError

NEIGHBOUR_COLUMNS = tuple(str(position) for position in range(1, 21))
NOT_CLUSTERED = "[x]"
CLUSTER_PORTRAITS = {
    "A": "mostly remote and rural, with more older and younger people for each person of "
    "working age and high personal well-being",
    "B": "mostly urban, many of them coastal, with more children in poverty and lower employment",
    "C": "towns and countryside in commuting reach of large cities, growing fast, with high "
    "employment",
    "D": "mostly in London, with a few other city centres; high pay, many private renters",
}
ELS = "Office for National Statistics, Explore local statistics"


@dataclass(frozen=True, slots=True)
class Group:
    """A group as `groups.csv` has it; `verified` is about who belongs, not about dates."""

    id: str
    title: str
    kind: str
    description: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """One area in one group; `position` 1 is the most alike, None where there is no order."""

    group_id: str
    code: str
    role: str
    position: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None


# The groups that are declared one by one: id in the research, then what the product says of it.
DECLARED = {
    "wmca_constituent": Group(
        "wmca-constituent",
        "Constituent authorities",
        "wmca",
        "The seven metropolitan boroughs that make up the West Midlands Combined Authority. The "
        "date given is the day the authority was set up; it has not been checked against the "
        "order that did so.",
        f"{ELS}; House of Lords debate of 6 June 2016",
        True,
    ),
    "wmca_nonconstituent": Group(
        "wmca-non-constituent",
        "Non-constituent authorities",
        "wmca",
        "Ten councils that take part in the West Midlands Combined Authority without being "
        "constituent. When each joined, and whether each is still a member, has not been "
        "verified. Warwickshire is a county that contains four of the districts listed beside "
        "it, so the members overlap and are never added up.",
        "The authority's Overview and Scrutiny Committee, 7 March 2022; press reports of 2016 "
        "to 2023 for eight of the ten",
        False,
    ),
    "region_west_midlands": Group(
        "west-midlands-region",
        "West Midlands region, local authorities",
        "region",
        "The 30 lower-tier and unitary authorities of the West Midlands region (E12000005), "
        "which is larger than the combined authority.",
        ELS,
        True,
    ),
    "greater_south_east": Group(
        "greater-south-east",
        "Greater South East",
        "national",
        "London, the South East and the East of England: the part of the country that the "
        "research and development mission looks outside of.",
        "Levelling Up White Paper, February 2022, as quoted by the Campaign for Science and "
        "Engineering",
        True,
    ),
    "outside_greater_south_east": Group(
        "outside-greater-south-east",
        "Outside the Greater South East",
        "national",
        "The six other English regions, Scotland, Wales and Northern Ireland, taken together.",
        "What the Greater South East leaves; reading confirmed by press reports of 2022",
        True,
    ),
    "core_cities_england": Group(
        "core-cities-england",
        "Core cities, England",
        "core cities",
        "The eight English authorities that have the name of a core city. Dates of membership "
        "are not held.",
        "Published analyses of the Levelling Up White Paper",
        True,
    ),
    "core_cities_uk": Group(
        "core-cities-uk",
        "Core cities, United Kingdom",
        "core cities",
        "The eight English core cities with Belfast, Cardiff and Glasgow. Dates of membership "
        "are not held.",
        "Published analyses of the Levelling Up White Paper",
        True,
    ),
}
OTHERS = Group(
    "other-combined-authorities",
    "Other combined authorities",
    "combined authority",
    "Every combined authority and combined county authority of England but the West Midlands' own.",
    ELS,
    True,
)
LEFT_OUT = ("wmca_functional_gap", "cauth_PENDING_CWCA", "cauth_PENDING_CUMBRIA")
DERIVED_PREFIXES = ("cauth_", "ons_nn_", "ons_cluster_")


def build_groups(
    sources: AreaSources, areas: Iterable[Area]
) -> tuple[list[Group], list[Membership]]:
    """Every group and membership, sorted by group, then position, then code.

    Raises:
        ReferenceSourceError: a group that is neither declared nor knowingly left out.
    """
    by_code = {area.code: area for area in areas}
    ids = {row["group_id"] for row in sources.groups}
    unknown = [
        group_id
        for group_id in sorted(ids - set(DECLARED) - set(LEFT_OUT))
        if not group_id.startswith(DERIVED_PREFIXES)
    ]
    if unknown:
        raise ReferenceSourceError(
            f"groups that nothing describes: {', '.join(unknown)}; declare them in ingest/groups.py"
        )
    groups: list[Group] = list(DECLARED.values())
    members = [
        _member(DECLARED[row["group_id"]].id, row)
        for row in sources.groups
        if row["group_id"] in DECLARED and not _is_old_code(row, by_code)
    ]
    for found_groups, found_members in (
        _combined_authorities(sources.groups, by_code),
        _counties(sources.region_lookup, by_code),
        _neighbours(sources.neighbours, by_code),
        _clusters(sources.clusters),
    ):
        groups += found_groups
        members += found_members
    return (
        sorted(groups, key=lambda group: group.id),
        sorted(members, key=lambda m: (m.group_id, m.position or 0, m.code)),
    )


def _is_old_code(row: Row, areas: dict[str, Area]) -> bool:
    return bool(areas[row["area_code"]].recoded_to)


def _member(group_id: str, row: Row) -> Membership:
    """A membership with the dates the research gives; the day a code began is not one."""
    recoded = row["valid_from"] == "2025-04-01"
    start = None if recoded or not row["valid_from"] else date.fromisoformat(row["valid_from"])
    end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Membership(group_id, row["area_code"], row["role"], None, start, end)


def _combined_authorities(
    rows: list[Row], areas: dict[str, Area]
) -> tuple[list[Group], list[Membership]]:
    """Each combined authority's own members and, where a county is one, its districts too."""
    groups, members = [OTHERS], []
    own: dict[str, list[Row]] = {}
    districts: dict[str, list[Row]] = {}
    for row in rows:
        code, _, tail = row["group_id"].removeprefix("cauth_").partition("_")
        if code in areas and not _is_old_code(row, areas):
            (districts if tail == "lad" else own).setdefault(code, []).append(row)
    for code, constituents in own.items():
        area = areas[code]
        group_id = f"combined-authority-{code.lower()}"
        ended = "" if area.is_current else " The authority no longer exists."
        groups.append(
            Group(
                group_id,
                f"{area.name} combined authority",
                "combined authority",
                f"The constituent authorities of {area.name} ({code}).{ended}",
                ELS if area.is_current else "Office for National Statistics, list of changes",
                True,
            )
        )
        members += [
            Membership(group_id, row["area_code"], "constituent", None, None, area.end_on)
            for row in constituents
        ]
        if area.is_current and code != COMBINED_AUTHORITY:
            members.append(Membership(OTHERS.id, code, "combined authority"))
        if code in districts:
            lower_id = f"{group_id}-lower-tier"
            groups.append(
                Group(
                    lower_id,
                    f"{area.name} combined authority, lower tier",
                    "combined authority",
                    f"{area.name} ({code}) in lower-tier and unitary authorities: the districts "
                    "of its member counties, and its unitary members.",
                    ELS,
                    True,
                )
            )
            members += [
                Membership(lower_id, row["area_code"], "district of a member county")
                for row in districts[code]
            ]
            members += [
                Membership(lower_id, row["area_code"], "constituent")
                for row in constituents
                if row["area_code"].startswith(LOWER_TIER_PREFIXES)
            ]
    return groups, members


def _counties(rows: list[Row], areas: dict[str, Area]) -> tuple[list[Group], list[Membership]]:
    """The districts of each county that still has some, so that no district is counted twice."""
    districts: dict[str, list[str]] = {}
    for row in rows:
        county, district = areas.get(row["ctycd"]), areas.get(row["ltlacd"])
        if county and district and county.is_current and district.is_current:
            districts.setdefault(county.code, []).append(district.code)
    groups = [
        Group(
            f"county-{code.lower()}",
            f"{areas[code].name}, districts",
            "county",
            f"The districts that lie within the county of {areas[code].name} ({code}).",
            "Office for National Statistics, lookup of authorities of 2014",
            True,
        )
        for code in sorted(districts)
    ]
    members = [
        Membership(f"county-{code.lower()}", district, "district")
        for code, several in districts.items()
        for district in several
    ]
    return groups, members


def _neighbours(rows: list[Row], areas: dict[str, Area]) -> tuple[list[Group], list[Membership]]:
    groups, members = [], []
    for row in rows:
        code = row["AREACD"]
        if not code.startswith(LOWER_TIER_PREFIXES):
            continue
        group_id = f"neighbours-{code.lower()}"
        groups.append(
            Group(
                group_id,
                f"Areas most like {areas[code].name}",
                "statistical neighbours",
                f"The 20 local authorities most like {areas[code].name} on economic and "
                "demographic measures taken together, the most alike first.",
                f"{ELS}, nearest neighbours 2025",
                True,
            )
        )
        members += [
            Membership(group_id, row[column], "neighbour", int(column))
            for column in NEIGHBOUR_COLUMNS
            if row[column]
        ]
    return groups, members


def _clusters(rows: list[Row]) -> tuple[list[Group], list[Membership]]:
    left_out = sorted(row["AREANM"] for row in rows if row["Global"] == NOT_CLUSTERED)
    groups = [
        Group(
            f"ons-cluster-{letter.lower()}",
            f"ONS cluster {letter}",
            "statistical cluster",
            f"Local authorities that are alike on all measures together: {portrait}. No cluster "
            f"is given for {', '.join(left_out[:-1])} and {left_out[-1]}.",
            f"{ELS}, clusters 2025",
            True,
        )
        for letter, portrait in CLUSTER_PORTRAITS.items()
    ]
    members = [
        Membership(f"ons-cluster-{row['Global'].lower()}", row["AREACD"], "member")
        for row in rows
        if row["Global"] != NOT_CLUSTERED
    ]
    return groups, members
