"""What the store holds of each dataset, and how the last runs ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from data.tables import NEVER, dataset, ingest_run, observation, rejected_row, series, vintage


@dataclass(frozen=True, slots=True)
class Holding:
    """One dataset in the store.

    Attributes:
        known_on: the dates of the vintages held, oldest first.
        latest_period_end: the last day of the newest period with a row, or None without rows.
        figures: rows known now, blanks included; `rejected` rows set aside by the newest vintage.
        last_outcome, last_ended_at: how and when the last run on it ended; empty and None if none
            has.
        accepted: what was recorded, with the reason, when a load was last taken in that had been
            held back; empty if none was.
        cadence: how often it is published, in words; empty where that is not declared.
        expected_by, overdue_after: when the next figures are expected at the latest, and from
            when on they are overdue; None where none are expected.
    """

    dataset: str
    title: str
    licence: str
    known_on: tuple[date, ...]
    latest_period_end: date | None
    figures: int
    rejected: int
    last_outcome: str
    last_ended_at: datetime | None
    accepted: str = ""
    cadence: str = ""
    expected_by: date | None = None
    overdue_after: date | None = None


def read_holdings(connection: Connection) -> list[Holding]:
    """Every dataset in the store, in the order of the ids."""
    days: dict[str, list[date]] = {}
    newest: dict[str, int] = {}
    for row in connection.execute(
        select(vintage.c.dataset_id, vintage.c.id, vintage.c.known_on).order_by(vintage.c.known_on)
    ):
        days.setdefault(row.dataset_id, []).append(row.known_on)
        newest[row.dataset_id] = row.id
    known = {
        row.dataset_id: (row.latest, row.figures)
        for row in connection.execute(
            select(
                series.c.dataset_id,
                func.max(observation.c.period_end).label("latest"),
                func.count().label("figures"),
            )
            .join(observation, observation.c.series_id == series.c.id)
            .where(observation.c.known_to == NEVER)
            .group_by(series.c.dataset_id)
        )
    }
    rejected = {
        row.vintage_id: row.rows
        for row in connection.execute(
            select(rejected_row.c.vintage_id, func.count().label("rows")).group_by(
                rejected_row.c.vintage_id
            )
        )
    }
    ended = {
        row.dataset_id: (row.outcome, row.ended_at)
        for row in connection.execute(
            select(ingest_run).where(ingest_run.c.ended_at.is_not(None)).order_by(ingest_run.c.id)
        )
    }
    accepted = {
        row.dataset_id: f"{row.ended_at.date()}: {row.message}"
        for row in connection.execute(
            select(ingest_run)
            .where(ingest_run.c.command == "accept", ingest_run.c.outcome == "loaded")
            .order_by(ingest_run.c.id)
        )
    }
    return [
        Holding(
            *(row.id, row.title, row.licence, tuple(days.get(row.id, ()))),
            *known.get(row.id, (None, 0)),
            rejected.get(newest.get(row.id, 0), 0),
            *ended.get(row.id, ("", None)),
            accepted.get(row.id, ""),
            *(row.cadence, row.expected_by, row.overdue_after),
        )
        for row in connection.execute(select(dataset).order_by(dataset.c.id))
    ]


def newest_vintages(connection: Connection) -> dict[str, date]:
    """For each dataset of which figures are held, the day on which the newest became known."""
    query = select(vintage.c.dataset_id, func.max(vintage.c.known_on)).group_by(
        vintage.c.dataset_id
    )
    return {row[0]: row[1] for row in connection.execute(query)}
