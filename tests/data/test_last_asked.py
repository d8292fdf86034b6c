"""When a publisher's live address last gave what is held, as the record of runs has it."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Connection, insert

from data.reads import read_datasets
from data.tables import ingest_run
from tests.ingest.examples import DATASET

TENTH, ELEVENTH = datetime(2026, 7, 10, 9), datetime(2026, 7, 11, 9)


def asked_at(connection: Connection, *runs: tuple[str, str, datetime]) -> datetime | None:
    for command, outcome, ended in runs:
        row = {"command": command, "dataset_id": DATASET, "outcome": outcome, "message": ""}
        connection.execute(insert(ingest_run).values(**row, started_at=ended, ended_at=ended))
    return read_datasets(connection)[DATASET].asked_at


@pytest.mark.parametrize("outcome", ["loaded", "unchanged"])
def test_a_pull_that_ended_well_is_an_answer(connection, outcome):
    assert asked_at(connection, ("pull", outcome, TENTH)) == TENTH


def test_neither_a_failed_pull_nor_reading_shipped_or_recorded_files_is_one(connection):
    runs = (("pull", "failed", TENTH), ("pull", "refused", TENTH), ("load", "loaded", TENTH))
    runs = (*runs, ("pull --from", "loaded", TENTH))
    assert asked_at(connection, *runs) is None


def test_the_last_answer_counts(connection):
    runs = (("pull", "loaded", TENTH), ("pull", "unchanged", ELEVENTH), ("pull", "failed", TENTH))
    assert asked_at(connection, *runs) == ELEVENTH
