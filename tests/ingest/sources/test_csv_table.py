"""The one door for CSV, and the one grammar of numbers."""

from __future__ import annotations

import pytest

from ingest.faults import Refused
from ingest.sources.cells import plain_number
from ingest.sources.csv_table import as_csv, read_csv_rows, read_csv_text


def refusal(content: bytes, **how: str) -> str:
    with pytest.raises(Refused) as refused:
        read_csv_text(content, "gardens.csv", **how)
    return str(refused.value)


def test_cells_are_trimmed_and_rows_numbered_as_a_spreadsheet_counts() -> None:
    read = read_csv_rows(
        b'\xef\xbb\xbfarea,"per\n cent"\r\nE1, 5 \r\n\r\n,,\r\nE2,6\r\n', "gardens.csv"
    )
    assert (read.header, read.rows) == (["area", "per cent"], [["E1", "5"], ["E2", "6"]])
    assert (read.numbers, read.faults) == ([2, 5], [])


def test_a_row_of_other_cells_is_a_fault_and_the_others_are_read() -> None:
    table, faults = read_csv_text(b"area,value\nE1,5,more\nE2,6\n", "gardens.csv")
    assert table.to_dict("records") == [
        {"area": "E2", "value": "6", "file": "gardens.csv", "row_number": 3}
    ]
    (fault,) = faults
    assert (fault.row, fault.found, fault.expected) == (2, "3 cells", "2 cells, as the header has")


def test_letters_are_read_as_declared() -> None:
    table, _ = read_csv_text("area,unit\nE1,£\n".encode("cp1252"), "gardens.csv", encoding="cp1252")
    assert table["unit"].tolist() == ["£"]
    words = refusal(b"area,unit\nE1,\x81\n", encoding="cp1252")
    assert "found the byte 0x81 near row 2" in words
    assert "expected text in Windows-1252" in words
    assert "put into Windows-1252 once" in refusal("area,unit\nE1,£\n".encode(), encoding="cp1252")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"area,value\nE1,5", "no line ending after 'area,value"),
        (b"area,area\nE1,5\n", "the column 'area' again"),
        (b"area,\nE1,5\n", "a column without a name"),
        (b'{"error": 400}\n', 'JSON: \'{"error": 400}'),
        (b"\n<html></html>\n", "a web page or XML"),
        ("area,unit\nE1,\u00c2£\n".encode(), "near row 2"),
        (b"area,value\nE1,\0\n", "a zero byte near row 2"),
        (b"\xef\xbb\xbfarea,value\nE1,5\n\xff\n", "the byte 0xff near row 3"),
        (b"area,value\n", "no rows"),
        (b"", "no rows"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, found: str) -> None:
    assert found in refusal(content)


def test_a_row_that_is_set_aside_is_kept_as_a_line() -> None:
    assert as_csv(["E1", 'a "b", c', ""]) == 'E1,"a ""b"", c",'


@pytest.mark.parametrize("text", ["5", "-1234.50", "1e-05", "0.5", "2E3"])
def test_what_a_number_looks_like(text: str) -> None:
    assert plain_number(text) == plain_number(text, grouped=True) == text


@pytest.mark.parametrize("text", ["", "+5", ".5", "5.", "1,234", "1 234", "٣", "nan", "1e", "12%"])
def test_what_no_number_looks_like(text: str) -> None:
    assert plain_number(text) is None


def test_thousands_are_set_apart_only_where_that_is_declared() -> None:
    assert plain_number("1,234,567.8", grouped=True) == "1234567.8"
    for wrong in ("1,23", "1234,567", "1,2345", ",123"):
        assert plain_number(wrong, grouped=True) is None
