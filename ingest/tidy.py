"""Figures in tidy form: one row for each series, area and period, whatever file they came from."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ingest.faults import Fault

KEY = ["series", "ref_area", "time_period"]
NUMBERS = ["obs_value", "lower_95", "upper_95"]
COLUMNS = [*KEY, *NUMBERS, "obs_status", "note"]


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """What the publisher calls a series, what it measures and in which unit, word for word."""

    label: str
    measure: str
    unit: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of the publisher's file that is set aside and kept, with the reason.

    Attributes:
        row_number: as a spreadsheet counts.
        raw: its cells as a line of CSV.
        reason: a sentence.
        unplaced: what is wrong with its code, where it was set aside for a code that is no area's
            and no declaration foresaw it. It is asked while a file is loaded, and not kept.
    """

    row_number: int
    raw: str
    reason: str
    unplaced: Fault | None = field(default=None, compare=False)


def rows_set_aside(count: int) -> str:
    """How many rows were set aside, in words."""
    return f"{count:,} {'row' if count == 1 else 'rows'} set aside"


@dataclass(frozen=True, slots=True)
class TidyFigures:
    """The figures of one file.

    Attributes:
        dataset: the id of the table.
        file: what messages call the file.
        frame: columns `COLUMNS` and `row_number` (the row of the file, header = 1). All but the
            row number are text: numbers keep the digits that the publisher gave, blanks are
            empty, `obs_status` has status letters in alphabetical order. Sorted by `KEY`, which
            is unique.
        series: the series in the file, in the order of their labels.
        rejected: rows set aside, in the order of the file.
        collapsed: how many rows repeated another one exactly and were dropped.
    """

    dataset: str
    file: str
    frame: pd.DataFrame
    series: tuple[SeriesWords, ...]
    rejected: tuple[RejectedRow, ...] = ()
    collapsed: int = 0


def as_numbers(texts: pd.Series) -> pd.Series:
    """Text as floats; blanks become NaN. Any other text is an error: readers let none through."""
    column = pa.array(texts, type=pa.string())
    return pd.Series(
        pc.cast(pc.if_else(pc.equal(column, ""), None, column), pa.float64()).to_numpy(
            zero_copy_only=False
        ),
        index=texts.index,
        name=texts.name,
    )


def shared_texts(texts: pd.Series) -> pd.Series:
    """The same texts as Python's own, each different one made once and pointed at by its rows."""
    codes, distinct = pd.factorize(texts)
    return pd.Series(distinct.to_numpy(dtype=object)[codes], texts.index, object, texts.name)


def decimals_written(texts: pd.Series) -> pd.Series:
    """How many digits stand after the decimal point of each number, 0 without a point."""
    return texts.str.extract(r"\.(\d+)", expand=False).str.len().fillna(0).astype(int)
