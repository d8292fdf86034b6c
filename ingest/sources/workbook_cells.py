"""The sheets of a workbook (XLSX, ODS, XLS) as rows of text, opened only once that is safe."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TypeVar

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from ingest.faults import Fault, Refused, quoted
from ingest.sources.zip_guard import LARGEST_FILE, check_zip

MOST_CELLS = 5_000_000
_Opened = TypeVar("_Opened")
_AGAIN = "fetch the file again; if it is still so, tell the publisher"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Copies of other workbooks that ODS keeps for formulas; never the publisher's own tables.
_COPIED_SHEET = "file:///"
_FILLED_CELL = re.compile(
    rb"<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*[\"']([A-Z]+)([0-9]+)[\"'][^>]*(?<!/)>"
)
_ODS_TAG = re.compile(
    rb"<table:table(?=[\s>])|<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>"
)
_REPEATED = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]+)[\"']")


class Workbook:
    """A workbook that has passed the limits; `names` are its visible sheets, in order."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open the workbook.

        Raises:
            Refused: it is no workbook, or too large, or unpacks to too much, or declares a
                document type (the way to an entity bomb), or has a cell too far out, or is
                damaged.
        """
        self.file = file
        if content.startswith(_ZIP):
            check_zip(content, file)
            _check_extents(content, file)
        elif not content.startswith(_OLE):
            found = quoted(content[:30].decode("latin-1"))
            raise _refused(file, found, "a workbook in XLSX, ODS or XLS")
        elif len(content) > LARGEST_FILE:
            raise _refused(file, f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
        self._book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)), file)
        self.names = tuple(
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible
            and not sheet.name.strip("'").startswith(_COPIED_SHEET)
        )

    def named(self, pattern: str) -> str:
        """The one visible sheet whose name matches the pattern as a whole.

        Raises:
            Refused: none or several do.
        """
        matching = [name for name in self.names if re.fullmatch(pattern, name.strip())]
        if len(matching) == 1:
            return matching[0]
        found = f"{len(matching)} among the sheets {', '.join(map(quoted, self.names[:40]))}"
        remedy = "see whether the publisher renamed its sheets; then correct the declaration"
        raise _refused(self.file, found, f"one sheet named {quoted(pattern)}", remedy)

    def rows(self, name: str) -> list[list[str]]:
        """Every row of the sheet from row 1 on, equally long: text with single spaces.

        Whole numbers have no decimal point; others have 15 digits, which is what a workbook
        holds. Cells with an error, such as `#DIV/0!`, come as blank ones.

        Raises:
            Refused: the sheet has too many cells, or is damaged.
        """
        sheet = _guarded(lambda: self._book.get_sheet_by_name(name), self.file)
        cells = (sheet.total_height + 1) * (sheet.total_width + 1)
        if cells > MOST_CELLS:
            found = f"{cells:,} cells in the sheet {quoted(name)}"
            raise _refused(self.file, found, f"at most {MOST_CELLS:,} cells")
        grid = _guarded(lambda: sheet.to_python(skip_empty_area=False), self.file)
        return [[_text(cell) for cell in row] for row in grid]


def _refused(file: str, found: str, expected: str, remedy: str = _AGAIN) -> Refused:
    return Refused([Fault(file, None, "", found, expected, remedy)])


def _guarded(open_it: Callable[[], _Opened], file: str) -> _Opened:
    try:
        return open_it()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # The library is not written in Python: where damage makes it stop short, what arrives is
        # not an `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        found = f"damage ({quoted(error)})"
        raise _refused(file, found, "a workbook that can be read") from None


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    return " ".join(str(cell).split())


def _check_extents(content: bytes, file: str) -> None:
    """One cell far out makes a parser lay out every cell up to it, so look before it does."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if re.fullmatch(r".*/worksheets/[^/]*\.xml", member):
                cells = _xlsx_extent(archive.read(member))
            elif member == "content.xml":
                cells = _ods_extent(archive.read(member))
            else:
                continue
            if cells > MOST_CELLS:
                found = f"cells that span {cells:,} in {quoted(member)}"
                raise _refused(file, found, f"at most {MOST_CELLS:,} cells")


def _xlsx_extent(sheet: bytes) -> int:
    places = _FILLED_CELL.findall(sheet)
    across = max((_column(letters) for letters in {letters for letters, _ in places}), default=0)
    return across * max((int(number) for _, number in places), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_extent(content: bytes) -> int:
    """The largest sheet: as far down and across as a cell with a value stands."""
    largest = below = across = last_row = last_column = 0
    for match in _ODS_TAG.finditer(content):
        tag = match[0]
        repeated = _REPEATED.search(tag)
        times = int(repeated[1]) if repeated else 1
        if tag == b"<table:table":
            below = last_row = last_column = 0
        elif tag.startswith(b"<table:table-row"):
            below, across = below + times, 0
        else:
            across += times
            if b"office:value-type" in tag:
                last_row, last_column = max(last_row, below), max(last_column, across)
                largest = max(largest, last_row * last_column)
    return largest
