"""`make run`: says plainly why it cannot start, serves when it can, and stops leaving nothing."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import psutil
import pytest

from data.store import PROJECT
from scripts.run import Address
from tests.fixtures.server import free_port

RUN = ["scripts/python.sh", "-m", "scripts.run"]


def refused(folder: Path = PROJECT, other: dict[str, Any] | None = None, **environment: str) -> str:
    """The one line with which the command ends, having served nothing."""
    run = subprocess.run(
        RUN,
        cwd=folder,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **(other or {}),
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1
    return run.stderr.strip()


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5", "８０８０"])
def test_port_that_is_none(port: str) -> None:
    assert refused(PORT=port) == (
        f"PORT is {port!r}, which is not a port: set it to a number from 1 to 65535"
    )


def test_port_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        line = refused(PORT=str(port))
    assert line.startswith(f"port {port} on 127.0.0.1 is taken")
    assert f"make run PORT={port + 1}" in line


def test_host_of_another_machine() -> None:
    # 192.0.2.1 is kept for examples: no machine has it.
    line = refused(HOST="192.0.2.1", PORT=str(free_port()))
    assert line.startswith("HOST is '192.0.2.1', which is not an address of this machine")


def test_folder_that_cannot_be_written(read_only_checkout: tuple[Path, dict[str, Any]]) -> None:
    folder, other = read_only_checkout
    line = refused(folder, other, PORT=str(free_port()), DATABASE_URL="")
    assert line.startswith(f"{folder / 'var'} cannot be written")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8050"),
        ("0.0.0.0", "http://127.0.0.1:8050"),  # noqa: S104
        ("::1", "http://[::1]:8050"),
        ("::", "http://[::1]:8050"),
        ("localhost", "http://localhost:8050"),
    ],
)
def test_address_to_open(host: str, url: str) -> None:
    assert Address(host, 8050).url == url


@pytest.fixture
def own_store(built_store_url: str, tmp_path: Path) -> str:
    """A copy of the store as shipped, up to date, that the test may write to."""
    built = Path(built_store_url.removeprefix("sqlite:///"))
    for path in built.parent.glob(f"{built.name}*"):
        shutil.copy(path, tmp_path)
    return f"sqlite:///{tmp_path / built.name}"


@pytest.mark.slow
@pytest.mark.parametrize("how", ["terminate make", "interrupt all", "terminate the server"])
def test_serves_and_stops(start: Callable[..., Any], own_store: str, how: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    run = start(
        RUN if how == "terminate the server" else ["make", "run"],
        PORT=str(port),
        DATABASE_URL=own_store,
    )
    run.wait_for_line(url)
    with urlopen(f"{url}/healthz", timeout=10) as answer:
        assert answer.status == 200
    with urlopen(url, timeout=30) as answer:
        assert "West Midlands" in answer.read().decode()

    family = run.family()
    if how == "interrupt all":
        # As a terminal does on Ctrl-C: to everything in the foreground.
        os.killpg(run.process.pid, signal.SIGINT)
    else:
        run.process.terminate()
    _, left = psutil.wait_procs(family, timeout=30)
    assert left == []
    socket.create_server(("127.0.0.1", port)).close()


@pytest.mark.slow
def test_second_start_installs_nothing(start: Callable[..., Any], own_store: str) -> None:
    environment = {"DATABASE_URL": own_store, "PIP_NO_INDEX": "1", "PIP_NO_CACHE_DIR": "1"}
    port = str(free_port())
    first = start(RUN, PORT=port, **environment)
    first.wait_for_line(f"http://127.0.0.1:{port}")
    first.process.terminate()
    first.process.wait(timeout=30)

    second = start(RUN, PORT=port, **environment)
    second.wait_for_line(f"http://127.0.0.1:{port}")
    assert "Installing" not in second.printed


@pytest.mark.slow
def test_store_that_cannot_be_built_stops_the_start(tmp_path: Path) -> None:
    run = subprocess.run(
        RUN,
        cwd=PROJECT,
        env=os.environ | {"PORT": str(free_port()), "DATABASE_URL": "mysql://localhost/missions"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "only SQLite and PostgreSQL are kept" in run.stderr
    assert "Traceback" not in run.stderr
