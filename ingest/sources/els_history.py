"""The reader of earlier files of ONS Explore Local Statistics, in the layouts they have had.

Layouts, words and forms of period are declared one by one in `els_history.toml`. What a file
says beyond that is read by the same code as today's files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from data.areas import area_type
from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import ISO_PERIOD
from ingest.sources.csv_table import as_csv, read_csv_rows
from ingest.sources.els import tidy_table
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_history_declaration import (
    WORDS,
    DatasetHistory,
    History,
    Layout,
    PeriodForm,
    SeriesHistory,
    els_history,
)
from ingest.sources.els_table import COLUMNS, els_table
from ingest.sources.text_tables import OURS
from ingest.tidy import RejectedRow, TidyFigures

_DECLARE = "declare it word for word in els_history.toml once its meaning is sure"
_ISO = re.compile(ISO_PERIOD)
_ISO_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(/P\d{1,2}[YM])?")
_THREE_YEARS = re.compile(r"(\d{4})-(\d{2})")
_IN_WORDS: dict[PeriodForm, str] = {
    "iso": "2018-01-01/P3Y",
    "iso_with_time": "2018-01-01T00:00:00/P3Y",
    "three_years": "2018-20",
}


def read_els_history(
    content: bytes,
    declared: ElsDataset,
    itl1_codes: Mapping[str, str],
    file: str,
    history: History | None = None,
) -> TidyFigures:
    """Read one table in any layout that is declared, today's included.

    Args:
        content: the CSV as it was served.
        declared: what is known of the table today.
        itl1_codes: the GSS code for each ITL 1 code.
        file: what messages call the file.
        history: the declared layouts and words; those of the product by default.

    Returns:
        Figures as `read_els` gives them, under today's labels, with periods as ISO 8601 writes
        them. Rows of kinds of area that the table is declared to have given up are set aside.

    Raises:
        Refused: with every fault, each by row and value.
    """
    history = history or els_history()
    own = history.datasets.get(declared.id)
    if own is None:
        expected = f"one of {', '.join(sorted(history.datasets))}"
        remedy = "declare its series and its forms of period in els_history.toml"
        raise Refused([Fault(file, None, "", f"the table {declared.id}", expected, remedy)])
    read = read_csv_rows(content, file)
    layout = _layout_of(read.header, file, history)
    faults = list(read.faults)
    table = els_table(read, layout.columns)
    table, rejected = _set_aside(table, layout, own)
    _check_words(table, layout, own, file, faults)
    today = _in_todays_columns(table, layout, own)
    _read_periods(today, own, file, faults)
    return tidy_table(today, faults, declared, itl1_codes, file, rejected)


def _layout_of(header: Sequence[str], file: str, history: History) -> Layout:
    # A repeated column is the concern of the reader of tables.
    names = {name.removesuffix(".1") for name in header}
    for layout in history.layouts.values():
        if names == set(layout.columns):
            return layout
    known = "; ".join(f"{name}: {', '.join(one.columns)}" for name, one in history.layouts.items())
    raise Refused(
        [
            Fault(
                *(file, 1, "", f"the columns {', '.join(header) or 'none'}"),
                *(f"the columns of a declared layout ({known})", _DECLARE),
            )
        ]
    )


def _set_aside(
    table: pd.DataFrame, layout: Layout, own: DatasetHistory
) -> tuple[pd.DataFrame, list[RejectedRow]]:
    codes = table[_column(layout, "areacd")]
    types = codes.map({code: area_type(code) for code in codes.unique()})
    given_up = types.isin(own.set_aside_types)
    rejected = [
        RejectedRow(
            int(row["row_number"]),
            as_csv([str(row[name]) for name in layout.columns]),
            f"A {area_type(row[_column(layout, 'areacd')])}, which the table no longer has.",
        )
        for row in table[given_up].to_dict("records")
    ]
    return table[~given_up].reset_index(drop=True), rejected


def _column(layout: Layout, todays: str) -> str:
    return next(theirs for theirs, ours in layout.names.items() if ours == todays)


def _words_of(table: pd.DataFrame, layout: Layout) -> pd.Series:
    """The words of each row's series, in the order of `WORDS`."""
    parts = [table[name] if name else pd.Series("", index=table.index) for name in layout.words()]
    return pd.Series(list(zip(*parts, strict=True)), index=table.index, dtype=object)


def _check_words(
    table: pd.DataFrame, layout: Layout, own: DatasetHistory, file: str, faults: list[Fault]
) -> None:
    words = _words_of(table, layout)
    for written in words[~words.isin(list(own.by_words()))].unique():
        first = int(table.loc[words == written, "row_number"].iloc[0])
        expected = "words that are declared to have stood for a series of this table"
        faults.append(
            Fault(file, first, ", ".join(WORDS), quoted(" | ".join(written)), expected, _DECLARE)
        )


def _in_todays_columns(table: pd.DataFrame, layout: Layout, own: DatasetHistory) -> pd.DataFrame:
    renamed = table[list(layout.names)].rename(columns=layout.names)
    by_words = own.by_words()
    # Words that are not known have been reported; as they stand they keep the faults apart.
    unknown = {
        words: SeriesHistory(label=words[1], measure=words[2], unit=words[3], written=(words,))
        for words in _words_of(table, layout).unique()
        if words not in by_words
    }
    found = _words_of(table, layout).map({**by_words, **unknown})
    renamed["indicator"] = [one.label for one in found]
    renamed["measure"] = [one.measure for one in found]
    renamed["unit"] = [one.unit for one in found]
    for name in COLUMNS:
        if name not in renamed:
            renamed[name] = pd.Series("", index=renamed.index, dtype=str)
    renamed[[*OURS]] = table[[*OURS]]
    return renamed[[*COLUMNS, *OURS]]


def _read_periods(table: pd.DataFrame, own: DatasetHistory, file: str, faults: list[Fault]) -> None:
    iso = {text: _iso_period(text, own.period_forms) for text in table["period"].unique()}
    expected = "a period written as " + " or as ".join(_IN_WORDS[one] for one in own.period_forms)
    for text, found in iso.items():
        if found is None:
            first = int(table.loc[table["period"] == text, "row_number"].iloc[0])
            faults.append(Fault(file, first, "period", quoted(text), expected, _DECLARE))
    # What cannot be read has been reported once; the reader of cells need not do so again.
    table["period"] = table["period"].map({text: found or "2000-01" for text, found in iso.items()})


def _iso_period(text: str, forms: tuple[PeriodForm, ...]) -> str | None:
    if "three_years" in forms and (match := _THREE_YEARS.fullmatch(text)):
        # `2018-20` is also how a month would look, so a table has the one or the other.
        spans = (int(match[1]) + 2) % 100 == int(match[2])
        return f"{match[1]}-01-01/P3Y" if spans else None
    if "iso" in forms and _ISO.fullmatch(text):
        return text
    if "iso_with_time" in forms and (match := _ISO_WITH_TIME.fullmatch(text)):
        return match[1] + (match[2] or "")
    return None
