"""Declared corrections applied to figures on their way into the store.

The shipped files keep what the publisher wrote. A correction changes what is loaded from them,
says so beside every figure it touches, and holds only as long as its guard does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

import pandas as pd

from ingest.correction_files import (
    AllValues,
    Correction,
    Mark,
    MedianRatio,
    RelabelPeriod,
    SameValues,
    SetAside,
)
from ingest.faults import Fault, Refused
from ingest.tidy import COLUMNS, KEY, NUMBERS, RejectedRow, TidyFigures, as_numbers

# Statuses that say there is no figure, and so cannot stand beside one.
_WITHOUT_VALUE = frozenset({"c", "x", "z"})
Published = Callable[[date], TidyFigures]


def correct(
    figures: TidyFigures,
    known_on: date,
    corrections: Iterable[Correction],
    published: Published,
) -> TidyFigures:
    """The figures of one vintage with every correction that touches it.

    Args:
        figures: as the publisher gave them.
        known_on: the day on which they became known.
        corrections: all that are declared; those of other vintages make no difference.
        published: gives another vintage of the same table as its publisher gave it, for guards.

    Raises:
        Refused: a correction finds none of its rows, or its guard does not hold any more.
    """
    for one in corrections:
        if not one.touches(figures.dataset, known_on):
            continue
        chosen = _chosen(figures.frame, one)
        _guard(figures, chosen, one, known_on, published)
        figures = _changed(figures, chosen, one)
    return figures


def _chosen(frame: pd.DataFrame, one: Correction) -> pd.Series:
    chosen = pd.Series(True, index=frame.index)
    named = (one.rows.series, one.rows.areas, one.rows.periods)
    for column, wanted in zip(KEY, named, strict=True):
        if wanted:
            chosen &= frame[column].isin(wanted)
    return chosen


def _guard(
    figures: TidyFigures,
    chosen: pd.Series,
    one: Correction,
    known_on: date,
    published: Published,
) -> None:
    rows = figures.frame[chosen]
    found, expected = _weighed(rows, one.guard, published) if len(rows) else ("no such row", "rows")
    if found:
        raise Refused(
            [
                Fault(
                    *(figures.file, None, "", f"{found} in the vintage of {known_on}"),
                    f"{expected}, or the correction '{one.id}' does not apply",
                    "the publisher has mended this: remove the correction, or end it by setting "
                    "last_vintage to the last vintage that has the fault",
                )
            ]
        )


def _weighed(
    rows: pd.DataFrame, guard: SameValues | MedianRatio | AllValues, published: Published
) -> tuple[str, str]:
    """What was found where the guard does not hold, else nothing; and what it holds for."""
    if isinstance(guard, AllValues):
        others = int((as_numbers(rows["obs_value"]) != guard.value).sum())
        return (f"{others} other values" if others else ""), f"every value to be {guard.value:g}"
    other = published(guard.vintage).frame
    if isinstance(guard, SameValues):
        other = other[other["time_period"] == guard.period]
        pairs = rows.merge(other, on=["series", "ref_area"], suffixes=("", "_other"))
        same = as_numbers(pairs["obs_value"]) == as_numbers(pairs["obs_value_other"])
        share = float(same.sum()) / len(rows)
        expected = (
            f"at least {guard.lowest_share:.0%} of the values to be those that the vintage of "
            f"{guard.vintage} gives for {guard.period}"
        )
        return ("" if share >= guard.lowest_share else f"{share:.1%} of the values"), expected
    pairs = rows.merge(other, on=KEY, suffixes=("", "_other"))
    ratio = (as_numbers(pairs["obs_value"]) / as_numbers(pairs["obs_value_other"])).median()
    expected = (
        f"values that are typically at least {guard.lowest:g} times those of the vintage of "
        f"{guard.vintage} for the same periods"
    )
    return ("" if ratio >= guard.lowest else f"a ratio of {ratio:.2f}"), expected


def _changed(figures: TidyFigures, chosen: pd.Series, one: Correction) -> TidyFigures:
    change = one.change
    if isinstance(change, SetAside):
        return _without(figures, chosen, one)
    frame = figures.frame.copy()
    if isinstance(change, RelabelPeriod):
        frame.loc[chosen, "time_period"] = change.to
    if isinstance(change, Mark):
        letters = frame.loc[chosen, "obs_status"].map(
            lambda text: " ".join(sorted({*text.split(), change.status}))
        )
        frame.loc[chosen, "obs_status"] = letters
        if change.status in _WITHOUT_VALUE:
            frame.loc[chosen, NUMBERS] = ""
    noted = frame.loc[chosen, "note"]
    frame.loc[chosen, "note"] = noted.mask(noted == "", one.note).mask(
        noted != "", noted + "; " + one.note
    )
    return replace(figures, frame=frame.sort_values(KEY, ignore_index=True))


def _without(figures: TidyFigures, chosen: pd.Series, one: Correction) -> TidyFigures:
    rejected = tuple(
        RejectedRow(int(row["row_number"]), _as_line([row[name] for name in COLUMNS]), one.note)
        for row in figures.frame[chosen].to_dict("records")
    )
    kept = figures.frame[~chosen].reset_index(drop=True)
    labels = set(kept["series"])
    return replace(
        figures,
        frame=kept,
        series=tuple(words for words in figures.series if words.label in labels),
        rejected=(*figures.rejected, *rejected),
    )


def _as_line(cells: list[str]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
