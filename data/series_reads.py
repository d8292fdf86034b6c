"""Reads of one series by period, and of what became of an area: each is one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, func, select

from data.periods import TimePeriod
from data.reads import FIGURE_COLUMNS, known_on
from data.tables import area, area_change, area_group, membership, observation, series


def read_periods(
    connection: Connection, metric_id: str, breakdown: str = "", *, as_of: date | None = None
) -> dict[TimePeriod, int]:
    """The periods of one series, oldest first, each with how many areas have a value in it."""
    query = (
        select(
            observation.c.period_start,
            observation.c.period_end,
            func.count(observation.c.value),
        )
        .join(series, series.c.id == observation.c.series_id)
        .where(series.c.metric_id == metric_id, series.c.breakdown == breakdown, known_on(as_of))
        .group_by(observation.c.period_start, observation.c.period_end)
        .order_by(observation.c.period_start, observation.c.period_end)
    )
    return {TimePeriod(row[0], row[1]): row[2] for row in connection.execute(query)}


def read_period(
    connection: Connection,
    metric_id: str,
    breakdown: str,
    period: TimePeriod,
    *,
    as_of: date | None = None,
) -> pd.DataFrame:
    """All areas of one series in one period, with the columns of `data.reads`."""
    query = (
        select(*FIGURE_COLUMNS)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(
            series.c.metric_id == metric_id,
            series.c.breakdown == breakdown,
            observation.c.period_start == period.start,
            observation.c.period_end == period.end,
            known_on(as_of),
        )
        .order_by(area.c.code)
    )
    result = connection.execute(query)
    frame = pd.DataFrame(result.fetchall(), columns=list(result.keys()))
    for name in ("value", "lower_95", "upper_95"):
        frame[name] = frame[name].astype("float64")
    return frame


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an area on a date. `precision` is `day` or `year`."""

    new_code: str | None
    new_name: str | None
    kind: str
    effective_on: date
    precision: str


def read_changes(connection: Connection, code: str) -> list[Change]:
    """What became of the area with this code, in the order of the changes."""
    query = (
        select(
            area_change.c.new_code,
            area.c.name,
            area_change.c.kind,
            area_change.c.effective_on,
            area_change.c.date_precision,
        )
        .outerjoin(area, area.c.code == area_change.c.new_code)
        .where(area_change.c.old_code == code)
        .order_by(area_change.c.effective_on, area_change.c.new_code)
    )
    return [Change(*row) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Membership:
    """One member of a group, as of today."""

    group_id: str
    group_title: str
    kind: str
    code: str
    name: str
    role: str


def read_memberships(connection: Connection) -> list[Membership]:
    """Today's members of every group, in the order that the group gives them."""
    query = (
        select(
            area_group.c.id,
            area_group.c.title,
            area_group.c.kind,
            area.c.code,
            area.c.name,
            membership.c.role,
        )
        .join(membership, membership.c.group_id == area_group.c.id)
        .join(area, area.c.id == membership.c.area_id)
        .where(membership.c.valid_to.is_(None))
        .order_by(area_group.c.id, membership.c.position, area.c.name)
    )
    return [Membership(*row) for row in connection.execute(query)]
