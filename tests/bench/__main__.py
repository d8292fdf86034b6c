"""`make bench`: measures every figure that the project states, prints them and keeps them."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from data.store import PROJECT
from tests.bench import (
    addresses,
    answers,
    building,
    growing,
    lighthouse,
    measuring,
    packing,
    programs,
    reading,
    repainting,
    replaying,
    simulated,
    throughput,
)
from tests.bench.figures import BenchError, Figure
from tests.fixtures.server import serving

KEPT = PROJECT / "var" / "bench.json"


def main() -> int:
    """Measure; 1 when something that should be measured was not there, with what it is."""
    figures: list[Figure] = []
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        try:
            for part in measured(Path(name), faults):
                figures += part
        except (BenchError, pytest.fail.Exception) as error:
            faults.append(str(error))
    show(figures)
    keep(figures, faults)
    for fault in faults:
        print(f"Not measured: {fault}", file=sys.stderr)
    return 1 if faults else 0


def measured(folder: Path, faults: list[str]) -> Iterator[list[Figure]]:
    """The figures, part by part, so that those before a fault are not lost; faults are added."""
    yield simulated.measure()
    yield building.measure(folder)
    yield measuring.measure(folder)
    yield growing.measure(folder)
    replayed, missing = replaying.measure(folder)
    faults += missing
    yield replayed
    store = f"sqlite:///{folder / 'missions.sqlite'}"
    yield packing.measure(store, folder / "packs")
    kinds = addresses.addresses(store)
    # One process: a page asked for again is one that this very process has answered before.
    with serving(store, folder / "server.log", WEB_CONCURRENCY="1") as url:
        yield answers.measure_pages(url, kinds)
        yield programs.measure(url)
        seen, choices, unseen = reading.measure(url, kinds)
        faults += unseen
        yield seen
        yield answers.measure_choices(url, choices)
        yield repainting.measure(url)
    # As it is served: every process that it has by itself.
    with serving(store, folder / "served.log") as url:
        yield throughput.measure_dashboard(url, kinds)
        metrics = [address.removeprefix("/metrics/") for address in kinds["metric"]]
        yield throughput.measure_people(url, metrics)
    with throughput.published(folder, store) as (url, figures):
        yield figures
        audited, missing = lighthouse.measure(url, kinds, folder / "lighthouse")
        faults += missing
        yield audited


def show(figures: list[Figure]) -> None:
    """Print the figures as a table, with the target where there is one."""
    table = Table(title=f"{os.cpu_count()} cores, Python {platform.python_version()}")
    for heading in ("what", "measured"):
        table.add_column(heading)
    for heading in ("value", "unit", "times", "target"):
        table.add_column(heading, justify="right")
    subject = ""
    for figure in figures:
        target = "" if figure.target is None else f"{figure.target:g}"
        if figure.holds is False:
            target += " missed"
        table.add_row(
            "" if figure.subject == subject else figure.subject,
            figure.measured,
            f"{figure.value:,.0f}" if figure.value >= 1000 else f"{figure.value:.3g}",
            figure.unit,
            str(figure.times),
            target,
        )
        subject = figure.subject
    Console(width=120).print(table)


def keep(figures: list[Figure], faults: list[str]) -> None:
    """Write the figures, and what was not measured, to `var/bench.json`."""
    KEPT.parent.mkdir(exist_ok=True)
    about = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "not_measured": faults,
    }
    rows = [
        {
            "what": figure.subject,
            "measured": figure.measured,
            "value": round(figure.value, 4),
            "unit": figure.unit,
            "times": figure.times,
            "target": figure.target,
        }
        for figure in figures
    ]
    KEPT.write_text(json.dumps({**about, "figures": rows}, indent=1) + "\n")
    print(f"Kept in {KEPT.relative_to(PROJECT)}")


if __name__ == "__main__":
    sys.exit(main())
