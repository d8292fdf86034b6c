"""One process at a time brings a store up to date, on both databases."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.store import alone, open_store


def stay(url: str, diary: Path, name: str) -> None:
    """Enter, stay long enough to be met if anyone could come in, leave."""
    engine = open_store(url)
    with alone(engine):
        with diary.open("a") as page:
            page.write(f"{name} in\n")
        # Another engine of the same process reads meanwhile.
        with open_store(url, read_only=True).connect() as connection:
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1
        with diary.open("a") as page:
            page.write(f"{name} out\n")


def test_one_at_a_time(store_engine: Engine, tmp_path: Path) -> None:
    url = store_engine.url.render_as_string(hide_password=False)
    diary = tmp_path / "diary"
    fresh = multiprocessing.get_context("spawn")
    processes = [fresh.Process(target=stay, args=(url, diary, str(n))) for n in range(4)]
    with alone(store_engine):
        for process in processes:
            process.start()
        diary.write_text("first\n")
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    first, *lines = diary.read_text().splitlines()
    assert first == "first"
    comings, goings = lines[::2], lines[1::2]
    assert sorted(comings) == [f"{n} in" for n in range(4)]
    assert goings == [line.replace("in", "out") for line in comings]


def test_a_failure_inside_lets_go(store_engine: Engine) -> None:
    with pytest.raises(RuntimeError, match="inside"), alone(store_engine):
        raise RuntimeError("inside")
    with alone(store_engine):
        pass
