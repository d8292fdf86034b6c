"""Vintages into the store, on both databases: what changes, what is known when, what is refused."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, select

from data import dataset_writes, writes
from data.reads import read_series
from data.reference_data import load_reference
from data.tables import metadata, observation, vintage
from ingest import loading
from ingest.comparing import Changes
from ingest.faults import Refused
from ingest.loading import Reading, load_readings
from ingest.runs import LoadResult, StoreBusyError, load_transaction, recorded_run
from tests.ingest.examples import DATASET, els_row, metric, reading, write_reference_folder

WMCA, BIRMINGHAM, COVENTRY = "E47000007", "E08000025", "E08000026"
FIRST = (
    els_row(WMCA, value="50.0", lower="49.0", upper="51.0"),
    els_row(BIRMINGHAM, value="40.0"),
    els_row(COVENTRY, value="", status="c"),
    els_row(BIRMINGHAM, "2022-01-01/P1Y", "39.0"),
)
SECOND = (
    els_row(WMCA, value="50.0", lower="49.0", upper="51.5"),
    els_row(BIRMINGHAM, value="40.0", status="p"),
    els_row(COVENTRY, value="45.0"),
    els_row(WMCA, "2024-01-01/P1Y", "52.0"),
)


@pytest.fixture
def store(store_engine: Engine, tmp_path: Path) -> Engine:
    with store_engine.begin() as connection:
        load_reference(connection, write_reference_folder(tmp_path / "reference"))
    return store_engine


def load(engine: Engine, *readings: Reading) -> list[LoadResult]:
    return load_readings(engine, readings)


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the record of runs."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name != "ingest_run"
        }


def figures(engine: Engine, as_of: str | None = None) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Value, upper end and status by area and year, as known on a date."""
    with engine.connect() as connection:
        day = date.fromisoformat(as_of) if as_of else None
        rows = read_series(connection, "gardens", as_of=day)
    return {
        (row.ref_area, row.period_start.year): (
            None if row.value != row.value else row.value,
            None if row.upper_95 != row.upper_95 else row.upper_95,
            row.status,
        )
        for row in rows.itertuples()
    }


FIRST_KNOWN = {
    (WMCA, 2023): (50.0, 51.0, ""),
    (BIRMINGHAM, 2023): (40.0, None, ""),
    (COVENTRY, 2023): (None, None, "c"),
    (BIRMINGHAM, 2022): (39.0, None, ""),
}
SECOND_KNOWN = {
    (WMCA, 2023): (50.0, 51.5, ""),
    (BIRMINGHAM, 2023): (40.0, None, "p"),
    (COVENTRY, 2023): (45.0, None, ""),
    (WMCA, 2024): (52.0, None, ""),
}


def test_a_first_vintage_adds_its_figures(store: Engine) -> None:
    (result,) = load(store, reading(FIRST, "2026-01-10"))
    assert (result.outcome, result.changes) == ("loaded", Changes(added=4))
    assert figures(store) == FIRST_KNOWN


def test_the_same_figures_again_change_nothing(store: Engine) -> None:
    load(store, reading(FIRST, "2026-01-10"))
    before = contents(store)
    (again,) = load(store, reading(FIRST, "2026-01-10"))
    (later,) = load(store, reading(tuple(reversed(FIRST)), "2026-03-01"))
    assert (again.outcome, later.outcome) == ("unchanged", "unchanged")
    assert contents(store) == before


def test_a_revision_counts_what_it_did(store: Engine) -> None:
    load(store, reading(FIRST, "2026-01-10"))
    (result,) = load(store, reading(SECOND, "2026-03-01"))
    # Coventry is filled and WMCA has another interval; Birmingham becomes provisional, and its
    # figure of 2022 is no longer there; WMCA gains 2024.
    assert result.changes == Changes(added=1, withdrawn=1, revised=2, restatused=1)
    with store.connect() as connection:
        row = connection.execute(select(vintage).order_by(vintage.c.id.desc())).first()
    assert row is not None
    assert (row.added, row.withdrawn, row.revised, row.restatused, row.rows_read) == (1, 1, 2, 1, 4)


