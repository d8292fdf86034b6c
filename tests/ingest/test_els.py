"""The reader of the publisher's tables, one oddity at a time."""

from __future__ import annotations

import pytest

from ingest.faults import Refused
from ingest.sources import csv_table
from ingest.sources.cells import NO_REASON_GIVEN
from ingest.sources.els import read_els
from ingest.tidy import TidyFigures
from tests.ingest.examples import (
    HEADER,
    ITL1,
    LABEL,
    declared,
    els_csv,
    els_row,
    values,
)

BIRMINGHAM_2023 = (LABEL, "E08000025", "2023-01-01/P1Y")


def read(content: bytes, **declaration: object) -> TidyFigures:
    return read_els(content, declared(**declaration), ITL1, "gardens.csv")


def refusal(content: bytes, **declaration: object) -> str:
    with pytest.raises(Refused) as refused:
        read(content, **declaration)
    return str(refused.value)


def test_an_ordinary_row_becomes_a_tidy_figure() -> None:
    figures = read(els_csv(els_row(value="50.10", lower="49", upper="51.2", notes="A note")))
    assert figures.frame.to_dict("records") == [
        {
            "series": LABEL,
            "ref_area": "E08000025",
            "time_period": "2023-01-01/P1Y",
            "obs_value": "50.10",
            "lower_95": "49",
            "upper_95": "51.2",
            "obs_status": "",
            "note": "A note",
            "row_number": 2,
        }
    ]
    (series,) = figures.series
    assert (series.label, series.measure, series.unit) == (LABEL, "Percentage", "%")


def test_a_byte_order_mark_makes_no_difference() -> None:
    plain = els_csv(els_row())
    assert values(read(b"\xef\xbb\xbf" + plain)) == values(read(plain))


def test_windows_line_ends_make_no_difference() -> None:
    plain = els_csv(els_row(), els_row("E08000026"))
    assert values(read(plain.replace(b"\n", b"\r\n"))) == values(read(plain))


def test_columns_are_found_by_name_wherever_they_stand() -> None:
    swapped = HEADER.replace("observation,measure", "measure,observation")
    row = els_row().replace(",50.0,Percentage,", ",Percentage,50.0,")
    assert values(read(els_csv(row, header=swapped))) == {BIRMINGHAM_2023: "50.0"}


@pytest.mark.parametrize("again", ["notes", "notes.1"])
def test_a_repeated_notes_column_is_put_together(again: str) -> None:
    figures = read(
        els_csv(
            els_row(notes="First") + ",Second",
            els_row("E08000026", notes="Same") + ",Same",
            els_row("E08000027") + ",",
            header=f"{HEADER},{again}",
        )
    )
    assert figures.frame["note"].tolist() == ["First; Second", "Same", ""]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("170002 ", "170002"), (" 12.5", "12.5"), ("-1234.50", "-1234.50"), ("1e-05", "1e-05")],
)
def test_numbers_lose_spaces_only(written: str, kept: str) -> None:
    assert values(read(els_csv(els_row(value=written)))) == {BIRMINGHAM_2023: kept}


def test_a_blank_without_a_status_says_that_no_reason_was_given() -> None:
    figures = read(els_csv(els_row(value="")))
    assert figures.frame[["obs_status", "note"]].values.tolist() == [["x", NO_REASON_GIVEN]]


def test_a_blank_whose_status_gives_no_reason_keeps_both() -> None:
    figures = read(els_csv(els_row(value="", status="p", notes="Data not available")))
    assert figures.frame[["obs_status", "note"]].values.tolist() == [["p x", "Data not available"]]


@pytest.mark.parametrize(
    ("written", "kept"), [("c", "c"), ("r p", "p r"), ("U", "u"), ("e;b", "b e")]
)
def test_status_letters_are_put_in_order(written: str, kept: str) -> None:
    value = "" if kept in ("c", "u") else "50.0"
    assert read(els_csv(els_row(value=value, status=written))).frame["obs_status"][0] == kept


@pytest.mark.parametrize("note", ["p", "c", "low", "p r", "U"])
def test_a_note_that_is_a_status_letter_was_moved_there(note: str) -> None:
    words = refusal(els_csv(els_row(notes=note)))
    assert "column notes: expected words, not a status letter" in words


def test_an_area_has_one_name() -> None:
    rows = [els_row(period=f"{year}-01-01/P1Y") for year in (2021, 2022, 2023)]
    rows[1] = rows[1].replace("A place", "Another place")
    words = refusal(els_csv(*rows))
    assert "column areanm: expected 'A place', as in the other rows of E08000025" in words
    assert "row 3: found 'Another place'" in words


def test_two_areas_may_have_one_name() -> None:
    assert len(read(els_csv(els_row("E12000005"), els_row("E47000007"))).frame) == 2


