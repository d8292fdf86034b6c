"""Vintages that go into the store together leave what they leave one after another."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data import dataset_writes, writes
from data.reference_data import load_reference
from data.store import open_store
from data.tables import metadata
from data.vintage_reads import read_held_vintages
from ingest.comparing import Changes
from ingest.known_figures import KnownFigures
from ingest.loading import Reading, load_in_order
from ingest.runs import LoadResult, load_transaction
from tests.ingest.examples import DATASET, els_row, reading, write_reference_folder

WMCA, BIRMINGHAM, COVENTRY = "E47000007", "E08000025", "E08000026"
COUNTS = ("added", "withdrawn", "revised", "restatused")
Rows = dict[str, list[tuple[Any, ...]]]


def vintages(load_replaces: str) -> list[Reading]:
    """Figures that are added, revised twice, restatused, withdrawn, and come back as they were."""
    steps = (
        [els_row(WMCA, value="50.0"), els_row(BIRMINGHAM, value="40.0")],
        [els_row(WMCA, value="51.0"), els_row(BIRMINGHAM, value="40.0", status="p")],
        [els_row(WMCA, value="52.0"), els_row(COVENTRY, "2024-01-01/P1Y", "45.0")],
        [els_row(WMCA, value="52.0"), els_row(COVENTRY, "2024-01-01/P1Y", "45.0")],
        [els_row(WMCA, value="50.0"), els_row(BIRMINGHAM, value="40.0"), els_row(COVENTRY)],
        [els_row(WMCA, "2024-01-01/P1Y", "", status="x"), els_row(COVENTRY, value="44.0")],
    )
    return [
        reading(rows, f"2026-0{month}-01", load_replaces=load_replaces)
        for month, rows in enumerate(steps, start=1)
    ]


def load(
    engine: Engine, parts: Sequence[Sequence[Reading]], areas: Mapping[str, int]
) -> list[LoadResult]:
    results = []
    for part in parts:
        with load_transaction(engine, DATASET) as connection:
            results += load_in_order(connection, part, areas)
    return results


def contents(engine: Engine) -> Rows:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }


@pytest.mark.parametrize("load_replaces", ["whole", "periods"])
@pytest.mark.parametrize("held", [0, 2])
def test_together_and_one_after_another(
    store_engine: Engine,
    migrated_sqlite_file: Path,
    tmp_path: Path,
    load_replaces: str,
    held: int,
) -> None:
    """`held` vintages are in the store before the others come together."""
    shutil.copy(migrated_sqlite_file, tmp_path / "other.sqlite")
    other = open_store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    folder = write_reference_folder(tmp_path / "reference")
    steps = vintages(load_replaces)
    found = []
    for engine, parts in (
        (store_engine, [[one] for one in steps[:held]] + [steps[held:]]),
        (other, [[one] for one in steps]),
    ):
        with engine.begin() as connection:
            load_reference(connection, folder)
            areas = dataset_writes.area_numbers(connection)
        found.append((load(engine, parts, areas), contents(engine)))
    other.dispose()
    (together, rows), (apart, expected) = found
    assert [one.outcome for one in together] == [
        *("loaded", "loaded", "loaded", "unchanged", "loaded", "loaded")
    ]
    assert together == apart
    assert rows == expected
    # What ended was written as ended, and by whom.
    assert any(row[5] is not None for row in rows["observation"])


def test_what_waits_is_known_before_it_is_written(store_engine: Engine, tmp_path: Path) -> None:
    with store_engine.begin() as connection:
        load_reference(connection, write_reference_folder(tmp_path / "reference"))
        areas = dataset_writes.area_numbers(connection)
    load(store_engine, [vintages("whole")[:1]], areas)
    later = date(2026, 3, 1)
    with store_engine.begin() as connection:
        first = read_held_vintages(connection, DATASET)[0]
        retrieval = writes.write_retrieval(connection, first.retrieval)
        about = {name: getattr(first, name) for name in ("figures_sha256", "rows_read", *COUNTS)}
        about |= {"dataset_id": DATASET, "retrieval_id": retrieval, "known_on": later}
        second = writes.write_vintage(connection, about)
        held = writes.held_figures(connection, DATASET)[writes.FIGURE_COLUMNS]
        new = held.assign(value=[10.0, 20.0])
        known = KnownFigures(connection, DATASET, in_store=True)
        change = known.compare(new, only_its_periods=False)
        assert change.counts == Changes(revised=2)
        known.change(change, second, later)
        assert known.compare(new, only_its_periods=False).counts == Changes()
        assert known.compare(held, only_its_periods=False).counts == Changes(revised=2)
        assert writes.held_figures(connection, DATASET).empty
        known.write()
        known.write()  # What was written waits no more.
        assert writes.held_figures(connection, DATASET)["value"].tolist() == [10.0, 20.0]
        assert known.compare(new, only_its_periods=False).counts == Changes()
