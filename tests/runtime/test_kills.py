"""A load that is killed at any moment leaves a store that the next load completes."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.store import PROJECT, open_store
from data.tables import metadata
from tests.fixtures.server import load_store

# What says when and how a load ran, not what it loaded.
ABOUT_LOADING = {"ingest_run"}
KILLS = 40


def contents(engine: Engine) -> dict[str, int]:
    """How many rows each table holds."""
    with engine.connect() as connection:
        return {
            table.name: len(connection.execute(select(table)).all())
            for table in metadata.sorted_tables
            if table.name not in ABOUT_LOADING
        }


@pytest.mark.soak
def test_killed_loads_leave_a_store_that_the_next_completes(
    built_store: Engine, tmp_path: Path
) -> None:
    draw = random.Random(20220202)  # noqa: S311
    started = time.monotonic()
    load_store(f"sqlite:///{tmp_path / 'whole.sqlite'}")
    whole = time.monotonic() - started
    expected = contents(built_store)
    for turn in range(KILLS):
        url = f"sqlite:///{tmp_path / f'{turn}.sqlite'}"
        process = subprocess.Popen(
            [sys.executable, "-m", "ingest", "load"],
            cwd=PROJECT,
            env=os.environ | {"DATABASE_URL": url},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(draw.uniform(0, whole))
        process.kill()
        process.wait()
        load_store(url)
        engine = open_store(url, read_only=True)
        assert contents(engine) == expected
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        engine.dispose()
