"""Vintages that only the store has, when its table is built again around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.dataset_writes import newest_retrieval
from data.reads import read_series
from data.reference_data import load_reference
from data.tables import observation, rejected_row, vintage
from data.vintage_reads import read_held_vintages
from ingest.building import BuildResult, load_snapshot
from ingest.faults import Refused
from ingest.loading import Reading, load_readings
from ingest.snapshot import write_vintage
from tests.ingest.examples import (
    DATASET,
    catalogue,
    els_row,
    metric,
    reading,
    write_reference_folder,
)

WMCA, BIRMINGHAM = "E47000007", "E08000025"


class Store:
    """A store into which vintages were pulled that the snapshot does not have."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.snapshot = folder / "snapshot"
        self.reference = write_reference_folder(folder / "reference")
        with engine.begin() as connection:
            load_reference(connection, self.reference)

    def ship(self, rows: list[str], day: str, **changes: Any) -> Reading:
        one = reading(rows, day, **changes)
        write_vintage(self.snapshot, one.checked.figures, one.provenance)
        return one

    def build(self) -> BuildResult:
        return load_snapshot(
            self.engine,
            catalogue(metric()),
            "inputs",
            folder=self.snapshot,
            reference=self.reference,
        )

    def days(self) -> list[str]:
        with self.engine.connect() as connection:
            return [str(one.known_on) for one in read_held_vintages(connection, DATASET)]

    def known(self, day: str | None = None) -> dict[tuple[str, str], float]:
        as_of = date.fromisoformat(day) if day else None
        with self.engine.connect() as connection:
            frame = read_series(connection, "gardens", as_of=as_of)
        return {(row.ref_area, str(row.period_start.year)): row.value for row in frame.itertuples()}


@pytest.fixture
def store(store_engine: Engine, tmp_path: Path) -> Store:
    return Store(store_engine, tmp_path)


def rows(value: str, *more: str) -> list[str]:
    return [els_row(WMCA, value=value), *more]


def test_vintages_that_only_the_store_has_are_put_back_in_their_places(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    pulled = reading([*rows("53"), els_row("na")], "2026-05-01", unplaced_area_codes=["na"])
    load_readings(
        store.engine,
        [Reading(pulled.checked, pulled.provenance, pulled.entry, etag='"tag"')],
    )
    store.ship(rows("50"), "2024-01-10")
    build = store.build()
    assert build.refusals == {}
    assert [str(one.known_on) for one in build.results] == ["2024-01-10", "2025-01-10"]
    assert store.days() == ["2024-01-10", "2025-01-10", "2026-05-01"]
    assert store.known("2024-06-01") == {(WMCA, "2023"): 50.0}
    assert store.known("2025-06-01") == {(WMCA, "2023"): 52.0}
    assert store.known() == {(WMCA, "2023"): 53.0}
    with store.engine.connect() as connection:
        held = read_held_vintages(connection, DATASET)[-1]
        assert held.figures_sha256 == pulled.entry.figures_sha256
        assert [reason for *_, reason in held.rejected] == [
            "The publisher gives A place no area code ('na')."
        ]
        assert (newest_retrieval(connection, DATASET) or {})["etag"] == '"tag"'


def test_where_a_file_holds_one_period_what_a_pull_did_not_touch_stays(store: Store) -> None:
    one_period = {"load_replaces": "periods"}
    store.ship([els_row(WMCA, "2022-01-01/P1Y", "40")], "2025-01-10", **one_period)
    store.build()
    pulled = reading(rows("53"), "2026-05-01", **one_period)
    load_readings(store.engine, [pulled])
    store.ship([els_row(WMCA, "2021-01-01/P1Y", "30")], "2024-01-10", **one_period)
    store.build()
    assert store.known() == {(WMCA, "2021"): 30.0, (WMCA, "2022"): 40.0, (WMCA, "2023"): 53.0}
    assert store.known("2025-06-01") == {(WMCA, "2021"): 30.0, (WMCA, "2022"): 40.0}


def test_a_vintage_before_the_snapshots_first_one_is_put_back_first(store: Store) -> None:
    load_readings(store.engine, [reading(rows("48"), "2023-06-01")])
    store.ship(rows("52"), "2025-01-10")
    store.build()
    store.ship(rows("50"), "2024-01-10")
    store.build()
    assert store.days() == ["2023-06-01", "2024-01-10", "2025-01-10"]
    assert store.known("2023-07-01") == {(WMCA, "2023"): 48.0}
    assert store.known() == {(WMCA, "2023"): 52.0}


def test_a_pull_is_not_put_back_under_another_reading_of_what_is_shared(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    load_readings(store.engine, [reading(rows("53"), "2026-05-01")])
    store.ship(rows("51"), "2025-01-10")
    (refusal,) = store.build().refusals.values()
    assert "the store also holds what was known on 2026-05-01" in str(refusal)
    assert store.days() == ["2025-01-10", "2026-05-01"]
    assert store.known() == {(WMCA, "2023"): 53.0}


def test_a_rebuild_that_is_broken_off_leaves_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    load_readings(store.engine, [reading(rows("53"), "2026-05-01")])
    store.ship(rows("50"), "2024-01-10")

    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("ingest.rebuilding._put_back", broken)
    with pytest.raises(OSError, match="the disk is full"):
        store.build()
    assert store.days() == ["2025-01-10", "2026-05-01"]
    assert store.known() == {(WMCA, "2023"): 53.0}


def test_earlier_vintages_need_not_have_the_areas_that_are_required_now(store: Store) -> None:
    one = reading([els_row(BIRMINGHAM, value="40")], "2024-01-10")
    assert "no row for E47000007" in str(Refused(one.checked.faults))
    write_vintage(store.snapshot, one.checked.figures, one.provenance)
    store.ship(rows("52"), "2025-01-10")
    assert store.build().refusals == {}
    one = reading([els_row(BIRMINGHAM, value="40")], "2026-01-10")
    write_vintage(store.snapshot, one.checked.figures, one.provenance)
    (refusal,) = store.build().refusals.values()
    assert "no row for E47000007" in str(refusal)


def test_no_figure_is_left_without_its_vintage(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    store.ship(rows("50"), "2024-01-10")
    store.build()
    with store.engine.connect() as connection:
        vintages = set(connection.scalars(select(vintage.c.id)))
        assert set(connection.scalars(select(observation.c.vintage_from))) <= vintages
        assert connection.scalars(select(rejected_row.c.id)).all() == []
