"""From the bytes of a CSV file to rows of text: the one place where CSV is read and limited."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ingest.faults import Fault, Refused, quoted

LARGEST_FILE = 100_000_000
MOST_ROWS = 2_000_000
FETCH_AGAIN = "fetch the file again; if it is still so, tell the publisher"
_ENCODING_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}
# What letters become that were lost, or were taken for another alphabet and encoded again: the
# two or three bytes of a letter, each shown as a letter of its own.
_DAMAGED = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf\u20ac\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6"
    "\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u2122]"
    "|\u00e2[\u0080\u20ac].|\u00ef\u00bb\u00bf"
)


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The cells of a file, trimmed.

    Attributes:
        file: what messages call the file.
        header: the names of the columns, with single spaces; nothing is known of them yet.
        rows: the rows below that have as many cells as the header.
        numbers: the number of each, as a spreadsheet counts (the header is row 1).
        faults: one for each row with too few or too many cells, unless all of them are blank.
    """

    file: str
    header: list[str]
    rows: list[list[str]]
    numbers: list[int]
    faults: list[Fault]


def read_csv_rows(content: bytes, file: str, lacking: int = 0, encoding: str = "utf-8") -> CsvRows:
    """Read a CSV file as rows of text.

    Args:
        content: the bytes as served, with or without a byte order mark, any line ending.
        file: what messages call the file.
        lacking: how many of the header's last columns the rows are declared not to have; these
            columns are left out.
        encoding: how the letters are written, `utf-8` or as declared, `cp1252`.

    Raises:
        Refused: it is no such table at all: a web page, JSON, another encoding, letters lost on
            the way, cut off, too large, no rows.
    """
    cells = _cells(_text(content, file, encoding), file)
    names = [" ".join(cell.split()) for cell in cells[0]] if cells else []
    header = names[: len(names) - lacking]
    if len(cells) - 1 > MOST_ROWS:
        raise _refused(file, f"{len(cells) - 1:,} rows", f"at most {MOST_ROWS:,} rows")
    rows: list[list[str]] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    expected = f"{len(header)} cells, as the header has"
    for number, row in enumerate(cells[1:], start=2):
        trimmed = [cell.strip() for cell in row]
        if len(row) == len(header):
            rows.append(trimmed)
            numbers.append(number)
        elif any(trimmed):
            faults.append(Fault(file, number, "", f"{len(row)} cells", expected, FETCH_AGAIN))
    if not rows and not faults:
        raise _refused(file, "no rows", "a header and figures")
    return CsvRows(file, header, rows, numbers, faults)


def read_csv_text(
    content: bytes, file: str, lacking: int = 0, encoding: str = "utf-8"
) -> tuple[pd.DataFrame, list[Fault]]:
    """Read a CSV file, as `read_csv_rows` does, whose columns each have a name of their own.

    Returns:
        The cells under the header's names, with `file` and `row_number`, and the faults of rows.

    Raises:
        Refused: as there, or for a repeated or nameless column.
    """
    read = read_csv_rows(content, file, lacking, encoding)
    _check_header(read.header, file)
    table = pd.DataFrame(read.rows, columns=pd.Index(read.header), dtype=str)
    table["file"] = file
    table["row_number"] = read.numbers
    return table, read.faults


def as_csv(cells: Sequence[str]) -> str:
    """One row as a line of CSV, as it is kept for a row that is set aside."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def _refused(file: str, found: str, expected: str, remedy: str = FETCH_AGAIN) -> Refused:
    return Refused([Fault(file, None, "", found, expected, remedy)])


def _text(content: bytes, file: str, encoding: str) -> str:
    if len(content) > LARGEST_FILE:
        raise _refused(file, f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
    name = _ENCODING_NAMES[encoding]
    try:
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        # Where decoding stopped is counted in what comes after a byte order mark.
        row = error.object.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{error.object[error.start]:02x} near row {row}"
        remedy = f"ask the publisher for the file in {name}"
        raise _refused(file, found, f"text in {name}", remedy) from None
    start = text.lstrip()
    if start.startswith(("<", "{", "[")):
        kind = "a web page or XML" if start[0] == "<" else "JSON"
        remedy = (
            "the address may ask for a login, have moved, or give the publisher's message of an "
            "error; open it in a browser and look"
        )
        raise _refused(file, f"{kind}: {quoted(start, 40)}", "a CSV file", remedy)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise _refused(file, f"a zero byte near row {row}", "text without zero bytes")
    if damaged := _DAMAGED.search(text):
        row = text.count("\n", 0, damaged.start()) + 1
        around = text[max(0, damaged.start() - 10) : damaged.end() + 10]
        found = f"{quoted(around)} near row {row}"
        remedy = "letters were lost on the way: fetch the file again, or ask the publisher"
        raise _refused(file, found, f"text that was put into {name} once", remedy)
    if text and not text.endswith(("\n", "\r")):
        found = f"no line ending after {quoted(text[-30:])}"
        raise _refused(file, found, "a whole file, with a last row that ends its line")
    return text


def _cells(text: str, file: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        found = f"{error}, near line {reader.line_num}"
        raise _refused(file, found, "a CSV file whose quotes close") from None


def _check_header(header: list[str], file: str) -> None:
    faults = [
        Fault(file, 1, name, f"the column {quoted(name)} again", "each column once", FETCH_AGAIN)
        for place, name in enumerate(header)
        if name in header[:place]
    ]
    if "" in header:
        faults.append(Fault(file, 1, "", "a column without a name", "named columns", FETCH_AGAIN))
    if faults:
        raise Refused(faults)