def test_declared_prose_in_the_status_becomes_a_note() -> None:
    prose = "Value for Hackney and City of London combined"
    figures = read(
        els_csv(els_row(status=prose), els_row("E08000026", status=prose, notes="Rounded")),
        status_notes=[prose],
    )
    assert figures.frame["obs_status"].tolist() == ["", ""]
    assert figures.frame["note"].tolist() == [prose, f"Rounded; {prose}"]


def test_other_prose_in_the_status_is_refused_with_the_row() -> None:
    words = refusal(els_csv(els_row(), els_row("E08000026", status="about right")))
    assert "gardens.csv, column status: expected a status letter (b, c, e, f, low, p" in words
    assert "row 3: found 'about right'" in words
    assert "declare it word for word in status_notes of homes-with-gardens" in words


def test_rows_of_areas_declared_to_have_no_code_are_set_aside_and_kept() -> None:
    figures = read(els_csv(els_row("na"), els_row()), unplaced_area_codes=["na"])
    assert list(values(figures)) == [BIRMINGHAM_2023]
    (row,) = figures.rejected
    assert row.row_number == 2
    assert row.raw == f"na,A place,Area,{LABEL},2023-01-01/P1Y,50.0,Percentage,%,,,,"
    assert row.reason == "The publisher gives A place no area code ('na')."


@pytest.mark.parametrize("code", ["", "na", "E0800002", "West Midlands", "E08000025x", "TLG311"])
def test_rows_whose_code_is_no_areas_are_set_aside_and_kept(code: str) -> None:
    figures = read(els_csv(els_row(), els_row(code, value="51")))
    assert list(values(figures)) == [BIRMINGHAM_2023]
    (row,) = figures.rejected
    assert (row.row_number, row.raw.split(",")[0]) == (3, code)
    said = f"The register of areas has no code '{code}'." if code else "The row has no area code."
    assert row.reason == said


def test_a_file_without_the_code_of_any_area_is_refused() -> None:
    words = refusal(els_csv(els_row("na"), els_row("")))
    assert words.startswith("2 faults")
    assert "gardens.csv, column areacd: expected the code of an area" in words
    assert "row 2: found 'na'" in words
    assert "row 3: found nothing" in words


def test_identical_rows_are_one() -> None:
    figures = read(els_csv(els_row(lower="49", upper="51"), els_row(lower="49", upper="51")))
    assert (len(figures.frame), figures.collapsed) == (1, 1)


@pytest.mark.parametrize(
    ("second", "column", "found"),
    [
        (els_row(value="51.0"), "observation", "51.0 where row 2 has 50.0"),
        (els_row(lower="49", upper="52"), "lci_95", "49.0 where row 2 has nothing"),
        (els_row(notes="Another"), "notes", "Another where row 2 has nothing"),
        (els_row(status="p"), "status", "p where row 2 has nothing"),
    ],
)
def test_one_key_with_two_figures_is_refused(second: str, column: str, found: str) -> None:
    words = refusal(els_csv(els_row(), els_row("E08000026"), second))
    assert f"gardens.csv, column {column}: expected one figure for each series" in words
    assert f"row 4: found {found} ({LABEL}, E08000025, 2023-01-01/P1Y)" in words


def test_two_writings_of_one_number_are_one_figure() -> None:
    assert len(read(els_csv(els_row(value="50"), els_row(value="50.0"))).frame) == 1


def test_itl_1_codes_become_gss_codes() -> None:
    figures = read(els_csv(els_row("TLG"), els_row("TLB", value="52")))
    assert values(figures) == {
        (LABEL, "E12000005", "2023-01-01/P1Y"): "50.0",
        (LABEL, "E92000001", "2023-01-01/P1Y"): "52",
    }


def test_an_area_under_both_its_codes_is_kept_once_from_the_gss_row() -> None:
    figures = read(els_csv(els_row("TLG"), els_row("E12000005")))
    assert figures.frame[["ref_area", "row_number"]].values.tolist() == [["E12000005", 3]]


def test_an_area_with_another_figure_under_each_code_is_refused() -> None:
    words = refusal(els_csv(els_row("TLG", value="51"), els_row("E12000005")))
    assert "row 2: found 51.0 where row 3 has 50.0" in words


def test_lower_itl_codes_stay_as_they_are() -> None:
    assert {area for _, area, _ in values(read(els_csv(els_row("TLG3"), els_row("TLG31"))))} == {
        "TLG3",
        "TLG31",
    }


def test_an_old_and_a_new_code_are_both_kept() -> None:
    figures = read(els_csv(els_row("E08000016"), els_row("E08000038")))
    assert figures.frame["ref_area"].tolist() == ["E08000016", "E08000038"]


