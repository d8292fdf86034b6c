"""Bringing the store to what the snapshot holds, whatever it held before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, zip_longest
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select

from data import dataset_writes, writes
from data.reference_data import REFERENCE, load_reference
from data.tables import vintage
from ingest.checking import check_figures
from ingest.comparing import Changes, compare
from ingest.declared import declared_series
from ingest.faults import Fault, Refused
from ingest.freshness import NEWEST_VINTAGE, record_current
from ingest.loading import Reading, as_stored, load_reading, refuse_faults, register
from ingest.provenance import Provenance, VintageEntry, read_provenance
from ingest.runs import LoadResult, load_transaction, recorded_run
from ingest.snapshot import SNAPSHOT_FOLDER, read_vintage, snapshot_datasets
from ingest.tidy import TidyFigures
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
        report: told each table as it is done.

    Raises:
        ReferenceDataError: the reference files have faults.
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
    for dataset, readings in _readings(folder, wanted, catalogue, areas, build).items():
        try:
            build.results.extend(_bring_up_to_date(engine, dataset, readings, areas))
        except Refused as refusal:
            build.refusals[dataset] = refusal
        report(dataset)
    with engine.begin() as connection:
        build.measures = refresh_measures(connection, catalogue)
        record_vintages(connection)
        if not build.refusals:
            record_current(connection, inputs)
    return build


def record_vintages(connection: Connection) -> None:
    """Record which vintage is the newest, so that pages know that what they drew is old."""
    newest = connection.scalar(select(func.max(vintage.c.id)))
    dataset_writes.write_state(connection, NEWEST_VINTAGE, str(newest or 0))


def _readings(
    folder: Path,
    datasets: Iterable[str],
    catalogue: Catalogue,
    areas: Mapping[str, int],
    build: BuildResult,
) -> dict[str, list[Reading]]:
    """Read and check every vintage of the tables; those that cannot be read are refused."""
    read: dict[str, list[tuple[Provenance, VintageEntry, TidyFigures]]] = {}
    for dataset in datasets:
        try:
            provenance = read_provenance(folder / dataset)
            read[dataset] = [
                (provenance, entry, read_vintage(folder, provenance, entry))
                for entry in _distinct(provenance.vintage)
            ]
        except Refused as refusal:
            build.refusals[dataset] = refusal
    readings: dict[str, list[Reading]] = {dataset: [] for dataset in read}
    # The first vintages of all tables are checked in one pass, then the second ones, and so on.
    for several in zip_longest(*read.values()):
        batch = [one for one in several if one is not None]
        checked = check_figures(
            [figures for *_, figures in batch], catalogue.metrics.values(), areas
        )
        for (provenance, entry, _), one in zip(batch, checked, strict=True):
            readings[provenance.dataset].append(Reading(one, provenance, entry))
    return readings


def _distinct(vintages: Iterable[VintageEntry]) -> Iterable[VintageEntry]:
    """The same figures put out again are no new vintage: the first day stands."""
    for _, same in groupby(vintages, key=lambda entry: entry.figures_sha256):
        yield next(same)


def _bring_up_to_date(
    engine: Engine, dataset: str, readings: list[Reading], areas: Mapping[str, int]
) -> list[LoadResult]:
    with recorded_run(engine, "load", dataset) as results:
        refuse_faults(readings)
        with load_transaction(engine, dataset) as connection:
            held = dict(writes.held_vintages(connection, dataset))
            if held and not _agrees(connection, held, readings, areas):
                _refuse_to_lose(held, readings)
                writes.forget_figures(connection, dataset)
                held = {}
            newest = max(held, default=date.min)
            results.extend(
                load_reading(connection, reading, areas)
                for reading in readings
                if reading.entry.known_on > newest
            )
            if not results:
                results.append(LoadResult(dataset, newest, "unchanged", Changes(), 0))
    return results


def _agrees(
    connection: Connection,
    held: dict[date, str],
    readings: list[Reading],
    areas: Mapping[str, int],
) -> bool:
    """Whether what is held could have come from the snapshot as it is and is defined now.

    Figures that were loaded under another definition (months where now days are declared), or
    from another reading of the same file, do not.
    """
    newest = max(held)
    earlier = [reading for reading in readings if reading.entry.known_on <= newest]
    if not all(held.get(one.entry.known_on) == one.entry.figures_sha256 for one in earlier):
        return False
    if not earlier:
        return True
    last = earlier[-1]
    change = compare(
        writes.held_figures(connection, last.provenance.dataset, last.entry.known_on),
        as_stored(last.checked, register(connection, last), areas),
        last.provenance.load_replaces == "periods",
    )
    return change.counts == Changes()


def _refuse_to_lose(held: dict[date, str], readings: list[Reading]) -> None:
    """Building a table again takes it out first: only what the snapshot can give back may go."""
    lost = sorted(set(held) - {reading.entry.known_on for reading in readings})
    if lost:
        raise Refused(
            [
                Fault(
                    *(readings[0].checked.figures.file, None, ""),
                    f"the store also holds what was known on {', '.join(map(str, lost))}",
                    "a snapshot with every vintage held, since its figures or their definition "
                    "changed and they have to be built again",
                    "write the missing vintages into the snapshot (python -m ingest snapshot), or "
                    "build a new store and pull them again",
                )
            ]
        )
