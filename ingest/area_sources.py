"""The publisher's files that areas, changes and groups are made from, read into plain rows."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from ingest.faults import quoted
from ingest.topology import Topology, read_topology

Row = dict[str, str]
_Read = TypeVar("_Read")

TOPOLOGY = "sources/ons_geography/topo.json"
AREA_METADATA = "sources/ons_geography/els-geo-metadata.json"
CHANGE_LIST = "sources/ons_geography/changes.csv"
REGION_LOOKUP = "sources/ons_geography/ltla14-lookup.csv"
NEIGHBOURS = "sources/ons_neighbours/global-neighbours.csv"
CLUSTERS = "sources/ons_neighbours/cluster-allocation.csv"
DATED_CHANGES = "catalogue/code_changes.csv"
GROUPS = "catalogue/geography_groups.csv"

_ONS_LOCAL = "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-app"
# Where each file comes from, and what is made from it.
PROVENANCE: dict[str, tuple[str, str]] = {
    TOPOLOGY: (
        "https://raw.githubusercontent.com/ONSdigital/uk-topojson/refs/heads/main/output/topo.json",
        "boundaries; names and years of authorities",
    ),
    CHANGE_LIST: (
        "https://raw.githubusercontent.com/ONSvisual/uk-topojson/main/input/changes.csv",
        "kinds of change",
    ),
    AREA_METADATA: (
        f"{_ONS_LOCAL}/main/src/lib/data/geo-metadata.json",
        "members of combined authorities; regions of areas made since 2014",
    ),
    REGION_LOOKUP: (
        "https://raw.githubusercontent.com/ONSvisual/uk-topojson/main/input/ltla14-lookup.csv",
        "regions of authorities and counties; districts of counties",
    ),
    NEIGHBOURS: (
        f"{_ONS_LOCAL}/main/scripts/config/clusters/global-neighbours.csv",
        "statistical neighbours",
    ),
    CLUSTERS: (
        f"{_ONS_LOCAL}/main/scripts/config/clusters/cluster-allocation.csv",
        "statistical clusters",
    ),
    DATED_CHANGES: ("", "days on which changes took effect, with what is known of each"),
    GROUPS: ("", "governed groups, with the evidence for each membership"),
}
# The columns that are read of each table.
_COLUMNS: dict[str, tuple[str, ...]] = {
    CHANGE_LIST: ("oldcd", "newcd", "type"),
    REGION_LOOKUP: ("ltlacd", "ctycd", "mctycd", "cauthcd", "rgncd"),
    NEIGHBOURS: ("AREACD", *(str(rank) for rank in range(1, 21))),
    CLUSTERS: ("AREACD", "AREANM", "Global"),
    DATED_CHANGES: (
        *("old_code", "old_name", "new_code", "change_type", "effective_date", "year"),
        *("date_precision", "verified"),
    ),
    GROUPS: ("group_id", "area_code", "role", "valid_from", "valid_to"),
}
FIGURE_FILES = (
    "sources/ons_els/main/*/*.csv",
    "sources/ons_els/history/*/*/*.csv",
    "sources/ons_els/history_renamed/**/*.csv",
)


class SourceFileError(ValueError):
    """Files that are absent or cannot be read; the message names them and says what to do."""


@dataclass(frozen=True)
class AreaSources:
    """Everything that the reference data is made from.

    Attributes:
        topology: arcs and shapes of every area.
        properties: for each layer, what the topology says of each area (name, start, end).
        metadata: for each code, name, level, parents, children, start, end.
        change_kinds: the publisher's kind of change for each pair (old code, new code).
        region_lookup: the region, county and combined authority of each authority in 2014.
        dated_changes: changes with their days.
        groups: group memberships with role, dates and evidence.
        neighbours: each area's nearest neighbours, columns `AREACD`, `1` to `20`.
        clusters: each area's cluster, columns `AREACD`, `Global`.
        names_in_figures: every code in the published figures with its most frequent name.
        hashes: sha256 of the bytes of each file of `PROVENANCE`.
    """

    topology: Topology
    properties: dict[str, dict[str, dict[str, Any]]]
    metadata: dict[str, dict[str, Any]]
    change_kinds: dict[tuple[str, str], str]
    region_lookup: list[Row]
    dated_changes: list[Row]
    groups: list[Row]
    neighbours: list[Row]
    clusters: list[Row]
    names_in_figures: dict[str, str]
    hashes: dict[str, str]


def read_area_sources(folder: Path) -> AreaSources:
    """Read the publisher's files under `folder`, laid out as `PROVENANCE` names them.

    Raises:
        SourceFileError: files are absent or are not what they are read as; all are named.
    """
    absent = [name for name in PROVENANCE if not (folder / name).is_file()]
    if absent:
        raise SourceFileError(
            f"{folder} lacks {', '.join(absent)}; point --from at a folder that holds them"
        )
    content = {name: (folder / name).read_bytes() for name in PROVENANCE}
    faults: list[str] = []
    shapes = _read(TOPOLOGY, content, _topology, faults)
    metadata = _read(AREA_METADATA, content, _metadata, faults)
    tables = {name: _read(name, content, partial(_rows, name), faults) or [] for name in _COLUMNS}
    if shapes is None or metadata is None or faults:
        raise SourceFileError(f"{'; '.join(faults)}; fetch the files again, or see what changed")
    return AreaSources(
        topology=shapes[0],
        properties=shapes[1],
        metadata=metadata,
        change_kinds={(row["oldcd"], row["newcd"]): row["type"] for row in tables[CHANGE_LIST]},
        region_lookup=tables[REGION_LOOKUP],
        dated_changes=tables[DATED_CHANGES],
        groups=tables[GROUPS],
        neighbours=tables[NEIGHBOURS],
        clusters=tables[CLUSTERS],
        names_in_figures=names_in_figures(folder),
        hashes={name: hashlib.sha256(body).hexdigest() for name, body in content.items()},
    )


def _read(
    name: str, content: Mapping[str, bytes], read: Callable[[bytes], _Read], faults: list[str]
) -> _Read | None:
    try:
        return read(content[name])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        faults.append(f"{name} cannot be read ({type(error).__name__}: {quoted(error)})")
        return None


def _topology(body: bytes) -> tuple[Topology, dict[str, dict[str, dict[str, Any]]]]:
    topology = json.loads(body)
    properties = {
        layer: {
            geometry["properties"]["areacd"]: geometry["properties"]
            for geometry in collection["geometries"]
        }
        for layer, collection in topology["objects"].items()
    }
    return read_topology(topology), properties


def _metadata(body: bytes) -> dict[str, dict[str, Any]]:
    return {str(code): {**entry} for code, entry in json.loads(body).items()}


def _rows(name: str, body: bytes) -> list[Row]:
    reader = csv.DictReader(body.decode("utf-8-sig").splitlines())
    if absent := [column for column in _COLUMNS[name] if column not in (reader.fieldnames or ())]:
        raise ValueError(f"no column {', '.join(absent)}")
    rows = list(reader)
    if not rows or any(None in row or None in row.values() for row in rows):
        raise ValueError("no rows, or rows of another length than the header")
    return rows


def names_in_figures(folder: Path) -> dict[str, str]:
    """Every code in the published figures, with the name it has most often, trimmed.

    Between equally frequent names the first in the alphabet is taken.
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for pattern in FIGURE_FILES:
        for path in sorted(folder.glob(pattern)):
            _count_names(path, seen)
    return {
        code: min(names, key=lambda name, counts=names: (-counts[name], name))  # type: ignore[misc]
        for code, names in sorted(seen.items())
    }


def _count_names(path: Path, seen: Mapping[str, Counter[str]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        columns = [column.strip().lower() for column in next(reader)]
        code, name = columns.index("areacd"), columns.index("areanm")
        for row in reader:
            if len(row) > max(code, name):
                seen[row[code].strip()][row[name].strip()] += 1
