"""Loads that were held back: kept whole, in a folder, until a person accepts them.

`<folder>/<dataset>/<known_on>/` (a second one of the same day: `<known_on>-2`) has the
publisher's bytes as they came, the tidy figures in the form of the snapshot, and `held_back.toml`
with the reasons. What was accepted is renamed, so that it stays for whoever asks later.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from ingest.faults import Fault, Refused
from ingest.neighbourhoods import read_neighbourhoods, write_neighbourhoods
from ingest.provenance import Provenance, VintageEntry, read_provenance
from ingest.snapshot import read_vintage, write_vintage
from ingest.sources.fuel_poverty import Neighbourhood
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
    etag: str = ""
    last_modified: str = ""

    def read(self) -> tuple[Provenance, VintageEntry, TidyFigures, tuple[Neighbourhood, ...]]:
        """The figures as they were read, with their provenance, and those of small areas.

        Raises:
            Refused: what is kept is not what was written.
        """
        folder = self.folder / self.dataset
        provenance = read_provenance(folder)
        (entry,) = provenance.vintage
        figures = read_vintage(self.folder, provenance, entry)
        small = read_neighbourhoods(folder, entry) if entry.neighbourhoods else ()
        return provenance, entry, figures, tuple(small)

    def files(self) -> dict[str, bytes]:
        """The publisher's bytes by name, as they came."""
        paths = (path for path in sorted(self.folder.iterdir()) if path.is_file())
        return {path.name: path.read_bytes() for path in paths if path.name != REASONS_FILE}


def hold_back(
    quarantine: Path,
    figures: TidyFigures,
    provenance: Provenance,
    files: Mapping[str, bytes],
    doubts: Refused,
    *,
    neighbourhoods: tuple[Neighbourhood, ...] = (),
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
        neighbourhoods: the figures of small areas that came with them.
        etag: what the server said of the bytes.
        last_modified: the same, for servers that give no etag.

    Returns:
        The folder in which it is kept.
    """
    (entry,) = provenance.vintage
    for waiting in held_back_loads(quarantine, figures.dataset):
        try:
            _, held, *_ = waiting.read()
        except Refused:
            # Nobody could accept it, and it must not stand for bytes that are whole.
            _rename(waiting, "damaged")
            continue
        if _hashes(held) == _hashes(entry):
            return waiting.folder
    folder = _new_folder(quarantine / figures.dataset, entry.known_on)
    write_vintage(folder, figures, provenance)
    if neighbourhoods:
        write_neighbourhoods(folder / figures.dataset, entry, neighbourhoods)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    reasons = [f"found {fault.found}, expected {fault.expected}" for fault in doubts.faults]
    lines = [
        f"known_on = {entry.known_on}",
        f"reasons = {json.dumps(reasons, ensure_ascii=False)}",
        f"etag = {json.dumps(etag or '')}",
        f"last_modified = {json.dumps(last_modified or '')}",
    ]
    # Last: a folder without it was left half written, and nothing waits there.
    (folder / REASONS_FILE).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def _hashes(entry: VintageEntry) -> tuple[str, str]:
    return entry.figures_sha256, entry.neighbourhoods_sha256


def _new_folder(parent: Path, known_on: date) -> Path:
    """A folder for a load of this day, whose name none has or had, whatever became of it."""
    taken = {path.name.split(".")[0] for path in parent.glob(f"{known_on}*")}
    names = (str(known_on) if number == 1 else f"{known_on}-{number}" for number in count(1))
    return parent / next(name for name in names if name not in taken)


def held_back_loads(quarantine: Path, dataset: str | None = None) -> list[HeldBackLoad]:
    """The loads that wait, oldest first; of one table, or of all.

    One whose reasons cannot be read any more waits too, and says so in their place.
    """
    found = [
        _read_reasons(path)
        for path in quarantine.glob(f"{dataset or '*'}/*/{REASONS_FILE}")
        if not path.parent.suffix
    ]
    # Of one day the second has the longer name, and the tenth a longer one still.
    return sorted(
        found, key=lambda one: (one.dataset, one.known_on, len(one.folder.name), one.folder.name)
    )


def _read_reasons(path: Path) -> HeldBackLoad:
    folder = path.parent
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        words = (tuple(said["reasons"]), said["etag"], said["last_modified"])
    except (OSError, ValueError, KeyError) as error:
        reason = f"its reasons cannot be read ({type(error).__name__} in {path.name})"
        words = ((reason,), "", "")
    return HeldBackLoad(folder.parent.name, date.fromisoformat(folder.name[:10]), folder, *words)


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
    _rename(accepted, "accepted")
    supersede(quarantine, accepted.dataset)


def supersede(quarantine: Path, dataset: str) -> None:
    """Take the loads of a table out of what waits, as newer figures were loaded since."""
    for one in held_back_loads(quarantine, dataset):
        _rename(one, "superseded")


def _rename(load: HeldBackLoad, became: str) -> None:
    load.folder.rename(load.folder.with_name(f"{load.folder.name}.{became}"))
