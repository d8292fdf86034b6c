"""Tables in workbooks written for the test: patterns, symbols, headers, and what is refused."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import Any

import pytest

from ingest.faults import Refused
from ingest.sources.workbook_cells import MOST_CELLS, Workbook
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from ingest.sources.workbooks import WorkbookTable, read_workbook
from ingest.tidy import TidyFigures
from tests.ingest.sources.made_workbooks import Cell, ods, packed, xlsx
from tests.ingest.sources.made_xls import xls
from tests.ingest.sources.mutations import damaged_bytes, damaged_rows, same_or_refused

GRID: list[list[Cell]] = [
    ["Table 7: Dwellings by area, 2023-24", "", "", "", "", ""],
    ["", "", "", "", "", ""],
    ["", "", "All\ndwellings ", "", "", ""],
    ["Area\ncode", "Area", "2022-23", "2023-24\n[note 1]", "Low", "High"],
    ["", "", "", "", "", ""],
    ["E92000001", "England", 200.5, "1,234,567 ", 1234000, 1235000],
    ["E08000025", "Birmingham", 12, "[x]", "", ""],
    ["", "Not known", 3, 4, "", ""],
    ["E08000027", "Dudley", "..", 7.25, 7, 7.5],
    ["Source: the department", "", "", "", "", ""],
    ["Telephone 2023", "", "", "", "", ""],
]
COLUMNS: dict[str, Any] = {"label": "Dwellings", "measure": "Number", "unit": "dwellings"}
TABLE = SheetTable(
    sheet="Table.7",
    title="Table 7: Dwellings by area, .*",
    area_header="Area code",
    name_header="Area",
    header_rows=2,
    spread=1,
    columns=(
        SheetColumns(
            header=r"All dwellings ([0-9]{4})-[0-9]{2}(?: \[note 1\])?",
            period=r"\1-04-01/P1Y",
            fewest=2,
            **COLUMNS,
        ),
        SheetColumns(header="All dwellings Low", period="2023-04-01/P1Y", holds="lower", **COLUMNS),
        SheetColumns(
            header="All dwellings High", period="2023-04-01/P1Y", holds="upper", **COLUMNS
        ),
    ),
    set_aside=("Not known",),
    ends_at="Source: .*",
)
DECLARED = WorkbookTable(
    dataset="dwellings", sheets=(TABLE,), symbols={"[x]": "x", "..": "z"}, grouped=True
)


def read(content: bytes, declared: WorkbookTable = DECLARED) -> TidyFigures:
    return read_workbook(content, declared, "made")


def book(grid: list[list[Cell]] = GRID, **more: Any) -> bytes:
    return xlsx({"Notes": [["Read me"]], "Table 7": grid}, **more)


def changed(row: int, column: int, cell: Cell) -> list[list[Cell]]:
    copy = [list(each) for each in GRID]
    copy[row][column] = cell
    return copy


GOOD = [
    ["E08000025", "2022-04-01/P1Y", "12", "", "", ""],
    ["E08000025", "2023-04-01/P1Y", "", "", "", "x"],
    ["E08000027", "2022-04-01/P1Y", "", "", "", "z"],
    ["E08000027", "2023-04-01/P1Y", "7.25", "7", "7.5", ""],
    ["E92000001", "2022-04-01/P1Y", "200.5", "", "", ""],
    ["E92000001", "2023-04-01/P1Y", "1234567", "1234000", "1235000", ""],
]


@pytest.mark.parametrize(
    "content", [book(), *(write({"Notes": [["x"]], "Table 7": GRID}) for write in (ods, xls))]
)
def test_a_table_between_its_preamble_and_its_footnotes(content: bytes) -> None:
    figures = read(content)
    columns = ["ref_area", "time_period", "obs_value", "lower_95", "upper_95", "obs_status"]
    assert figures.frame[columns].to_numpy().tolist() == GOOD
    assert [(row.row_number, "Not known" in row.raw) for row in figures.rejected] == [(8, True)]


def test_a_table_that_moved_is_found_by_what_things_are_called() -> None:
    lower = [["A new first line"], *GRID]
    wider = [["", *row] for row in GRID]
    for grid in (lower, wider):
        frame = read(book(grid)).frame.drop(columns="row_number")
        assert frame.equals(read(book()).frame.drop(columns="row_number"))


@pytest.mark.parametrize(
    ("grid", "words"),
    [
        (changed(0, 0, "Table 8: Dwellings"), "a title"),
        (changed(3, 0, "Code"), "one header 'Area code'"),
        (changed(3, 1, "Area\ncode"), "2 such"),
        (changed(3, 2, "Twenty"), "'not_read'"),
        (changed(3, 2, "2023-24"), "one column for each"),
        (changed(3, 2, ""), "a number in row 6 under no header"),
        (changed(3, 4, "Lowest"), "'not_read'"),
        (changed(3, 5, "Area"), "'All dwellings Area'"),
        (changed(4, 0, "Total"), "an area code"),
        (changed(6, 0, "E92000001"), "'England', as row 6 has"),
        (changed(8, 2, ":"), "a number or a declared symbol"),
        (changed(8, 2, ""), "found nothing"),
        (changed(8, 2, "1,5"), "a number or a declared symbol"),
        (changed(8, 2, "=1+1"), "a number or a declared symbol"),
        (changed(8, 4, 9), "between its lower and its upper"),
        (changed(8, 4, ""), "between its lower and its upper"),
        (changed(9, 0, ""), "a row after the table"),
        (changed(10, 0, "E08000026"), "below the end of the table"),
    ],
)
def test_what_the_declaration_does_not_account_for_is_refused(
    grid: list[list[Cell]], words: str
) -> None:
    with pytest.raises(Refused, match="made") as refused:
        read(book(grid))
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("grid", "row"),
    [
        (changed(5, 0, "E9200001"), 6),
        (changed(6, 0, ""), 7),
        (changed(7, 1, "Not sure"), 8),
    ],
)
def test_figures_beside_no_areas_code_are_set_aside(grid: list[list[Cell]], row: int) -> None:
    figures = read(book(grid))
    code = str(grid[row - 1][0])
    (one,) = [each for each in figures.rejected if each.unplaced]
    assert (one.row_number, one.raw.split(",")[0]) == (row, code)
    kept = [each for each in GOOD if each[0] in [line[0] for line in grid]]
    columns = ["ref_area", "time_period", "obs_value", "lower_95", "upper_95", "obs_status"]
    assert figures.frame[columns].to_numpy().tolist() == kept


def test_every_fault_of_every_sheet_is_told_at_once() -> None:
    grid = changed(5, 2, "?")
    grid[8][2] = "!"
    other = replace(TABLE, sheet="Table 9")
    with pytest.raises(Refused) as refused:
        read(book(grid), replace(DECLARED, sheets=(TABLE, other)))
    assert [fault.row for fault in refused.value.faults] == [6, 9, None]


def test_sheets_that_are_hidden_or_copied_are_not_the_publishers() -> None:
    with pytest.raises(Refused, match="one sheet named"):
        read(book(hidden="Table 7"))
    copied = "'file:///C:/Downloads/old.xlsx'#Table 7"
    both = ods({copied: changed(5, 2, 999), "Table 7": GRID})
    assert Workbook(both, "made").names == ("Table 7",)
    assert read(both).frame.equals(read(book()).frame)


def cell_at(name: str) -> str:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = "".join(letter for letter in name if letter.isdigit())
    cell = f'<c r="{name}"><v>1</v></c>'
    return (
        f'<worksheet xmlns="{main}"><sheetData><row r="{row}">{cell}</row></sheetData></worksheet>'
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_FAR_CELL = '<table:table-cell table:number-columns-repeated="9999" office:value-type="float"/>'
FAR_ODS = f'<table:table-row table:number-rows-repeated="99999">{_FAR_CELL}</table:table-row>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "a workbook"),
        (b"not a workbook", "a workbook"),
        (b"<html>Log in</html>", "a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damage"),
        (packed({"a.txt": "not a workbook"}), "damage"),
        (packed({"content.xml": b"\0" * 50_000_000}), "times its size"),
        (packed({"xl/worksheets/sheet1.xml": b" " * 210_000_000}), "bytes unpacked"),
        (ods({"Table 7": GRID}, doctype=ENTITIES), "document type"),
        (book(raw_sheets={"Far": cell_at("XFD1048576")}), "cells that span"),
        (ods({"Table 7": GRID}, raw_rows=FAR_ODS), "cells that span"),
        (book()[:-200], "ZIP"),
    ],
)
def test_a_file_that_is_not_safe_or_not_whole_is_not_opened(content: bytes, words: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content)
    assert words in str(refused.value)


def test_blank_cells_that_reach_far_are_no_reason_to_refuse() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read(ods({"Table 7": GRID}, raw_rows=blank)).frame.equals(read(book()).frame)
    assert MOST_CELLS < 1_048_000 * 16_384


@pytest.mark.parametrize("seed", range(56))
def test_damage_to_cells_never_changes_a_figure_silently(seed: int) -> None:
    header = GRID[3]
    rows = [[str(cell) for cell in row] for row in (header, *GRID[5:7], GRID[8])]
    done, damaged = damaged_rows(rows, [2, 3, 4, 5], seed)

    def typed(text: str) -> Cell:
        return float(text) if text.replace(".", "", 1).isdigit() else text

    body = [[typed(cell) for cell in row] for row in damaged]
    content = book([*GRID[:3], body[0], GRID[4], *body[1:], *GRID[9:]])
    assert same_or_refused(partial(read, content), read(book())), done


@pytest.mark.parametrize("seed", range(24))
def test_damage_to_bytes_never_changes_a_figure_silently(seed: int) -> None:
    good = read(book())
    content = bytearray(book())
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        start = archive.getinfo("xl/worksheets/sheet2.xml").header_offset
    for step in range(12):
        content[start + (seed * 12 + step) * 3 % (len(content) - start)] ^= 1 << (seed % 8)
    assert same_or_refused(partial(read, bytes(content)), good)
    for what, damaged in damaged_bytes(book(), seed):
        assert same_or_refused(partial(read, damaged), good), what
