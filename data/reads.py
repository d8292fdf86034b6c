"""Reads from the store, each one query, each as known on a date when one is given.

Frames of figures have one row for each area and period, ordered by area and period:
`ref_area, area_name, area_type, lower_tier, upper_tier, region_code, country_code, recoded_to,
end_on, period_start, period_end, value, lower_95, upper_95, status, note`. Dates are
`datetime.date`; a missing value is NaN with a status that says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, or_, select, true

from data.run_reads import PULL
from data.tables import (
    NEVER,
    area,
    area_change,
    area_group,
    dataset,
    ingest_run,
    measure,
    membership,
    observation,
    rejected_row,
    retrieval,
    series,
    source,
    vintage,
)

AREA_COLUMNS = {
    "code": "ref_area",
    "name": "area_name",
    "type": "area_type",
    "lower_tier": "lower_tier",
    "upper_tier": "upper_tier",
    "region_code": "region_code",
    "country_code": "country_code",
    "recoded_to": "recoded_to",
    "end_on": "end_on",
}
NUMBERS = ("value", "lower_95", "upper_95")
FIGURE_COLUMNS = (
    observation.c.period_start,
    observation.c.period_end,
    observation.c.value,
    observation.c.lower_95,
    observation.c.upper_95,
    observation.c.status,
    observation.c.note,
)


def known_on(as_of: date | None) -> Any:
    """The condition that a figure was the known one on a date; today's when None."""
    if as_of is None:
        return observation.c.known_to == NEVER
    return and_(observation.c.known_from <= as_of, observation.c.known_to > as_of)


def numbers_of(codes: Iterable[str]) -> Select[tuple[int]]:
    """The store's numbers of areas, under older codes too.

    A condition on the numbers is answered from the index of figures; one on the codes reads
    every figure.
    """
    wanted = list(codes)
    return select(area.c.id).where(or_(area.c.code.in_(wanted), area.c.recoded_to.in_(wanted)))


