"""Reads for single pages, each one query: a few figures, not frames of a whole series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from data.periods import TimePeriod
from data.reads import FIGURE_COLUMNS, known_on, numbers_of
from data.tables import area, area_change, area_group, measure, membership, observation, series


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


class FigureRow(NamedTuple):
    """One figure. `recoded_to` is the newer code of the same place, where there is one.

    A missing value is None with a status that says why.
    """

    code: str
    recoded_to: str | None
    period_start: date
    period_end: date
    value: float | None
    lower_95: float | None
    upper_95: float | None
    status: str
    note: str


_FIGURE = (
    area.c.code,
    area.c.recoded_to,
    *FIGURE_COLUMNS,
)


def read_figures(
    connection: Connection,
    metric_id: str,
    breakdown: str = "",
    *,
    codes: Iterable[str] | None = None,
    period: TimePeriod | None = None,
    as_of: date | None = None,
) -> list[FigureRow]:
    """Figures of one series, for some areas (under older codes too) or in one period."""
    query = (
        select(*_FIGURE)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(series.c.metric_id == metric_id, series.c.breakdown == breakdown, known_on(as_of))
    )
    if codes is not None:
        query = query.where(observation.c.area_id.in_(numbers_of(codes)))
    if period is not None:
        query = query.where(
            observation.c.period_start == period.start, observation.c.period_end == period.end
        )
    return [FigureRow(*row) for row in connection.execute(query)]


def read_figures_of_area(
    connection: Connection, code: str, *, as_of: date | None = None
) -> dict[tuple[str, str], list[FigureRow]]:
    """Figures of one area (under older codes too), by metric and breakdown."""
    query = (
        select(series.c.metric_id, series.c.breakdown, *_FIGURE)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
        .where(observation.c.area_id.in_(numbers_of([code])), known_on(as_of))
    )
    found: dict[tuple[str, str], list[FigureRow]] = {}
    for metric_id, breakdown, *figure in connection.execute(query):
        found.setdefault((metric_id, breakdown), []).append(FigureRow(*figure))
    return found


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
class KnownArea:
    """An area with what a page needs to name it and to place it."""

    code: str
    name: str
    type: str
    lower_tier: bool
    upper_tier: bool
    country_code: str | None
    current: bool
    region_code: str | None = None


# The statistical territories below regions have figures in a few datasets only, and hundreds of
# names that double those of authorities.
_NOT_NAMED = ("ITL 2", "ITL 3", "health board")


def read_known_areas(connection: Connection) -> dict[str, KnownArea]:
    """The areas that pages name and offer, by code and in the order of names.

    Without ITL 2, ITL 3 and health boards. A code that gave way to another for the same place is
    left out. `current` is False for areas that no longer exist.
    """
    query = (
        select(
            area.c.code,
            area.c.name,
            area.c.type,
            area.c.lower_tier,
            area.c.upper_tier,
            area.c.country_code,
            area.c.end_on.is_(None).label("current"),
            area.c.region_code,
        )
        .where(area.c.type.not_in(_NOT_NAMED), area.c.recoded_to.is_(None))
        .order_by(area.c.name, area.c.code)
    )
    return {row[0]: KnownArea(*row) for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Group:
    """A governed group with today's members, in the order that the group gives them."""

    id: str
    title: str
    members: tuple[tuple[str, str], ...]


def read_groups_with_members(connection: Connection, group_ids: Iterable[str]) -> list[Group]:
    """Groups with their members of today, in the order of `group_ids`; unknown ids are left out."""
    wanted = list(group_ids)
    query = (
        select(area_group.c.id, area_group.c.title, area.c.code, area.c.name)
        .join(membership, membership.c.group_id == area_group.c.id)
        .join(area, area.c.id == membership.c.area_id)
        .where(area_group.c.id.in_(wanted), membership.c.valid_to.is_(None))
        .order_by(membership.c.position, area.c.name)
    )
    titles: dict[str, str] = {}
    members: dict[str, list[tuple[str, str]]] = {}
    for group_id, title, code, name in connection.execute(query):
        titles[group_id] = title
        members.setdefault(group_id, []).append((code, name))
    return [
        Group(group_id, titles[group_id], tuple(members[group_id]))
        for group_id in dict.fromkeys(wanted)
        if group_id in titles
    ]


def read_area_measures(
    connection: Connection, kind: str, subject: str, codes: Iterable[str]
) -> dict[str, str]:
    """Stored measures of one kind and subject for several areas, as JSON texts by area code."""
    query = select(measure.c.area_code, measure.c.payload).where(
        measure.c.kind == kind, measure.c.subject == subject, measure.c.area_code.in_(list(codes))
    )
    return {row.area_code: row.payload for row in connection.execute(query)}


def read_measures_of_areas(
    connection: Connection, kind: str, subjects: Iterable[str], codes: Iterable[str]
) -> dict[tuple[str, str], str]:
    """Stored measures of one kind for several subjects and areas, as JSON texts by both."""
    query = select(measure.c.subject, measure.c.area_code, measure.c.payload).where(
        measure.c.kind == kind,
        measure.c.subject.in_(list(subjects)),
        measure.c.area_code.in_(list(codes)),
    )
    return {(row.subject, row.area_code): row.payload for row in connection.execute(query)}


def read_measures_beginning(
    connection: Connection, kind: str, beginning: str, codes: Iterable[str] | None = None
) -> list[str]:
    """Stored measures of a kind whose subject begins so, as JSON texts in the order of subjects.

    Args:
        codes: of the areas that are wanted; None for all, and for what is of no area.
    """
    query = (
        select(measure.c.payload)
        .where(measure.c.kind == kind, measure.c.subject.startswith(beginning, autoescape=True))
        .order_by(measure.c.subject, measure.c.area_code)
    )
    if codes is not None:
        query = query.where(measure.c.area_code.in_(list(codes)))
    return list(connection.scalars(query))
