"""How long the measures take to compute: all of them, and those of one table that was revised."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select, update

from data.dataset_writes import write_state
from data.store import PROJECT, open_store
from data.tables import observation, series
from metrics.catalogue import load_catalogue
from metrics.computing import COMPUTED_FROM, refresh_measures
from tests.bench.figures import BenchError, Figure

# ru_maxrss is in kibibytes on Linux.
KIBIBYTES_IN_MB = 1024
# A table that judges clauses, but weighs nobody.
REVISED = "healthy-life-expectancy-male"


def measure(folder: Path) -> list[Figure]:
    """Compute the measures of a copy of the finished store in `folder`, in a process of its own."""
    copy = folder / "measures.sqlite"
    shutil.copyfile(folder / "missions.sqlite", copy)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.measuring"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{copy}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise BenchError(f"the measures could not be timed:\n{ran.stderr}")
    taken = json.loads(ran.stdout)
    return [
        Figure("measures", "stored", taken["stored"], "rows"),
        Figure("measures", "compute all", taken["all"], "s", target=20.0),
        Figure("measures", "compute all, peak memory", taken["memory"], "MB", target=1000.0),
        Figure("measures", "nothing changed", taken["none"], "s"),
        Figure("measures", "one table revised", taken["one"], "s"),
    ]


def main() -> None:
    """Print the seconds for all measures, for none and for those of one table, as JSON."""
    engine, catalogue = open_store(), load_catalogue()

    def refresh(*, forget: bool = False, touch: bool = False) -> tuple[float, int]:
        with engine.begin() as connection:
            if forget:
                write_state(connection, COMPUTED_FROM, "{}")
            if touch:
                wanted = select(series.c.id).where(series.c.metric_id == REVISED)
                own = observation.c.series_id.in_(wanted)
                higher = {"upper_95": observation.c.upper_95 + 0.1}
                connection.execute(update(observation).where(own).values(**higher))
            started = time.perf_counter()
            stored = refresh_measures(connection, catalogue)
            return time.perf_counter() - started, stored

    everything, stored = refresh(forget=True)
    nothing, _ = refresh()
    one, _ = refresh(touch=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_IN_MB
    taken = {"all": everything, "none": nothing, "one": one, "stored": stored, "memory": memory}
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
