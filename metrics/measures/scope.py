"""Which rows of a series count: one row for each place, and the areas that a clause speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

OUTSIDE_GREATER_SOUTH_EAST = (
    "E12000001",
    "E12000002",
    "E12000003",
    "E12000004",
    "E12000005",
    "E12000009",
    "N92000002",
    "S92000003",
    "W92000004",
)
PERIOD = ["period_start", "period_end"]


def one_row_per_place(
    frame: pd.DataFrame, successors: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Drop the second row that a place has when its code changed or when it was merged.

    A row under a code that was only renumbered takes the new code, unless the new code has a
    figure for that period itself. A row of an abolished area is dropped where an area that
    replaced it has a figure for that period. Without a figure of its successor it stays: in
    that period it is the place.

    Args:
        frame: figures of one series (see `data.reads`).
        successors: for each abolished code the codes that replaced it.

    Returns:
        The rows that count, in the order given; (ref_area, period) is unique.
    """
    if frame.empty:
        return frame
    valued = frame[frame["value"].notna()]
    held = set(zip(valued["ref_area"], valued["period_start"], valued["period_end"], strict=True))
    present = set(zip(frame["ref_area"], frame["period_start"], frame["period_end"], strict=True))
    codes, keep = [], []
    for code, start, end, recoded in zip(
        frame["ref_area"],
        frame["period_start"],
        frame["period_end"],
        frame["recoded_to"],
        strict=True,
    ):
        if isinstance(recoded, str) and recoded:
            codes.append(recoded)
            keep.append((recoded, start, end) not in present)
            continue
        codes.append(code)
        replaced = any((new, start, end) in held for new in successors.get(code, ()))
        keep.append(not replaced)
    result = frame.assign(ref_area=codes)
    renamed = result["ref_area"].to_numpy() != frame["ref_area"].to_numpy()
    if renamed.any():
        result.loc[renamed, "end_on"] = None
    return result[pd.Series(keep, index=frame.index)]


def in_scope(frame: pd.DataFrame, scope: str) -> pd.DataFrame:
    """The rows of the areas that a clause is judged over; national scopes give one area."""
    if scope == "lower_tier":
        return frame[frame["lower_tier"].astype(bool)]
    if scope == "upper_tier":
        return frame[frame["upper_tier"].astype(bool)]
    if scope == "england_upper_tier":
        return frame[
            frame["upper_tier"].astype(bool) & frame["ref_area"].str.startswith("E", na=False)
        ]
    if scope == "police_force":
        return frame[frame["area_type"] == "police force area"]
    if scope == "region":
        return frame[
            (frame["area_type"] == "region")
            | frame["ref_area"].isin(["W92000004", "S92000003", "N92000002"])
        ]
    if scope == "England":
        return frame[frame["ref_area"] == "E92000001"]
    if scope == "United Kingdom":
        return frame[frame["ref_area"].isin(["K02000001", "K99000002"])]
    if scope == "outside_greater_south_east":
        return frame[frame["ref_area"].isin(OUTSIDE_GREATER_SOUTH_EAST)]
    raise ValueError(f"no such scope: {scope!r}")


def still_existing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of areas that exist today."""
    return frame[frame["end_on"].isna()]


def in_period(frame: pd.DataFrame, start: object, end: object) -> pd.DataFrame:
    """The rows of one period, one for each area, indexed by code."""
    chosen = frame[(frame["period_start"] == start) & (frame["period_end"] == end)]
    return chosen.set_index("ref_area", drop=False).rename_axis(None)


def row_of(rows: pd.DataFrame, code: str) -> pd.Series[Any]:
    """The one row of an area among the rows of a period."""
    return cast("pd.Series[Any]", rows.loc[code])
