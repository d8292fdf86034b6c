"""What the store ever held of single figures: each value with the days on which it was known."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from data.tables import NEVER, area, dataset, observation, retrieval, series, vintage


class HeldFigure(NamedTuple):
    """One value of an observation, known from one day until another (None: still known).

    A missing value is None with a status that says why.
    """

    dataset: str
    value: float | None
    lower_95: float | None
    upper_95: float | None
    status: str
    note: str
    known_from: date
    known_to: date | None


def read_history(
    connection: Connection, metric_id: str, breakdown: str, code: str, start: date, end: date
) -> list[HeldFigure]:
    """Every value that was ever held for one area and period of a series, the oldest first.

    Args:
        code: the area's code as it was published, older codes not joined.
        start, end: first and last day of the period, both inclusive.
    """
    query = (
        select(
            series.c.dataset_id,
            observation.c.value,
            observation.c.lower_95,
            observation.c.upper_95,
            observation.c.status,
            observation.c.note,
            observation.c.known_from,
            observation.c.known_to,
        )
        .join(series, series.c.id == observation.c.series_id)
        .where(
            series.c.metric_id == metric_id,
            series.c.breakdown == breakdown,
            # A condition on the number is answered from the table's own key.
            observation.c.area_id == select(area.c.id).where(area.c.code == code).scalar_subquery(),
            observation.c.period_start == start,
            observation.c.period_end == end,
        )
        .order_by(observation.c.known_from)
    )
    return [
        HeldFigure(*row[:-1], None if row[-1] == NEVER else row[-1])
        for row in connection.execute(query)
    ]


class DatasetVintage(NamedTuple):
    """One vintage of a dataset, as a citation names it."""

    dataset: str
    title: str
    producer: str
    landing_page: str
    licence: str
    published_on: date
    retrieved_on: date
    known_on: date


def read_dataset_vintages(connection: Connection, dataset_id: str) -> list[DatasetVintage]:
    """The vintages of a dataset, the oldest first; none for an unknown one."""
    query = (
        select(
            dataset.c.id,
            dataset.c.title,
            dataset.c.producer,
            dataset.c.landing_page,
            dataset.c.licence,
            retrieval.c.published_on,
            retrieval.c.retrieved_on,
            vintage.c.known_on,
        )
        .join(vintage, vintage.c.dataset_id == dataset.c.id)
        .join(retrieval, retrieval.c.id == vintage.c.retrieval_id)
        .where(dataset.c.id == dataset_id)
        .order_by(vintage.c.known_on)
    )
    return [DatasetVintage(*row) for row in connection.execute(query)]


def is_known_metric(connection: Connection, metric_id: str) -> bool:
    """Whether the store ever held a series of a metric, also of one that is declared no more."""
    query = select(series.c.id).where(series.c.metric_id == metric_id).limit(1)
    return connection.execute(query).first() is not None
