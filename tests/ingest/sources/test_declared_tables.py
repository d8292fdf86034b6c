"""Tables declared in one TOML file: the declaration, the day of publication, and sums."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.faults import Refused
from ingest.sources.declared_tables import DeclaredTable, declared_tables, written_day
from ingest.sources.table_readers import published_on, read_declared
from tests.ingest.sources.made_workbooks import Cell, xlsx

COVER: list[list[Cell]] = [["Gardens by age"], ["Date published: 3 July 2025"]]
FIGURES: list[list[Cell]] = [
    ["Table 1: Gardeners by age, 2024"],
    ["Code", "Name", "14", "15", "16", "17+"],
    ["E92000001", "England", 100, 200, 300.5, 400.25],
    ["E08000025", "Birmingham", 10, 20, 30, 40],
]
KEYS: dict[str, Any] = {
    "id": "gardeners",
    "reader": "workbook",
    "title": "Gardeners by age",
    "producer": "Office for Gardens",
    "licence": "Open Government Licence v3.0",
    "landing_page": "https://example.org/gardeners",
    "cadence": {"every_months": 12},
    "load_replaces": "whole",
    "file": "gardeners.xlsx",
    "published": {"sheet": "Cover", "pattern": "Date published: (.*)"},
    "sheet": [
        {
            "sheet": "Table 1",
            "title": "Table 1: .*",
            "area_header": "Code",
            "name_header": "Name",
            "not_read": ["14"],
            "columns": [
                {
                    "header": r"(1[5-7])\+?",
                    "label": r"Aged \1",
                    "period": "2024-06-30",
                    "measure": "Number",
                    "unit": "people",
                    "fewest": 3,
                }
            ],
        }
    ],
    "sum": [
        {
            "label": "Aged 16 and over",
            "measure": "Number",
            "unit": "people",
            "of": "Aged 1[67]",
            "parts": 2,
        }
    ],
}


def declared(**changes: Any) -> DeclaredTable:
    return DeclaredTable.model_validate({**KEYS, **changes})


def book(cover: list[list[Cell]] = COVER, figures: list[list[Cell]] = FIGURES) -> bytes:
    return xlsx({"Cover": cover, "Table 1": figures})


def test_the_sum_takes_the_place_of_its_parts_and_adds_up_exactly() -> None:
    figures = read_declared(book(), declared(), "gardeners.xlsx").figures
    rows = figures.frame[["series", "ref_area", "time_period", "obs_value"]].values.tolist()
    assert rows == [
        ["Aged 15", "E08000025", "2024-06-30", "20"],
        ["Aged 15", "E92000001", "2024-06-30", "200"],
        ["Aged 16 and over", "E08000025", "2024-06-30", "70"],
        ["Aged 16 and over", "E92000001", "2024-06-30", "700.75"],
    ]
    assert [words.label for words in figures.series] == ["Aged 15", "Aged 16 and over"]


def test_a_sum_that_lacks_a_part_is_refused() -> None:
    lost = declared(sum=[{**KEYS["sum"][0], "parts": 3}])
    with pytest.raises(Refused, match="found 2 series that match"):
        read_declared(book(), lost, "gardeners.xlsx")


def test_a_sum_over_a_blank_is_refused_by_area() -> None:
    blank = [*FIGURES[:3], ["E08000025", "Birmingham", 10, 20, 30, ""]]
    with pytest.raises(Refused, match="1 of 2 figures for E08000025 in 2024-06-30"):
        read_declared(book(figures=blank), declared(symbols={"": "x"}), "gardeners.xlsx")


def test_the_day_of_publication_is_read_from_the_workbook() -> None:
    assert published_on(book(), declared(), "gardeners.xlsx") == date(2025, 7, 3)


@pytest.mark.parametrize(
    "cover",
    [
        [["Gardens by age"]],
        [["Date published: next summer"]],
        [["Date published: 3 July 2025"], ["Date published: 4 July 2025"]],
    ],
)
def test_a_workbook_that_does_not_say_its_day_is_refused(cover: list[list[Cell]]) -> None:
    with pytest.raises(Refused, match="--known-on"):
        published_on(book(cover=cover), declared(), "gardeners.xlsx")


def test_days_as_publishers_write_them() -> None:
    assert written_day("15 July 2024") == date(2024, 7, 15)
    assert written_day("28th April 2022") == date(2022, 4, 28)
    assert written_day("31 June 2024") is None
    assert written_day("2024-07-15") is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sheet": []}, "goes with the reader 'workbook'"),
        ({"reader": "fuel_poverty"}, "goes with the reader"),
        ({"year": 2020}, "goes with the reader 'fuel_poverty'"),
        ({"symbols": {"-": "q"}}, "symbols mean one of"),
        ({"file": "../gardeners.xlsx"}, "file"),
        ({"landing_page": "ftp://example.org"}, "landing_page"),
        ({"published": {"sheet": "Cover", "pattern": "Date"}}, "one group"),
        ({"titel": "x"}, "titel"),
    ],
)
def test_a_declaration_that_cannot_be_meant_is_an_error(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        declared(**changes)


def test_the_shipped_declarations_are_whole() -> None:
    tables = declared_tables()
    assert tables["population"].adapter == "workbook"
    assert tables["population"].file == "mye23tablesew.xlsx"
    assert tables["fuel-poverty"].adapter == "drop_in"


@pytest.mark.recordings
def test_the_population_of_the_published_workbook(recordings: Path) -> None:
    """Read off by hand; the sums of ages added up with a spreadsheet's own SUM."""
    table = declared_tables()["population"]
    content = (recordings / "publishers" / "ons_xlsx" / table.file).read_bytes()
    assert published_on(content, table, table.file) == date(2024, 7, 15)
    figures = read_declared(content, table, table.file).figures
    rows = figures.frame.set_index(["series", "ref_area", "time_period"])["obs_value"]
    assert rows["Residents of all ages", "E92000001", "2023-06-30"] == "57690323"
    assert rows["Residents of all ages", "E92000001", "2011-06-30"] == "53107169"
    assert rows["Residents aged 16 to 64", "E08000025", "2023-06-30"] == "756518"
    assert rows["Residents aged 16 and over", "E08000025", "2023-06-30"] == "909271"
    assert rows["Residents aged 16 and over", "E92000001", "2023-06-30"] == "47041973"
    # One total stands on both sheets, for 357 areas.
    assert (len(rows), figures.collapsed) == (5355, 357)