def test_figures_are_read_as_known_on_a_date(store: Engine) -> None:
    load(store, reading(FIRST, "2026-01-10"), reading(SECOND, "2026-03-01"))
    assert figures(store) == SECOND_KNOWN
    assert figures(store, "2026-03-01") == SECOND_KNOWN
    assert figures(store, "2026-02-28") == FIRST_KNOWN
    assert figures(store, "2026-01-10") == FIRST_KNOWN
    assert figures(store, "2026-01-09") == {}


def test_only_what_changed_is_written_again(store: Engine) -> None:
    load(
        store,
        reading(FIRST, "2026-01-10"),
        reading((*FIRST[:3], FIRST[3].replace("39.0", "38.0")), "2026-03-01"),
    )
    with store.connect() as connection:
        assert len(connection.execute(select(observation)).all()) == 5


def test_one_period_in_each_file_leaves_earlier_periods_as_they_are(store: Engine) -> None:
    january = els_row(WMCA, "2025-01-01", "70.0")
    july = els_row(WMCA, "2025-07-01", "71.0")
    coverage = {**metric().model_dump()["coverage"], "period": "month", "first_period": "2020-01"}
    monthly = metric(coverage=coverage)
    results = load(
        store,
        reading([january], "2025-03-01", one=monthly, load_replaces="periods"),
        reading([july], "2025-09-01", one=monthly, load_replaces="periods"),
    )
    assert [result.changes for result in results] == [Changes(added=1), Changes(added=1)]
    (revised,) = load(
        store,
        reading(
            [els_row(WMCA, "2025-07", "72.0")],
            "2025-10-01",
            one=monthly,
            load_replaces="periods",
        ),
    )
    assert revised.changes == Changes(revised=1)
    with store.connect() as connection:
        assert read_series(connection, "gardens")["value"].tolist() == [70.0, 72.0]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-28", "load vintages in the order of their dates"),
        ("2026-03-01", "two versions of one day cannot be told apart"),
    ],
)
def test_an_older_vintage_or_another_of_the_same_day_is_refused(
    store: Engine, day: str, expected: str
) -> None:
    load(store, reading(FIRST, "2026-03-01"))
    before = contents(store)
    with pytest.raises(Refused) as refused:
        load(store, reading(SECOND, day))
    assert f"figures known on {day}, while those of 2026-03-01 are held" in str(refused.value)
    assert expected in str(refused.value)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (els_row("E08000028", status="c"), "no value where the status says"),
        (els_row("E08000027", value="101"), "a value from 0 to 100"),
    ],
)
def test_figures_with_faults_leave_the_store_as_it_was(store: Engine, row: str, words: str) -> None:
    load(store, reading(FIRST, "2026-01-10"))
    before = contents(store)
    with pytest.raises(Refused, match=words):
        load(store, reading((*SECOND, row), "2026-03-01"))
    assert contents(store) == before


def test_a_failure_half_way_leaves_the_store_as_it_was(
    store: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, reading(FIRST, "2026-01-10"))
    before = contents(store)

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(loading.writes, "write_rejected", fail)
    with pytest.raises(RuntimeError, match="disk is full"):
        load(store, reading(SECOND, "2026-03-01"))
    assert contents(store) == before
    monkeypatch.undo()
    assert load(store, reading(SECOND, "2026-03-01"))[0].outcome == "loaded"


def test_rows_set_aside_are_kept_with_the_vintage(store: Engine) -> None:
    rows = (*FIRST, els_row("na"))
    (result,) = load(store, reading(rows, "2026-01-10", unplaced_area_codes=["na"]))
    assert result.rejected == 1
    assert result.in_words().endswith("4 added, 1 row set aside")
    ((_, _, row_number, raw, reason),) = contents(store)["rejected_row"]
    assert (row_number, raw[:3]) == (6, "na,")
    assert "no area code" in reason


