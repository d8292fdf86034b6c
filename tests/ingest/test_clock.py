"""The clock at work: what it pulls, what it records, and that nothing stops it but being told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event, Timer

import pytest
from sqlalchemy import Engine, select

from data import dataset_writes
from data.run_reads import read_last_pulls
from data.store import PROJECT, alone, open_store
from data.tables import ingest_run
from ingest.cadence import Cadence
from ingest.clock import Clock
from ingest.releases import WatchedTable

QUIET = [sys.executable, "-c", "print('nothing new')"]
FAILS = [sys.executable, "-c", "raise SystemExit('the disk is full')"]
DIES = [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]


def table(name: str, *, fetched: bool = True, not_proved: str = "") -> WatchedTable:
    return WatchedTable(name, name, Cadence(every_months=12), fetched, not_proved)


class Watched:
    """A clock over a few tables whose pulls are these commands."""

    def __init__(self, engine: Engine, pulls: dict[str, Sequence[str]]) -> None:
        self.engine = engine
        self.pulls = pulls
        self.said: list[str] = []
        self.asked: list[str] = []
        self.stop = Event()
        tables = {name: table(name) for name in pulls}
        self.clock = Clock(engine, tables, self.said.append, self.stop, self._command)

    def _command(self, dataset: str) -> Sequence[str]:
        self.asked.append(dataset)
        command = self.pulls[dataset]
        with self.engine.begin() as connection:
            # What the command itself would record; one that dies cannot say how it ended.
            if command is not FAILS:
                run = dataset_writes.start_run(connection, "pull", dataset)
            if command is QUIET:
                dataset_writes.end_run(connection, run, "unchanged", "unchanged")
        return command

    def runs(self) -> dict[str, tuple[str, str]]:
        with self.engine.connect() as connection:
            rows = connection.execute(select(ingest_run)).all()
        assert all(row.ended_at is not None for row in rows)
        return {row.dataset_id: (row.outcome, row.message) for row in rows}


def test_every_due_table_is_pulled_once_and_each_run_recorded(store_engine: Engine) -> None:
    watched = Watched(store_engine, {"a": FAILS, "b": DIES, "c": QUIET})
    watched.clock.run(once=True)
    assert watched.asked == ["a", "b", "c"]
    assert watched.runs() == {
        "a": ("failed", "the disk is full"),
        "b": ("failed", "killed by signal 9; ended with status -9"),
        "c": ("unchanged", "unchanged"),
    }
    with store_engine.connect() as connection:
        pulls = read_last_pulls(connection)
    assert {name: one.failures for name, one in pulls.items()} == {"a": 1, "b": 1, "c": 0}
    # Another clock, started again: all it knows is in the store, and nothing is due yet.
    again = Watched(store_engine, watched.pulls)
    again.clock.run(once=True)
    assert again.asked == []


def test_told_to_stop_it_ends_the_pull_and_records_it(sqlite_engine: Engine) -> None:
    watched = Watched(sqlite_engine, {"a": SLEEPS, "b": QUIET})
    Timer(0.5, watched.stop.set).start()
    watched.clock.run()
    assert watched.asked == ["a"]
    outcome, message = watched.runs()["a"]
    assert (outcome, message.split(";")[0]) == (
        "failed",
        "ended because the clock was told to stop",
    )
    assert watched.said[-1] == "Stopped."


def test_a_pull_that_takes_too_long_is_ended(sqlite_engine: Engine) -> None:
    watched = Watched(sqlite_engine, {"a": SLEEPS})
    watched.clock.longest = timedelta(seconds=0.3)
    watched.clock.run(once=True)
    assert watched.runs()["a"][1].startswith("ended after 0:00:00.300000")


def test_of_two_clocks_one_decides_at_a_time(store_engine: Engine) -> None:
    watched = Watched(store_engine, {"a": QUIET})
    with alone(store_engine, "clock") as first:
        assert first
        watched.clock.run(once=True)
    assert watched.asked == []
    watched.clock.run(once=True)
    assert watched.asked == ["a"]


def test_tasks_do_not_keep_each_other_out(store_engine: Engine) -> None:
    with (
        alone(store_engine, "clock"),
        alone(store_engine, "pull"),
        alone(store_engine),
        alone(store_engine, "pull", wait=False) as mine,
    ):
        assert not mine
    with alone(store_engine, "pull", wait=False) as mine:
        assert mine


def test_tables_that_are_saved_by_hand_are_left_alone(sqlite_engine: Engine) -> None:
    watched = Watched(sqlite_engine, {})
    watched.clock.tables = {"a": table("a", fetched=False)}
    watched.clock.run(once=True)
    assert watched.asked == []
    assert watched.said[0].startswith("0 tables are watched")


def test_it_says_what_is_not_proved(sqlite_engine: Engine) -> None:
    watched = Watched(sqlite_engine, {"a": QUIET})
    watched.clock.tables = {"a": table("a", not_proved="Only samples were read.")}
    watched.clock.run(once=True)
    assert watched.said[1] == "a: not proved against the live service. Only samples were read."


def test_without_a_store_it_waits_for_one(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'none.sqlite'}")
    watched = Watched(engine, {"a": QUIET})
    watched.clock.run(once=True)
    assert watched.asked == []
    assert "python -m ingest load" in watched.said[-1]


@pytest.mark.slow
def test_the_command_ends_cleanly_when_it_is_told_to(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "clock"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite'}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert "tables are watched" in process.stdout.readline()
    assert "has not been built" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=30)[0] == "Stopped.\n"
    assert process.returncode == 0
