"""A load as the command does it, with the time that computing the measures took told apart."""

from __future__ import annotations

import sys
import time
from typing import Any

from data.store import alone, migrate, open_store
from ingest import building
from ingest.freshness import inputs_sha256
from ingest.places import Places
from metrics.catalogue import load_catalogue

# Pandera loads hypothesis where it finds it, which is where tests are run and nowhere else.
sys.modules["hypothesis"] = None  # type: ignore[assignment]


def main() -> None:
    """Build the store of `DATABASE_URL` and print the seconds for figures, then for measures."""
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
    engine = open_store()
    with alone(engine):
        migrate(engine)
        places = Places()
        inputs = inputs_sha256(
            places.snapshot, places.reference, places.metrics, places.corrections
        )
        build = building.load_snapshot(engine, load_catalogue(), inputs)
    if build.refusals:
        raise SystemExit(f"refused: {build.refusals}")
    print(time.perf_counter() - started - taken, taken)


if __name__ == "__main__":
    main()
