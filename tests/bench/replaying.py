"""How long a lost store takes to come back from the raw archive alone, and how much memory.

Every recorded table is put into an archive as a pull would put it there. Then a process of its
own reads the bytes again, checks and loads them, with no snapshot to lean on.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from data.reference_data import itl1_codes
from data.store import migrate, open_store
from ingest import building
from ingest.archive import Archive
from ingest.arriving import arrival_of
from ingest.recorded_sources import recorded_sources
from ingest.replaying import Replay
from metrics.catalogue import load_catalogue
from tests.bench.building import REPEATS, run
from tests.bench.figures import BenchError, Figure
from tests.conftest import recordings_folder

SUBJECT = "store from raw bytes"


def measure(folder: Path) -> tuple[list[Figure], list[str]]:
    """Replay an archive of every recorded table of ONS Explore Local Statistics into new stores.

    Returns:
        The figures, and what could not be measured, as where no recorded files are here.
    """
    recorded = recordings_folder() / "ons_els" / "main"
    if not recorded.is_dir():
        return [], [f"{SUBJECT}: no recorded publisher files at {recorded}"]
    archive = _archived(recorded, folder / "archive")
    kept = sum(path.stat().st_size for path in archive.folder.glob("payloads/*/*"))
    served = sum(
        file.size_bytes
        for dataset in archive.datasets()
        for one in archive.retrievals(dataset)
        for file in one.retrieval.files
    )
    runs = []
    for turn in range(REPEATS):
        store = f"sqlite:///{folder / f'replayed-{turn}.sqlite'}"
        command = [sys.executable, "-m", "tests.bench.replaying", str(archive.folder), store]
        said = folder / f"replayed-{turn}.txt"
        _, megabytes = run([*command, str(said)])
        rows, seconds = said.read_text().split()
        runs.append((int(rows), float(seconds), megabytes))
    rows_of, seconds_of, megabytes_of = zip(*runs, strict=True)
    speed = [rows / seconds for rows, seconds in zip(rows_of, seconds_of, strict=True)]
    return [
        Figure(SUBJECT, "tables", len(archive.datasets()), "tables"),
        Figure(SUBJECT, "bytes as served", served / 1e6, "MB"),
        Figure(SUBJECT, "bytes as kept", kept / 1e6, "MB"),
        Figure(SUBJECT, "observations", rows_of[0], "rows"),
        Figure(SUBJECT, "read, check, load", median(seconds_of), "s", REPEATS),
        Figure(SUBJECT, "read, check, load, speed", median(speed), "rows/s", REPEATS),
        Figure(SUBJECT, "with measures, peak memory", median(megabytes_of), "MB", REPEATS),
    ], []


def _archived(recorded: Path, folder: Path) -> Archive:
    archive = Archive(folder)
    for read in recorded_sources(recorded, itl1_codes()).values():
        arrival = arrival_of(read(None, date.today()))
        archive.settle(archive.begin(arrival.retrieval, arrival.contents), "loaded")
    return archive


def replay(folder: str, store: str, said: str) -> None:
    """Replay an archive into a new store; writes the figures added and the seconds they took."""
    taken = 0.0
    refresh = building.refresh_measures

    def timed(*given: Any) -> int:
        nonlocal taken
        started = time.perf_counter()
        count = refresh(*given)
        taken = time.perf_counter() - started
        return count

    building.refresh_measures = timed
    started = time.perf_counter()
    engine = open_store(store)
    migrate(engine)
    none_shipped = Path(folder) / "none-shipped"
    build = building.load_snapshot(
        *(engine, load_catalogue(), "measured"),
        folder=none_shipped,
        corrections=(),
        replay=Replay(Archive(Path(folder)), itl1_codes()),
    )
    if build.refusals:
        raise BenchError(f"refused: {build.refusals}")
    rows = sum(result.changes.added for result in build.results)
    Path(said).write_text(f"{rows} {time.perf_counter() - started - taken}")


if __name__ == "__main__":
    replay(*sys.argv[1:])
