"""Areas and their changes, made from the publisher's files: what exists, since when, inside what.

Everything is joined on codes. A name comes from the topology; for combined authorities, whose
names there are older, from the area metadata; otherwise from the published figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from data.areas import (
    LOWER_TIER_PREFIXES,
    UPPER_TIER_PREFIXES,
    area_type,
)
from ingest.area_sources import AreaSources

ITL1_TO_GSS = {
    "TLB": "E92000001",
    "TLC": "E12000001",
    "TLD": "E12000002",
    "TLE": "E12000003",
    "TLF": "E12000004",
    "TLG": "E12000005",
    "TLH": "E12000006",
    "TLI": "E12000007",
    "TLJ": "E12000008",
    "TLK": "E12000009",
    "TLL": "W92000004",
    "TLM": "S92000003",
    "TLN": "N92000002",
}
COUNTRY_OF_LETTER = {"E": "E92000001", "W": "W92000004", "S": "S92000003", "N": "N92000002"}
NAMED_BY_US = {
    "K99000002": "UK less extra-regio",
    "K99000004": "Outside of England and unknown",
}
# What publishers write in the code column where there is no code.
NOT_CODES = frozenset({"na"})


class ReferenceSourceError(ValueError):
    """The publisher's files hold something unknown; the message names every fault."""


@dataclass(frozen=True, slots=True, order=True)
class AreaChange:
    """One code giving way to another, ending, or joining a combined authority.

    Where only the year is known, `effective_on` is 1 January and the precision is `year`.
    """

    old_code: str
    new_code: str
    kind: str
    effective_on: date
    date_precision: str


@dataclass(slots=True)
class Area:
    """One area as `areas.csv` has it; blank text and None mean unknown or not applicable."""

    code: str
    name: str
    type: str
    lower_tier: bool
    upper_tier: bool
    start_on: date | None = None
    end_on: date | None = None
    recoded_to: str = ""
    region_code: str = ""
    country_code: str = ""

    @property
    def is_current(self) -> bool:
        """Whether the area still exists."""
        return self.end_on is None


def build_changes(sources: AreaSources) -> list[AreaChange]:
    """Every dated change of code, sorted.

    A recode is what the publisher's change list calls a new code for the same place. A change
    of name and an announced change are left out: neither gives a new code. A day that the
    evidence does not support is widened to its year.

    Raises:
        ReferenceSourceError: a kind of change that is not known.
    """
    changes, faults = [], []
    for row in sources.dated_changes:
        if row["verified"] != "true":
            continue
        kind = _kind(row["change_type"], row["old_code"], row["new_code"], sources)
        if kind is None:
            faults.append(f"{row['old_code']}: unknown kind of change '{row['change_type']}'")
            continue
        exact = row["date_precision"] == "day"
        day = date.fromisoformat(row["effective_date"]) if exact else date(int(row["year"]), 1, 1)
        precision = "day" if exact else "year"
        changes.append(AreaChange(row["old_code"], row["new_code"], kind, day, precision))
    if faults:
        raise ReferenceSourceError("; ".join(faults))
    return sorted(changes)


def _kind(described: str, old_code: str, new_code: str, sources: AreaSources) -> str | None:
    if described == "new higher area":
        return "joins" if new_code.startswith("E47") else "boundary_change"
    if described.startswith("merge"):
        return "merger"
    if described == "terminated":
        return "abolition"
    if described == "recode (boundary change)":
        listed = sources.change_kinds.get((old_code, new_code))
        return "recode" if listed == "new_code" else "boundary_change"
    return None


def build_areas(sources: AreaSources, changes: Iterable[AreaChange]) -> list[Area]:
    """Every area of the topology, the metadata and the published figures, sorted by code.

    Raises:
        ReferenceSourceError: codes of no known kind; all are named.
    """
    changes = list(changes)
    names = _names(sources)
    unknown = [code for code in sorted(names) if area_type(code) is None]
    if unknown:
        raise ReferenceSourceError(
            f"codes of no known kind: {', '.join(unknown)}; add their kind to data/areas.py"
        )
    areas = {code: _area(code, name) for code, name in sorted(names.items())}
    _date_areas(areas, changes, sources)
    for change in changes:
        if change.kind == "recode":
            areas[change.old_code].recoded_to = change.new_code
    _place_in_regions(areas, changes, sources)
    return list(areas.values())


