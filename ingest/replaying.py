"""What pulls brought into a store, read again from the archive: no network, the same vintages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from data.vintage_reads import read_held_vintages
from ingest.archive import GAVE_A_VINTAGE, Archive, Retrieval
from ingest.arriving import read_archived
from ingest.checking import CheckedFigures
from ingest.faults import Refused
from ingest.loading import Reading
from ingest.provenance import Provenance, VintageEntry
from ingest.pulling import Pulled
from ingest.sources.fuel_poverty import Neighbourhood
from ingest.tidy import TidyFigures


@dataclass(frozen=True, slots=True)
class ReadVintage:
    """One vintage as it was read, from the snapshot or from archived bytes.

    Attributes:
        etag, last_modified: what the server said of the bytes, where they were fetched.
        neighbourhoods: the figures of small areas, where they came with the bytes.
        accepted_for: the reason for which a person took it in after it had been held back.
    """

    provenance: Provenance
    entry: VintageEntry
    figures: TidyFigures
    etag: str | None = None
    last_modified: str | None = None
    neighbourhoods: tuple[Neighbourhood, ...] = ()
    accepted_for: str = ""

    def as_reading(self, checked: CheckedFigures) -> Reading:
        """The vintage as it is loaded, once its figures are checked."""
        said = (self.etag, self.last_modified)
        return Reading(checked, self.provenance, self.entry, *said, self.neighbourhoods)


@dataclass(frozen=True, slots=True)
class Replay:
    """The vintages that an archive holds.

    What came of each retrieval is not judged anew: what gave a vintage gives it again, for the
    reason that was stated if a person accepted it, and what was refused, held back or repeated
    what was held gives none. The figures are held to the definitions and corrections of now.
    """

    archive: Archive
    itl1_codes: Mapping[str, str]

    def datasets(self) -> list[str]:
        """The tables of which something is archived."""
        return self.archive.datasets()

    def vintages(self, dataset: str) -> tuple[list[ReadVintage], dict[str, Refused]]:
        """The vintages of a table in the order in which they were loaded.

        Returns:
            The vintages, and why others cannot be read any more: damaged or missing bytes, or
            faults as they are read today, under `<dataset> of <day>`.

        Raises:
            Refused: a record of the archive cannot be read.
        """
        found, unread = [], {}
        for one in self.archive.retrievals(dataset):
            if one.retrieval.outcome not in GAVE_A_VINTAGE:
                continue
            try:
                pulled = read_archived(self.archive, one.retrieval, self.itl1_codes)
            except Refused as refusal:
                unread[f"{dataset} of {one.retrieval.known_on}"] = refusal
            else:
                found.append(_as_vintage(pulled, one.retrieval))
        return found, unread


def _as_vintage(pulled: Pulled, retrieval: Retrieval) -> ReadVintage:
    (entry,) = pulled.provenance.vintage
    said = (pulled.retrieved.etag, pulled.retrieved.last_modified)
    reason = retrieval.reason if retrieval.outcome == "accepted" else ""
    return ReadVintage(
        *(pulled.provenance, entry, pulled.figures), *said, pulled.neighbourhoods, reason
    )


def settle_interrupted(archive: Archive, engine: Engine, dataset: str) -> None:
    """Find out what came of retrievals whose run was killed: the store knows.

    Raises:
        Refused: a record of the archive cannot be read.
    """
    interrupted = [one for one in archive.retrievals(dataset) if not one.retrieval.outcome]
    if not interrupted:
        return
    with engine.connect() as connection:
        held = {
            (vintage.known_on, vintage.retrieval["sha256"])
            for vintage in read_held_vintages(connection, dataset)
        }
    for one in interrupted:
        came_in = (one.retrieval.known_on, one.retrieval.sha256) in held
        archive.settle(one, "loaded" if came_in else "interrupted")
