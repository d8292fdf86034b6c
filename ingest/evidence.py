"""The figures of a vintage read again from what is kept of it: archived bytes, or its file.

Archived bytes are preferred: they are what the publisher served. Where their hash is not held,
or they are damaged, the shipped file of the vintage is read, held to the hash in its provenance.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from sqlalchemy import Connection

from data import dataset_writes
from data.reference_data import itl1_codes
from data.vintage_reads import HeldVintage, read_held_vintages
from ingest.archive import Archive, Retrieval
from ingest.arriving import read_archived
from ingest.checking import check_figures
from ingest.correcting import correct
from ingest.correction_files import read_corrections
from ingest.faults import Fault, Refused
from ingest.places import Places
from ingest.provenance import PROVENANCE_FILE, VintageEntry, read_provenance
from ingest.snapshot import figures_sha256, read_vintage
from ingest.sources.els_datasets import els_datasets
from ingest.sources.els_history import read_els_history
from ingest.tidy import TidyFigures
from ingest.vintages import published_in
from metrics.catalogue import Catalogue
from metrics.figure import canonical_number

Kept = Literal["archived bytes", "shipped file"]
# Metric, breakdown, area, first and last day.
Place = tuple[str, str, str, date, date]
# Value and both ends of the interval as canonical text, and status letters.
Facts = tuple[str | None, str | None, str | None, str]
# Figures are verified table by table, so few vintages are needed at a time.
_VINTAGES_AT_A_TIME = 4


@dataclass(frozen=True)
class Evidence:
    """One vintage as it was read again.

    Attributes:
        kept: what it was read from, whose hash is `sha256`.
        facts: every figure by its place.
        not_used: why archived bytes were not what it was read from; empty where they were.
    """

    kept: Kept
    sha256: str
    facts: Mapping[Place, Facts]
    not_used: str = ""


class Reader:
    """Reads vintages again, and remembers the last few.

    Args:
        connection: the store that they are in.
        places: where the snapshot, the archive and the declarations are.
        catalogue: the definitions.
    """

    def __init__(self, connection: Connection, places: Places, catalogue: Catalogue) -> None:
        self._connection = connection
        self._places = places
        self._catalogue = catalogue
        self._archive = Archive(places.archive)
        self._itl1 = itl1_codes(places.reference)
        self._corrections = read_corrections(places.corrections)
        self._areas = frozenset(dataset_writes.area_numbers(connection))
        self.vintages = lru_cache(maxsize=_VINTAGES_AT_A_TIME)(self._vintages)
        self.read = lru_cache(maxsize=_VINTAGES_AT_A_TIME)(self._read)

    def _vintages(self, dataset: str) -> dict[date, HeldVintage]:
        return {one.known_on: one for one in read_held_vintages(self._connection, dataset)}

    def _read(self, dataset: str, known_on: date) -> Evidence | Refused:
        """A vintage of the store, read again from what is kept of it; or why it cannot be."""
        held = self.vintages(dataset)[known_on]
        entry = self._entry(dataset, held)
        try:
            retrieval = self._archive.with_bytes(dataset, held.retrieval["sha256"])
            not_used = "" if retrieval else "its bytes are not in the archive"
            if retrieval is not None:
                figures = self._from_archive(retrieval)
                return self._evidence(figures, held, "archived bytes", retrieval.sha256)
        except Refused as refusal:
            not_used = _in_short(refusal)
        try:
            if entry is None:
                found = f"{not_used}, and it is not in the snapshot"
                raise Refused([_not_kept(dataset, known_on, found)])
            provenance = read_provenance(self._places.snapshot / dataset)
            figures = read_vintage(self._places.snapshot, provenance, entry)
            return self._evidence(figures, held, "shipped file", entry.figures_sha256, not_used)
        except Refused as refusal:
            return refusal

    def _entry(self, dataset: str, held: HeldVintage) -> VintageEntry | None:
        """What the snapshot says of a vintage, where it was made from the same bytes."""
        folder = self._places.snapshot / dataset
        if not (folder / PROVENANCE_FILE).exists():
            return None
        said = (held.known_on, held.retrieval["sha256"])
        entries = read_provenance(folder).vintage
        return next((one for one in entries if (one.known_on, one.sha256) == said), None)

    def _from_archive(self, retrieval: Retrieval) -> TidyFigures:
        if retrieval.read_as == "today":
            return read_archived(self._archive, retrieval, self._itl1).figures
        (file,) = retrieval.files
        content = self._archive.content(file)
        declared = els_datasets()[retrieval.dataset]
        return read_els_history(content, declared, self._itl1, file.name)

    def _evidence(
        self, figures: TidyFigures, held: HeldVintage, kept: Kept, sha256: str, not_used: str = ""
    ) -> Evidence:
        """The figures as they are loaded, which have to be those of the vintage, all of them."""
        published = published_in(self._places.snapshot, figures.dataset)
        corrected = correct(figures, held.known_on, self._corrections, published)
        metrics = self._catalogue.metrics.values()
        (checked,) = check_figures([corrected], metrics, self._areas, newest=False)
        if checked.faults:
            raise Refused(checked.faults)
        if (now := figures_sha256(corrected)) != held.figures_sha256:
            found = f"other figures than were loaded (sha256 {now})"
            raise Refused([_not_kept(figures.dataset, held.known_on, found)])
        rows = checked.rows
        labels = [(one.metric.id, one.label.breakdown) for one in checked.declared]
        places = zip(
            rows["declared"].tolist(),
            rows["ref_area"].tolist(),
            rows["period_start"].dt.date.tolist(),
            rows["period_end"].dt.date.tolist(),
            strict=True,
        )
        facts = zip(
            *(map(_written, rows[name].tolist()) for name in ("obs_value", "lower_95", "upper_95")),
            rows["obs_status"].tolist(),
            strict=True,
        )
        found_at = {
            (*labels[number], area, start, end): fact
            for (number, area, start, end), fact in zip(places, facts, strict=True)
        }
        return Evidence(kept, sha256, found_at, not_used)


def _written(number: float) -> str | None:
    return None if number != number else canonical_number(number)


def _not_kept(dataset: str, known_on: date, found: str) -> Fault:
    return Fault(
        *(dataset, None, "", found),
        f"what is kept of the vintage of {known_on}",
        "restore the archive or the snapshot from a backup",
    )


def _in_short(refusal: Refused) -> str:
    """The first fault in one line."""
    first = refusal.faults[0]
    return f"its archived bytes could not be used ({first.file}: found {first.found})"
