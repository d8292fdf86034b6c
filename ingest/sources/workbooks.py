"""Tables in workbooks, found by declared patterns rather than by fixed places.

A publisher moves its tables down a line, adds a year, puts a newline into a header. What stays
is what things are called, so a declaration gives patterns for the sheet, the title and the
headers; whatever they do not account for is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.faults import Refused, quoted
from ingest.sources.csv_table import as_csv
from ingest.sources.readings import CellRules, Place, Readings
from ingest.sources.workbook_cells import Workbook
from ingest.sources.workbook_layout import LAYOUT_CHANGED, Layout, Rows, SheetTable, find_layout
from ingest.tidy import RejectedRow, SeriesWords, TidyFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookTable:
    """What is known of one workbook.

    Attributes:
        dataset: the id of the table.
        sheets: where its figures are.
        symbols: what stands for a missing figure; a blank is declared as `""`.
        grouped: whether commas set thousands apart in cells that are text.
    """

    dataset: str
    sheets: tuple[SheetTable, ...]
    symbols: Mapping[str, str] = field(default_factory=dict)
    grouped: bool = False


def read_workbook(content: bytes, declared: WorkbookTable, file: str) -> TidyFigures:
    """Read the declared sheets of a workbook; a message names the sheet beside the file.

    Raises:
        Refused: with every fault: the file is unsafe or damaged, a sheet, title, header or end is
            not there, a header, code, symbol or row is not declared, two figures for one place.
    """
    return read_tables(Workbook(content, file), declared)


def read_tables(book: Workbook, declared: WorkbookTable) -> TidyFigures:
    """Read the declared sheets of an open workbook, as `read_workbook` does."""
    file = book.file
    readings = Readings(declared.dataset, file, CellRules(declared.symbols, declared.grouped))
    words: dict[str, SeriesWords] = {}
    for table in declared.sheets:
        try:
            name = book.named(table.sheet)
            readings.file = f"{file}, sheet {quoted(name)}"
            rows = book.rows(name)
            layout = find_layout(rows, table, readings.file)
        except Refused as refused:
            readings.faults.extend(refused.faults)
            continue
        readings.names.clear()
        words |= layout.words
        _read_rows(rows, table, layout, readings)
    readings.file = file
    return readings.finish(words.values())


def _read_rows(rows: Rows, table: SheetTable, layout: Layout, readings: Readings) -> None:
    ended = False
    held = {place for columns in layout.figures.values() for place in columns.values()}
    for number, row in enumerate(rows[layout.header_row + 1 :], start=layout.header_row + 2):
        first = next((cell for cell in row if cell), "")
        code = row[layout.area]
        is_code = re.fullmatch(table.area_code, code) is not None
        if ended:
            if is_code:
                found = f"{quoted(code)} below the end of the table"
                readings.fault(number, "", found, "notes only", LAYOUT_CHANGED)
        elif table.ends_at and re.fullmatch(table.ends_at, first):
            ended = True
        elif is_code:
            if readings.placed(number, table.area_header, code, row, table.area_code):
                _read_row(number, row, layout, readings)
        elif any(re.fullmatch(pattern, first) for pattern in table.set_aside):
            reason = f"The publisher gives {quoted(first)} no area code."
            readings.rejected.append(RejectedRow(number, as_csv(row), reason))
        elif any(row[place] for place in held):
            readings.placed(number, table.area_header, code, row, table.area_code)
        elif code:
            expected = f"an area code ({table.area_code}), or a row named in 'set_aside'"
            readings.fault(number, "", quoted(code), expected, LAYOUT_CHANGED)
    if table.ends_at and not ended:
        expected = f"a row after the table that begins with {quoted(table.ends_at)}"
        readings.fault(len(rows), "", "the end of the sheet", expected, LAYOUT_CHANGED)


def _read_row(number: int, row: list[str], layout: Layout, readings: Readings) -> None:
    code = row[layout.area]
    if layout.names:
        name = next((row[place] for place in layout.names if row[place]), "")
        readings.name(number, "", code, name)
    for (label, period), held in layout.figures.items():
        place = Place(number, f"{label}, {period}", label, code, period)
        lower, upper = (row[held[end]] if end in held else "" for end in ("lower", "upper"))
        readings.take(place, row[held["value"]], lower, upper)
