"""The publisher's files that areas, changes and groups are made from, read into plain rows."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.topology import Topology, read_topology

Row = dict[str, str]

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
        SourceFileError: files are absent; all are named.
    """
    absent = [name for name in PROVENANCE if not (folder / name).is_file()]
    if absent:
        raise SourceFileError(
            f"{folder} lacks {', '.join(absent)}; point --from at a folder that holds them"
        )
    content = {name: (folder / name).read_bytes() for name in PROVENANCE}
    topology = json.loads(content[TOPOLOGY])
    return AreaSources(
        topology=read_topology(topology),
        properties={
            layer: {
                geometry["properties"]["areacd"]: geometry["properties"]
                for geometry in collection["geometries"]
            }
            for layer, collection in topology["objects"].items()
        },
        metadata=json.loads(content[AREA_METADATA]),
        change_kinds={
            (row["oldcd"], row["newcd"]): row["type"] for row in _rows(content[CHANGE_LIST])
        },
        region_lookup=_rows(content[REGION_LOOKUP]),
        dated_changes=_rows(content[DATED_CHANGES]),
        groups=_rows(content[GROUPS]),
        neighbours=_rows(content[NEIGHBOURS]),
        clusters=_rows(content[CLUSTERS]),
        names_in_figures=names_in_figures(folder),
        hashes={name: hashlib.sha256(body).hexdigest() for name, body in content.items()},
    )


def _rows(body: bytes) -> list[Row]:
    return list(csv.DictReader(body.decode("utf-8-sig").splitlines()))


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
