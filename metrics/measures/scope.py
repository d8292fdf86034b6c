"""Which rows of a series count: one row for each place, and the areas that a clause speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from data.periods import TimePeriod

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
    recoded = frame["recoded_to"].notna() & (frame["recoded_to"] != "")
    replaced = frame["ref_area"].isin(list(successors)) & ~recoded
    if not (recoded.any() or replaced.any()):
        return frame
    keys = list(zip(*(frame[name].tolist() for name in ("ref_area", *PERIOD)), strict=True))
    present = set(keys)
    has_value = frame["value"].notna().tolist()
    held = {key for key, valued in zip(keys, has_value, strict=True) if valued}
    codes = frame["ref_area"].tolist()
    ends = frame["end_on"].tolist()
    keep = [True] * len(keys)
    new_codes = frame["recoded_to"].where(recoded, "").tolist()
    for index in [place for place, wanted in enumerate((recoded | replaced).tolist()) if wanted]:
        code, start, end = keys[index]
        if new_codes[index]:
            codes[index], ends[index] = new_codes[index], None
            keep[index] = (new_codes[index], start, end) not in present
        else:
            keep[index] = not any((new, start, end) in held for new in _heirs(code, successors))
    return frame.assign(ref_area=codes, end_on=ends)[keep]


def _heirs(code: str, successors: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Every area that replaced an area, and those that replaced them in turn."""
    found: list[str] = []
    waiting = list(successors.get(code, ()))
    while waiting:
        heir = waiting.pop(0)
        if heir not in found:
            found.append(heir)
            waiting += successors.get(heir, ())
    return found


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


def by_period(frame: pd.DataFrame) -> dict[TimePeriod, pd.DataFrame]:
    """The rows of each period, one for each area, indexed by code."""
    starts, ends = frame["period_start"].tolist(), frame["period_end"].tolist()
    places: dict[TimePeriod, list[int]] = {}
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        places.setdefault(TimePeriod(start, end), []).append(index)
    return {
        period: frame.iloc[chosen].set_index("ref_area", drop=False).rename_axis(None)
        for period, chosen in places.items()
    }


def row_of(rows: pd.DataFrame, code: str) -> pd.Series[Any]:
    """The one row of an area among the rows of a period."""
    return cast("pd.Series[Any]", rows.loc[code])
