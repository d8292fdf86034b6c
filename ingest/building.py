"""Bringing the store to what the snapshot holds, whatever it held before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, zip_longest
from pathlib import Path

from sqlalchemy import Connection, Engine

from data import dataset_writes, writes
from data.reference_data import REFERENCE, load_reference
from ingest.checking import check_figures
from ingest.comparing import Changes
from ingest.correction_files import Correction, read_corrections
from ingest.declared import declared_series
from ingest.faults import Refused
from ingest.freshness import record_current, record_measures
from ingest.loading import Reading, load_reading, refuse_faults
from ingest.neighbourhoods import load_shipped
from ingest.provenance import Provenance, VintageEntry, read_provenance
from ingest.rebuilding import as_defined, rebuild
from ingest.runs import LoadResult, load_transaction, recorded_run
from ingest.snapshot import SNAPSHOT_FOLDER, snapshot_datasets
from ingest.tidy import TidyFigures
from ingest.vintages import read_corrected
from metrics.catalogue import Catalogue
from metrics.computing import refresh_measures

Report = Callable[[str], None]


@dataclass
class BuildResult:
    """What came of bringing the store to the snapshot.

    Attributes:
        results: one for each vintage that was loaded or was there already.
        refusals: for each table that was refused, why; its earlier figures stay.
        undeclared: tables in the snapshot that no definition names, and so are not loaded.
        measures: how many measures the store now holds.
    """

    results: list[LoadResult] = field(default_factory=list)
    refusals: dict[str, Refused] = field(default_factory=dict)
    undeclared: list[str] = field(default_factory=list)
    measures: int = 0


def load_snapshot(
    engine: Engine,
    catalogue: Catalogue,
    inputs: str,
    *,
    folder: Path = SNAPSHOT_FOLDER,
    reference: Path = REFERENCE,
    corrections: Iterable[Correction] | None = None,
    report: Report = lambda _: None,
) -> BuildResult:
    """Load reference data and every vintage of the snapshot, and compute the measures.

    A table that is refused keeps the figures it has, the others are loaded all the same.

    Args:
        engine: a migrated store.
        catalogue: the definitions.
        inputs: the hash of what the store is built from (`ingest.freshness`), recorded only when
            nothing was refused.
        folder: the snapshot.
        reference: the reference files.
        corrections: what is loaded otherwise than it was published; those of the product by
            default.
        report: told each table as it is done.

    Raises:
        ReferenceDataError: the reference files have faults.
        Refused: the declared corrections have faults.
        StoreBusyError: another load is running.
    """
    build = BuildResult()
    declared = declared_series(catalogue.metrics.values())
    with engine.begin() as connection:
        load_reference(connection, reference)
        dataset_writes.forget_other_series(
            connection, {(one.dataset, one.label.label) for one in declared}
        )
        areas = dataset_writes.area_numbers(connection)
    named = {one.dataset for one in declared}
    present = snapshot_datasets(folder)
    build.undeclared = [dataset for dataset in present if dataset not in named]
    wanted = [dataset for dataset in present if dataset in named]
    applied = read_corrections() if corrections is None else tuple(corrections)
    read = _read(folder, wanted, applied, build)
    for dataset, readings in _checked(read, catalogue, areas).items():
        try:
            build.results.extend(_bring_up_to_date(engine, folder, dataset, readings, areas))
        except Refused as refusal:
            build.refusals[dataset] = refusal
        report(dataset)
    with engine.begin() as connection:
        build.measures = refresh_measures(connection, catalogue, reference)
        record_measures(connection)
        if not build.refusals:
            record_current(connection, inputs)
    return build


_Read = tuple[Provenance, VintageEntry, TidyFigures]


def _read(
    folder: Path,
    datasets: Iterable[str],
    corrections: Iterable[Correction],
    build: BuildResult,
) -> dict[str, list[_Read]]:
    """Read every vintage of the tables, corrected; tables that cannot be read are refused."""
    read: dict[str, list[_Read]] = {}
    for dataset in datasets:
        try:
            provenance = read_provenance(folder / dataset)
            read[dataset] = [
                (provenance, *read_corrected(folder, provenance, entry, corrections))
                for entry in _distinct(provenance.vintage)
            ]
        except Refused as refusal:
            build.refusals[dataset] = refusal
    return read


def _checked(
    read: dict[str, list[_Read]], catalogue: Catalogue, areas: Mapping[str, int]
) -> dict[str, list[Reading]]:
    """Hold what was read to the definitions; the newest vintage also to their coverage."""
    readings: dict[str, list[Reading]] = {dataset: [] for dataset in read}
    # The newest vintages of all tables are checked in one pass, then the ones before them, ...
    for several in zip_longest(*(reversed(vintages) for vintages in read.values())):
        batch = [one for one in several if one is not None]
        checked = check_figures(
            [figures for *_, figures in batch],
            catalogue.metrics.values(),
            areas,
            newest=not any(readings.values()),
        )
        for (provenance, entry, _), one in zip(batch, checked, strict=True):
            readings[provenance.dataset].insert(0, Reading(one, provenance, entry))
    return readings


def _distinct(vintages: Iterable[VintageEntry]) -> Iterable[VintageEntry]:
    """The same figures put out again are no new vintage: the first day stands."""
    for _, same in groupby(vintages, key=lambda entry: entry.figures_sha256):
        yield next(same)


def _bring_up_to_date(
    engine: Engine,
    folder: Path,
    dataset: str,
    readings: list[Reading],
    areas: Mapping[str, int],
) -> list[LoadResult]:
    with recorded_run(engine, "load", dataset) as results:
        refuse_faults(readings)
        with load_transaction(engine, dataset) as connection:
            held = dict(writes.held_vintages(connection, dataset))
            if held and not _agrees(connection, held, readings, areas):
                results.extend(rebuild(connection, dataset, readings, areas))
            else:
                newest = max(held, default=date.min)
                results.extend(
                    load_reading(connection, reading, areas)
                    for reading in readings
                    if reading.entry.known_on > newest
                )
            if not results:
                results.append(LoadResult(dataset, newest, "unchanged", Changes(), 0))
            load_shipped(connection, folder, dataset)
    return results


def _agrees(
    connection: Connection,
    held: dict[date, str],
    readings: list[Reading],
    areas: Mapping[str, int],
) -> bool:
    """Whether what is held could have come from the snapshot as it is and is defined now.

    Figures that were loaded under another definition (months where now days are declared), or
    from another reading of the same file, do not; nor do those between which the snapshot now
    has a vintage.
    """
    newest = max(held)
    earlier = [reading for reading in readings if reading.entry.known_on <= newest]
    if not all(held.get(one.entry.known_on) == one.entry.figures_sha256 for one in earlier):
        return False
    return not earlier or as_defined(connection, earlier[-1], areas)
