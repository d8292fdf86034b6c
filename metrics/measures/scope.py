"""Which rows of a series count: one row for each place, and the areas that a clause speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import numpy as np
import numpy.typing as npt
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
SMALLEST_TIER = 9
Places = npt.NDArray[np.intp]


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
    codes = frame["ref_area"].tolist()
    ends = frame["end_on"].tolist()
    keep = [True] * len(keys)
    new_codes = frame["recoded_to"].where(recoded, "").tolist()
    heirs = {code: _heirs(code, successors) for code in set(frame.loc[replaced, "ref_area"])}
    newer = set(new_codes).union(*heirs.values())
    present = {key for key in keys if key[0] in newer}
    has_value = frame["value"].notna().tolist()
    held = {key for key, valued in zip(keys, has_value, strict=True) if valued and key in present}
    for index in [place for place, wanted in enumerate((recoded | replaced).tolist()) if wanted]:
        code, start, end = keys[index]
        if new_codes[index]:
            codes[index], ends[index] = new_codes[index], None
            keep[index] = (new_codes[index], start, end) not in present
        else:
            keep[index] = not any((new, start, end) in held for new in heirs[code])
    # As objects, as they were: text of its own kind is slower to take rows of.
    renamed = {
        name: pd.Series(values, index=frame.index, dtype=object)
        for name, values in (("ref_area", codes), ("end_on", ends))
    }
    return frame.assign(**renamed)[keep]


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


def widest_scope(frame: pd.DataFrame) -> str | None:
    """The tier of authorities that a series has most areas of, or None with fewer than nine.

    Unitary authorities belong to both tiers, so the tier with more areas is the one that the
    publisher means: with counties the upper, with districts the lower one.
    """
    areas = frame.drop_duplicates("ref_area")
    counts = {
        scope: len(in_scope(areas, scope))
        for scope in ("lower_tier", "upper_tier", "police_force", "region")
    }
    most = max(counts, key=lambda scope: counts[scope])
    return most if counts[most] >= SMALLEST_TIER else None


def still_existing(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of areas that exist today."""
    existing = frame["end_on"].isna()
    return frame if existing.all() else frame[existing]


def by_period(frame: pd.DataFrame) -> dict[TimePeriod, pd.DataFrame]:
    """The rows of each period, one for each area, indexed by code."""
    # Codes stay plain objects, and a copy holds columns of one kind together: many frames are
    # taken from this one, and more from those.
    coded = frame.set_axis(pd.Index(frame["ref_area"].tolist(), dtype=object)).copy()
    return {
        TimePeriod(start, end): coded.take(places)
        for (start, end), places in places_by_period(frame).items()
    }


def places_by_period(frame: pd.DataFrame) -> dict[tuple[date, date], Places]:
    """The positions of the rows of each period, by its first and last day.

    Periods come in the order in which they are met, positions in that of the rows.
    """
    (starts, first_days), (ends, last_days) = (pd.factorize(frame[name]) for name in PERIOD)
    if not len(starts):
        return {}
    keys = starts * len(last_days) + ends
    order = np.argsort(keys, kind="stable")
    several = np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)
    return {
        (first_days[starts[places[0]]], last_days[ends[places[0]]]): places
        for places in sorted(several, key=lambda places: int(places[0]))
    }


def row_of(rows: pd.DataFrame, code: str) -> pd.Series[Any]:
    """The one row of an area among the rows of a period."""
    return cast("pd.Series[Any]", rows.loc[code])
