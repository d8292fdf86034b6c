"""The transaction of a load, and the record of what ran and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from data import dataset_writes, writes
from ingest.comparing import Changes
from ingest.faults import Refused
from ingest.tidy import rows_set_aside

Outcome = Literal["loaded", "unchanged"]


class StoreBusyError(RuntimeError):
    """Another load holds the store; trying again later can help."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What came of loading one vintage of one table."""

    dataset: str
    known_on: date
    outcome: Outcome
    changes: Changes
    rejected: int

    def in_words(self) -> str:
        """One line for a person: `12 added, 3 revised`, or `unchanged`."""
        aside = rows_set_aside(self.rejected) if self.rejected else ""
        if self.outcome == "unchanged":
            return f"{self.dataset}: unchanged{', ' if aside else ''}{aside}"
        counts = (
            (self.changes.added, "added"),
            (self.changes.withdrawn, "withdrawn"),
            (self.changes.revised, "revised"),
            (self.changes.restatused, "given another status or note"),
        )
        told = [f"{count:,} {word}" for count, word in counts if count]
        words = ", ".join([*told, aside] if aside else told)
        return f"{self.dataset}: known on {self.known_on}, {words or 'no figure changed'}"


@contextmanager
def recorded_run(
    engine: Engine, command: str, dataset: str | None, reason: str = ""
) -> Iterator[list[LoadResult]]:
    """Record in the store what ran and how it ended, apart from what the run itself writes.

    The caller appends the results to the list it is given. Whatever it raises is recorded as
    refused (a fault of the figures) or failed, and raised on. A `reason` that a person gave
    stands before what is recorded of the outcome.
    """
    with engine.begin() as connection:
        run = dataset_writes.start_run(connection, command, dataset)
    results: list[LoadResult] = []
    outcome, message = "failed", "interrupted"
    try:
        yield results
        loaded = any(result.outcome == "loaded" for result in results)
        outcome = "loaded" if loaded else "unchanged"
        message = "; ".join(result.in_words() for result in results)
    except Refused as refusal:
        outcome, message = "refused", str(refusal)
        raise
    except Exception as error:
        outcome, message = "failed", f"{type(error).__name__}: {error}"
        raise
    finally:
        with engine.begin() as connection:
            words = f"{reason}; {message}" if reason else message
            dataset_writes.end_run(connection, run, outcome, words)


@contextmanager
def load_transaction(engine: Engine, dataset: str) -> Iterator[Connection]:
    """The one transaction in which a table is loaded; no other load of it runs meanwhile.

    Raises:
        StoreBusyError: another writer did not finish in time.
    """
    with engine.connect() as connection:
        try:
            writes.begin_load(connection, dataset)
        except OperationalError as error:
            connection.rollback()
            if "lock" not in str(error.orig).lower():
                raise
            raise StoreBusyError(
                f"{dataset}: another load is writing to the store; try again when it has ended"
            ) from None
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
