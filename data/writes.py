"""Writing figures: vintages, and observations with the dates on which they were the known ones.

All functions work in the caller's transaction. Frames of figures have the columns
`FIGURE_COLUMNS`: numbers of series and area, first and last day (datetime64), value and interval
as floats (blank = NaN), status and note as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from data.bulk import insert_columns
from data.reads import known_on as known_then
from data.tables import NEVER, observation, rejected_row, retrieval, series, vintage

FIGURE_KEY = ["series_id", "area_id", "period_start", "period_end"]
FIGURE_NUMBERS = ["value", "lower_95", "upper_95"]
FIGURE_COLUMNS = [*FIGURE_KEY, *FIGURE_NUMBERS, "status", "note"]
# SQLite's own defaults suit small writes: its 2 MB of cache are less than the index that a load
# fills, and its write-ahead log is copied into the file, and waited for, every 4 MB.
_SQLITE_FOR_BULK = ("PRAGMA cache_size=-65536", "PRAGMA wal_autocheckpoint=20000")


def begin_load(connection: Connection, dataset_id: str) -> None:
    """Open the transaction of a load and hold off any other load of the same dataset.

    SQLite lets one writer in at a time, and waits for it; PostgreSQL locks by the dataset.
    """
    if connection.dialect.name == "sqlite":
        for pragma in _SQLITE_FOR_BULK:
            connection.exec_driver_sql(pragma)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (dataset_id,)
        )


def held_vintages(connection: Connection, dataset_id: str) -> list[tuple[date, str]]:
    """The vintages held of a dataset, oldest first: known-on date and hash of the figures."""
    query = (
        select(vintage.c.known_on, vintage.c.figures_sha256)
        .where(vintage.c.dataset_id == dataset_id)
        .order_by(vintage.c.known_on)
    )
    return [(row.known_on, row.figures_sha256) for row in connection.execute(query)]


def held_figures(
    connection: Connection, dataset_id: str, as_of: date | None = None
) -> pd.DataFrame:
    """The figures of a dataset that are known now, or were known on a date."""
    columns = [observation.c[name] for name in (*FIGURE_COLUMNS, "vintage_from")]
    query = (
        select(*columns)
        .where(
            observation.c.series_id.in_(
                select(series.c.id).where(series.c.dataset_id == dataset_id)
            ),
            known_then(as_of),
        )
        .order_by(*(observation.c[name] for name in FIGURE_KEY))
    )
    rows = connection.execute(query).all()
    values: list[Any] = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pd.DataFrame(
        {
            column.name: _as_column(column.name, value)
            for column, value in zip(columns, values, strict=True)
        }
    )


def _as_column(name: str, values: Sequence[Any]) -> pd.Series | np.ndarray:
    if name in ("period_start", "period_end"):
        places, distinct = pd.factorize(np.array(values, dtype=object))
        return distinct.astype("datetime64[D]").astype("datetime64[s]")[places]
    if name in FIGURE_NUMBERS:
        return np.array(values, dtype=np.float64)
    if name in ("status", "note"):
        return pd.Series(np.array(values, dtype=object), dtype=object)
    return np.array(values, dtype=np.int64)


def write_retrieval(connection: Connection, values: dict[str, Any]) -> int:
    """Record one fetch: the columns of `retrieval` but its number, which is returned."""
    result = connection.execute(insert(retrieval).returning(retrieval.c.id), values)
    return int(result.scalar_one())


def write_vintage(connection: Connection, values: dict[str, Any]) -> int:
    """Record one vintage: the columns of `vintage` but its number, which is returned."""
    result = connection.execute(insert(vintage).returning(vintage.c.id), values)
    return int(result.scalar_one())


def write_rejected(
    connection: Connection, vintage_id: int, rows: list[tuple[int, str, str]]
) -> None:
    """Keep the rows that a load set aside: row number, raw text, reason."""
    if rows:
        connection.execute(
            insert(rejected_row),
            [
                {"vintage_id": vintage_id, "row_number": number, "raw": raw, "reason": reason}
                for number, raw, reason in rows
            ],
        )


def close_figures(
    connection: Connection, figures: pd.DataFrame, vintage_id: int, known_on: date
) -> None:
    """End the time of held figures: from `known_on` they are no longer the known ones.

    `figures` are rows of `held_figures`.
    """
    if figures.empty:
        return
    keys = [*FIGURE_KEY, "vintage_from"]
    statement = (
        update(observation)
        .where(*(observation.c[name] == bindparam(f"old_{name}") for name in keys))
        .values(vintage_to=vintage_id, known_to=known_on)
    )
    columns = [figures[name].tolist() for name in keys]
    for name in ("period_start", "period_end"):
        columns[keys.index(name)] = _dates(figures[name])
    names = [f"old_{name}" for name in keys]
    connection.execute(
        statement, [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    )


def _dates(days: pd.Series) -> list[date]:
    # Few days are different ones, and making a date costs more than looking it up.
    distinct, places = np.unique(days.to_numpy().astype("datetime64[D]"), return_inverse=True)
    dates: list[date] = distinct.astype(object)[places].tolist()
    return dates


def insert_figures(
    connection: Connection,
    figures: pd.DataFrame,
    vintage_from: int | np.ndarray,
    known_from: date | np.ndarray,
    ended: tuple[np.ndarray, np.ndarray] | None = None,
) -> None:
    """Add figures, those of one vintage or of several.

    Args:
        connection: the store.
        figures: the figures.
        vintage_from: the number of the vintage that gave them, or one number for each.
        known_from: the day from which they are the known ones, or one (datetime64) for each.
        ended: the number of the vintage that ended each, and the day; None for figures that are
            known from then on.
    """
    order = np.lexsort([figures[name].to_numpy() for name in reversed(FIGURE_KEY)])
    vintage_to, known_to = ended or (None, NEVER)
    columns = {
        **{name: figures[name].to_numpy()[order] for name in (*FIGURE_KEY, *FIGURE_NUMBERS)},
        **{name: figures[name].iloc[order] for name in ("status", "note")},
        "vintage_from": _in_order(vintage_from, order),
        "known_from": _in_order(known_from, order),
        "known_to": _in_order(known_to, order),
    }
    if vintage_to is not None:
        columns["vintage_to"] = _in_order(vintage_to, order)
    insert_columns(connection, observation, len(order), columns)


def _in_order(given: int | date | np.ndarray, order: np.ndarray) -> int | str | np.ndarray:
    if isinstance(given, np.ndarray):
        ordered: np.ndarray = given[order]
        return ordered
    return given.isoformat() if isinstance(given, date) else given


def forget_figures(connection: Connection, dataset_id: str) -> None:
    """Take out every vintage of a dataset with its figures, so that it can be built again."""
    of_dataset = select(series.c.id).where(series.c.dataset_id == dataset_id)
    vintages = select(vintage.c.id).where(vintage.c.dataset_id == dataset_id)
    connection.execute(delete(observation).where(observation.c.series_id.in_(of_dataset)))
    connection.execute(delete(rejected_row).where(rejected_row.c.vintage_id.in_(vintages)))
    connection.execute(delete(vintage).where(vintage.c.dataset_id == dataset_id))
    connection.execute(delete(retrieval).where(retrieval.c.dataset_id == dataset_id))
