"""From a publisher's bytes to figures that can be checked and loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ingest.faults import Fault, Refused
from ingest.provenance import Provenance
from ingest.recorded import read_recorded
from ingest.snapshot import Retrieved, describe
from ingest.sources.els import read_els
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_metadata import read_metadata
from ingest.sources.fuel_poverty import Neighbourhood
from ingest.tidy import TidyFigures


@dataclass(frozen=True, slots=True)
class Pulled:
    """One table as read from the publisher's bytes, not yet checked against definitions.

    `files` has the bytes by the name under which they are kept; `neighbourhoods` the figures of
    small areas, where the table has any.
    """

    figures: TidyFigures
    provenance: Provenance
    retrieved: Retrieved
    files: Mapping[str, bytes]
    neighbourhoods: tuple[Neighbourhood, ...] = ()


def read_pulled(
    declared: ElsDataset,
    itl1_codes: Mapping[str, str],
    csv: bytes,
    json: bytes,
    retrieved: Retrieved,
) -> Pulled:
    """Read the bytes of one table.

    Raises:
        Refused: with every fault of the CSV and of the JSON together.
    """
    faults: list[Fault] = []
    try:
        figures = read_els(csv, declared, itl1_codes, f"{declared.id}.csv")
    except Refused as refusal:
        faults.extend(refusal.faults)
    try:
        metadata = read_metadata(json, f"{declared.id}.json")
    except Refused as refusal:
        faults.extend(refusal.faults)
    if faults:
        raise Refused(faults)
    if retrieved.published_on is None:
        retrieved = replace(retrieved, published_on=max(metadata.published))
    files = {f"{declared.id}.csv": csv, f"{declared.id}.json": json}
    return Pulled(figures, describe(figures, declared, metadata, retrieved), retrieved, files)


def pull_recorded(
    folder: Path,
    declared: ElsDataset,
    itl1_codes: Mapping[str, str],
    *,
    known_on: date | None,
    retrieved_on: date,
) -> Pulled:
    """Read recorded bytes as if they had just been fetched.

    Args:
        folder: where they are.
        declared: the table.
        itl1_codes: the GSS code of each ITL 1 code.
        known_on: when the figures became known; by default the day that the index gives.
        retrieved_on: when the bytes were fetched.

    Raises:
        Refused: the bytes have faults, or nothing says when they were published.
    """
    recorded = read_recorded(folder, declared.id)
    day = known_on or (recorded.index.published_on if recorded.index else None)
    if day is None:
        remedy = "give --known-on with the day on which the publisher put them out"
        fault = Fault(f"{declared.id}.csv", None, "", "no date", "when it was published", remedy)
        raise Refused([fault])
    return read_pulled(
        declared,
        itl1_codes,
        recorded.csv,
        recorded.json,
        Retrieved(
            url=recorded.index.url if recorded.index else declared.csv_url,
            known_on=day,
            retrieved_on=retrieved_on,
            sha256=hashlib.sha256(recorded.csv).hexdigest(),
            size_bytes=len(recorded.csv),
            metadata_sha256=hashlib.sha256(recorded.json).hexdigest(),
            publisher_commit=recorded.index.commit if recorded.index else "",
            published_on=recorded.index.published_on if recorded.index else None,
        ),
    )


def keep(folder: Path, pulled: Pulled) -> None:
    """Keep the bytes as they came, where `check` and `snapshot` find them."""
    target = folder / pulled.figures.dataset
    target.mkdir(parents=True, exist_ok=True)
    for name, content in pulled.files.items():
        (target / name).write_bytes(content)
