"""Writing the figures of small areas within authorities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert

from data.periods import TimePeriod
from data.tables import neighbourhood


class NeighbourhoodRow(NamedTuple):
    """One neighbourhood: its code, the number of its authority, its numbers, and the share in %."""

    code: str
    area_id: int
    households: int
    fuel_poor_households: int
    share: float


def replace_neighbourhoods(
    connection: Connection, dataset: str, period: TimePeriod, rows: Iterable[NeighbourhoodRow]
) -> None:
    """Put the neighbourhoods of one edition in place of those held of the dataset.

    Only the newest edition is kept: the producer warns against comparing editions.
    """
    connection.execute(delete(neighbourhood).where(neighbourhood.c.dataset_id == dataset))
    common = {"dataset_id": dataset, "period_start": period.start, "period_end": period.end}
    if held := [{**row._asdict(), **common} for row in rows]:
        connection.execute(insert(neighbourhood), held)
