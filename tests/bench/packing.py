"""How long an evidence pack of twenty figures takes, from the command to the last byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from data.areas import CONSTITUENT, ENGLAND
from data.store import PROJECT
from layouts.documents.citing_figures import FigureBook
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue
from metrics.figure import address
from tests.bench.figures import BenchError, Figure

SUBJECT = "evidence pack"
FIGURES = 20
REPEATS = 3
MOST_SECONDS = 10.0


def measure(store: str, folder: Path) -> list[Figure]:
    """Make packs of the newest figures of some measures, each in a program of its own.

    Args:
        store: address of a store with the shipped figures.
        folder: where the packs are written.
    """
    of = _addresses(store)
    chosen = [_seconds(of, store, folder) for _ in range(REPEATS)]
    # With charts, which the list of figures has none of.
    mission = [_seconds(["/missions/health"], store, folder) for _ in range(REPEATS)]
    return [
        Figure(SUBJECT, f"{FIGURES} figures, slowest", max(chosen), "s", REPEATS, MOST_SECONDS),
        Figure(SUBJECT, "a mission with its charts, slowest", max(mission), "s", REPEATS),
    ]


def _addresses(store: str) -> list[str]:
    catalogue = load_catalogue()
    found: list[str] = []
    with ReadOnlyStore(store).connect() as connection:
        for metric in catalogue.metrics.values():
            for label in metric.series:
                codes = (*CONSTITUENT, ENGLAND)
                book = FigureBook.read(connection, metric, label, codes, str, str)
                for code in codes:
                    periods = sorted(book.rows.get(code, {}), reverse=True)[:1]
                    cited = (book.cited(code, one.start, one.end) for one in periods)
                    found += [address(one.figure) for one in cited if one is not None]
                if len(found) >= FIGURES:
                    return found[:FIGURES]
    raise BenchError(f"{SUBJECT}: the store has no {FIGURES} figures to pack")


def _seconds(of: list[str], store: str, folder: Path) -> float:
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "layouts", "pack", *of, "--folder", str(folder), "--json"],
        cwd=PROJECT,
        env={**os.environ, "DATABASE_URL": store},
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - started
    if run.returncode:
        raise BenchError(f"{SUBJECT}: ended with {run.returncode}: {run.stderr.strip()}")
    if json.loads(run.stdout)["figures"] < FIGURES:
        raise BenchError(f"{SUBJECT}: fewer than {FIGURES} figures were packed")
    return taken
