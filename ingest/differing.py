"""What changed in a table between two days on which it was known, figure by figure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, REGION
from data.tables import area, series
from data.writes import FIGURE_KEY, FIGURE_NUMBERS, held_figures
from ingest.comparing import Changes

Kind = Literal["added", "withdrawn", "revised", "restatused"]
# A 95% interval is 3.92 standard errors wide.
_WIDTH = 3.92


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that changed.

    Attributes:
        west_midlands: whether the area is the region, the combined authority or lies in the region.
        before, after: the values; None where there is none.
        difference: after less before, in the unit of the metric; None where one is missing.
        standard_errors: the difference in standard errors of the earlier figure; None where that
            has no interval. Both figures rest on mostly the same data, so this says how large a
            revision is beside the margin that readers were given, and tests nothing.
    """

    kind: Kind
    area_code: str
    area_name: str
    west_midlands: bool
    period_start: date
    period_end: date
    before: float | None
    after: float | None
    difference: float | None
    standard_errors: float | None
    status_before: str
    status_after: str


@dataclass
class SeriesDifference:
    """What changed in one series; West Midlands first, then the largest revisions."""

    dataset: str
    metric: str
    breakdown: str
    first: date
    last: date
    counts: Changes = field(default_factory=Changes)
    changes: list[FigureChange] = field(default_factory=list)


def differences(
    connection: Connection,
    dataset: str,
    first: date,
    last: date,
    metrics: Collection[str] | None = None,
) -> list[SeriesDifference]:
    """What changed in each series of a table between what was known on two days.

    Args:
        connection: the store.
        dataset: the table.
        first, last: the days; what was known at the end of each is compared.
        metrics: only these metrics; all of the table when None.
    """
    keys = ["obs_before", "obs_after"]
    before, after = (held_figures(connection, dataset, day) for day in (first, last))
    merged = before.merge(after, on=FIGURE_KEY, how="outer", suffixes=("_before", "_after"))
    merged[keys[0]] = merged["vintage_from_before"].notna()
    merged[keys[1]] = merged["vintage_from_after"].notna()
    merged["kind"] = _kinds(merged)
    places = _places(connection)
    found = []
    for row in connection.execute(
        select(series).where(series.c.dataset_id == dataset).order_by(series.c.metric_id)
    ):
        if metrics is not None and row.metric_id not in metrics:
            continue
        own = merged[(merged["series_id"] == row.id) & (merged["kind"] != "")]
        counts = own["kind"].value_counts()
        difference = SeriesDifference(
            *(dataset, row.metric_id, row.breakdown, first, last),
            Changes(**{kind: int(counts.get(kind, 0)) for kind in Changes.__slots__}),
            [_change(one, places) for one in own.to_dict("records")],
        )
        difference.changes.sort(key=_order)
        found.append(difference)
    return found


def _kinds(merged: pd.DataFrame) -> np.ndarray:
    there, here = merged["obs_before"].to_numpy(), merged["obs_after"].to_numpy()
    revised = np.zeros(len(merged), dtype=bool)
    for name in FIGURE_NUMBERS:
        old, new = merged[f"{name}_before"].to_numpy(), merged[f"{name}_after"].to_numpy()
        revised |= (old != new) & ~(np.isnan(old) & np.isnan(new))
    said = [merged[f"{name}_before"] != merged[f"{name}_after"] for name in ("status", "note")]
    restatused = (said[0] | said[1]).to_numpy()
    kinds = np.select(
        [here & ~there, there & ~here, revised, restatused],
        ["added", "withdrawn", "revised", "restatused"],
        default="",
    )
    return kinds.astype(object)


def _places(connection: Connection) -> dict[int, tuple[str, str, bool]]:
    """Code, name, and whether it belongs to the West Midlands, by the number of the area."""
    own = {COMBINED_AUTHORITY, REGION, *CONSTITUENT}
    query = select(area.c.id, area.c.code, area.c.name, area.c.region_code)
    return {
        row.id: (row.code, row.name, row.code in own or row.region_code == REGION)
        for row in connection.execute(query)
    }


def _change(row: dict[Any, Any], places: dict[int, tuple[str, str, bool]]) -> FigureChange:
    before, after = _number(row["value_before"]), _number(row["value_after"])
    difference = None if before is None or after is None else after - before
    lower, upper = _number(row["lower_95_before"]), _number(row["upper_95_before"])
    errors = None
    if difference is not None and lower is not None and upper is not None and upper > lower:
        errors = difference / ((upper - lower) / _WIDTH)
    return FigureChange(
        row["kind"],
        *places[row["area_id"]],
        *(row["period_start"].date(), row["period_end"].date()),
        *(before, after, difference, errors),
        *(_text(row["status_before"]), _text(row["status_after"])),
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)


def _order(change: FigureChange) -> tuple[Any, ...]:
    """West Midlands first, then revisions by size, then what has no size, by place and period."""
    size = -abs(change.difference) if change.kind == "revised" and change.difference else 0.0
    return (not change.west_midlands, size, change.area_name, change.period_start)
