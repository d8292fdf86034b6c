"""Reads for a brief of several areas: a few queries, whatever the number of measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from data.periods import TimePeriod
from data.reads import FIGURE_COLUMNS, known_on, numbers_of
from data.series_reads import FigureRow
from data.tables import area, dataset, observation, series, vintage

# Metric, breakdown and area.
Key = tuple[str, str, str]
Held = dict[Key, dict[TimePeriod, FigureRow]]


def read_figures_of_areas(
    connection: Connection,
    codes: Iterable[str],
    *,
    as_of: date | None = None,
    metrics: Iterable[str] | None = None,
    ending_from: date | None = None,
) -> Held:
    """Figures of several areas, under older codes of the same places too.

    Where a place has figures of one period under two codes, that under the newer one stands.

    Args:
        connection: the store.
        codes: the areas.
        as_of: as known at the end of this day; now when None.
        metrics: only these, all when None.
        ending_from: only of periods that end on this day or later.

    Returns:
        By metric, breakdown and today's code, the figures by period. A missing value is None
        with a status that says why.
    """
    query = (
        select(
            series.c.metric_id,
            series.c.breakdown,
            area.c.code,
            area.c.recoded_to,
            *FIGURE_COLUMNS,
        )
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(observation.c.area_id.in_(numbers_of(codes)), known_on(as_of))
    )
    if metrics is not None:
        query = query.where(series.c.metric_id.in_(list(metrics)))
    if ending_from is not None:
        query = query.where(observation.c.period_end >= ending_from)
    found: Held = {}
    for metric_id, breakdown, *rest in connection.execute(query):
        row = FigureRow(*rest)
        figures = found.setdefault((metric_id, breakdown, row.recoded_to or row.code), {})
        period = TimePeriod(row.period_start, row.period_end)
        if row.recoded_to is None or period not in figures:
            figures[period] = row
    return found


def read_older_codes(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """The earlier codes of the same places, each with today's."""
    query = select(area.c.code, area.c.recoded_to).where(area.c.recoded_to.in_(list(codes)))
    return {row.code: row.recoded_to for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Expected:
    """When newer figures of a dataset are expected; None where none are."""

    dataset: str
    title: str
    producer: str
    licence: str
    landing_page: str
    known_on: date
    cadence: str
    expected_by: date | None
    overdue_after: date | None


def read_expected(connection: Connection) -> dict[str, Expected]:
    """Every dataset of which figures are held, with the day of its newest vintage."""
    query = (
        select(
            dataset.c.id,
            dataset.c.title,
            dataset.c.producer,
            dataset.c.licence,
            dataset.c.landing_page,
            func.max(vintage.c.known_on),
            dataset.c.cadence,
            dataset.c.expected_by,
            dataset.c.overdue_after,
        )
        .join(vintage, vintage.c.dataset_id == dataset.c.id)
        .group_by(dataset.c.id)
        .order_by(dataset.c.id)
    )
    return {row[0]: Expected(*row) for row in connection.execute(query)}
