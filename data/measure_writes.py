"""Storing what the measures say, all of it anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from data.tables import measure

BATCH = 5000


class MeasureRow(NamedTuple):
    """One stored measure; `payload` is JSON."""

    kind: str
    subject: str
    area_code: str
    payload: str


def replace_measures(connection: Connection, rows: Iterable[MeasureRow]) -> int:
    """Put `rows` in place of every stored measure, in the caller's transaction.

    Returns:
        How many rows were stored.
    """
    connection.execute(delete(measure))
    stored = 0
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        connection.execute(insert(measure), [row._asdict() for row in batch])
        stored += len(batch)
    return stored


def measures_sha256(connection: Connection) -> str:
    """One hash over every stored measure: the same measures give the same hash."""
    digest = hashlib.sha256()
    query = select(measure).order_by(measure.c.kind, measure.c.subject, measure.c.area_code)
    for row in connection.execute(query).yield_per(BATCH):
        digest.update("\0".join(row).encode())
    return digest.hexdigest()
