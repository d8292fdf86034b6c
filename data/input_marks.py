"""Short marks of what measures are computed from: a mark changes when its figures change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from data.tables import (
    NEVER,
    area,
    area_change,
    area_group,
    membership,
    neighbourhood,
    observation,
    series,
)


def series_marks(connection: Connection) -> dict[tuple[str, str], str]:
    """A mark of the figures now known of each series that has any, by metric and breakdown.

    Every load that changes a figure writes a row with its own vintage, or leaves one row fewer.
    The sums see to a table that was built again under the same numbers.
    """
    current = (
        select(
            observation.c.series_id,
            func.count().label("rows"),
            func.count(observation.c.value).label("valued"),
            func.max(observation.c.vintage_from).label("vintage"),
            func.max(observation.c.known_from).label("known_from"),
            func.sum(observation.c.value).label("values"),
            func.sum(observation.c.upper_95).label("uppers"),
        )
        .where(observation.c.known_to == NEVER)
        .group_by(observation.c.series_id)
        .subquery()
    )
    query = select(
        series.c.metric_id,
        series.c.breakdown,
        current.c.rows,
        current.c.valued,
        current.c.vintage,
        current.c.known_from,
        current.c["values"],
        current.c.uppers,
    ).join(current, current.c.series_id == series.c.id)
    return {
        (metric, breakdown): " ".join([*map(str, counted), *(f"{one or 0.0:.9g}" for one in sums)])
        for metric, breakdown, *counted, first, second in connection.execute(query)
        for sums in ((first, second),)
    }


def neighbourhood_mark(connection: Connection) -> str:
    """A mark of the small areas held of every dataset."""
    query = (
        select(
            neighbourhood.c.dataset_id,
            neighbourhood.c.area_id,
            neighbourhood.c.period_start,
            func.count(),
            func.sum(neighbourhood.c.households),
            func.sum(neighbourhood.c.fuel_poor_households),
            func.min(neighbourhood.c.share),
            func.max(neighbourhood.c.share),
        )
        .group_by(neighbourhood.c.dataset_id, neighbourhood.c.area_id, neighbourhood.c.period_start)
        .order_by(neighbourhood.c.dataset_id, neighbourhood.c.area_id, neighbourhood.c.period_start)
    )
    return _hash(tuple(row) for row in connection.execute(query))


def reference_mark(connection: Connection) -> str:
    """A mark of every area, change, group and membership."""
    areas = select(*(column for column in area.c if column.name != "id")).order_by(area.c.code)
    changes = select(*(column for column in area_change.c if column.name != "id")).order_by(
        area_change.c.old_code, area_change.c.new_code
    )
    groups = select(area_group).order_by(area_group.c.id)
    members = (
        select(
            membership.c.group_id,
            area.c.code,
            membership.c.role,
            membership.c.position,
            membership.c.valid_from,
            membership.c.valid_to,
        )
        .join(area, area.c.id == membership.c.area_id)
        .order_by(membership.c.group_id, area.c.code)
    )
    return _hash(
        tuple(row)
        for query in (areas, changes, groups, members)
        for row in connection.execute(query)
    )


def _hash(rows: Iterable[tuple[object, ...]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()