def _names(sources: AreaSources) -> dict[str, str]:
    names = {code: name for code, name in sources.names_in_figures.items() if code not in NOT_CODES}
    names |= {code: entry["areanm"] for code, entry in sources.metadata.items()}
    for layer in sources.properties.values():
        for code, properties in layer.items():
            if not code.startswith("E47") or code not in sources.metadata:
                names[code] = properties["areanm"]
    names |= {
        row["old_code"]: row["old_name"]
        for row in sources.dated_changes
        if row["verified"] == "true" and row["old_code"] not in names
    }
    return names | {code: name for code, name in NAMED_BY_US.items() if code in names}


def _area(code: str, name: str) -> Area:
    return Area(
        code=code,
        name=name,
        type=area_type(code) or "",
        lower_tier=code.startswith(LOWER_TIER_PREFIXES),
        upper_tier=code.startswith(UPPER_TIER_PREFIXES),
        country_code=_country(code),
    )


def _country(code: str) -> str:
    """The country that holds an area; blank for a country itself and for what spans several."""
    if code.startswith("TL"):
        holder = ITL1_TO_GSS[code[:3]]
        return COUNTRY_OF_LETTER[holder[0]] if code != "TLB" else ""
    return "" if code[1:3] == "92" else COUNTRY_OF_LETTER.get(code[0], "")


def _date_areas(
    areas: dict[str, Area], changes: Iterable[AreaChange], sources: AreaSources
) -> None:
    """Days from the dated changes; otherwise the first or last day of the publisher's year."""
    for change in changes:
        if change.new_code:
            new = areas[change.new_code]
            new.start_on = min(new.start_on or change.effective_on, change.effective_on)
        if change.kind != "joins":
            areas[change.old_code].end_on = change.effective_on - timedelta(days=1)
    dated = [sources.metadata, *sources.properties.values()]
    for entries in dated:
        for code, entry in entries.items():
            area = areas[code]
            if entry.get("start") and area.start_on is None:
                area.start_on = date(int(entry["start"]), 1, 1)
            if entry.get("end") and area.end_on is None:
                area.end_on = date(int(entry["end"]), 12, 31)


def _place_in_regions(
    areas: dict[str, Area], changes: Iterable[AreaChange], sources: AreaSources
) -> None:
    """Give each area its region, or its country where that is not divided into regions.

    Blank for what spans several regions, for countries, regions and ITL 1 themselves, and where
    the sources do not say. The lookup of 2014 goes before the metadata, which puts a combined
    authority's members all in one region although Greater Lincolnshire lies in two.
    """
    known = _regions_in_lookup(sources)
    for area in areas.values():
        members = sources.metadata.get(area.code, {}).get("children", [])
        if area.type in ("country", "region", "ITL 1", "residual"):
            continue
        if area.code.startswith("TL"):
            area.region_code = ITL1_TO_GSS[area.code[:3]]
        elif area.country_code != COUNTRY_OF_LETTER["E"]:
            area.region_code = area.country_code
        elif area.type == "combined authority" and members:
            regions = {known.get(code) or _region_in_metadata(code, sources) for code in members}
            area.region_code = regions.pop() if len(regions) == 1 else ""
        else:
            area.region_code = known.get(area.code) or _region_in_metadata(area.code, sources)
    # Both files know only today's code of a place whose code was replaced before 2014.
    for change in changes:
        if change.kind in ("recode", "boundary_change") and not areas[change.old_code].region_code:
            areas[change.old_code].region_code = areas[change.new_code].region_code


def _regions_in_lookup(sources: AreaSources) -> dict[str, str]:
    """The region of each authority of 2014, and of each county that lies in one region."""
    found: dict[str, set[str]] = {}
    for row in sources.region_lookup:
        for column in ("ltlacd", "ctycd", "mctycd", "cauthcd"):
            found.setdefault(row[column], set()).add(row["rgncd"])
    return {code: regions.pop() for code, regions in found.items() if code and len(regions) == 1}


def _region_in_metadata(code: str, sources: AreaSources) -> str:
    parents: list[str] = sources.metadata.get(code, {}).get("parents", [])
    return next((parent for parent in parents if parent.startswith("E12")), "")