def read_series(
    connection: Connection,
    metric_id: str,
    breakdown: str = "",
    *,
    as_of: date | None = None,
    codes: Iterable[str] | None = None,
    areas: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """All figures of one series, for all areas or those of `codes`. Empty when there are none.

    Args:
        areas: what `read_areas` gives, where it is at hand already.
    """
    query = (
        select(observation.c.area_id, *FIGURE_COLUMNS)
        .join(series, series.c.id == observation.c.series_id)
        .where(series.c.metric_id == metric_id, series.c.breakdown == breakdown, known_on(as_of))
        # As the store keeps them.
        .order_by(observation.c.area_id, observation.c.period_start, observation.c.period_end)
    )
    if codes is not None:
        wanted = select(area.c.id).where(area.c.code.in_(list(codes)))
        query = query.where(observation.c.area_id.in_(wanted))
    known = read_areas(connection) if areas is None else areas
    frame = _figures(connection, query, known)
    # Only areas stand in another order, so that their periods need not be compared again.
    return frame.sort_values("ref_area", kind="stable", ignore_index=True)


def read_area_figures(
    connection: Connection, code: str, *, as_of: date | None = None
) -> pd.DataFrame:
    """All figures of one area (under older codes too), with `metric_id` and `breakdown` besides."""
    query = (
        select(observation.c.area_id, series.c.metric_id, series.c.breakdown, *FIGURE_COLUMNS)
        .join(series, series.c.id == observation.c.series_id)
        .where(observation.c.area_id.in_(numbers_of([code])), known_on(as_of))
    )
    return _figures(connection, query, read_areas(connection)).sort_values(
        ["metric_id", "breakdown", "period_start"], ignore_index=True
    )


def _figures(connection: Connection, query: Select[Any], areas: pd.DataFrame) -> pd.DataFrame:
    """Figures with what is known of their areas beside them, joined on the store's own ids."""
    result = connection.execute(query)
    names = list(result.keys())
    columns = list(zip(*result.fetchall(), strict=True)) or [()] * len(names)
    figures = dict(zip(names, columns, strict=True))
    places = pd.Index(areas["id"]).get_indexer(list(figures.pop("area_id")))
    # As objects, so that each row points at the area's own words instead of copying them.
    beside = {name: _objects(areas[column])[places] for column, name in AREA_COLUMNS.items()}
    return pd.DataFrame(
        {name: pd.Series(words, dtype=object) for name, words in beside.items()}
        | {
            name: pd.Series(list(values), dtype="float64" if name in NUMBERS else object)
            for name, values in figures.items()
        }
    )


def _objects(column: pd.Series) -> np.ndarray:
    """The values of a column, None where there is none."""
    values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return values


def read_areas(connection: Connection) -> pd.DataFrame:
    """Every area known: `code, name, type, lower_tier, upper_tier, start_on, end_on, ...`."""
    result = connection.execute(select(area).order_by(area.c.code))
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


@dataclass(frozen=True, slots=True)
class Area:
    """One area, as pages name it."""

    code: str
    name: str
    type: str
    region_code: str | None
    country_code: str | None
    end_on: date | None
    recoded_to: str | None
    lower_tier: bool
    upper_tier: bool


def read_area(connection: Connection, code: str) -> Area | None:
    """One area by its GSS code, or None."""
    row = connection.execute(
        select(
            area.c.code,
            area.c.name,
            area.c.type,
            area.c.region_code,
            area.c.country_code,
            area.c.end_on,
            area.c.recoded_to,
            area.c.lower_tier,
            area.c.upper_tier,
        ).where(area.c.code == code)
    ).first()
    return Area(*row) if row else None


def read_members(
    connection: Connection, group_id: str, on: date | None = None
) -> list[tuple[str, str]]:
    """Codes and names of a group's members on a date (today's members when None), in order."""
    query = (
        select(area.c.code, area.c.name)
        .join(membership, membership.c.area_id == area.c.id)
        .where(membership.c.group_id == group_id)
        .order_by(membership.c.position, area.c.name)
    )
    if on is None:
        query = query.where(membership.c.valid_to.is_(None))
    else:
        query = query.where(
            or_(membership.c.valid_from.is_(None), membership.c.valid_from <= on),
            or_(membership.c.valid_to.is_(None), membership.c.valid_to >= on),
        )
    return [(row.code, row.name) for row in connection.execute(query)]


def read_successors(connection: Connection) -> dict[str, tuple[str, ...]]:
    """For each abolished code, the codes that took its place (never a larger area it joined)."""
    found: dict[str, tuple[str, ...]] = {}
    for old, new in connection.execute(
        select(area_change.c.old_code, area_change.c.new_code)
        .where(area_change.c.kind != "joins", area_change.c.new_code.is_not(None))
        .order_by(area_change.c.old_code, area_change.c.new_code)
    ):
        found[old] = (*found.get(old, ()), new)
    return found


def read_groups(connection: Connection, kind: str | None = None) -> pd.DataFrame:
    """The governed groups: `id, title, kind, description, source, verified`."""
    query = select(area_group).order_by(area_group.c.id)
    if kind is not None:
        query = query.where(area_group.c.kind == kind)
    result = connection.execute(query)
    return pd.DataFrame(result.fetchall(), columns=list(result.keys()))


def newest_known_on(connection: Connection, *, as_of: date | None = None) -> date | None:
    """The day on which the newest vintage in the store was known; None for an empty store."""
    query = select(func.max(vintage.c.known_on)).where(_loaded_by(as_of))
    return connection.execute(query).scalar()


def _loaded_by(as_of: date | None) -> Any:
    """The condition that a vintage was known by a date; that it is known when None."""
    return true() if as_of is None else vintage.c.known_on <= as_of


def read_measures(
    connection: Connection,
    kind: str,
    *,
    area_code: str | None = None,
    subjects: Iterable[str] | None = None,
) -> dict[tuple[str, str], str]:
    """Stored measures of a kind as JSON texts, by (subject, area code)."""
    query = select(measure.c.subject, measure.c.area_code, measure.c.payload).where(
        measure.c.kind == kind
    )
    if area_code is not None:
        query = query.where(measure.c.area_code == area_code)
    if subjects is not None:
        query = query.where(measure.c.subject.in_(list(subjects)))
    return {(row.subject, row.area_code): row.payload for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """Where a dataset comes from and how fresh it is."""

    id: str
    title: str
    producer: str
    landing_page: str
    licence: str
    source_title: str
    url: str
    published_on: date
    retrieved_on: date
    known_on: date
    sha256: str
    rows_read: int
    rejected: int
    # How often it is published, in words, empty where that is not declared; by when newer figures
    # are expected, and from when on they are overdue. None where none are expected.
    cadence: str = ""
    expected_by: date | None = None
    overdue_after: date | None = None
    # When the publisher's live address last gave what is held, or the same again; None if it never
    # has, and the figures come from files recorded earlier.
    asked_at: datetime | None = None


def read_datasets(connection: Connection, *, as_of: date | None = None) -> dict[str, DatasetFacts]:
    """Each dataset held, with its newest vintage; those of which nothing was known are left out."""
    newest = (
        select(vintage.c.dataset_id, func.max(vintage.c.known_on).label("known_on"))
        .where(_loaded_by(as_of))
        .group_by(vintage.c.dataset_id)
        .subquery()
    )
    refused = (
        select(rejected_row.c.vintage_id, func.count().label("rows"))
        .group_by(rejected_row.c.vintage_id)
        .subquery()
    )
    asked = (
        select(ingest_run.c.dataset_id, func.max(ingest_run.c.ended_at).label("at"))
        .where(ingest_run.c.command == PULL, ingest_run.c.outcome.in_(("loaded", "unchanged")))
        .group_by(ingest_run.c.dataset_id)
        .subquery()
    )
    query = (
        select(
            dataset.c.id,
            dataset.c.title,
            dataset.c.producer,
            dataset.c.landing_page,
            dataset.c.licence,
            source.c.title.label("source_title"),
            retrieval.c.url,
            retrieval.c.published_on,
            retrieval.c.retrieved_on,
            vintage.c.known_on,
            retrieval.c.sha256,
            vintage.c.rows_read,
            func.coalesce(refused.c.rows, 0),
            *(dataset.c.cadence, dataset.c.expected_by, dataset.c.overdue_after, asked.c.at),
        )
        .join(source, source.c.id == dataset.c.source_id)
        .join(newest, newest.c.dataset_id == dataset.c.id)
        .join(
            vintage,
            and_(vintage.c.dataset_id == dataset.c.id, vintage.c.known_on == newest.c.known_on),
        )
        .join(retrieval, retrieval.c.id == vintage.c.retrieval_id)
        .outerjoin(refused, refused.c.vintage_id == vintage.c.id)
        .outerjoin(asked, asked.c.dataset_id == dataset.c.id)
        .order_by(dataset.c.id)
    )
    return {row[0]: DatasetFacts(*tuple(row)) for row in connection.execute(query)}
