"""Storing what the measures say, all of it or the part that has changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, delete

from data.bulk import insert_columns
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
    return insert_measures(connection, rows)


def insert_measures(connection: Connection, rows: Iterable[MeasureRow]) -> int:
    """Store measures of which none is there yet.

    Returns:
        How many rows were stored.
    """
    stored = 0
    remaining = iter(rows)
    while batch := list(islice(remaining, BATCH)):
        columns = zip(MeasureRow._fields, zip(*batch, strict=True), strict=True)
        texts = {name: pd.Series(values, dtype=object) for name, values in columns}
        insert_columns(connection, measure, len(batch), texts)
        stored += len(batch)
    return stored


def remove_measures(
    connection: Connection, kind: str, subject: str | None, *, begins: bool = False
) -> None:
    """Remove the measures of a kind: of one subject, or of all subjects where None.

    With `begins` those whose subject begins with `subject`.
    """
    statement = delete(measure).where(measure.c.kind == kind)
    if subject is not None and begins:
        statement = statement.where(measure.c.subject.startswith(subject, autoescape=True))
    elif subject is not None:
        statement = statement.where(measure.c.subject == subject)
    connection.execute(statement)
