"""Vintages of the snapshot as they are loaded: what was published, with what was corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ingest.correcting import Published, correct
from ingest.correction_files import Correction
from ingest.faults import Fault, Refused
from ingest.provenance import Provenance, VintageEntry, read_provenance
from ingest.snapshot import figures_sha256, read_vintage
from ingest.tidy import TidyFigures


def read_corrected(
    folder: Path,
    provenance: Provenance,
    entry: VintageEntry,
    corrections: Iterable[Correction],
) -> tuple[VintageEntry, TidyFigures]:
    """Read one vintage of the snapshot under `folder` with its corrections.

    Returns:
        The entry, whose hash is that of the figures as corrected, and the figures.

    Raises:
        Refused: the file is not the one that was written, or a correction does not apply.
    """
    figures = read_vintage(folder, provenance, entry)
    return as_loaded(figures, entry, corrections, published_in(folder, provenance.dataset))


def as_loaded(
    figures: TidyFigures,
    entry: VintageEntry,
    corrections: Iterable[Correction],
    published: Published,
) -> tuple[VintageEntry, TidyFigures]:
    """Figures as read with their corrections, and the entry with the hash of the outcome.

    Raises:
        Refused: a correction does not apply any more.
    """
    corrected = correct(figures, entry.known_on, corrections, published)
    if corrected is figures:
        return entry, figures
    # Corrected figures are others than the published ones: a store tells them apart by the hash.
    changed = {
        "figures_sha256": figures_sha256(corrected),
        "rows": len(corrected.frame),
        "rejected": len(corrected.rejected),
    }
    return entry.model_copy(update=changed), corrected


def published_in(folder: Path, dataset: str) -> Published:
    """What gives a vintage of a table, as it was published, from the snapshot under `folder`."""

    def published(known_on: date) -> TidyFigures:
        provenance = read_provenance(folder / dataset)
        for entry in provenance.vintage:
            if entry.known_on == known_on:
                return read_vintage(folder, provenance, entry)
        days = ", ".join(str(entry.known_on) for entry in provenance.vintage)
        remedy = "name a vintage of the snapshot in the guard of the correction"
        found = f"no vintage of {known_on}"
        raise Refused([Fault(f"{dataset}", None, "", found, f"one of {days}", remedy)])

    return published
