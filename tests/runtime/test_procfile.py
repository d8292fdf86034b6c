"""The lines of the Procfile work as a platform runs them: by a shell, with PORT set."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from data.store import PROJECT, open_store
from data.tables import observation
from tests.fixtures.postgres import PostgresServer
from tests.fixtures.server import free_port

LINES = dict(
    line.split(": ", 1) for line in (PROJECT / "Procfile").read_text().splitlines() if line
)
# A platform has the installed packages on PATH.
PLATFORM = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def release(folder: Path = PROJECT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", LINES["release"]],
        cwd=folder,
        env=os.environ | PLATFORM | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def observations(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(observation)) or 0


def test_processes() -> None:
    assert set(LINES) == {"web", "clock", "release"}


@pytest.mark.slow
def test_web_builds_a_missing_store_and_serves(start: Callable[..., Any], tmp_path: Path) -> None:
    port, store = free_port(), tmp_path / "new" / "missions.sqlite"
    web = start(
        ["/bin/sh", "-c", LINES["web"]],
        **PLATFORM,
        HOST="127.0.0.1",
        PORT=str(port),
        DATABASE_URL=f"sqlite:///{store}",
    )
    web.wait_for_answer(f"http://127.0.0.1:{port}")
    assert store.is_file()
    # The shell gave way to the server, so a platform's signal reaches it.
    assert "gunicorn" in " ".join(web.process.cmdline())


def test_release_without_database_does_nothing(tmp_path: Path) -> None:
    # A folder in which there is nothing to load with: trying to would fail.
    shutil.copytree(PROJECT / "scripts", tmp_path / "scripts")
    ended = release(tmp_path, DATABASE_URL="")
    assert ended.returncode == 0, ended.stderr
    assert "DATABASE_URL is not set" in ended.stdout
    assert not (tmp_path / "var").exists()


def test_release_that_fails_says_so_to_the_platform() -> None:
    ended = release(DATABASE_URL="mysql://localhost/missions")
    assert ended.returncode != 0
    assert "only SQLite and PostgreSQL are kept" in ended.stderr


@pytest.mark.slow
def test_two_releases_at_once_build_one_store(
    postgres_server: PostgresServer, built_store: Engine
) -> None:
    url = postgres_server.url(postgres_server.new_database())
    address = url.render_as_string(hide_password=False)
    with ThreadPoolExecutor() as pool:
        ended = list(pool.map(lambda _: release(DATABASE_URL=address), range(2)))
    assert [one.returncode for one in ended] == [0, 0], "\n".join(one.stderr for one in ended)
    engine = open_store(url, read_only=True)
    assert observations(engine) == observations(built_store) > 0
    engine.dispose()
