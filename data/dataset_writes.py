"""Writing what datasets and series are, what ran, and what the store was built from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from data.tables import (
    area,
    dataset,
    ingest_run,
    observation,
    retrieval,
    series,
    source,
    store_state,
)


def write_source(connection: Connection, source_id: str, title: str, home_url: str) -> None:
    """Record a publisher's protocol, or bring what is recorded up to date."""
    _put(connection, source, source_id, {"title": title, "home_url": home_url})


def write_dataset(connection: Connection, dataset_id: str, values: dict[str, Any]) -> None:
    """Record a dataset (the columns of `dataset` but its id), or bring it up to date."""
    _put(connection, dataset, dataset_id, values)


def _put(connection: Connection, table: Table, row_id: str, values: dict[str, Any]) -> None:
    found = connection.execute(select(table).where(table.c.id == row_id)).mappings().first()
    if found is None:
        connection.execute(insert(table).values(id=row_id, **values))
    elif {name: found[name] for name in values} != values:
        connection.execute(update(table).where(table.c.id == row_id).values(values))


def write_series(
    connection: Connection, dataset_id: str, declared: Sequence[dict[str, str]]
) -> list[int]:
    """Bring the series of a dataset to what is declared and return their numbers, in order.

    Each declaration has `metric_id`, `breakdown`, `source_label` and `unit_measure`. A series is
    known by the publisher's label, so that a metric may be renamed without losing its figures.
    """
    rows = connection.execute(select(series).where(series.c.dataset_id == dataset_id)).mappings()
    held = {row["source_label"]: row for row in rows}
    changed = [
        wanted
        for wanted in declared
        if wanted["source_label"] in held
        and any(held[wanted["source_label"]][name] != value for name, value in wanted.items())
    ]
    # Two series may be about to swap names, which are unique: first give each one of its own.
    for wanted in changed:
        number = held[wanted["source_label"]]["id"]
        aside = {"metric_id": f"~{number}"}
        connection.execute(update(series).where(series.c.id == number).values(aside))
    for wanted in changed:
        number = held[wanted["source_label"]]["id"]
        connection.execute(update(series).where(series.c.id == number).values(wanted))
    numbers = []
    for wanted in declared:
        if wanted["source_label"] in held:
            numbers.append(int(held[wanted["source_label"]]["id"]))
        else:
            statement = insert(series).values(dataset_id=dataset_id, **wanted)
            numbers.append(int(connection.execute(statement.returning(series.c.id)).scalar_one()))
    return numbers


def forget_other_series(connection: Connection, declared: Collection[tuple[str, str]]) -> int:
    """Take out the series that nothing declares any more, with their figures.

    Args:
        connection: the store.
        declared: the dataset and the publisher's label of every declared series.

    Returns:
        How many series were taken out.
    """
    rows = connection.execute(select(series.c.id, series.c.dataset_id, series.c.source_label))
    gone = [row.id for row in rows if (row.dataset_id, row.source_label) not in declared]
    if gone:
        connection.execute(delete(observation).where(observation.c.series_id.in_(gone)))
        connection.execute(delete(series).where(series.c.id.in_(gone)))
    return len(gone)


def area_numbers(connection: Connection) -> dict[str, int]:
    """The number by which observations refer to each area code."""
    query = select(area.c.code, area.c.id)
    return {row.code: row.id for row in connection.execute(query)}


def newest_retrieval(connection: Connection, dataset_id: str) -> dict[str, Any] | None:
    """What was last fetched of a dataset, or None: the columns of `retrieval`."""
    query = (
        select(retrieval)
        .where(retrieval.c.dataset_id == dataset_id)
        .order_by(retrieval.c.id.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    return dict(found) if found else None


def start_run(connection: Connection, command: str, dataset_id: str | None) -> int:
    """Record that something has begun; returns the number of the run."""
    statement = insert(ingest_run).values(
        command=command,
        dataset_id=dataset_id,
        started_at=_now(),
        outcome="running",
        message="",
    )
    return int(connection.execute(statement.returning(ingest_run.c.id)).scalar_one())


def end_run(connection: Connection, run_id: int, outcome: str, message: str) -> None:
    """Record how a run ended: loaded, unchanged, refused or failed."""
    connection.execute(
        update(ingest_run)
        .where(ingest_run.c.id == run_id)
        .values(ended_at=_now(), outcome=outcome, message=message)
    )


def end_unfinished_runs(connection: Connection, command: str, message: str) -> int:
    """Record as failed the runs of a command that never ended, and return how many there were.

    Only for a caller who knows that none of them goes on: who is alone at that command.
    """
    ended = connection.execute(
        update(ingest_run)
        .where(ingest_run.c.command == command, ingest_run.c.ended_at.is_(None))
        .values(ended_at=_now(), outcome="failed", message=message)
    )
    return ended.rowcount


def write_release(
    connection: Connection,
    dataset_id: str,
    cadence: str,
    expected_by: date | None,
    overdue_after: date | None,
) -> None:
    """Record how often a dataset is published and when its next figures are expected."""
    values = {"cadence": cadence, "expected_by": expected_by, "overdue_after": overdue_after}
    connection.execute(update(dataset).where(dataset.c.id == dataset_id).values(values))


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def read_state(connection: Connection, key: str) -> str | None:
    """What is recorded of the store itself under `key`, or None."""
    return connection.execute(
        select(store_state.c.value).where(store_state.c.key == key)
    ).scalar_one_or_none()


def write_state(connection: Connection, key: str, value: str) -> None:
    """Record something of the store itself, in place of what was recorded before."""
    connection.execute(delete(store_state).where(store_state.c.key == key))
    connection.execute(insert(store_state).values(key=key, value=value))
