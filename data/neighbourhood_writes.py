"""Writing the figures of small areas within authorities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete

from data.bulk import insert_columns
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
    held = list(rows)
    columns = {
        "dataset_id": dataset,
        "code": pd.Series([row.code for row in held], dtype=object),
        "area_id": np.array([row.area_id for row in held], dtype=np.int64),
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
        "households": np.array([row.households for row in held], dtype=np.int64),
        "fuel_poor_households": np.array(
            [row.fuel_poor_households for row in held], dtype=np.int64
        ),
        "share": np.array([row.share for row in held], dtype=np.float64),
    }
    insert_columns(connection, neighbourhood, len(held), columns)
