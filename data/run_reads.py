"""How the pulls of each dataset ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from data.tables import ingest_run

# How a run is recorded that asked a publisher, and one that read recorded files: only the first
# says what a live address answers.
PULL, REPLAY = "pull", "pull --from"
# What brings in what a publisher has: either of these, and accepting what was held back.
_PULLS = (PULL, REPLAY, "accept")


@dataclass(frozen=True, slots=True)
class LastPull:
    """The last pull of a dataset that has ended.

    Attributes:
        outcome: loaded, unchanged, refused or failed.
        started_at, ended_at: in UTC, without a zone.
        failures: how many of the last pulls in a row have failed, this one included.
    """

    outcome: str
    message: str
    started_at: datetime
    ended_at: datetime
    failures: int


def read_last_pulls(connection: Connection) -> dict[str, LastPull]:
    """The last pull of each dataset of which one has ended."""
    runs = ingest_run.c
    ended = and_(runs.command.in_(_PULLS), runs.ended_at.is_not(None), runs.dataset_id.is_not(None))
    newest = select(func.max(runs.id).label("id")).where(ended).group_by(runs.dataset_id).subquery()
    answered = (
        select(runs.dataset_id, func.max(runs.id).label("id"))
        .where(ended, runs.outcome != "failed")
        .group_by(runs.dataset_id)
        .subquery()
    )
    failures = (
        select(runs.dataset_id, func.count().label("failures"))
        .outerjoin(answered, answered.c.dataset_id == runs.dataset_id)
        .where(ended, runs.outcome == "failed", runs.id > func.coalesce(answered.c.id, 0))
        .group_by(runs.dataset_id)
        .subquery()
    )
    query = (
        select(
            *(runs.dataset_id, runs.outcome, runs.message, runs.started_at, runs.ended_at),
            func.coalesce(failures.c.failures, 0).label("failures"),
        )
        .join(newest, newest.c.id == runs.id)
        .outerjoin(failures, failures.c.dataset_id == runs.dataset_id)
    )
    return {row[0]: LastPull(*row[1:]) for row in connection.execute(query)}


def newest_run(connection: Connection) -> int:
    """The number of the newest run that was recorded; 0 if none was."""
    return connection.scalar(select(func.max(ingest_run.c.id))) or 0


def has_run_since(connection: Connection, number: int, dataset: str) -> bool:
    """Whether a run on a dataset was recorded after the run of that number."""
    later = select(ingest_run.c.id).where(
        ingest_run.c.id > number, ingest_run.c.dataset_id == dataset
    )
    return connection.scalar(later.limit(1)) is not None
