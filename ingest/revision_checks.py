"""What damage to a file does to figures that are held, told from what a revision does.

A publisher revises figures to other figures. A file that was damaged on its way has figures of
another area or period in their place, a decimal mark moved, nothing where something stood, or
noughts for what is missing. Each check takes the figures of one series as held and as read, with
the columns of `data.writes.FIGURE_COLUMNS`, and says what it found and what it expected; found is
empty where there is no doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.writes import FIGURE_KEY
from ingest.sources.cells import NO_REASON_GIVEN

Doubt = tuple[str, str]
# Below this many, two figures agree with others by chance.
_FEWEST_MOVED = 2
# Of the figures that differ, the share that has to be accounted for.
_MOST_OF = 0.6
# Statuses that a figure is expected to lose in time.
_PASSING = frozenset({"e", "f", "p"})
_PERIOD = ["period_start", "period_end"]


def check_revisions(before: pd.DataFrame, after: pd.DataFrame) -> Sequence[Doubt]:
    """Every check of this module on one series."""
    both = before.merge(after, on=FIGURE_KEY, suffixes=("_before", "_after"))
    return (
        _lost(before, after),
        _became_blank(both),
        _became_nought(both),
        _decimal_mark(both),
        _statuses_lost(both),
        _of_another_period(before, both),
        _of_another_area(both),
    )


def check_exchange(before: pd.DataFrame, after: pd.DataFrame) -> Doubt:
    """Figures of a whole table that changed places with each other: no figure is a new one."""
    both = before.merge(after, on=FIGURE_KEY, suffixes=("_before", "_after"))
    differs = _differing(both)
    old, new = (np.sort(differs[f"value_{when}"].to_numpy()) for when in ("before", "after"))
    expected = "changed figures to be others than the ones held"
    exchanged = len(differs) >= _FEWEST_MOVED and bool((old == new).all())
    return (f"{len(differs):,} figures in each other's places" if exchanged else ""), expected


def check_renamed_period(before: pd.DataFrame, after: pd.DataFrame) -> Doubt:
    """The figures of a period that is gone, under a period that was not held.

    Only for tables that are loaded whole: of others a file need not have the periods held.
    """
    expected = "figures of their own in a period that is new"
    gone, come = (
        rows[
            ~pd.MultiIndex.from_frame(rows[_PERIOD]).isin(pd.MultiIndex.from_frame(others[_PERIOD]))
        ]
        for rows, others in ((before, after), (after, before))
    )
    known = [rows[rows["value"].notna()] for rows in (gone, come)]
    both = known[0].merge(known[1], on="area_id", suffixes=("_gone", "_come"))
    if both.empty:
        return "", expected
    same = both["value_gone"] == both["value_come"]
    pairs = same.groupby([both["period_end_gone"], both["period_end_come"]]).agg(["sum", "size"])
    alike = pairs[(pairs["sum"] >= _FEWEST_MOVED) & (pairs["sum"] >= _MOST_OF * pairs["size"])]
    if alike.empty:
        return "", expected
    ended, ends = (day.date() for day in alike.index[0])
    count = int(alike["sum"].iloc[0])
    words = (
        f"{count:,} figures of the period that ended on {ended}, which is gone, in that to {ends}"
    )
    return words, expected


def _lost(before: pd.DataFrame, after: pd.DataFrame) -> Doubt:
    """Figures that are gone although their area and their period are still in the file."""
    same_area = before["area_id"].isin(after["area_id"])
    periods = pd.MultiIndex.from_frame(after[_PERIOD])
    same_period = pd.MultiIndex.from_frame(before[_PERIOD]).isin(periods)
    kept = pd.MultiIndex.from_frame(after[FIGURE_KEY])
    gone = same_area & same_period & ~pd.MultiIndex.from_frame(before[FIGURE_KEY]).isin(kept)
    expected = "every figure held of the areas and periods that the file still has"
    return _counted(gone, "without a row"), expected


def _became_blank(both: pd.DataFrame) -> Doubt:
    said = (both["note_after"] != NO_REASON_GIVEN) & (both["note_after"] != both["note_before"])
    unexplained = both["status_after"].str.contains("x", regex=False) & ~said
    lost = both["value_before"].notna() & both["value_after"].isna() & unexplained
    expected = "a reason (such as c) where a figure that is held is blank now"
    return _counted(lost, "blank and not explained"), expected


def _became_nought(both: pd.DataFrame) -> Doubt:
    made = (both["value_before"] != 0) & (both["value_after"] == 0)
    expected = "no 0 in the place of another figure, or of a missing one"
    return _counted(made, "of 0 where another or none was held"), expected


def _decimal_mark(both: pd.DataFrame) -> Doubt:
    old, new = both["value_before"].to_numpy(), both["value_after"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(new / old)
        moved = (np.abs(power) > 0.5) & (np.abs(power - np.rint(power)) < 1e-9)
    expected = "no figure that is 10, 100 or 1,000 times the one held, or a part of it"
    return _counted(moved, "with the decimal mark elsewhere"), expected


def _statuses_lost(both: pd.DataFrame) -> Doubt:
    """The status of every figure gone. Provisional figures become final ones all at once, too."""
    had, has = (both[f"status_{when}"].str.split().map(set) for when in ("before", "after"))
    had = had.map(lambda letters: letters - _PASSING)
    marked = had.map(bool)
    lost = marked & np.array([then.isdisjoint(now) for then, now in zip(had, has, strict=True)])
    expected = "a status where figures held have one (other than e, f or p)"
    all_lost = int(marked.sum()) >= _FEWEST_MOVED and bool((lost == marked).all())
    return _counted(lost, "without the status held") if all_lost else "", expected


def _of_another_period(before: pd.DataFrame, both: pd.DataFrame) -> Doubt:
    """Figures that differ from those held, and are those held for the period next to theirs."""
    differs = _differing(both)
    held = before.sort_values(["area_id", *_PERIOD])
    of_area = held.groupby("area_id")["value"]
    expected = "figures that stand beside their own periods"
    most = 0
    for step in (1, -1):
        shifted = held.assign(value=of_area.shift(step))[[*FIGURE_KEY, "value"]]
        beside = differs[FIGURE_KEY].merge(shifted, on=FIGURE_KEY, how="left")["value"]
        most = max(most, int((beside.to_numpy() == differs["value_after"].to_numpy()).sum()))
    if most < _FEWEST_MOVED or most < _MOST_OF * len(differs):
        return "", expected
    return (
        f"{most:,} of {len(differs):,} changed figures that are held of the next period",
        expected,
    )


def _of_another_area(both: pd.DataFrame) -> Doubt:
    """Figures that differ from those held, and are those held of another area that differs too."""
    differs = _differing(both)
    old = pd.MultiIndex.from_frame(differs[[*_PERIOD, "value_before"]])
    new = pd.MultiIndex.from_frame(differs[[*_PERIOD, "value_after"]])
    moved = int(new.isin(old).sum())
    expected = "figures that stand beside their own areas"
    if moved < _FEWEST_MOVED or moved < _MOST_OF * len(differs):
        return "", expected
    return f"{moved:,} of {len(differs):,} changed figures that are held of other areas", expected


def _differing(both: pd.DataFrame) -> pd.DataFrame:
    known = both["value_before"].notna() & both["value_after"].notna()
    return both[known & (both["value_before"] != both["value_after"])]


def _counted(which: pd.Series | np.ndarray, words: str) -> str:
    count = int(which.sum())
    return f"{count:,} figure{'s' if count != 1 else ''} {words}" if count else ""
