"""Checks of tables of text that the readers share: every fault by file, row and column.

A table has the columns `file` and `row_number` beside the publisher's or our own names; all
cells are text, and blanks are empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import pandas as pd

from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import GROUPED_NUMBER, NUMBER
from ingest.sources.written_periods import WrittenPeriod, example, iso_period
from ingest.tidy import NUMBERS, as_numbers, decimals_written

# What stands beside the publisher's columns.
OURS = ("file", "row_number")
TELL = "ask the publisher, or teach the reader if this is a new convention of theirs"
NEW_LAYOUT = (
    "if the publisher has changed its layout, the reader has to learn it; until then the figures "
    "already held stay"
)
_AS_OURS: Mapping[str, str] = MappingProxyType({})


def report(
    table: pd.DataFrame,
    wrong: pd.Series,
    column: str,
    expected: str,
    faults: list[Fault],
    remedy: str = TELL,
    names: Mapping[str, str] = _AS_OURS,
) -> None:
    """Add a fault for each row that is wrong in this column.

    `names` has what the file calls columns that have been renamed since.
    """
    for file, number, text in table.loc[wrong, ["file", "row_number", column]].itertuples(
        index=False
    ):
        found = quoted(text) if text else "nothing"
        name = names.get(column, column)
        faults.append(Fault(file, int(number), name, found, expected, remedy))


def check_columns(
    table: pd.DataFrame,
    wanted: Iterable[str],
    file: str,
    faults: Collection[Fault] = (),
    remedy: str = NEW_LAYOUT,
) -> None:
    """Refuse a table without the wanted columns, naming each, beside the faults that it has."""
    present = quoted(", ".join(name for name in table.columns if name not in OURS), 300)
    absent = [
        Fault(file, 1, name, f"no column '{name}' in {present}", f"a column '{name}'", remedy)
        for name in sorted(set(wanted) - set(table.columns))
    ]
    if absent:
        raise Refused([*faults, *absent])


def read_numbers(
    table: pd.DataFrame,
    column: str,
    faults: list[Fault],
    thousands: bool = False,
    names: Mapping[str, str] = _AS_OURS,
) -> pd.Series:
    """The numbers of a column as text with the publisher's digits; anything else is a fault.

    Args:
        table: as above.
        column: the column.
        faults: where faults are added.
        thousands: whether commas may group digits. In a rate a comma may be a decimal mark, so
            only counts may have them.
        names: what the file calls columns that have been renamed since.
    """
    texts = table[column]
    if thousands:
        grouped = texts.str.fullmatch(GROUPED_NUMBER)
        texts = texts.mask(grouped, texts.str.replace(",", "", regex=False))
    wrong = ~texts.str.fullmatch(f"(?:{NUMBER})?")
    report(table, wrong, column, "a number, or nothing", faults, names=names)
    return texts.mask(wrong, "")


def read_periods(
    table: pd.DataFrame, column: str, written: WrittenPeriod, faults: list[Fault]
) -> pd.Series:
    """ISO 8601 periods for a column of periods written as declared; others are faults."""
    periods = table[column].map({text: iso_period(text, written) for text in set(table[column])})
    expected = f"a period written as '{example(written)}' ({written.value.replace('_', ' ')})"
    report(table, periods.isna(), column, expected, faults)
    return periods.fillna("").astype(str)


def check_same_name(table: pd.DataFrame, code: str, name: str, faults: list[Fault]) -> None:
    """A code has one name and one only in the whole table; a second one is a fault.

    It is what shows that a code was altered, or that two columns changed places.
    """
    pairs = table.drop_duplicates([code, name])
    first = dict(pairs.drop_duplicates(code)[[code, name]].itertuples(index=False, name=None))
    again = table[name] != table[code].map(first)
    remedy = "ask the publisher which of the two is meant"
    columns = ["file", "row_number", code, name]
    for file, number, own, text in table.loc[again, columns].itertuples(index=False, name=None):
        expected = f"{quoted(first[own])}, as elsewhere beside {code} {own}"
        faults.append(Fault(file, int(number), name, quoted(text), expected, remedy))


def check_intervals(table: pd.DataFrame, names: Mapping[str, str], faults: list[Fault]) -> None:
    """Intervals are whole, contain their value within a rounding unit, and have a value.

    Args:
        table: has the columns of `NUMBERS`.
        names: what the file calls these columns.
        faults: where faults are added.
    """
    value, lower, upper = (as_numbers(table[column]) for column in NUMBERS)
    decimals = pd.concat([decimals_written(table[column]) for column in NUMBERS], axis=1)
    unit = 10.0 ** -decimals.min(axis=1)
    wrong = (lower.isna() != upper.isna()) | (value.isna() & lower.notna())
    wrong |= (lower > value + unit) | (upper < value - unit) | (lower > upper)
    where = ", ".join(names[column] for column in NUMBERS)
    for row in table[wrong].to_dict("records"):
        written = [row[column] or "nothing" for column in NUMBERS]
        found = f"{written[0]} with the interval {written[1]} to {written[2]}"
        expected = "a value inside its interval, both ends given"
        faults.append(Fault(row["file"], int(row["row_number"]), where, found, expected, TELL))


def one_row_each(
    table: pd.DataFrame,
    key: Sequence[str],
    numbers: Sequence[str],
    texts: Sequence[str],
    faults: list[Fault],
    names: Mapping[str, str] = _AS_OURS,
) -> pd.DataFrame:
    """The first row of each key. Rows that repeat one exactly go; two that differ are a fault.

    `names` has what the file calls columns that have been renamed since.
    """
    repeated = table[table.duplicated(list(key), keep=False)].copy()
    for column in numbers:
        repeated[column] = as_numbers(repeated[column])
    compared = [*numbers, *texts]
    firsts = repeated.drop_duplicates(list(key))[[*key, *compared, "row_number"]]
    first = repeated[list(key)].merge(firsts, on=list(key), how="left").set_axis(repeated.index)
    for column in compared:
        differs = (first[column] != repeated[column]) & ~(
            first[column].isna() & repeated[column].isna()
        )
        beside = repeated[["file", "row_number", *key]].assign(
            found=repeated[column], said=first[column], said_in=first["row_number"]
        )
        for row in beside[differs].to_dict("records"):
            where = ", ".join(str(row[name]) for name in key)
            before = f"row {row['said_in']} has {_or_nothing(row['said'])}"
            found = f"{_or_nothing(row['found'])} where {before} ({where})"
            expected = "one figure for each series, area and period"
            remedy = "ask the publisher which is right; two identical rows would be one"
            number, name = int(row["row_number"]), names.get(column, column)
            faults.append(Fault(row["file"], number, name, found, expected, remedy))
    return table.drop_duplicates(list(key))


def _or_nothing(cell: Any) -> str:
    return "nothing" if cell == "" or pd.isna(cell) else str(cell)
