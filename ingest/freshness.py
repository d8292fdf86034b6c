"""Whether the store is already what the files of this checkout say. Light, to start quickly."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from data.dataset_writes import read_state, write_state
from data.measure_reads import measures_sha256
from data.store import PROJECT
from data.tables import vintage

CORRECTIONS = PROJECT / "data" / "corrections"
BUILT_FROM = "built_from"
# Pages remember what they drew for as long as what is recorded of the store stays the same.
NEWEST_VINTAGE = "newest_vintage"
MEASURES_SHA256 = "measures_sha256"
# Code that decides how periods, and the dated facts of deals, are read.
_READING = (PROJECT / "data" / "periods.py", PROJECT / "data" / "devolution.py")
_SOURCES = PROJECT / "ingest" / "sources"


def inputs_sha256(
    snapshot: Path, reference: Path, metrics: Path, corrections: Path = CORRECTIONS
) -> str:
    """One hash over every file that decides what `load` puts into the store.

    Args:
        snapshot: the figures.
        reference: areas, changes and groups (boundaries are not in the store).
        metrics: the declarations, and the code that computes measures.
        corrections: what is loaded otherwise than it was published.
    """
    places = (
        (snapshot, snapshot.glob("*/*")),
        (reference, reference.glob("*")),
        (metrics, metrics.glob("**/*.toml")),
        (corrections, corrections.glob("*.toml")),
        (PROJECT / "metrics", (PROJECT / "metrics").glob("**/*.py")),
        (PROJECT / "data", _READING),
        # Which tables there are, and in which rhythm each is published.
        (_SOURCES, _SOURCES.glob("**/*.toml")),
    )
    digest = hashlib.sha256()
    for folder, paths in places:
        for path in sorted(path for path in paths if path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(engine: Engine, inputs: str) -> bool:
    """Whether the (migrated) store was last built in full from inputs of this hash."""
    with engine.connect() as connection:
        return read_state(connection, BUILT_FROM) == inputs and not measures_due(connection)


def measures_due(connection: Connection) -> bool:
    """Whether figures were loaded after the measures were last computed.

    So it is after a run that was stopped between the two: figures and verdicts would differ.
    """
    newest = connection.scalar(select(func.max(vintage.c.id)))
    return read_state(connection, NEWEST_VINTAGE) != str(newest or 0)


def record_measures(connection: Connection) -> None:
    """Record which vintages the measures were computed from, and what they came to."""
    newest = connection.scalar(select(func.max(vintage.c.id)))
    write_state(connection, NEWEST_VINTAGE, str(newest or 0))
    write_state(connection, MEASURES_SHA256, measures_sha256(connection))


def record_current(connection: Connection, inputs: str) -> None:
    """Record that the store holds everything that inputs of this hash say."""
    write_state(connection, BUILT_FROM, inputs)
