"""Every figure that was ever held, series by series, for finding one by its facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd
from sqlalchemy import Connection, select

from data.tables import area, observation, series

FACTS = ["ref_area", "period_start", "period_end", "value", "lower_95", "upper_95", "status"]


class HeldSeries(NamedTuple):
    """One series with every figure that was ever held of it, each once.

    `figures` has the columns of `FACTS`: dates as `date`, a missing value as NaN.
    """

    metric: str
    breakdown: str
    dataset: str
    figures: pd.DataFrame


def every_series(connection: Connection) -> Iterator[HeldSeries]:
    """The series of the store in the order of metric and breakdown."""
    named = select(series).order_by(series.c.metric_id, series.c.breakdown)
    for one in connection.execute(named).all():
        query = (
            select(
                area.c.code,
                *(observation.c[name] for name in FACTS[1:]),
            )
            .join(area, area.c.id == observation.c.area_id)
            .where(observation.c.series_id == one.id)
            .distinct()
        )
        rows = connection.execute(query).all()
        frame = pd.DataFrame([tuple(row) for row in rows], columns=FACTS)
        yield HeldSeries(one.metric_id, one.breakdown, one.dataset_id, frame)
