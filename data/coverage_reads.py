"""What the store holds of each series, and the rows that it refused: one query for each table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, case, func, select

from data.areas import COMBINED_AUTHORITY
from data.tables import NEVER, area, observation, rejected_row, series, vintage


@dataclass(frozen=True, slots=True)
class SeriesCoverage:
    """What is held of one series, as known now.

    Attributes:
        figures: values held; `blanks` are rows without one, each with its reason.
        areas: places with at least one value, each counted once however often its code changed.
        first_start, first_end, newest_start, newest_end: the first and the newest period with a
            row; all periods of a series have one shape.
        boroughs: how many of the `codes` asked for have a value in any period.
        boroughs_now: how many of them have one in the newest period.
        combined: 1 where the combined authority has a value in any period, else 0;
            `combined_now` says the same for the newest.
    """

    metric: str
    breakdown: str
    dataset: str
    figures: int
    blanks: int
    areas: int
    first_start: date
    first_end: date
    newest_start: date
    newest_end: date
    boroughs: int
    boroughs_now: int
    combined: int
    combined_now: int


def read_coverage(connection: Connection, codes: Iterable[str]) -> list[SeriesCoverage]:
    """The coverage of every series with a row, in the order of metrics and breakdowns.

    Args:
        codes: the areas that `boroughs` and `boroughs_now` count.
    """
    figure = observation.c
    # In the order of the table's own key, which needs no sorting.
    by_code = (
        select(
            figure.series_id,
            figure.area_id,
            func.count(figure.value).label("figures"),
            func.count().label("rows"),
            func.min(figure.period_start).label("first_start"),
            func.min(figure.period_end).label("first_end"),
            func.max(figure.period_start).label("newest_start"),
            func.max(figure.period_end).label("newest_end"),
            func.max(case((figure.value.is_not(None), figure.period_end))).label("valued_end"),
        )
        .where(figure.known_to == NEVER)
        .group_by(figure.series_id, figure.area_id)
        .subquery()
    )
    place = func.coalesce(area.c.recoded_to, area.c.code)
    last = func.max(func.max(by_code.c.newest_end)).over(partition_by=by_code.c.series_id)
    by_place = (
        select(
            by_code.c.series_id,
            place.label("place"),
            func.sum(by_code.c.figures).label("figures"),
            func.sum(by_code.c.rows).label("rows"),
            func.min(by_code.c.first_start).label("first_start"),
            func.min(by_code.c.first_end).label("first_end"),
            func.max(by_code.c.newest_start).label("newest_start"),
            func.max(by_code.c.newest_end).label("newest_end"),
            case((func.sum(by_code.c.figures) > 0, 1), else_=0).label("ever"),
            case((func.max(by_code.c.valued_end) == last, 1), else_=0).label("now"),
        )
        .join(area, area.c.id == by_code.c.area_id)
        .group_by(by_code.c.series_id, place)
        .subquery()
    )
    borough = case((by_place.c.place.in_(list(codes)), 1), else_=0)
    combined = case((by_place.c.place == COMBINED_AUTHORITY, 1), else_=0)
    query = (
        select(
            series.c.metric_id,
            series.c.breakdown,
            series.c.dataset_id,
            func.sum(by_place.c.figures),
            func.sum(by_place.c.rows - by_place.c.figures),
            func.sum(by_place.c.ever),
            func.min(by_place.c.first_start),
            func.min(by_place.c.first_end),
            func.max(by_place.c.newest_start),
            func.max(by_place.c.newest_end),
            func.sum(by_place.c.ever * borough),
            func.sum(by_place.c.now * borough),
            func.sum(by_place.c.ever * combined),
            func.sum(by_place.c.now * combined),
        )
        .join(by_place, by_place.c.series_id == series.c.id)
        .group_by(series.c.metric_id, series.c.breakdown, series.c.dataset_id)
        .order_by(series.c.metric_id, series.c.breakdown)
    )
    return [SeriesCoverage(*tuple(row)) for row in connection.execute(query)]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row of a publisher's file that was not taken in: its line, its own text, and why."""

    number: int
    raw: str
    reason: str


def read_rejected(connection: Connection, dataset_id: str, most: int) -> list[RejectedRow]:
    """The first `most` rows that the newest vintage of a dataset refused, in the file's order."""
    newest = (
        select(vintage.c.id)
        .where(vintage.c.dataset_id == dataset_id)
        .order_by(vintage.c.known_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(rejected_row.c.row_number, rejected_row.c.raw, rejected_row.c.reason)
        .where(rejected_row.c.vintage_id == newest)
        .order_by(rejected_row.c.row_number, rejected_row.c.id)
        .limit(most)
    )
    return [RejectedRow(*row) for row in connection.execute(query)]
