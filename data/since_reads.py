"""Reads of what changed after a day: figures held now that were not, and figures held then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, exists, func, or_, select

from data.periods import TimePeriod
from data.reads import known_on, numbers_of
from data.tables import NEVER, area, observation, series, vintage


class VersionRow(NamedTuple):
    """One version of a figure: the one known now, or the one known on the day.

    `held_now` tells which. A missing value is None with a status that says why.
    """

    metric_id: str
    breakdown: str
    code: str
    name: str
    type: str
    region_code: str | None
    period_start: date
    period_end: date
    held_now: bool
    value: float | None
    lower_95: float | None
    upper_95: float | None
    status: str
    note: str
    # When it became known, of the version held now; when it ceased to stand, of the other.
    turned_on: date | None = None


def read_versions_since(
    connection: Connection,
    since: date,
    *,
    metric_id: str | None = None,
    breakdown: str = "",
    code: str | None = None,
    codes: Iterable[str] | None = None,
) -> list[VersionRow]:
    """Both versions of every figure that is not the same now as at the end of a day.

    What came and went between is left out, and so is a figure that no vintage has touched since.

    Args:
        connection: the store.
        since: the day.
        metric_id, breakdown: only this series; `breakdown` counts with a metric only.
        code: only this area, under older codes of the same place too.
        codes: the same for several areas.
    """
    newer = and_(observation.c.known_to == NEVER, observation.c.known_from > since)
    older = and_(
        observation.c.known_from <= since,
        observation.c.known_to > since,
        observation.c.known_to < NEVER,
    )
    query = (
        select(
            series.c.metric_id,
            series.c.breakdown,
            area.c.code,
            area.c.name,
            area.c.type,
            area.c.region_code,
            observation.c.period_start,
            observation.c.period_end,
            (observation.c.known_to == NEVER).label("held_now"),
            observation.c.value,
            observation.c.lower_95,
            observation.c.upper_95,
            observation.c.status,
            observation.c.note,
            case(
                (observation.c.known_to == NEVER, observation.c.known_from),
                else_=observation.c.known_to,
            ),
        )
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(or_(newer, older))
    )
    if metric_id is not None:
        query = query.where(series.c.metric_id == metric_id, series.c.breakdown == breakdown)
    chosen = [code] if code is not None else codes
    if chosen is not None:
        query = query.where(observation.c.area_id.in_(numbers_of(chosen)))
    return [VersionRow(*row) for row in connection.execute(query)]


def read_days_known(
    connection: Connection, *, dataset_id: str | None = None, code: str | None = None
) -> list[date]:
    """The days on which figures became known, newest first: all, of a dataset, or of an area."""
    query = select(vintage.c.known_on).distinct().order_by(vintage.c.known_on.desc())
    if dataset_id is not None:
        query = query.where(vintage.c.dataset_id == dataset_id)
    if code is not None:
        # One look into the index of figures for each series, instead of a walk through all of them.
        held = select(series.c.dataset_id).where(
            exists().where(
                observation.c.series_id == series.c.id,
                observation.c.area_id.in_(numbers_of([code])),
            )
        )
        query = query.where(vintage.c.dataset_id.in_(held))
    return [row.known_on for row in connection.execute(query)]


def read_valued_periods(
    connection: Connection, metric_ids: Iterable[str], *, as_of: date | None = None
) -> dict[tuple[str, str], list[TimePeriod]]:
    """The periods in which any area has a value, by metric and breakdown, in the order of time."""
    query = (
        select(
            series.c.metric_id,
            series.c.breakdown,
            observation.c.period_start,
            observation.c.period_end,
        )
        .distinct()
        .join(series, series.c.id == observation.c.series_id)
        .where(
            series.c.metric_id.in_(list(metric_ids)),
            observation.c.value.is_not(None),
            known_on(as_of),
        )
        .order_by(observation.c.period_end, observation.c.period_start)
    )
    found: dict[tuple[str, str], list[TimePeriod]] = {}
    for metric_id, breakdown, start, end in connection.execute(query):
        found.setdefault((metric_id, breakdown), []).append(TimePeriod(start, end))
    return found


def read_first_known(connection: Connection) -> dict[str, date]:
    """The day on which the first figures of each dataset became known."""
    query = select(vintage.c.dataset_id, func.min(vintage.c.known_on)).group_by(
        vintage.c.dataset_id
    )
    return {row[0]: row[1] for row in connection.execute(query)}
