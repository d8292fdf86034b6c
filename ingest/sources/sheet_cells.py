"""The cells of one sheet of an XLSX workbook as text, within limits."""

from __future__ import annotations

import io
import re
import zipfile

from python_calamine import CalamineError, CalamineWorkbook

from ingest.faults import Fault, Refused, quoted
from ingest.sources.zip_guard import check_zip

MOST_SHEETS = 20
MOST_CELLS = 5_000_000
_REMEDY = "see what the workbook has become; the figures already held stay"
_CELL_NAME = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+)([0-9]+)[\"']")


def read_cells(content: bytes, sheet: str, file: str) -> list[list[str]]:
    """Every row of a sheet from row 1 on, all equally long; blank cells are empty.

    Whole numbers have no decimal point; others have at most 15 digits, which is what a workbook
    holds. Text is trimmed.

    Raises:
        Refused: no workbook, a ZIP file that may not be opened (see `zip_guard`), too many
            sheets or cells, no such sheet, or one that cannot be parsed.
    """
    check_zip(content, file)
    _check_extent(content, file)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = workbook.sheet_names
        if len(names) > MOST_SHEETS:
            raise _refused(file, f"{len(names)} sheets", f"at most {MOST_SHEETS} sheets")
        if sheet not in names:
            found = "the sheets " + ", ".join(quoted(name) for name in names)
            raise _refused(file, found, f"a sheet {quoted(sheet)}")
        rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise _refused(file, f"damage: {error}", "a workbook that can be read") from None
    return [[_text(cell) for cell in row] for row in rows]


def _refused(file: str, found: str, expected: str) -> Refused:
    return Refused([Fault(file, None, "", found, expected, _REMEDY)])


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    return str(cell).strip()


def _check_extent(content: bytes, file: str) -> None:
    """One cell far out makes a parser lay out every cell up to it, so look before it does."""
    faults: list[Fault] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if "/worksheets/" in member and member.endswith(".xml"):
                places = _CELL_NAME.findall(archive.read(member))
                across = max(
                    (_column(letters) for letters in {one for one, _ in places}), default=0
                )
                down = max((int(number) for number in {two for _, two in places}), default=0)
                if across * down > MOST_CELLS:
                    found = f"{down:,} rows and {across:,} columns in {quoted(member)}"
                    expected = f"at most {MOST_CELLS:,} cells"
                    faults.append(Fault(file, None, "", found, expected, _REMEDY))
    if faults:
        raise Refused(faults)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
