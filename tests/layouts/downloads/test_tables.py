"""Tables to take away: numbers stay numbers, and nothing a publisher wrote is ever run."""

import csv
import io
from datetime import date
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from layouts.downloads.names import file_name
from layouts.downloads.tables import Table, as_csv, as_xlsx

HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    "\rx",
    '=HYPERLINK("https://x","y")',
    "https://x.org",
)


def table(*rows, title="A table"):
    columns = tuple(f"column {number}" for number in range(len(rows[0])))
    return Table(title, columns, rows, (("Source", "=A source"),), date(2026, 6, 30))


def read_csv(made):
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_a_csv_has_its_mark_its_line_ends_and_its_numbers():
    made = as_csv(table(("£ and –", -2.5, None), ("62", 62.0, 1e6)))
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.count(b"\r\n") == 3
    assert read_csv(made)[1:] == [["£ and –", "-2.5", ""], ["62", "62", "1000000"]]


@pytest.mark.parametrize("text", HOSTILE[:-1])
def test_a_csv_text_that_would_be_run_is_disarmed(text):
    assert read_csv(as_csv(table((text, -1.0))))[1] == [f"'{text}", "-1"]


def test_a_workbook_has_figures_metadata_and_the_legend_of_the_letters():
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx(table(("Dudley", 58.25, None)))))
    assert book.sheet_names == ["Figures", "About", "Status"]
    assert book.get_sheet_by_name("Figures").to_python() == [
        ["column 0", "column 1", "column 2"],
        ["Dudley", 58.25, ""],
    ]
    assert ["Source", "=A source"] in book.get_sheet_by_name("About").to_python()
    legend = book.get_sheet_by_name("Status").to_python()
    assert ["p", "provisional"] in legend
    assert ["low", "low figure"] in legend


def test_a_workbook_has_no_formula_and_no_link():
    made = as_xlsx(table(HOSTILE, title="=1+1"))
    with ZipFile(io.BytesIO(made)) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                sheet = parts.read(name)
                assert b"<f>" not in sheet
                assert b"hyperlink" not in sheet
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    assert book.get_sheet_by_name("Figures").to_python()[1][0] == "=1+1"


def test_the_same_table_gives_the_same_bytes():
    one = table(("Dudley", 58.25))
    assert as_xlsx(one) == as_xlsx(one)
    assert as_csv(one) == as_csv(one)


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_any_text_can_stand_in_a_cell(text):
    row = read_csv(as_csv(table((text, 1.0))))[1]
    assert len(row) == 2
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert as_xlsx(table((text, 1.0))).startswith(b"PK")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (["gva", "sex=male", "2022 to 2024"], "gva-sex-male-2022-to-2024-known-2026-06-30.csv"),
        (["gva", "", 'a"; rm -rf /\r\nX: y'], "gva-a-rm-rf-x-y-known-2026-06-30.csv"),
        (["", "£"], "figures-known-2026-06-30.csv"),
        (["a" * 300], "a" * 120 + "-known-2026-06-30.csv"),
    ],
)
def test_a_file_can_be_found_again_by_its_name(parts, name):
    assert file_name(parts, date(2026, 6, 30), "csv") == name


def test_a_file_without_a_day_has_none():
    assert file_name(["gva"], None, "svg") == "gva.svg"
