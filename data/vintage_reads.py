"""Reads of vintages themselves: what was loaded when, and which periods it had a say in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, or_, select

from data.tables import observation, rejected_row, retrieval, vintage


@dataclass(frozen=True)
class HeldVintage:
    """One vintage as it is recorded.

    Attributes:
        id: its number in the store.
        known_on: the day on which it became known.
        figures_sha256: the hash of its tidy figures as they were loaded.
        rows_read: how many figures it had.
        added, withdrawn, revised, restatused: what it did to the ones before.
        retrieval: the columns of its retrieval but the number.
        rejected: row number, raw text and reason of each row that it set aside.
    """

    id: int
    known_on: date
    figures_sha256: str
    rows_read: int
    added: int
    withdrawn: int
    revised: int
    restatused: int
    retrieval: dict[str, Any]
    rejected: list[tuple[int, str, str]]


def read_held_vintages(connection: Connection, dataset_id: str) -> list[HeldVintage]:
    """The vintages of a dataset, oldest first."""
    fetched = [column for column in retrieval.c if column.name != "id"]
    own = [
        vintage.c[name]
        for name in (
            *("id", "known_on", "figures_sha256", "rows_read"),
            *("added", "withdrawn", "revised", "restatused"),
        )
    ]
    rows = connection.execute(
        select(*own, *fetched)
        .join(retrieval, retrieval.c.id == vintage.c.retrieval_id)
        .where(vintage.c.dataset_id == dataset_id)
        .order_by(vintage.c.known_on)
    ).all()
    refused: dict[int, list[tuple[int, str, str]]] = {}
    for row in connection.execute(
        select(rejected_row)
        .join(vintage, vintage.c.id == rejected_row.c.vintage_id)
        .where(vintage.c.dataset_id == dataset_id)
        .order_by(rejected_row.c.id)
    ):
        refused.setdefault(row.vintage_id, []).append((row.row_number, row.raw, row.reason))
    return [
        HeldVintage(
            **{column.name: row._mapping[column] for column in own},
            retrieval={column.name: row._mapping[column] for column in fetched},
            rejected=refused.get(row._mapping[vintage.c.id], []),
        )
        for row in rows
    ]


def periods_of_vintage(connection: Connection, vintage_id: int) -> pd.DataFrame:
    """The periods in which a vintage changed something: `period_start`, `period_end`."""
    query = (
        select(observation.c.period_start, observation.c.period_end)
        .where(
            or_(observation.c.vintage_from == vintage_id, observation.c.vintage_to == vintage_id)
        )
        .distinct()
    )
    columns = ["period_start", "period_end"]
    frame = pd.DataFrame(connection.execute(query).fetchall(), columns=columns)
    return frame.astype(dict.fromkeys(columns, "datetime64[s]"))
