"""From the rows of an ELS file to a table of text, by column name."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ingest.faults import Fault, Refused, quoted
from ingest.sources.csv_table import CsvRows

COLUMNS = (
    "areacd",
    "areanm",
    "geography",
    "indicator",
    "period",
    "observation",
    "measure",
    "unit",
    "lci_95",
    "uci_95",
    "status",
    "notes",
)
# The one column that the publisher has been seen to repeat; what it says is put together.
_REPEATED = "notes"
_NEW_LAYOUT = (
    "if the publisher has changed its layout, the reader has to learn it; until then the figures "
    "already held stay"
)


def els_table(read: CsvRows, columns: Sequence[str] = COLUMNS) -> pd.DataFrame:
    """The `columns` of a file with `file` and `row_number`, wherever the columns stand.

    A repeated `notes` column makes no difference.

    Raises:
        Refused: a column is absent, unknown or repeated.
    """
    places = _places(read.header, read.file, columns)
    table = pd.DataFrame(
        {name: pd.Series(_column(read.rows, places[name]), dtype=str) for name in columns}
    )
    table["file"] = read.file
    table["row_number"] = read.numbers
    return table


def _places(header: list[str], file: str, columns: Sequence[str]) -> dict[str, list[int]]:
    """Where each known column stands; more than one place only for the repeated one."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(header):
        # `notes.1` is how a repeated column looks after a round trip through some programs.
        known = _REPEATED if name.removeprefix(f"{_REPEATED}.").isdigit() else name
        places.setdefault(known, []).append(place)
    expected = "the columns " + ", ".join(columns)
    faults = [
        Fault(file, 1, name, f"no column '{name}'", expected, _NEW_LAYOUT)
        for name in columns
        if name not in places
    ]
    for name, found in places.items():
        if name not in columns:
            words = f"a column {quoted(name)}"
            faults.append(Fault(file, 1, name, words, expected, _NEW_LAYOUT))
        elif len(found) > 1 and name != _REPEATED:
            words = f"the column '{name}' {len(found)} times"
            faults.append(Fault(file, 1, name, words, f"one column '{name}'", _NEW_LAYOUT))
    if faults:
        raise Refused(faults)
    return places


def _column(rows: list[list[str]], places: list[int]) -> list[str]:
    if len(places) == 1:
        return [row[places[0]] for row in rows]
    return ["; ".join(dict.fromkeys(row[i] for i in places if row[i])) for row in rows]
