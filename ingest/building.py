"""Bringing the store to what the snapshot holds, whatever it held before."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
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
from ingest.loading import Reading, load_in_order, refuse_faults
from ingest.neighbourhoods import load_shipped
from ingest.provenance import read_provenance
from ingest.rebuilding import as_defined, rebuild
from ingest.releases import write_releases
from ingest.replaying import ReadVintage, Replay
from ingest.runs import LoadResult, load_transaction, recorded_run
from ingest.snapshot import SNAPSHOT_FOLDER, read_vintage, snapshot_datasets
from ingest.vintages import as_loaded, published_in
from metrics.catalogue import Catalogue
from metrics.computing import refresh_measures

Report = Callable[[str], None]


@dataclass
class BuildResult:
    """What came of bringing the store to the snapshot.

    Attributes:
        results: one for each vintage that was loaded or was there already.
        refusals: for each table that was refused, why; its earlier figures stay. Also for each
            vintage of the archive that could not be read, under `<dataset> of <day>`.
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
    replay: Replay | None = None,
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
        replay: the vintages that pulls brought in, to be loaded in their places between those of
            the snapshot.
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
    present = sorted({*snapshot_datasets(folder), *(replay.datasets() if replay else ())})
    build.undeclared = [dataset for dataset in present if dataset not in named]
    wanted = [dataset for dataset in present if dataset in named]
    applied = read_corrections() if corrections is None else tuple(corrections)
    with _no_search_for_cycles():
        read = _read(folder, wanted, applied, replay, build)
        for dataset, readings in _checked(read, catalogue, areas).items():
            try:
                results = _bring_up_to_date(engine, folder, dataset, readings, areas)
                _say_what_was_accepted(engine, read[dataset], results)
                build.results.extend(results)
            except Refused as refusal:
                build.refusals[dataset] = refusal
            report(dataset)
    with engine.begin() as connection:
        build.measures = refresh_measures(connection, catalogue, reference)
        record_measures(connection)
        write_releases(connection, catalogue)
        if not build.refusals:
            record_current(connection, inputs)
    return build


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep the garbage collector from going through the rows again and again.

    A load makes millions of texts and numbers and next to nothing that refers to itself; looking
    for that takes a tenth of its time. Everything else is freed as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _read(
    folder: Path,
    datasets: Iterable[str],
    corrections: Sequence[Correction],
    replay: Replay | None,
    build: BuildResult,
) -> dict[str, list[ReadVintage]]:
    """Read every vintage of the tables, corrected; tables that cannot be read are refused."""
    read: dict[str, list[ReadVintage]] = {}
    shipped = frozenset(snapshot_datasets(folder))
    for dataset in datasets:
        try:
            found = _shipped(folder, dataset) if dataset in shipped else []
            vintages = {one.entry.known_on: one for one in found}
            if replay is not None:
                pulled, unread = replay.vintages(dataset)
                # What is shipped of a day has been reviewed, and stands.
                vintages = {one.entry.known_on: one for one in pulled} | vintages
                build.refusals.update(unread)
            in_order = [vintages[day] for day in sorted(vintages)]
            read[dataset] = [_corrected(folder, one, corrections) for one in _distinct(in_order)]
        except Refused as refusal:
            build.refusals[dataset] = refusal
    return {dataset: vintages for dataset, vintages in read.items() if vintages}


def _shipped(folder: Path, dataset: str) -> list[ReadVintage]:
    provenance = read_provenance(folder / dataset)
    return [
        ReadVintage(provenance, entry, read_vintage(folder, provenance, entry))
        for entry in provenance.vintage
    ]


def _corrected(
    folder: Path, vintage: ReadVintage, corrections: Iterable[Correction]
) -> ReadVintage:
    published = published_in(folder, vintage.provenance.dataset)
    entry, figures = as_loaded(vintage.figures, vintage.entry, corrections, published)
    return replace(vintage, entry=entry, figures=figures)


def _checked(
    read: dict[str, list[ReadVintage]], catalogue: Catalogue, areas: Mapping[str, int]
) -> dict[str, list[Reading]]:
    """Hold what was read to the definitions; the newest vintage also to their coverage."""
    batch = [one for vintages in read.values() for one in vintages]
    # All in one pass: what a pass costs before it looks at a row would come with each vintage.
    checked = check_figures(
        [one.figures for one in batch],
        catalogue.metrics.values(),
        areas,
        newest=[one is vintages[-1] for vintages in read.values() for one in vintages],
    )
    readings: dict[str, list[Reading]] = {dataset: [] for dataset in read}
    for vintage, one in zip(batch, checked, strict=True):
        readings[vintage.provenance.dataset].append(vintage.as_reading(one))
    return readings


def _distinct(vintages: Iterable[ReadVintage]) -> Iterable[ReadVintage]:
    """The same figures put out again are no new vintage: the first day stands."""
    for _, same in groupby(vintages, key=lambda one: one.entry.figures_sha256):
        yield next(same)


def _say_what_was_accepted(
    engine: Engine, vintages: Iterable[ReadVintage], results: Iterable[LoadResult]
) -> None:
    """Record the reasons for which people had accepted vintages that are loaded again."""
    loaded = {result.known_on: result for result in results if result.outcome == "loaded"}
    for one in vintages:
        if one.accepted_for and (result := loaded.get(one.entry.known_on)):
            reason = f"accepted: {one.accepted_for}"
            with recorded_run(engine, "accept", result.dataset, reason) as again:
                again.append(result)


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
                newer = [one for one in readings if one.entry.known_on > newest]
                results.extend(load_in_order(connection, newer, areas))
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
