"""`python -m ingest clock`: pulls each table when it is due."""

from __future__ import annotations

import signal
from collections.abc import Callable
from threading import Event

from data.store import open_store
from ingest.clock import Clock
from ingest.places import Places
from ingest.releases import watched_tables
from metrics.catalogue import load_catalogue


def run_clock(places: Places, say: Callable[[str], None], once: bool) -> None:
    """Run the clock until it is told to stop by SIGTERM or SIGINT.

    Raises:
        CatalogueError: the definitions have faults.
        StoreError: the store cannot be opened.
    """
    stop = Event()
    clock = Clock(open_store(), watched_tables(load_catalogue(places.metrics)), say, stop)
    before = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        clock.run(once=once)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
