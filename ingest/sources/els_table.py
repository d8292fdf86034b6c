"""From the bytes of an ELS file to a table of text, by column name and with the rows numbered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import pandas as pd

from ingest.faults import Fault, Refused, quoted

LARGEST_FILE = 50_000_000
MOST_ROWS = 2_000_000
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
# What letters become that were lost, or were taken for another alphabet and encoded again: the
# two or three bytes of a letter, each shown as a letter of its own.
_DAMAGED = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6"
    "\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2122]"
    "|\u00e2[\u0080\u20ac].|\u00ef\u00bb\u00bf"
)
_NEW_LAYOUT = (
    "if the publisher has changed its layout, the reader has to learn it; until then the figures "
    "already held stay"
)
_FETCH_AGAIN = "fetch the file again; if it is still so, tell the publisher"


def read_table(
    content: bytes, file: str, columns: Sequence[str] = COLUMNS
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read the CSV as text: its `columns`, trimmed, and `row_number`.

    `row_number` counts as a spreadsheet does (the header is row 1). Column order, a byte order
    mark and a repeated `notes` column make no difference.

    Returns:
        The table without rows that have too few or too many cells, and a fault for each of these.

    Raises:
        Refused: the file is not such a table at all, so nothing in it can be checked.
    """
    rows = _rows(_text(content, file), file)
    header = [cell.strip() for cell in rows[0]] if rows else []
    places = _places(header, file, columns)
    if len(rows) - 1 > MOST_ROWS:
        found = f"{len(rows) - 1:,} rows"
        raise Refused([Fault(file, None, "", found, f"at most {MOST_ROWS:,} rows", _FETCH_AGAIN)])
    kept: list[tuple[int, list[str]]] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) == len(header):
            kept.append((number, [cell.strip() for cell in row]))
        elif any(cell.strip() for cell in row):
            expected = f"{len(header)} cells, as the header has"
            faults.append(Fault(file, number, "", f"{len(row)} cells", expected, _FETCH_AGAIN))
    if not kept and not faults:
        raise Refused([Fault(file, None, "", "no rows", "a header and figures", _FETCH_AGAIN)])
    table = pd.DataFrame(
        {
            name: pd.Series(_column([row for _, row in kept], places[name]), dtype=str)
            for name in columns
        }
    )
    table["row_number"] = [number for number, _ in kept]
    return table, faults


def header_of(content: bytes, file: str) -> tuple[str, ...]:
    """The names in the first row, trimmed; empty for a file without rows.

    Raises:
        Refused: the file is not a CSV file at all.
    """
    rows = _rows(_text(content, file), file)
    return tuple(cell.strip() for cell in rows[0]) if rows else ()


def _text(content: bytes, file: str) -> str:
    def refused(found: str, expected: str, remedy: str = _FETCH_AGAIN) -> Refused:
        return Refused([Fault(file, None, "", found, expected, remedy)])

    if len(content) > LARGEST_FILE:
        raise refused(f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x} near row {row}"
        raise refused(found, "text in UTF-8", "ask the publisher for the file in UTF-8") from None
    if text.lstrip().startswith("<"):
        remedy = "the address may ask for a login or have moved; open it in a browser and look"
        found = f"a web page or XML: {quoted(text.lstrip(), 40)}"
        raise refused(found, "a CSV file", remedy)
    if not text.endswith(("\n", "\r")):
        raise refused(f"{quoted(text[-30:])} at the end", "a last row that ends its line")
    if "\0" in text:
        raise refused("a zero byte", "text without zero bytes")
    if damaged := _DAMAGED.search(text):
        row = text.count("\n", 0, damaged.start()) + 1
        around = text[max(0, damaged.start() - 10) : damaged.end() + 10]
        found = f"{quoted(around)} near row {row}"
        remedy = "letters were lost on the way: fetch the file again, or ask the publisher"
        raise refused(found, "text that was put into UTF-8 once", remedy)
    return text


def _rows(text: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        found = f"{error}, near line {reader.line_num}"
        fault = Fault(file, None, "", found, "a CSV file whose quotes close", _FETCH_AGAIN)
        raise Refused([fault]) from None


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


def as_csv(cells: list[str]) -> str:
    """One row as a line of CSV, as it is kept for a row that is set aside."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
