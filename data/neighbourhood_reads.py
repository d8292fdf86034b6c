"""Reading the figures of small areas within authorities."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, func, select

from data.periods import TimePeriod
from data.tables import area, neighbourhood, observation, series

COLUMNS = ["code", "local_authority", "period_start", "period_end", "households",
           "fuel_poor_households", "share"]  # fmt: skip


def read_neighbourhoods(
    connection: Connection, dataset: str, local_authority: str | None = None
) -> pd.DataFrame:
    """The neighbourhoods of a dataset, of one authority or of all, in the order of their codes.

    Returns:
        The columns of `COLUMNS`; `share` in per cent, dates as `date`. Empty where none is held.
    """
    query = (
        select(
            neighbourhood.c.code,
            area.c.code.label("local_authority"),
            neighbourhood.c.period_start,
            neighbourhood.c.period_end,
            neighbourhood.c.households,
            neighbourhood.c.fuel_poor_households,
            neighbourhood.c.share,
        )
        .join(area, area.c.id == neighbourhood.c.area_id)
        .where(neighbourhood.c.dataset_id == dataset)
        .order_by(neighbourhood.c.code)
    )
    if local_authority is not None:
        query = query.where(area.c.code == local_authority)
    rows = connection.execute(query).all()
    return pd.DataFrame([tuple(row) for row in rows], columns=COLUMNS)


class HouseholdSum(NamedTuple):
    """The neighbourhoods of one authority, under its newest code, added up."""

    code: str
    period_start: date
    period_end: date
    households: int
    fuel_poor: int


def read_household_sums(connection: Connection, dataset: str) -> list[HouseholdSum]:
    """The households of a dataset's neighbourhoods for each authority, in the order of codes."""
    code = func.coalesce(func.nullif(area.c.recoded_to, ""), area.c.code)
    where = (code, neighbourhood.c.period_start, neighbourhood.c.period_end)
    query = (
        select(
            *where,
            func.sum(neighbourhood.c.households),
            func.sum(neighbourhood.c.fuel_poor_households),
        )
        .join(area, area.c.id == neighbourhood.c.area_id)
        .where(neighbourhood.c.dataset_id == dataset)
        .group_by(*where)
        .order_by(*where)
    )
    return [HouseholdSum(*tuple(row)) for row in connection.execute(query)]


def datasets_with_neighbourhoods(connection: Connection) -> list[str]:
    """The datasets of which neighbourhoods are held, in the order of their ids."""
    query = select(neighbourhood.c.dataset_id).distinct().order_by(neighbourhood.c.dataset_id)
    return list(connection.scalars(query))


def newest_period(connection: Connection, dataset: str) -> TimePeriod | None:
    """The newest period of which a dataset has any figure; None without one."""
    query = (
        select(func.max(observation.c.period_start), func.max(observation.c.period_end))
        .join(series, series.c.id == observation.c.series_id)
        .where(series.c.dataset_id == dataset)
    )
    start, end = connection.execute(query).one()
    return None if start is None else TimePeriod(start, end)