def test_figures_are_sorted_and_keep_the_row_of_the_file() -> None:
    figures = read(els_csv(els_row("E08000031"), els_row(period="2024-01-01/P1Y"), els_row()))
    assert figures.frame[["ref_area", "time_period", "row_number"]].values.tolist() == [
        ["E08000025", "2023-01-01/P1Y", 4],
        ["E08000025", "2024-01-01/P1Y", 3],
        ["E08000031", "2023-01-01/P1Y", 2],
    ]


def test_blank_lines_are_passed_over_and_counted() -> None:
    figures = read(els_csv(els_row(), "", els_row("E08000026")))
    assert figures.frame["row_number"].tolist() == [2, 4]


@pytest.mark.parametrize("written", ["[x]", "..", "nan", "inf", "1,23", "1,234", "12%", "٣"])
def test_what_is_no_number_is_refused(written: str) -> None:
    words = refusal(els_csv(els_row(value=f'"{written}"')))
    assert "gardens.csv, column observation: expected a number, or nothing" in words
    assert f"row 2: found '{written}'" in words


@pytest.mark.parametrize("written", ["2023", "2023/24", "2023-01-01/P1W", "", "Jan 2023"])
def test_what_is_no_period_is_refused(written: str) -> None:
    assert "column period: expected an ISO 8601 period" in refusal(els_csv(els_row(period=written)))


def test_a_series_has_one_unit() -> None:
    words = refusal(els_csv(els_row(), els_row("E08000026", unit="£")))
    assert "column unit: expected '%', as in row 2" in words
    assert "row 3: found '£'" in words


def test_a_renamed_column_is_missing_and_unknown() -> None:
    words = refusal(els_csv(els_row(), header=HEADER.replace("observation", "obs_value")))
    assert words.startswith("2 faults")
    assert "row 1: found no column 'observation'" in words
    assert "row 1: found a column 'obs_value'" in words
    assert "the reader has to learn it" in words


def test_a_column_other_than_notes_may_not_be_repeated() -> None:
    words = refusal(els_csv(els_row() + ",r", header=f"{HEADER},status"))
    assert "found the column 'status' 2 times" in words


def test_rows_with_too_few_or_too_many_cells_are_refused_by_number() -> None:
    words = refusal(els_csv(els_row(), els_row() + ",more", "E08000026,cut off"))
    assert "expected 12 cells, as the header has" in words
    assert "row 3: found 13 cells" in words
    assert "row 4: found 2 cells" in words


def test_bytes_of_another_encoding_are_refused() -> None:
    words = refusal(els_csv(els_row(unit="£")).decode().encode("cp1252"))
    assert "expected text in UTF-8" in words
    assert "found the byte 0xa3 near row 2" in words


@pytest.mark.parametrize("unit", ["£", "–", "é", "’"])
def test_text_that_was_put_into_utf_8_twice_is_refused(unit: str) -> None:
    read(els_csv(els_row(unit=unit)))
    for took_it_for in ("cp1252", "latin-1"):
        twice = unit.encode().decode(took_it_for)
        assert "put into UTF-8 once" in refusal(els_csv(els_row(unit=twice)))
    assert "put into UTF-8 once" in refusal(els_csv(els_row(unit="\ufffd")))


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><html>", b"\n <html>", b"<?xml version='1.0'?>"])
def test_a_web_page_in_place_of_the_file_is_refused(page: bytes) -> None:
    words = refusal(page)
    assert "expected a CSV file" in words
    assert "may ask for a login" in words


@pytest.mark.parametrize("content", [b"", HEADER.encode(), f"{HEADER}\n\n".encode()])
def test_a_file_without_rows_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read(content)


def test_a_quote_that_does_not_close_is_refused() -> None:
    assert "whose quotes close" in refusal(els_csv(els_row(notes='"open')))


def test_a_zero_byte_is_refused() -> None:
    assert "found a zero byte" in refusal(els_csv(els_row(notes="a\0b")))


def test_a_file_or_a_table_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = els_csv(els_row(), els_row("E08000026"))
    monkeypatch.setattr(csv_table, "MOST_ROWS", 1)
    assert "found 2 rows" in refusal(content)
    monkeypatch.setattr(csv_table, "LARGEST_FILE", 10)
    assert "expected at most 10 bytes" in refusal(content)


def test_every_fault_is_reported_at_once() -> None:
    words = refusal(
        els_csv(els_row("nowhere"), els_row(value="many"), els_row("E08000026", status="q"))
    )
    assert words.startswith("3 faults")
    for found in ("row 2: found 'nowhere'", "row 3: found 'many'", "row 4: found 'q'"):
        assert found in words
