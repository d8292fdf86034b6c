"""Writing `data/reference/` from the publisher's files: the same bytes for the same input."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ingest.area_sources import PROVENANCE, AreaSources, read_area_sources
from ingest.boundaries import ATTRIBUTION, LAYERS_OF_LEVEL, draw_level, lay_out
from ingest.groups import build_groups
from ingest.reference import ITL1_TO_GSS, Area, build_areas, build_changes

Cell = str | int | bool | date | None


def write_reference(source_folder: Path, target: Path) -> None:
    """Write areas, changes, ITL 1 codes, groups, memberships, boundaries and their provenance.

    Args:
        source_folder: holds the files that `ingest.area_sources.PROVENANCE` names, and the
            published figures whose codes must all be known.
        target: the folder to write, `data/reference` in the product; made if missing. Nothing
            is written unless everything could be built.

    Raises:
        SourceFileError: files are absent.
        ReferenceSourceError: the files hold codes, changes or groups of no known kind.
        BoundaryError: a current area has no shape.
    """
    sources = read_area_sources(source_folder)
    changes = build_changes(sources)
    areas = build_areas(sources, changes)
    groups, members = build_groups(sources, areas)
    names = {area.code: area.name for area in areas}
    files = {
        "areas.csv": _csv(
            "code name type lower_tier upper_tier start_on end_on recoded_to region_code "
            "country_code",
            areas,
        ),
        "area_changes.csv": _csv("old_code new_code kind effective_on date_precision", changes),
        "itl1.csv": _table(
            ["itl_code", "gss_code", "name"],
            [[itl, gss, names[gss]] for itl, gss in sorted(ITL1_TO_GSS.items())],
        ),
        "groups.csv": _csv("id title kind description source verified", groups),
        "memberships.csv": _csv("group_id code role position valid_from valid_to", members),
        **_boundary_files(sources, areas),
    }
    files["provenance.toml"] = _provenance(sources, files)
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _csv(columns: str, rows: Iterable[object]) -> bytes:
    names = columns.split()
    return _table(names, [[getattr(row, name) for name in names] for row in rows])


def _table(columns: list[str], rows: Iterable[Iterable[Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _boundary_files(sources: AreaSources, areas: list[Area]) -> dict[str, bytes]:
    current = [area for area in areas if area.is_current]
    codes = {
        "lower_tier": [area.code for area in current if area.lower_tier],
        "upper_tier": [area.code for area in current if area.upper_tier],
        "combined_authority": [area.code for area in current if area.type == "combined authority"],
        "region": [code for code in sorted(ITL1_TO_GSS.values()) if code != ITL1_TO_GSS["TLB"]],
    }
    canvas = lay_out(sources.topology)
    return {
        f"boundaries/{level}.json": (
            json.dumps(
                draw_level(level, codes[level], sources.topology, canvas),
                ensure_ascii=False,
                separators=(",", ":"),
            )
            + "\n"
        ).encode()
        for level in LAYERS_OF_LEVEL
    }


def _provenance(sources: AreaSources, files: dict[str, bytes]) -> bytes:
    """What each file was made from, with hashes, and how many bytes each boundary file takes."""
    lines = [
        f'attribution = "{ATTRIBUTION}"',
        'licence = "Open Government Licence v3.0"',
        "",
    ]
    for name, (url, made) in PROVENANCE.items():
        origin = f'url = "{url}"' if url else 'origin = "researched by hand from the sources named"'
        lines += [
            "[[input]]",
            f'file = "{Path(name).name}"',
            origin,
            f'made = "{made}"',
            f'sha256 = "{sources.hashes[name]}"',
            "",
        ]
    for name, content in files.items():
        if name.startswith("boundaries/"):
            lines += [
                "[[boundary]]",
                f'file = "{name}"',
                f"bytes = {len(content)}",
                f"gzipped_bytes = {len(gzip.compress(content, 9, mtime=0))}",
                "",
            ]
    return "\n".join(lines).encode()
