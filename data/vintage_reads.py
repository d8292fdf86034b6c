"""Reads of vintages themselves: what was loaded when, and which periods it had a say in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, or_, select

from data.tables import dataset, observation, rejected_row, retrieval, vintage


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


@dataclass(frozen=True, slots=True)
class VintageRow:
    """One vintage of one dataset, with where it was fetched and what it changed."""

    dataset: str
    title: str
    producer: str
    landing_page: str
    licence: str
    known_on: date
    published_on: date
    retrieved_on: date
    url: str
    sha256: str
    rows_read: int
    added: int
    withdrawn: int
    revised: int
    restatused: int
    set_aside: int


def read_vintages(
    connection: Connection, dataset_id: str | None = None, *, as_of: date | None = None
) -> list[VintageRow]:
    """The vintages of every dataset, or of one, by dataset and the newest first."""
    refused = (
        select(rejected_row.c.vintage_id, func.count().label("rows"))
        .group_by(rejected_row.c.vintage_id)
        .subquery()
    )
    query = (
        select(
            dataset.c.id,
            dataset.c.title,
            dataset.c.producer,
            dataset.c.landing_page,
            dataset.c.licence,
            vintage.c.known_on,
            retrieval.c.published_on,
            retrieval.c.retrieved_on,
            retrieval.c.url,
            retrieval.c.sha256,
            vintage.c.rows_read,
            vintage.c.added,
            vintage.c.withdrawn,
            vintage.c.revised,
            vintage.c.restatused,
            func.coalesce(refused.c.rows, 0),
        )
        .join(vintage, vintage.c.dataset_id == dataset.c.id)
        .join(retrieval, retrieval.c.id == vintage.c.retrieval_id)
        .outerjoin(refused, refused.c.vintage_id == vintage.c.id)
        .order_by(dataset.c.id, vintage.c.known_on.desc())
    )
    if dataset_id is not None:
        query = query.where(dataset.c.id == dataset_id)
    if as_of is not None:
        query = query.where(vintage.c.known_on <= as_of)
    return [VintageRow(*tuple(row)) for row in connection.execute(query)]
