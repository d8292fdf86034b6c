"""From the bytes of a CSV file to a table of text: what every reader of CSV has to refuse."""

from __future__ import annotations

import csv
import io

import pandas as pd

from ingest.faults import Fault, Refused, quoted

LARGEST_FILE = 100_000_000
MOST_ROWS = 2_000_000
FETCH_AGAIN = "fetch the file again; if it is still so, tell the publisher"


def read_csv_text(content: bytes, file: str, lacking: int = 0) -> tuple[pd.DataFrame, list[Fault]]:
    """Read a CSV file as text.

    Args:
        content: the bytes as served: UTF-8 with or without a byte order mark, any line ending.
        file: what messages call the file.
        lacking: how many of the header's last columns the rows are declared not to have; these
            columns are left out.

    Returns:
        The cells, trimmed, under the header's names, with `file` and `row_number` (the header is
        row 1, as a spreadsheet counts), and a fault for each row with too few or too many cells.

    Raises:
        Refused: it is no such table at all: a web page, JSON, another encoding, cut off, a
            repeated or nameless column, no rows.
    """
    rows = _rows(_text(content, file), file)
    header = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    _check_header(header, file)
    header = header[: len(header) - lacking]
    if len(rows) - 1 > MOST_ROWS:
        raise _refused(file, f"{len(rows) - 1:,} rows", f"at most {MOST_ROWS:,} rows")
    kept: list[list[str]] = []
    numbers: list[int] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) == len(header):
            kept.append([cell.strip() for cell in row])
            numbers.append(number)
        else:
            found, expected = f"{len(row)} cells", f"{len(header)} cells"
            faults.append(Fault(file, number, "", found, expected, FETCH_AGAIN))
    if not kept and not faults:
        raise _refused(file, "no rows", "a header and figures")
    table = pd.DataFrame(kept, columns=pd.Index(header), dtype=str)
    table["file"] = file
    table["row_number"] = numbers
    return table, faults


def _refused(file: str, found: str, expected: str, remedy: str = FETCH_AGAIN) -> Refused:
    return Refused([Fault(file, None, "", found, expected, remedy)])


def _text(content: bytes, file: str) -> str:
    if len(content) > LARGEST_FILE:
        raise _refused(file, f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x} near line {row}"
        raise _refused(file, found, "text in UTF-8") from None
    start = text.lstrip()[:40]
    if start.startswith(("<", "{", "[")):
        kind = "a web page or XML" if start[0] == "<" else "JSON"
        remedy = (
            "it is probably the publisher's message of an error: read it, and open the address "
            "in a browser"
        )
        raise _refused(file, f"{kind}: {quoted(start)}", "a CSV file", remedy)
    for character, name in (("\0", "a zero byte"), ("\ufffd", "a character lost in conversion")):
        if character in text:
            row = text.count("\n", 0, text.index(character)) + 1
            raise _refused(file, f"{name} near line {row}", "text as the publisher wrote it")
    if text and not text.endswith("\n"):
        raise _refused(file, "no line ending after the last row", "a whole file, not a cut one")
    return text


def _rows(text: str, file: str) -> list[list[str]]:
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
