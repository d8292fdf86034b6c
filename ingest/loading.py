"""Putting checked figures into the store: one transaction for each table, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine

from data import dataset_writes, writes
from ingest.checking import CheckedFigures
from ingest.comparing import Changes, Comparison, compare, first_figures
from ingest.faults import Fault, Refused
from ingest.neighbourhoods import bring_neighbourhoods
from ingest.provenance import Provenance, VintageEntry
from ingest.releases import write_release
from ingest.runs import LoadResult, load_transaction
from ingest.sources.adapters import ADAPTERS
from ingest.sources.fuel_poverty import Neighbourhood


@dataclass(frozen=True, slots=True)
class Reading:
    """Checked figures of one vintage, with where they came from.

    `etag` and `last_modified` are what the server said of the bytes, where they were fetched;
    `neighbourhoods` the figures of small areas, where the edition came with any.
    """

    checked: CheckedFigures
    provenance: Provenance
    entry: VintageEntry
    etag: str | None = None
    last_modified: str | None = None
    neighbourhoods: tuple[Neighbourhood, ...] = ()


Examine = Callable[[Connection, Reading, Mapping[str, int]], None]


def load_readings(
    engine: Engine, readings: Sequence[Reading], examine: Examine = lambda *_: None
) -> list[LoadResult]:
    """Load vintages of one table, oldest first, in one transaction.

    Args:
        engine: the store.
        readings: the vintages.
        examine: is called with each before it is loaded, in the same transaction, and may raise.

    Raises:
        Refused: the figures have faults, or are older than what is held; nothing is changed.
        StoreBusyError: another load of the table is running.
    """
    refuse_faults(readings)
    with load_transaction(engine, readings[0].provenance.dataset) as connection:
        areas = dataset_writes.area_numbers(connection)
        results = []
        for reading in readings:
            examine(connection, reading, areas)
            results.append(load_reading(connection, reading, areas))
        return results


def refuse_faults(readings: Sequence[Reading]) -> None:
    """Raise `Refused` with every fault that checking has found, if there is one."""
    if faults := [fault for reading in readings for fault in reading.checked.faults]:
        raise Refused(faults)


def load_reading(connection: Connection, reading: Reading, areas: Mapping[str, int]) -> LoadResult:
    """Load one vintage in the caller's transaction; the figures have been checked.

    Args:
        connection: the store, in the transaction of this load.
        reading: the vintage.
        areas: the number of each area code in the store.

    Raises:
        Refused: the vintage is older than the newest one held, or of the same day and different.
    """
    checked, entry, provenance = reading.checked, reading.entry, reading.provenance
    dataset = provenance.dataset
    numbers = register(connection, reading)
    held = writes.held_vintages(connection, dataset)
    if held:
        newest, newest_sha256 = held[-1]
        if newest_sha256 == entry.figures_sha256:
            _remember_answer(connection, reading)
            _remember_cadence(connection, provenance, newest)
            bring_neighbourhoods(connection, dataset, entry, reading.neighbourhoods)
            return LoadResult(dataset, newest, "unchanged", Changes(), entry.rejected)
        if entry.known_on <= newest:
            raise Refused([_not_newer(checked.figures.file, entry.known_on, newest)])
    figures = as_stored(checked, numbers, areas)
    if held:
        before = writes.held_figures(connection, dataset)
        change = compare(before, figures, provenance.load_replaces == "periods")
    else:
        change = first_figures(figures)
    retrieval = writes.write_retrieval(connection, _retrieval(reading))
    about = {
        "dataset_id": dataset,
        "known_on": entry.known_on,
        "figures_sha256": entry.figures_sha256,
        "rows_read": entry.rows,
    }
    rejected = [(row.row_number, row.raw, row.reason) for row in checked.figures.rejected]
    write_changes(connection, about, retrieval, change, rejected)
    _remember_cadence(connection, provenance, entry.known_on)
    bring_neighbourhoods(connection, dataset, entry, reading.neighbourhoods)
    return LoadResult(dataset, entry.known_on, "loaded", change.counts, entry.rejected)


def write_changes(
    connection: Connection,
    about: dict[str, Any],
    retrieval: int,
    change: Comparison,
    rejected: list[tuple[int, str, str]],
) -> None:
    """Write a vintage with what it changes, in the caller's transaction.

    Args:
        connection: the store.
        about: `dataset_id`, `known_on`, `figures_sha256` and `rows_read` of the vintage.
        retrieval: the number of its retrieval.
        change: what it does to the figures held.
        rejected: row number, raw text and reason of each row set aside.
    """
    counts = {
        "added": change.counts.added,
        "withdrawn": change.counts.withdrawn,
        "revised": change.counts.revised,
        "restatused": change.counts.restatused,
    }
    vintage = writes.write_vintage(connection, {**about, "retrieval_id": retrieval, **counts})
    writes.close_figures(connection, change.closed, vintage, about["known_on"])
    writes.insert_figures(connection, change.inserted, vintage, about["known_on"])
    writes.write_rejected(connection, vintage, rejected)


def _remember_cadence(connection: Connection, provenance: Provenance, newest: date) -> None:
    """Record when a drop-in that says so is expected again; nothing else in the product knows."""
    if provenance.cadence:
        write_release(connection, provenance.dataset, provenance.cadence, newest)


def _retrieval(reading: Reading) -> dict[str, Any]:
    entry = reading.entry
    return {
        "dataset_id": reading.provenance.dataset,
        "url": entry.url,
        "retrieved_on": entry.retrieved_on,
        "published_on": entry.known_on,
        "sha256": entry.sha256,
        "size_bytes": entry.size_bytes,
        "etag": reading.etag,
        "last_modified": reading.last_modified,
    }


def _remember_answer(connection: Connection, reading: Reading) -> None:
    """Keep what the server said of figures that are held, so as not to fetch them again."""
    last = dataset_writes.newest_retrieval(connection, reading.provenance.dataset) or {}
    said = (reading.etag, reading.last_modified)
    if any(said) and said != (last.get("etag"), last.get("last_modified")):
        writes.write_retrieval(connection, _retrieval(reading))


def _not_newer(file: str, known_on: date, newest: date) -> Fault:
    if known_on == newest:
        remedy = "two versions of one day cannot be told apart; give a later known-on date"
    else:
        remedy = (
            "load vintages in the order of their dates; to put an earlier one in between, write "
            "it into the snapshot (python -m ingest backfill, or snapshot) and load"
        )
    return Fault(
        *(file, None, "", f"figures known on {known_on}, while those of {newest} are held"),
        *(f"figures known after {newest}", remedy),
    )


def register(connection: Connection, reading: Reading) -> list[int]:
    """Bring what the store says of a table and its series to what is declared.

    Returns:
        The numbers of the series, in the order of `checked.declared`.
    """
    provenance, checked = reading.provenance, reading.checked
    dataset_writes.write_source(connection, provenance.source, *ADAPTERS[provenance.source])
    dataset_writes.write_dataset(
        connection,
        provenance.dataset,
        {
            "source_id": provenance.source,
            "title": provenance.title,
            "producer": provenance.producer,
            "landing_page": provenance.landing_page,
            "licence": provenance.licence,
            "load_replaces": provenance.load_replaces,
        },
    )
    return dataset_writes.write_series(
        connection,
        provenance.dataset,
        [
            {
                "metric_id": one.metric.id,
                "breakdown": one.label.breakdown,
                "source_label": one.label.label,
                "unit_measure": one.source.unit,
            }
            for one in checked.declared
        ],
    )


def as_stored(
    checked: CheckedFigures, series_numbers: Sequence[int], areas: Mapping[str, int]
) -> pd.DataFrame:
    """The figures as the store keeps them: the columns of `data.writes.FIGURE_COLUMNS`."""
    rows = checked.rows
    codes, distinct = pd.factorize(rows["ref_area"])
    return pd.DataFrame(
        {
            "series_id": np.array(series_numbers, dtype=np.int64)[rows["declared"].to_numpy()],
            "area_id": np.array([areas[code] for code in distinct], dtype=np.int64)[codes],
            "period_start": rows["period_start"].to_numpy(),
            "period_end": rows["period_end"].to_numpy(),
            "value": rows["obs_value"].to_numpy(),
            "lower_95": rows["lower_95"].to_numpy(),
            "upper_95": rows["upper_95"].to_numpy(),
            "status": rows["obs_status"].to_numpy(dtype=object),
            "note": rows["note"].to_numpy(dtype=object),
        }
    )
