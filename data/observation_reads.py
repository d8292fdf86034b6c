"""Reads of observations by the page, for programs: each row with its area and its series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, or_, select, tuple_

from data.reads import known_on
from data.tables import area, observation, series


class ObservationRow(NamedTuple):
    """One observation with what names it. A missing value is None with a status that says why.

    `known_from` is the day from which the store held just this value.
    """

    metric: str
    breakdown: str
    dataset: str
    unit_measure: str
    code: str
    area_name: str
    area_type: str
    recoded_to: str | None
    period_start: date
    period_end: date
    value: float | None
    lower_95: float | None
    upper_95: float | None
    status: str
    note: str
    known_from: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which observations of a metric are asked for; what is empty or None does not narrow.

    Attributes:
        metric: its id.
        breakdown: one breakdown, where `one_breakdown` says so (empty is a breakdown too).
        codes: areas, under older codes of the same place too.
        starts: the first day on which a period may begin.
        ends: the last day on which a period may end.
        as_of: the day on which they were known; today's when None.
    """

    metric: str
    breakdown: str = ""
    one_breakdown: bool = False
    codes: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None
    as_of: date | None = None


_ROW = (
    series.c.metric_id,
    series.c.breakdown,
    series.c.dataset_id,
    series.c.unit_measure,
    area.c.code,
    area.c.name,
    area.c.type,
    area.c.recoded_to,
    observation.c.period_start,
    observation.c.period_end,
    observation.c.value,
    observation.c.lower_95,
    observation.c.upper_95,
    observation.c.status,
    observation.c.note,
    observation.c.known_from,
)


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.join(series, series.c.id == observation.c.series_id).where(
        series.c.metric_id == wanted.metric, known_on(wanted.as_of)
    )
    if wanted.one_breakdown:
        query = query.where(series.c.breakdown == wanted.breakdown)
    if wanted.codes:
        places = select(area.c.id).where(
            or_(area.c.code.in_(wanted.codes), area.c.recoded_to.in_(wanted.codes))
        )
        query = query.where(observation.c.area_id.in_(places))
    if wanted.starts is not None:
        query = query.where(observation.c.period_start >= wanted.starts)
    if wanted.ends is not None:
        query = query.where(observation.c.period_end <= wanted.ends)
    return query


def count_observations(connection: Connection, wanted: Wanted) -> int:
    """How many observations there are of what is wanted, blanks included."""
    query = _narrowed(select(func.count()).select_from(observation), wanted)
    return int(connection.execute(query).scalar() or 0)


def read_observations(
    connection: Connection, wanted: Wanted, limit: int, offset: int
) -> list[ObservationRow]:
    """A page of observations in an order that stays the same until the store changes.

    That order is that of the table itself, so that no page needs sorting: by series, area and
    period, each as numbered in the store.
    """
    query = (
        _narrowed(select(*_ROW).select_from(observation), wanted)
        .join(area, area.c.id == observation.c.area_id)
        .order_by(
            observation.c.series_id,
            observation.c.area_id,
            observation.c.period_start,
            observation.c.period_end,
        )
        .limit(limit)
        .offset(offset)
    )
    return [ObservationRow(*tuple(row)) for row in connection.execute(query)]


def read_newest_of_area(
    connection: Connection, code: str, as_of: date | None = None
) -> list[ObservationRow]:
    """The observation of the newest period of each series of an area, under older codes too.

    Where a place has a row under an older code as well, that of the newer code stands.
    """
    places = select(area.c.id).where(or_(area.c.code == code, area.c.recoded_to == code))
    newest = (
        select(observation.c.series_id, func.max(observation.c.period_end).label("period_end"))
        .where(observation.c.area_id.in_(places), known_on(as_of))
        .group_by(observation.c.series_id)
        .subquery()
    )
    query = (
        select(*_ROW)
        .select_from(observation)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(
            observation.c.area_id.in_(places),
            known_on(as_of),
            tuple_(observation.c.series_id, observation.c.period_end).in_(
                select(newest.c.series_id, newest.c.period_end)
            ),
        )
        .order_by(series.c.metric_id, series.c.breakdown, observation.c.period_start)
    )
    found: dict[tuple[str, str], ObservationRow] = {}
    for row in connection.execute(query):
        one = ObservationRow(*tuple(row))
        key = (one.metric, one.breakdown)
        if key not in found or one.code == code:
            found[key] = one
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Span:
    """What was held of one series: values, blanks, and its first and newest period."""

    values: int
    blanks: int
    first_start: date
    first_end: date
    newest_start: date
    newest_end: date


def read_spans(
    connection: Connection, metric_id: str | None = None, *, as_of: date | None = None
) -> dict[tuple[str, str], Span]:
    """The spans of every series, or of those of one metric, by metric and breakdown."""
    query = (
        select(
            series.c.metric_id,
            series.c.breakdown,
            func.count(observation.c.value),
            func.count(),
            func.min(observation.c.period_start),
            func.min(observation.c.period_end),
            func.max(observation.c.period_start),
            func.max(observation.c.period_end),
        )
        .join(series, series.c.id == observation.c.series_id)
        .where(known_on(as_of))
        .group_by(series.c.metric_id, series.c.breakdown)
    )
    if metric_id is not None:
        query = query.where(series.c.metric_id == metric_id)
    return {
        (metric, breakdown): Span(values, rows - values, *days)
        for metric, breakdown, values, rows, *days in connection.execute(query)
    }
