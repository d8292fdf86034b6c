"""A load that is killed at any point leaves what was held, and the next load completes it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data.reference_data import REFERENCE
from data.store import PROJECT, open_store
from ingest.provenance import Provenance, provenance_toml, read_provenance
from ingest.snapshot import SNAPSHOT_FOLDER, write_vintage
from tests.faults.killed_loads import Inputs
from tests.faults.stores import NewStore
from tests.ingest.examples import (
    AREA_CODES,
    els_row,
    metric,
    metric_keys,
    reading,
    write_reference_folder,
)

HELD_UNTIL = "2026-01-10"
SEED = 20220202
# One with many vintages, one with neighbourhoods, one that is corrected, two small ones.
REAL = (
    "gigabit-capable-broadband",
    "fuel-poverty",
    "homicide-offences",
    "first-time-buyer-mortgage-sales",
    "early-years",
)
OTHER, BALCONIES = "homes-with-balconies", "Homes with balconies"


def nothing_is_lost(new_store: NewStore, times: int, **asked: Any) -> None:
    """Kill a load many times, and hold what is found to what a whole load gives.

    A run that was killed stays recorded as running: nothing was left to say otherwise.
    """
    held = new_store()
    engine = open_store(held)
    Inputs.of(asked, "before").load(engine)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    stores = [new_store(held) for _ in range(times + 1)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.killed_loads"],
        cwd=PROJECT,
        input=json.dumps({"stores": stores, "seed": SEED, "held_until": HELD_UNTIL, **asked}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    whole, *killed = map(json.loads, ran.stdout.splitlines())
    assert whole["now"] != whole["held"]
    assert len(killed) == times
    for one in killed:
        where = f"killed at point {one['point']} of {whole['points']}"
        assert one["ended"] == -signal.SIGKILL, where
        after, completed = one["after"], one["completed"]
        assert after["held"] == whole["held"], where
        assert after["partial"] == [], where
        assert completed["contents"] == whole["contents"], where
        assert completed["now"] == whole["now"], where
        assert set(completed["runs"]) <= {"loaded", "running", "unchanged"}, where


def made_up(folder: Path) -> dict[str, Any]:
    """Two tables of which one vintage is held and another comes."""
    other = metric_keys()
    other |= {"source": other["source"] | {"dataset": OTHER}, "series": [{"label": BALCONIES}]}
    other["title"] = BALCONIES
    tables = (
        ({}, metric()),
        ({"id": OTHER, "title": BALCONIES}, metric("balconies", **other)),
    )
    for step, known_on in enumerate((HELD_UNTIL, "2026-03-01")):
        for declaration, one in tables:
            rows = [
                els_row(code, value=str(40 + place + step), label=one.series[0].label)
                for place, code in enumerate(AREA_CODES)
            ]
            read = reading(rows, known_on, one=one, **declaration)
            for name in ("before", "snapshot")[step:]:
                write_vintage(folder / name, read.checked.figures, read.provenance)
    return {
        "before": str(folder / "before"),
        "snapshot": str(folder / "snapshot"),
        "reference": str(write_reference_folder(folder / "reference")),
        "metrics": [
            {**metric_keys(), "id": "gardens", "mission": 0},
            {**other, "id": "balconies", "mission": 0},
        ],
    }


def real(folder: Path) -> dict[str, Any]:
    """Some of the shipped tables; all but the newest vintage are held before."""
    for dataset in REAL:
        shutil.copytree(SNAPSHOT_FOLDER / dataset, folder / "snapshot" / dataset)
        provenance: Provenance = read_provenance(SNAPSHOT_FOLDER / dataset)
        if len(provenance.vintage) > 1:
            shutil.copytree(SNAPSHOT_FOLDER / dataset, folder / "before" / dataset)
            earlier = provenance.model_copy(update={"vintage": provenance.vintage[:-1]})
            (folder / "before" / dataset / "provenance.toml").write_text(provenance_toml(earlier))
    return {
        "before": str(folder / "before"),
        "snapshot": str(folder / "snapshot"),
        "reference": str(REFERENCE),
        "metrics": [],
    }


def test_a_killed_load_loses_nothing(new_store: NewStore, tmp_path: Path) -> None:
    nothing_is_lost(new_store, 10, **made_up(tmp_path))


@pytest.mark.soak
def test_a_killed_load_of_shipped_figures_loses_nothing(
    new_store: NewStore, tmp_path: Path
) -> None:
    nothing_is_lost(new_store, 100, **real(tmp_path))
