"""How reads grow with the store, and what it costs to read it as it was known on a day.

The shipped figures are copied under series of other names: 10 times as many on SQLite, 10 and 50
times as many on PostgreSQL. What is copied goes from table to table inside the database.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text

from data.reads import read_areas, read_series
from data.series_reads import read_figures, read_figures_of_area
from data.store import open_store
from data.tables import observation, series
from tests.bench.figures import BenchError, Figure, spread
from tests.fixtures.postgres import cluster
from tests.fixtures.server import load_store

BIRMINGHAM = "E08000025"
REPEATS = 15
# Of a read as known on a day over the same read of today.
RATIO = 1.5
# Milliseconds.
TARGETS = {"a whole series": 6.0, "one area of a series": 1.0}
# After every shipped vintage, so that both reads give the same figures.
DAY = date(9000, 1, 1)
_COPIED = (
    "area_id, period_start, period_end, vintage_from, vintage_to, known_from, known_to, value, "
    "lower_95, upper_95, status, note"
)


def measure(folder: Path) -> list[Figure]:
    """Grow copies of the store in `folder` and time reads in each."""
    store = folder / "grown.sqlite"
    shutil.copyfile(folder / "missions.sqlite", store)
    figures = _grown(open_store(f"sqlite:///{store}"), (1, 10))
    with cluster() as server:
        address = server.url(server.new_database())
        load_store(address.render_as_string(hide_password=False))
        return figures + _grown(open_store(address), (1, 10, 50))


def _grown(engine: Engine, sizes: tuple[int, ...]) -> list[Figure]:
    with engine.connect() as connection:
        shipped = connection.scalar(select(func.max(series.c.id)))
    if not shipped:
        raise BenchError("the store to be grown has no series")
    figures = []
    copies = 1
    for size in sizes:
        started = time.perf_counter()
        grow(engine, shipped, range(copies, size))
        seconds, copies = time.perf_counter() - started, size
        subject = f"{engine.dialect.name}, {size} times the figures"
        with engine.connect() as connection:
            rows = connection.scalar(select(func.count()).select_from(observation)) or 0
            figures.append(Figure(subject, "observations", rows, "rows"))
            if size > 1:
                figures.append(Figure(subject, "copying them", seconds, "s"))
            figures += list(_reads(connection, subject))
    engine.dispose()
    return figures


def grow(engine: Engine, shipped: int, copies: range) -> None:
    """Copy the series up to the number `shipped`, with their figures, once for each of `copies`."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # What is copied refers to what is there: looking that up is most of the time.
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for copy in copies:
            given = {"shift": copy * shipped, "shipped": shipped, "copy": f"copy {copy} of "}
            connection.execute(
                text(
                    "INSERT INTO series (id, metric_id, breakdown, dataset_id, source_label, "
                    "unit_measure) SELECT id + :shift, :copy || metric_id, breakdown, dataset_id, "
                    ":copy || source_label, unit_measure FROM series WHERE id <= :shipped"
                ),
                given,
            )
            connection.execute(
                text(
                    f"INSERT INTO observation (series_id, {_COPIED}) "  # noqa: S608 - own names
                    f"SELECT series_id + :shift, {_COPIED} FROM observation "
                    "WHERE series_id <= :shipped"
                ),
                {"shift": given["shift"], "shipped": shipped},
            )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _reads(connection: Connection, subject: str) -> Iterator[Figure]:
    areas = read_areas(connection)
    reads: dict[str, Callable[[date | None], Any]] = {
        "a whole series": lambda day: read_series(
            connection, "gigabit-broadband", as_of=day, areas=areas
        ),
        "one area of a series": lambda day: read_figures(
            connection, "gigabit-broadband", codes=[BIRMINGHAM], as_of=day
        ),
        "every figure of an area": lambda day: read_figures_of_area(
            connection, BIRMINGHAM, as_of=day
        ),
    }
    for what, read in reads.items():
        if not len(read(None)):
            raise BenchError(f"{subject}: there is nothing to read of {what}")
        taken: dict[date | None, list[float]] = {None: [], DAY: []}
        for _ in range(REPEATS):
            for day, seconds in taken.items():
                started = time.perf_counter()
                read(day)
                seconds.append(time.perf_counter() - started)
        now, then = (median(taken[day]) for day in (None, DAY))
        current = [seconds * 1000 for seconds in taken[None]]
        yield from spread(subject, what, current, "ms", TARGETS.get(what))
        yield Figure(subject, f"{what}, known-on over current", then / now, "", REPEATS, RATIO)
