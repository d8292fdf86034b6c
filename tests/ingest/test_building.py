"""The snapshot into the store: all of it, again, after changes, and with faults in it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from data.dataset_writes import read_state, write_state
from data.reads import read_series
from data.store import migrate, open_store
from data.tables import metadata, vintage
from ingest.building import BuildResult, load_snapshot
from ingest.correction_files import read_corrections
from ingest.freshness import NEWEST_VINTAGE, inputs_sha256, is_current, measures_due
from ingest.loading import Reading, load_readings
from ingest.provenance import read_provenance
from ingest.snapshot import SNAPSHOT_FOLDER, snapshot_datasets, write_vintage
from metrics.catalogue import load_catalogue
from metrics.definition import Metric
from tests.ingest.examples import (
    DATASET,
    catalogue,
    els_row,
    metric,
    metric_keys,
    reading,
    write_reference_folder,
)

WMCA = "E47000007"
INPUTS = (
    "snapshot/a/2026-01-10.csv",
    "reference/areas.csv",
    "metrics/missions/01_x.toml",
    "corrections/a.toml",
)


class Place:
    """A snapshot, reference data and the store that is built from them."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.snapshot = folder / "snapshot"
        self.reference = write_reference_folder(folder / "reference")

    def ship(self, value: str, known_on: str, **declaration: Any) -> Reading:
        one = reading([els_row(WMCA, value=value)], known_on, **declaration)
        write_vintage(self.snapshot, one.checked.figures, one.provenance)
        return one

    def build(self, *metrics: Metric, inputs: str = "inputs") -> BuildResult:
        return load_snapshot(
            self.engine,
            catalogue(*(metrics or (metric(),))),
            inputs,
            folder=self.snapshot,
            reference=self.reference,
        )

    def values(self, metric_id: str = "gardens") -> list[float]:
        with self.engine.connect() as connection:
            return list(read_series(connection, metric_id)["value"])

    def days(self) -> list[str]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(vintage).order_by(vintage.c.known_on))
            return [str(row.known_on) for row in rows]

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        return contents(self.engine)


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the record of runs."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
            if table.name != "ingest_run"
        }


@pytest.fixture
def place(store_engine: Engine, tmp_path: Path) -> Place:
    return Place(store_engine, tmp_path)


@pytest.fixture
def sqlite_place(sqlite_engine: Engine, tmp_path: Path) -> Place:
    return Place(sqlite_engine, tmp_path)


