"""Loads that were held back: kept whole, in a folder, until a person accepts them.

`<folder>/<dataset>/<known_on>/` has the publisher's bytes as they came, the tidy figures in the
form of the snapshot, and `held_back.toml` with the reasons. What was accepted is renamed, so
that it stays for whoever asks later.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.faults import Fault, Refused
from ingest.provenance import Provenance, VintageEntry, read_provenance
from ingest.snapshot import read_vintage, write_vintage
from ingest.tidy import TidyFigures

REASONS_FILE = "held_back.toml"


@dataclass(frozen=True)
class HeldBackLoad:
    """One load that waits for a person.

    Attributes:
        folder: where it is kept.
        reasons: what was found and what was expected, one sentence each.
        etag, last_modified: what the server said of the bytes, or empty.
    """

    dataset: str
    known_on: date
    folder: Path
    reasons: tuple[str, ...]
    etag: str
    last_modified: str

    def read(self) -> tuple[Provenance, VintageEntry, TidyFigures]:
        """The figures as they were read, with their provenance.

        Raises:
            Refused: what is kept is not what was written.
        """
        provenance = read_provenance(self.folder / self.dataset)
        (entry,) = provenance.vintage
        return provenance, entry, read_vintage(self.folder, provenance, entry)


def hold_back(
    quarantine: Path,
    figures: TidyFigures,
    provenance: Provenance,
    files: Mapping[str, bytes],
    doubts: Refused,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
) -> Path:
    """Keep a load that raised doubts; the same figures held back before are left as they are.

    Args:
        quarantine: the folder of all held back loads.
        figures: as they were read, without corrections.
        provenance: with the one vintage that they are.
        files: the publisher's bytes by name.
        doubts: why.
        etag: what the server said of the bytes.
        last_modified: the same, for servers that give no etag.

    Returns:
        The folder in which it is kept.
    """
    (entry,) = provenance.vintage
    for waiting in held_back_loads(quarantine, figures.dataset):
        if waiting.read()[1].figures_sha256 == entry.figures_sha256:
            return waiting.folder
    folder = quarantine / figures.dataset / str(entry.known_on)
    write_vintage(folder, figures, provenance)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    reasons = [f"found {fault.found}, expected {fault.expected}" for fault in doubts.faults]
    lines = [
        f"known_on = {entry.known_on}",
        f"reasons = {json.dumps(reasons, ensure_ascii=False)}",
        f"etag = {json.dumps(etag or '')}",
        f"last_modified = {json.dumps(last_modified or '')}",
    ]
    (folder / REASONS_FILE).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def held_back_loads(quarantine: Path, dataset: str | None = None) -> list[HeldBackLoad]:
    """The loads that wait, oldest first; of one table, or of all."""
    found = []
    for path in sorted(quarantine.glob(f"{dataset or '*'}/*/{REASONS_FILE}")):
        if path.parent.suffix:
            continue
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(
            HeldBackLoad(
                *(path.parent.parent.name, said["known_on"], path.parent),
                *(tuple(said["reasons"]), said["etag"], said["last_modified"]),
            )
        )
    return found


def newest_held_back(quarantine: Path, dataset: str) -> HeldBackLoad:
    """The newest load of a table that waits.

    Raises:
        Refused: none does.
    """
    waiting = held_back_loads(quarantine, dataset)
    if not waiting:
        remedy = "python -m ingest status names the tables that wait"
        fault = Fault(dataset, None, "", "nothing held back", "a load that waits", remedy)
        raise Refused([fault])
    return waiting[-1]


def settle(quarantine: Path, accepted: HeldBackLoad) -> None:
    """Take a load that was accepted, and older ones of its table, out of what waits."""
    accepted.folder.rename(accepted.folder.with_name(f"{accepted.folder.name}.accepted"))
    supersede(quarantine, accepted.dataset)


def supersede(quarantine: Path, dataset: str) -> None:
    """Take the loads of a table out of what waits, as newer figures were loaded since."""
    for one in held_back_loads(quarantine, dataset):
        one.folder.rename(one.folder.with_name(f"{one.folder.name}.superseded"))
