"""The clock: pulls each table when it is due, one at a time, for as long as it runs.

Each pull is a process of its own, so that nothing a publisher sends can take the clock down, and
what a table needs of memory is given back. All the clock knows is in the store, so it can be
stopped or killed at any time and goes on where it was. Of several clocks on one store one decides
at a time, after looking at what the others have done.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Event

from sqlalchemy import Engine, inspect

from data import dataset_writes
from data.holdings import newest_vintages
from data.run_reads import has_run_since, newest_run, read_last_pulls
from data.store import PROJECT, alone
from ingest.problems import explain
from ingest.releases import WatchedTable
from ingest.schedule import Look, Watched, due, next_wake

# A pull that takes longer is ended: the longest declared waits of one take a third of this.
LONGEST_PULL = timedelta(minutes=30)
# What another process records of a table is noticed after this long at the latest.
LONGEST_SLEEP = timedelta(minutes=10)
WAIT_FOR_STORE = timedelta(minutes=1)
_GRACE_SECONDS = 10.0

Say = Callable[[str], None]
PullCommand = Callable[[str], Sequence[str]]


def pull_command(dataset: str) -> list[str]:
    """How the pull of a table is run."""
    return [sys.executable, "-m", "ingest", "pull", dataset]


@dataclass
class Clock:
    """A clock over the tables of the product.

    Attributes:
        engine: the store.
        tables: what is watched; those that cannot be fetched are left alone.
        say: told in one line what happens.
        stop: set from outside to end the clock; a pull that runs is ended with it.
        command: how a table is pulled.
        longest: after how long a pull is ended.
    """

    engine: Engine
    tables: dict[str, WatchedTable]
    say: Say
    stop: Event
    command: PullCommand = pull_command
    longest: timedelta = LONGEST_PULL

    def run(self, *, once: bool = False) -> None:
        """Pull what is due until told to stop; with `once`, until nothing is due any more."""
        fetched = [table for table in self.tables.values() if table.fetched]
        self.say(
            f"{len(fetched)} tables are watched; fetching them has been tested against recorded "
            "answers only."
        )
        for table in fetched:
            if table.not_proved:
                self.say(
                    f"{table.dataset}: not proved against the live service. {table.not_proved}"
                )
        while not self.stop.is_set():
            try:
                wait = self._step()
            except Exception as error:
                if (words := explain(error)) is None:
                    raise
                self.say(words)
                wait = WAIT_FOR_STORE
            if wait is None:
                continue
            if once:
                return
            self.stop.wait(min(wait, LONGEST_SLEEP).total_seconds())
        self.say("Stopped.")

    def _step(self) -> timedelta | None:
        """Pull the first table that is due. Returns how long to wait where there was none."""
        if not inspect(self.engine).has_table("ingest_run"):
            self.say("The store has not been built. Build it with: python -m ingest load")
            return WAIT_FOR_STORE
        with alone(self.engine, "clock", wait=False) as mine:
            if not mine:
                return WAIT_FOR_STORE
            watched = self._watched()
            now = datetime.now(UTC).replace(tzinfo=None)
            if looks := due(watched, now):
                self._pull(looks[0])
                return None
        wake = next_wake(watched)
        return LONGEST_SLEEP if wake is None else wake - now

    def _watched(self) -> list[Watched]:
        with self.engine.connect() as connection:
            held, last = newest_vintages(connection), read_last_pulls(connection)
        return [
            Watched(name, table.cadence, held.get(name), last.get(name))
            for name, table in self.tables.items()
            if table.fetched
        ]

    def _pull(self, look: Look) -> None:
        with self.engine.connect() as connection:
            before = newest_run(connection)
        self.say(f"{look.dataset}: pulling; {look.why}.")
        process = subprocess.Popen(  # noqa: S603
            self.command(look.dataset),
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": self.engine.url.render_as_string(False)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        ended, output = self._follow(process)
        words = " ".join(output.split()) or f"ended with status {process.returncode}"
        self._record(look.dataset, before, f"{ended}; {words}" if ended else words)
        self.say(f"{words} ({ended})" if ended else words)

    def _follow(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        """Wait for a pull. Returns how it was ended, if it did not end by itself, and its words."""
        started = datetime.now(UTC)
        ended = ""
        while True:
            with suppress(subprocess.TimeoutExpired):
                output, _ = process.communicate(timeout=0.2)
                break
            if self.stop.is_set():
                ended = "ended because the clock was told to stop"
            elif datetime.now(UTC) - started > self.longest:
                ended = f"ended after {self.longest}"
            if ended:
                output = _end(process)
                break
        if not ended and process.returncode < 0:
            ended = f"killed by signal {-process.returncode}"
        return ended, output

    def _record(self, dataset: str, before: int, words: str) -> None:
        """See to it that the run is recorded, also where the pull could not do so itself."""
        with alone(self.engine, "pull"), self.engine.begin() as connection:
            dataset_writes.end_unfinished_runs(connection, "pull", words)
            if not has_run_since(connection, before, dataset):
                run = dataset_writes.start_run(connection, "pull", dataset)
                dataset_writes.end_run(connection, run, "failed", words)


def _end(process: subprocess.Popen[str]) -> str:
    process.terminate()
    try:
        return process.communicate(timeout=_GRACE_SECONDS)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]
