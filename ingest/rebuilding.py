"""Building a table again, with vintages put in between, without losing any that is held.

The store takes vintages in the order of their days only. To put an earlier one in, all of the
table's are taken out and loaded again in one transaction. Vintages that only the store has (they
were pulled, not shipped) are read out of it first and put back in their places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data import writes
from data.vintage_reads import HeldVintage, periods_of_vintage, read_held_vintages
from ingest.comparing import Changes, compare
from ingest.faults import Fault, Refused
from ingest.loading import Reading, TableLoad, as_stored, register
from ingest.runs import LoadResult


@dataclass(frozen=True)
class _Kept:
    """A vintage read out of the store: what is recorded of it, and the figures that it gave."""

    held: HeldVintage
    figures: pd.DataFrame


def as_defined(connection: Connection, reading: Reading, areas: Mapping[str, int]) -> bool:
    """Whether the store holds a vintage just as its reading would be stored now."""
    change = compare(
        writes.held_figures(connection, reading.provenance.dataset, reading.entry.known_on),
        as_stored(reading.checked, register(connection, reading), areas),
        reading.provenance.load_replaces == "periods",
    )
    return change.counts == Changes()


def rebuild(
    connection: Connection,
    dataset: str,
    readings: Sequence[Reading],
    areas: Mapping[str, int],
) -> list[LoadResult]:
    """Take a table out of the store and load it again, in the caller's transaction.

    Args:
        connection: the store, in the transaction of this load.
        dataset: the table.
        readings: every vintage of the snapshot, checked and without faults, oldest first.
        areas: the number of each area code in the store.

    Returns:
        The results of the readings; vintages that were put back have none.

    Raises:
        Refused: vintages that only the store has were loaded under another definition, so that
            they cannot be put back as they are; nothing is changed.
    """
    days = {reading.entry.known_on for reading in readings}
    kept = _only_in_store(connection, dataset, readings, days, areas)
    writes.forget_figures(connection, dataset)
    by_day: dict[date, Reading | _Kept] = {one.entry.known_on: one for one in readings}
    by_day.update({one.held.known_on: one for one in kept})
    table = TableLoad(connection, dataset, areas)
    only_its_periods = readings[0].provenance.load_replaces == "periods"
    results = []
    for day in sorted(by_day):
        one = by_day[day]
        if isinstance(one, Reading):
            results.append(table.add(one))
        else:
            _put_back(table, one, only_its_periods)
    table.write()
    return results


def _only_in_store(
    connection: Connection,
    dataset: str,
    readings: Sequence[Reading],
    days: set[date],
    areas: Mapping[str, int],
) -> list[_Kept]:
    held = read_held_vintages(connection, dataset)
    lacking = [one for one in held if one.known_on not in days]
    if not lacking:
        return []
    if not _same_definition(connection, readings, held, areas):
        raise Refused([_would_lose(readings[0].checked.figures.file, lacking)])
    only_periods = readings[0].provenance.load_replaces == "periods"
    kept = []
    for one in lacking:
        figures = writes.held_figures(connection, dataset, one.known_on)
        if only_periods:
            # What a file said of other periods cannot be told from what earlier ones had said.
            touched = pd.MultiIndex.from_frame(periods_of_vintage(connection, one.id))
            own = pd.MultiIndex.from_frame(figures[["period_start", "period_end"]])
            figures = figures[own.isin(touched)]
        kept.append(_Kept(one, figures[writes.FIGURE_COLUMNS].reset_index(drop=True)))
    return kept


def _same_definition(
    connection: Connection,
    readings: Sequence[Reading],
    held: Sequence[HeldVintage],
    areas: Mapping[str, int],
) -> bool:
    hashes = {one.known_on: one.figures_sha256 for one in held}
    shared = [one for one in readings if one.entry.known_on in hashes]
    unchanged = all(hashes[one.entry.known_on] == one.entry.figures_sha256 for one in shared)
    return bool(shared) and unchanged and as_defined(connection, shared[-1], areas)


def _put_back(table: TableLoad, one: _Kept, only_its_periods: bool) -> None:
    held = one.held
    about = {
        "known_on": held.known_on,
        "figures_sha256": held.figures_sha256,
        "rows_read": held.rows_read,
    }
    table.put(one.figures, about, held.retrieval, held.rejected, only_its_periods)


def _would_lose(file: str, lacking: Sequence[HeldVintage]) -> Fault:
    days = ", ".join(str(one.known_on) for one in lacking)
    return Fault(
        *(file, None, "", f"the store also holds what was known on {days}"),
        "a snapshot with every vintage held, since its figures or their definition changed and "
        "they have to be built again",
        "write the missing vintages into the snapshot (python -m ingest snapshot), or build a new "
        "store and pull them again",
    )
