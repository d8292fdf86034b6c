"""Earlier versions of a table written into the snapshot as vintages.

Nothing that is there is touched: a version is written only where the snapshot has no vintage of
its day, and the store is brought to the snapshot afterwards (`ingest.building`), where vintages
that only the store has are put back in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd

from ingest.checking import check_figures
from ingest.correcting import correct
from ingest.correction_files import Correction
from ingest.faults import Fault, Refused
from ingest.provenance import PROVENANCE_FILE, Provenance, VintageEntry, read_provenance
from ingest.snapshot import figures_sha256, read_vintage, write_vintage
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_history import read_els_history
from ingest.tidy import TidyFigures
from ingest.versions import Version
from ingest.vintages import published_in
from metrics.definition import Metric

# What makes two figures the same; notes are words about them.
_COMPARED = [
    *("declared", "ref_area", "period_start", "period_end"),
    *("obs_value", "lower_95", "upper_95", "obs_status"),
]


@dataclass
class Backfilled:
    """What became of the versions of one table, by the day of each.

    Attributes:
        written: vintages that are new in the snapshot.
        held: days of which the snapshot had a vintage already.
        repeated: versions whose figures are those of the vintage before.
        unreadable: versions that were left out, and why.
    """

    dataset: str
    written: list[date] = field(default_factory=list)
    held: list[date] = field(default_factory=list)
    repeated: list[date] = field(default_factory=list)
    unreadable: dict[date, Refused] = field(default_factory=dict)

    def in_words(self) -> str:
        """One line for a person."""
        counts = (
            (self.written, "written"),
            (self.held, "held already"),
            (self.repeated, "with the figures of the one before"),
            (self.unreadable, "left out"),
        )
        words = ", ".join(f"{len(days)} {word}" for days, word in counts if days)
        return f"{self.dataset}: {words or 'no versions'}"


@dataclass(frozen=True)
class Backfill:
    """What writing earlier versions needs: places, definitions, areas."""

    snapshot: Path
    metrics: Collection[Metric]
    areas: Collection[str]
    itl1: Mapping[str, str]
    corrections: Collection[Correction]
    retrieved_on: date


def write_versions(
    backfill: Backfill, declared: ElsDataset, versions: Sequence[Version]
) -> Backfilled:
    """Write the versions of one table that say something new into the snapshot.

    Args:
        backfill: where to, and what figures are held to.
        declared: the table.
        versions: oldest first, no two of one day.

    Raises:
        Refused: the snapshot has no vintage of the table to go by, or has one with faults.
    """
    folder = backfill.snapshot
    if not (folder / declared.id / PROVENANCE_FILE).exists():
        remedy = "write today's figures first (python -m ingest snapshot)"
        expected = "the table's producer and licence, from a vintage of today's file"
        raise Refused([Fault(declared.id, None, "", "no vintage", expected, remedy)])
    provenance = read_provenance(folder / declared.id)
    outcome = Backfilled(declared.id)
    held = {entry.known_on: entry for entry in provenance.vintage}
    sources: dict[date, Callable[[], TidyFigures]] = {
        **{one.known_on: _reader(backfill, declared, one) for one in versions},
        **{day: _holder(folder, provenance, entry) for day, entry in held.items()},
    }
    by_day = {one.known_on: one for one in versions}

    def published(day: date) -> TidyFigures:
        return sources[day]() if day in sources else published_in(folder, declared.id)(day)

    before: pd.DataFrame | None = None
    for day, read in sorted(sources.items()):
        try:
            figures = read()
            _refuse_faults(backfill, correct(figures, day, backfill.corrections, published))
        except Refused as refusal:
            if day in held:
                raise
            outcome.unreadable[day] = refusal
            continue
        comparable = _comparable(backfill, figures)
        if day in held:
            if day in by_day:
                outcome.held.append(day)
        elif before is not None and comparable.equals(before):
            outcome.repeated.append(day)
            continue
        else:
            entry = _entry(by_day[day], figures, backfill.retrieved_on)
            changes = {"vintage": (entry,), "load_replaces": declared.load_replaces}
            write_vintage(folder, figures, provenance.model_copy(update=changes))
            outcome.written.append(day)
        before = comparable
    return outcome


def _reader(
    backfill: Backfill, declared: ElsDataset, version: Version
) -> Callable[[], TidyFigures]:
    file = f"{declared.id}.csv of {version.known_on}"
    return lambda: read_els_history(version.content, declared, backfill.itl1, file)


def _holder(folder: Path, provenance: Provenance, entry: VintageEntry) -> Callable[[], TidyFigures]:
    return lambda: read_vintage(folder, provenance, entry)


def _refuse_faults(backfill: Backfill, figures: TidyFigures) -> None:
    (checked,) = check_figures([figures], backfill.metrics, backfill.areas, newest=False)
    if checked.faults:
        raise Refused(checked.faults)


def _comparable(backfill: Backfill, figures: TidyFigures) -> pd.DataFrame:
    """The figures as published: a fault and its mending are two vintages."""
    (checked,) = check_figures([figures], backfill.metrics, backfill.areas, newest=False)
    return checked.rows[_COMPARED].sort_values(_COMPARED[:4], ignore_index=True)


def _entry(version: Version, figures: TidyFigures, retrieved_on: date) -> VintageEntry:
    return VintageEntry(
        known_on=version.known_on,
        retrieved_on=max(retrieved_on, version.known_on),
        url=version.url,
        publisher_commit=version.commit,
        sha256=version.sha256,
        size_bytes=len(version.content),
        metadata_sha256="",
        figures_sha256=figures_sha256(figures),
        rows=len(figures.frame),
        rejected=len(figures.rejected),
    )
