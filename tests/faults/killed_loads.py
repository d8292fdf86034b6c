"""Loads that kill themselves, in a process of their own: `python -m tests.faults.killed_loads`.

Reads what to do as JSON: `stores` (addresses of stores that hold what the folder `before` has),
`snapshot` (the folder that is then loaded), `reference`, `metrics` (definitions; those of the
product where there are none), `held_until`, `seed`.

The first store is loaded without being killed, to count the points at which a load can be. Each
other one is loaded up to a point that the seed draws, and killed there with SIGKILL; then it is
loaded again. Prints what was found in each as a line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

from data.reads import known_on
from data.store import open_store
from data.tables import area, ingest_run, metadata, observation, series, vintage
from ingest.building import load_snapshot
from metrics.catalogue import Catalogue, load_catalogue
from metrics.definition import Metric

# What says when and how a load ran, not what it loaded.
ABOUT_LOADING = {"ingest_run"}


@dataclass(frozen=True)
class Inputs:
    """What is loaded."""

    catalogue: Catalogue
    reference: Path
    snapshot: Path

    @classmethod
    def of(cls, asked: Mapping[str, Any], snapshot: str = "snapshot") -> Inputs:
        """What the JSON names."""
        catalogue = load_catalogue()
        if keys := asked["metrics"]:
            metrics = {one["id"]: Metric.model_validate(one) for one in keys}
            catalogue = replace(catalogue, metrics=metrics)
        return cls(catalogue, Path(asked["reference"]), Path(asked[snapshot]))

    def load(self, engine: Engine) -> None:
        """Bring a store to the snapshot."""
        build = load_snapshot(
            *(engine, self.catalogue, self.snapshot.name),
            folder=self.snapshot,
            reference=self.reference,
            corrections=(),
        )
        assert not build.refusals, build.refusals


def load(address: str, inputs: Inputs, at: Callable[[], None] | None = None) -> int:
    """Load a snapshot in a child process.

    Args:
        address: the store.
        inputs: what is loaded.
        at: is called at each point: before and after each statement, and before each commit.

    Returns:
        0, or the signal that ended the child.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        engine = open_store(address)
        if at:
            point = at
            for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
                event.listen(engine, name, lambda *_: point())
        inputs.load(engine)
        engine.dispose()
        code = 0
    finally:
        os._exit(code)


def killed_at(point: int) -> Callable[[], None]:
    """Ends the process the `point`-th time that it is called, so that nothing can be tidied up."""
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def points_of(address: str, inputs: Inputs) -> int:
    """How many points a whole load of the snapshot has."""
    reading, writing = os.pipe()

    def count() -> None:
        os.write(writing, b".")

    child = os.fork()
    if not child:
        os._exit(load(address, inputs, count))
    os.close(writing)
    points = 0
    while part := os.read(reading, 65536):
        points += len(part)
    os.close(reading)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return points


def contents(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
            if table.name not in ABOUT_LOADING
        }


def figures(engine: Engine, day: date | None, datasets: Collection[str] = ()) -> str:
    """One hash over every figure as known on a day, or now; of some tables, or of all."""
    names = ("period_start", "period_end", "value", "lower_95", "upper_95", "status", "note")
    # By name, not by number: PostgreSQL does not give a number again that a killed load had.
    columns = [series.c.metric_id, series.c.breakdown, area.c.code]
    columns += [observation.c[name] for name in names]
    query = (
        select(*columns)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(known_on(day))
        .order_by(*columns[:5])
    )
    if datasets:
        query = query.where(series.c.dataset_id.in_(datasets))
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for row in connection.execute(query):
            digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def partial_vintages(engine: Engine) -> list[int]:
    """Vintages that say they added figures which are not there."""
    with engine.connect() as connection:
        rows = connection.execute(
            select(vintage.c.id, vintage.c.added, func.count(observation.c.area_id))
            .outerjoin(observation, observation.c.vintage_from == vintage.c.id)
            .group_by(vintage.c.id, vintage.c.added)
        )
        return [number for number, added, found in rows if found < added]


def observe(address: str, day: date, datasets: Collection[str]) -> dict[str, Any]:
    """What a reader finds in a store; `held` is what was known of the tables on the day."""
    engine = open_store(address, read_only=True)
    with engine.connect() as connection:
        runs = [row.outcome for row in connection.execute(select(ingest_run.c.outcome))]
    found = {
        "held": figures(engine, day, datasets),
        "now": figures(engine, None),
        "partial": partial_vintages(engine),
        "contents": contents(engine),
        "runs": sorted(set(runs)),
    }
    engine.dispose()
    return found


def main() -> None:
    """Kill loads as asked for on the standard input."""
    asked = json.load(sys.stdin)
    first, *stores = asked["stores"]
    inputs = Inputs.of(asked)
    held_before = [path.name for path in Path(asked["before"]).iterdir()]
    seen = partial(observe, day=date.fromisoformat(asked["held_until"]), datasets=held_before)
    held = seen(first)["held"]
    points = points_of(first, inputs)
    whole = seen(first)
    assert whole["held"] == held
    print(json.dumps({"points": points, **whole}), flush=True)
    chance = random.Random(asked["seed"])  # noqa: S311 - points in time, not secrets
    for address in stores:
        point = chance.randint(1, points)
        ended = load(address, inputs, killed_at(point))
        after = seen(address)
        assert load(address, inputs) == 0
        found = {"point": point, "ended": ended, "after": after}
        print(json.dumps({**found, "completed": seen(address)}), flush=True)


if __name__ == "__main__":
    main()
