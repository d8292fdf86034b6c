"""Putting checked figures into the store: one transaction for each table, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine

from data import dataset_writes, writes
from ingest.checking import CheckedFigures
from ingest.comparing import Changes
from ingest.declared import DeclaredSeries
from ingest.faults import Fault, Refused
from ingest.known_figures import KnownFigures
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
            results += load_in_order(connection, [reading], areas)
        return results


def refuse_faults(readings: Sequence[Reading]) -> None:
    """Raise `Refused` with every fault that checking has found, if there is one."""
    if faults := [fault for reading in readings for fault in reading.checked.faults]:
        raise Refused(faults)


def load_in_order(
    connection: Connection, readings: Iterable[Reading], areas: Mapping[str, int]
) -> list[LoadResult]:
    """Load vintages of one table in the caller's transaction; the figures have been checked.

    Args:
        connection: the store, in the transaction of this load.
        readings: the vintages, oldest first.
        areas: the number of each area code in the store.

    Raises:
        Refused: a vintage is older than the newest one held, or of the same day and different.
    """
    results: list[LoadResult] = []
    table: TableLoad | None = None
    for reading in readings:
        table = table or TableLoad(connection, reading.provenance.dataset, areas)
        results.append(table.add(reading))
    if table:
        table.write()
    return results


class TableLoad:
    """The load of one table: vintages put in one after another, in the caller's transaction.

    `write` has to be called after the last one.
    """

    def __init__(self, connection: Connection, dataset: str, areas: Mapping[str, int]) -> None:
        """Begin after the vintages that the store holds; the arguments of `load_in_order`."""
        self._connection = connection
        self._dataset = dataset
        self._areas = areas
        self._held = writes.held_vintages(connection, dataset)
        self._known = KnownFigures(connection, dataset, in_store=bool(self._held))
        self._registered: tuple[Provenance, tuple[DeclaredSeries, ...]] | None = None
        self._series: list[int] = []

    def add(self, reading: Reading) -> LoadResult:
        """Put in one vintage; its figures have been checked.

        Raises:
            Refused: it is older than the newest one held, or of the same day and different.
        """
        connection, dataset = self._connection, self._dataset
        checked, entry, provenance = reading.checked, reading.entry, reading.provenance
        if self._registered != (provenance, checked.declared):
            self._series = register(connection, reading)
            self._registered = (provenance, checked.declared)
        if self._held:
            newest, newest_sha256 = self._held[-1]
            if newest_sha256 == entry.figures_sha256:
                _remember_answer(connection, reading)
                _remember_cadence(connection, provenance, newest)
                self._bring_neighbourhoods(reading)
                return LoadResult(dataset, newest, "unchanged", Changes(), entry.rejected)
            if entry.known_on <= newest:
                raise Refused([_not_newer(checked.figures.file, entry.known_on, newest)])
        about = {
            "known_on": entry.known_on,
            "figures_sha256": entry.figures_sha256,
            "rows_read": entry.rows,
        }
        rejected = [(row.row_number, row.raw, row.reason) for row in checked.figures.rejected]
        figures = as_stored(checked, self._series, self._areas)
        changes = self.put(
            figures, about, _retrieval(reading), rejected, provenance.load_replaces == "periods"
        )
        _remember_cadence(connection, provenance, entry.known_on)
        self._bring_neighbourhoods(reading)
        return LoadResult(dataset, entry.known_on, "loaded", changes, entry.rejected)

    def put(
        self,
        figures: pd.DataFrame,
        about: dict[str, Any],
        retrieval: dict[str, Any],
        rejected: list[tuple[int, str, str]],
        only_its_periods: bool,
    ) -> Changes:
        """Put in the figures of a vintage that is newer than all the others.

        Args:
            figures: with the columns of `data.writes.FIGURE_COLUMNS`.
            about: `known_on`, `figures_sha256` and `rows_read` of the vintage.
            retrieval: the columns of its retrieval but the number.
            rejected: row number, raw text and reason of each row set aside.
            only_its_periods: figures of other periods stay as they are.
        """
        change = self._known.compare(figures, only_its_periods=only_its_periods)
        counts = {
            "added": change.counts.added,
            "withdrawn": change.counts.withdrawn,
            "revised": change.counts.revised,
            "restatused": change.counts.restatused,
        }
        number = writes.write_retrieval(self._connection, retrieval)
        of_vintage = {"dataset_id": self._dataset, "retrieval_id": number, **about, **counts}
        vintage = writes.write_vintage(self._connection, of_vintage)
        self._known.change(change, vintage, about["known_on"])
        writes.write_rejected(self._connection, vintage, rejected)
        self._held.append((about["known_on"], about["figures_sha256"]))
        return change.counts

    def write(self) -> None:
        """Put the figures of the vintages into the store."""
        self._known.write()

    def _bring_neighbourhoods(self, reading: Reading) -> None:
        if reading.neighbourhoods:
            # They are of the newest period that the store has.
            self.write()
            bring_neighbourhoods(
                self._connection, self._dataset, reading.entry, reading.neighbourhoods
            )


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
    numbers = [areas[code] for code in rows["ref_area"].tolist()]
    return pd.DataFrame(
        {
            "series_id": np.array(series_numbers, dtype=np.int64)[rows["declared"].to_numpy()],
            "area_id": np.array(numbers, dtype=np.int64),
            "period_start": rows["period_start"].to_numpy(),
            "period_end": rows["period_end"].to_numpy(),
            "value": rows["obs_value"].to_numpy(),
            "lower_95": rows["lower_95"].to_numpy(),
            "upper_95": rows["upper_95"].to_numpy(),
            "status": pd.Series(rows["obs_status"].to_numpy(dtype=object), dtype=object),
            "note": pd.Series(rows["note"].to_numpy(dtype=object), dtype=object),
        }
    )