def test_every_vintage_of_the_snapshot_is_loaded_in_order(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.ship("52", "2026-03-01")
    build = place.build()
    assert [result.outcome for result in build.results] == ["loaded", "loaded"]
    assert place.values() == [52.0]
    assert place.days() == ["2026-01-10", "2026-03-01"]
    assert build.measures > 0
    assert is_current(place.engine, "inputs")
    assert not is_current(place.engine, "others")


def test_building_again_changes_nothing(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.ship("52", "2026-03-01")
    place.build()
    before = place.contents()
    build = place.build()
    assert [result.outcome for result in build.results] == ["unchanged"]
    assert place.contents() == before


def test_two_stores_built_from_one_snapshot_are_the_same(
    sqlite_engine: Engine, postgres_engine: Engine, tmp_path: Path
) -> None:
    first, second = Place(sqlite_engine, tmp_path), Place(postgres_engine, tmp_path)
    first.ship("50", "2026-01-10")
    first.ship("52", "2026-03-01")
    first.build()
    second.build()
    assert first.contents() == second.contents()


@pytest.mark.slow
def test_the_shipped_figures_give_the_same_store_each_time_on_either_database(
    sqlite_engine: Engine,
    postgres_engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The measures are computed from this, and have tests of their own."""
    monkeypatch.setattr("ingest.building.refresh_measures", lambda *_: 0)
    again = open_store(f"sqlite:///{tmp_path / 'again.sqlite'}")
    migrate(again)
    stores = (sqlite_engine, postgres_engine, again)
    for engine in stores:
        build = load_snapshot(engine, load_catalogue(), "inputs", corrections=read_corrections())
        assert build.refusals == {}
        assert build.undeclared == []
    first, *others = [contents(engine) for engine in stores]
    shipped = [read_provenance(SNAPSHOT_FOLDER / dataset) for dataset in snapshot_datasets()]
    distinct = [groupby(one.vintage, lambda entry: entry.figures_sha256) for one in shipped]
    assert len(first["vintage"]) == sum(len(list(runs)) for runs in distinct)
    assert len(first["observation"]) > 200_000
    assert len(first["rejected_row"]) == sum(
        entry.rejected for one in shipped for entry in one.vintage
    )
    for other in others:
        assert other == first
    again.dispose()


def test_a_new_vintage_is_added_to_a_store_that_stands(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.build()
    place.ship("52", "2026-03-01")
    assert [result.outcome for result in place.build().results] == ["loaded"]
    assert place.values() == [52.0]


def test_the_same_figures_put_out_again_are_no_new_vintage(sqlite_place: Place) -> None:
    sqlite_place.ship("50", "2026-01-10")
    sqlite_place.ship("50", "2026-03-01")
    sqlite_place.build()
    assert sqlite_place.days() == ["2026-01-10"]
    assert [result.outcome for result in sqlite_place.build().results] == ["unchanged"]


def test_an_earlier_vintage_put_into_the_snapshot_is_built_in_its_place(place: Place) -> None:
    place.ship("52", "2026-03-01")
    place.build()
    place.ship("50", "2026-01-10")
    place.build()
    assert place.days() == ["2026-01-10", "2026-03-01"]
    assert place.values() == [52.0]


def test_another_reading_of_the_same_day_takes_the_place_of_the_first(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.build()
    place.ship("51", "2026-01-10")
    place.build()
    assert place.values() == [51.0]
    assert place.days() == ["2026-01-10"]


def test_figures_under_another_definition_of_the_period_are_built_again(
    sqlite_place: Place,
) -> None:
    def shaped(shape: str) -> Metric:
        return metric(
            coverage={**metric_keys()["coverage"], "period": shape, "first_period": "2020-01-01"}
        )

    one = reading([els_row(WMCA, "2025-01-15")], "2026-01-10", one=shaped("day"))
    write_vintage(sqlite_place.snapshot, one.checked.figures, one.provenance)
    sqlite_place.build(shaped("day"))
    sqlite_place.build(shaped("month"))
    with sqlite_place.engine.connect() as connection:
        (row,) = read_series(connection, "gardens").itertuples()
    assert (str(row.period_start), str(row.period_end)) == ("2025-01-01", "2025-01-31")


def test_a_vintage_that_only_the_store_holds_is_never_lost(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.build()
    pulled = reading([els_row(WMCA, value="53")], "2026-04-01")
    load_readings(place.engine, [pulled])
    assert [result.outcome for result in place.build().results] == ["unchanged"]
    assert place.values() == [53.0]
    place.ship("51", "2026-01-10")
    build = place.build(inputs="changed")
    assert "the store also holds what was known on 2026-04-01" in str(build.refusals[DATASET])
    assert place.values() == [53.0]
    assert not is_current(place.engine, "changed")


def test_a_renamed_metric_and_one_that_is_gone(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.build()
    place.build(metric("green-gardens"))
    assert place.values("green-gardens") == [50.0]
    other = metric("elsewhere", source={**metric_keys()["source"], "dataset": "other"})
    build = place.build(other)
    assert build.undeclared == [DATASET]
    assert place.values("green-gardens") == []


def test_a_table_that_is_refused_keeps_its_figures_and_stops_no_other(place: Place) -> None:
    other_source = {**metric_keys()["source"], "dataset": "other"}
    elsewhere = metric("elsewhere", source=other_source)
    place.ship("50", "2026-01-10")
    place.build(metric(), elsewhere)
    place.ship("101", "2026-03-01")
    one = reading([els_row(WMCA, value="7")], "2026-03-01", one=elsewhere, id="other")
    write_vintage(place.snapshot, one.checked.figures, one.provenance)
    build = place.build(metric(), elsewhere, inputs="changed")
    assert list(build.refusals) == [DATASET]
    assert "expected a value from 0 to 100" in str(build.refusals[DATASET])
    assert place.values() == [50.0]
    assert place.values("elsewhere") == [7.0]
    assert not is_current(place.engine, "changed")
    with place.engine.connect() as connection:
        runs = connection.execute(select(metadata.tables["ingest_run"]).order_by("id")).all()
    assert [(run.dataset_id, run.outcome) for run in runs][-2:] == [
        (DATASET, "refused"),
        ("other", "loaded"),
    ]


def test_a_table_that_cannot_be_read_is_refused(sqlite_place: Place) -> None:
    sqlite_place.ship("50", "2026-01-10")
    (sqlite_place.snapshot / DATASET / "2026-01-10.csv").unlink()
    assert "a readable file" in str(sqlite_place.build().refusals[DATASET])
    (sqlite_place.snapshot / DATASET / "provenance.toml").write_text("dataset =")
    assert "readable TOML" in str(sqlite_place.build().refusals[DATASET])


def test_each_table_is_reported_as_it_is_done(sqlite_place: Place) -> None:
    done: list[str] = []
    sqlite_place.ship("50", "2026-01-10")
    load_snapshot(
        sqlite_place.engine,
        catalogue(metric()),
        "inputs",
        folder=sqlite_place.snapshot,
        reference=sqlite_place.reference,
        report=done.append,
    )
    assert done == [DATASET]


def test_pages_can_tell_that_figures_have_changed(sqlite_place: Place) -> None:
    def newest() -> str | None:
        with sqlite_place.engine.connect() as connection:
            return read_state(connection, "newest_vintage")

    sqlite_place.ship("50", "2026-01-10")
    sqlite_place.build()
    first = newest()
    sqlite_place.ship("51", "2026-02-10")
    sqlite_place.build()
    assert first != newest()


@pytest.mark.parametrize("name", INPUTS)
def test_the_hash_of_the_inputs_follows_every_file(tmp_path: Path, name: str) -> None:
    for path in INPUTS:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("first")

    def inputs() -> str:
        folders = ("snapshot", "reference", "metrics", "corrections")
        places = (tmp_path / part for part in folders)
        return inputs_sha256(*places)

    before = inputs()
    assert inputs() == before
    (tmp_path / name).write_text("other")
    assert inputs() != before
    (tmp_path / name).write_text("first")
    assert inputs() == before
    (tmp_path / name).rename(tmp_path / name.replace(".", "2."))
    assert inputs() != before


def test_a_run_stopped_between_its_figures_and_its_measures_is_made_good(place: Place) -> None:
    place.ship("50", "2026-01-10")
    place.build()
    with place.engine.begin() as connection:
        write_state(connection, NEWEST_VINTAGE, "0")
        assert measures_due(connection)
    assert not is_current(place.engine, "inputs")
    place.build()
    assert is_current(place.engine, "inputs")