def test_a_renamed_metric_keeps_its_figures(store: Engine) -> None:
    load(store, reading(FIRST, "2026-01-10"))
    (result,) = load(store, reading(FIRST, "2026-01-10", one=metric("green-gardens")))
    assert result.outcome == "unchanged"
    with store.connect() as connection:
        assert len(read_series(connection, "green-gardens")) == 4
        assert read_series(connection, "gardens").empty


def test_two_series_may_swap_their_names(store: Engine) -> None:
    def put(first: str, second: str) -> list[int]:
        names = {"unit_measure": "%"}
        with store.begin() as connection:
            return dataset_writes.write_series(
                connection,
                DATASET,
                [
                    {"metric_id": "m", "breakdown": first, "source_label": "A", **names},
                    {"metric_id": "m", "breakdown": second, "source_label": "B", **names},
                ],
            )

    load(store, reading(FIRST, "2026-01-10"))
    numbers = put("k=one", "k=two")
    assert put("k=two", "k=one") == numbers


def test_another_load_of_the_same_table_waits_its_turn(store: Engine) -> None:
    """The second load starts while the first holds the table, and ends after it."""
    finished: list[str] = []
    with load_transaction(store, DATASET) as connection:
        second = threading.Thread(
            target=lambda: (load(store, reading(FIRST, "2026-01-10")), finished.append("second"))
        )
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
        assert writes.held_vintages(connection, DATASET) == []
        finished.append("first")
    second.join(timeout=30)
    assert finished == ["first", "second"]
    assert figures(store) == FIRST_KNOWN


def test_a_store_that_stays_busy_is_said_to_be_so(sqlite_engine: Engine) -> None:
    impatient = create_engine(sqlite_engine.url, connect_args={"timeout": 0.05})
    with (
        load_transaction(sqlite_engine, DATASET),
        pytest.raises(StoreBusyError, match="another load is writing"),
        load_transaction(impatient, DATASET),
    ):
        pass
    impatient.dispose()


@pytest.fixture
def run_rows(store_engine: Engine) -> Iterator[Any]:
    def read() -> list[tuple[str, str | None, str, str, bool]]:
        with store_engine.connect() as connection:
            return [
                (row.command, row.dataset_id, row.outcome, row.message, row.ended_at is not None)
                for row in connection.execute(select(metadata.tables["ingest_run"]).order_by("id"))
            ]

    return read


def test_runs_are_recorded_however_they_end(store_engine: Engine, run_rows: Any) -> None:
    with recorded_run(store_engine, "load", "a") as results:
        results.append(LoadResult("a", date(2026, 1, 1), "loaded", Changes(added=2), 0))
    with recorded_run(store_engine, "load", "b") as results:
        results.append(LoadResult("b", date(2026, 1, 1), "unchanged", Changes(), 0))
    with pytest.raises(Refused), recorded_run(store_engine, "pull", "c"):
        raise Refused(list(reading([els_row(value="101")], "2026-01-10").checked.faults))
    with pytest.raises(ZeroDivisionError), recorded_run(store_engine, "pull", None):
        _ = 1 / 0
    rows = run_rows()
    assert [row[:3] for row in rows] == [
        ("load", "a", "loaded"),
        ("load", "b", "unchanged"),
        ("pull", "c", "refused"),
        ("pull", None, "failed"),
    ]
    assert rows[0][3] == "a: known on 2026-01-01, 2 added"
    assert "found 101 for E08000025" in rows[2][3]
    assert rows[3][3] == "ZeroDivisionError: division by zero"
    assert all(row[4] for row in rows)


def test_a_running_run_is_seen_while_it_runs(store_engine: Engine, run_rows: Any) -> None:
    with recorded_run(store_engine, "load", "a"):
        assert run_rows() == [("load", "a", "running", "", False)]


def test_the_database_refuses_what_the_checks_would_have(store: Engine) -> None:
    """The same rules stand in the tables: a blank must say why."""
    load(store, reading(FIRST, "2026-01-10"))

    def blank(connection: Connection) -> None:
        connection.execute(observation.update().values(value=None, status=""))

    with pytest.raises(Exception, match="blank_says_why"), store.begin() as connection:
        blank(connection)
