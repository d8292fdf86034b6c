"""How long the store takes to build from the snapshot, and how much memory, beside a naive way."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from sqlalchemy import func, select

from data.store import PROJECT, open_store
from data.tables import observation
from tests.bench.figures import BenchError, Figure

SNAPSHOT = PROJECT / "data" / "snapshot"
REPEATS = 3
# ru_maxrss is in kibibytes on Linux.
KIBIBYTES_IN_MB = 1024


def measure(folder: Path) -> list[Figure]:
    """Build the store both ways, in processes of their own and in turn, so that both see the same
    machine. Leaves the finished store in `folder`."""
    if not any(SNAPSHOT.glob("*/????-??-??.csv")):
        raise BenchError(f"no figures under {SNAPSHOT}: there is nothing to build from")
    ours: list[tuple[float, float]] = []
    naive: list[tuple[float, float]] = []
    parts: list[tuple[float, float]] = []
    for turn in range(REPEATS):
        target = folder if turn == REPEATS - 1 else Path(tempfile.mkdtemp(dir=folder))
        url = f"sqlite:///{target / 'missions.sqlite'}"
        ours.append(run([sys.executable, "-m", "ingest", "load"], DATABASE_URL=url))
        store = target / "naive.sqlite"
        naive.append(run([sys.executable, "-m", "tests.bench.naive", str(SNAPSHOT), str(store)]))
        parts.append(_parts(target))
    again = run([sys.executable, "-m", "ingest", "load"], DATABASE_URL=url)
    engine = open_store(url, read_only=True)
    with engine.connect() as connection:
        rows = connection.scalar(select(func.count()).select_from(observation)) or 0
    engine.dispose()
    size = (folder / "missions.sqlite").stat().st_size / 1e6
    return [
        Figure("store", "observations", rows, "rows"),
        Figure("store", "size", size, "MB"),
        *_both("store", "load with checks and measures", ours),
        Figure("store", "of it: read, check, load", median(p[0] for p in parts), "s", REPEATS, 3.0),
        Figure("store", "of it: compute the measures", median(p[1] for p in parts), "s", REPEATS),
        *_both("store", "read_csv and to_sql, unchecked", naive),
        Figure("store", "load when up to date, time", again[0], "s", target=1.0),
    ]


def _parts(folder: Path) -> tuple[float, float]:
    """Seconds for the figures and for the measures, in one process and without its start."""
    url = f"sqlite:///{folder / 'parts.sqlite'}"
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.parts"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise BenchError(f"the parts of a load could not be timed:\n{ran.stderr}")
    figures, measures = ran.stdout.split()
    return float(figures), float(measures)


def _both(subject: str, way: str, runs: list[tuple[float, float]]) -> list[Figure]:
    seconds, megabytes = zip(*runs, strict=True)
    return [
        Figure(subject, f"{way}, time", median(seconds), "s", len(runs)),
        Figure(subject, f"{way}, peak memory", median(megabytes), "MB", len(runs)),
    ]


def run(command: list[str], **environment: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a process that must succeed."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env=os.environ | environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            text = output.read().decode(errors="replace")
            raise BenchError(f"{' '.join(command)} failed:\n{text}")
    return seconds, usage.ru_maxrss / KIBIBYTES_IN_MB
