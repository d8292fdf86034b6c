"""Workbooks of Nomis: what is read of them, what is refused, and what damage cannot do."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.faults import Refused
from ingest.sources.nomis_workbook import read_nomis_workbook
from tests.ingest.sources.made_nomis_workbooks import (
    ALL,
    AREAS,
    AT_WORK,
    CODES,
    LEGEND,
    Grid,
    block,
    declaration,
    read,
    refusal,
    two_years,
)
from tests.ingest.sources.made_workbooks import xlsx
from tests.ingest.sources.mutations import same_or_refused


def test_figures_intervals_and_symbols() -> None:
    frame = read(two_years()).frame
    assert len(frame) == 10
    first = frame[frame["time_period"] == "2018-01-01/P1Y"].drop(columns=["series", "time_period"])
    assert first.drop(columns="note").values.tolist() == [
        ["E06000017", "", "", "", "low u", 12],
        ["E08000025", "475900", "445600", "506200", "", 10],
        ["E08000026", "173100.5", "", "", "u", 11],
        ["E09000001", "", "", "", "c", 13],
        ["E12000004", "", "", "", "x", 14],
    ]
    assert first["note"].tolist()[3] == LEGEND["!"].rstrip(".")
    assert first["note"].tolist()[1] == ""


def test_a_name_stands_for_one_code_of_its_level_or_is_refused() -> None:
    for name, words in (
        ("ladu:Barnsley", "E08000016 or E08000038"),
        ("ladu:birmingham", "a name that stands for one area of the level 'district'"),
        ("ladu:East Midlands", "a name that stands for one area"),
        ("Birmingham", "a prefix that is declared"),
        ("lep:Black Country", "a prefix that is declared"),
        ("gor:West Midlands", "an area with a code"),
        ("ladu:Coventry", "each area once in a table"),
    ):
        grid = block("Jan 2018-Dec 2018", [*AREAS[:2], [name, *AREAS[1][1:]], *AREAS[2:]])
        assert words in refusal(grid)


def test_west_midlands_is_never_matched_but_can_be_set_aside() -> None:
    grid = block("Jan 2018-Dec 2018", [*AREAS, ["gor:West Midlands", *AREAS[1][1:]]])
    figures = read(grid, set_aside=["gor:West Midlands"])
    assert len(figures.frame) == 5
    assert [(one.row_number, one.raw) for one in figures.rejected] == [(15, "gor:West Midlands")]


def changed(row: int, place: int, cell: object) -> Grid:
    grid = two_years()
    grid[row - 1] = [*grid[row - 1], *[""] * 8][:8]
    grid[row - 1][place] = cell
    return grid


@pytest.mark.parametrize(
    ("row", "place", "cell", "words"),
    [
        (1, 0, "jobs", "'annual population survey' at the top"),
        (4, 1, "Jan 2018-Jan 2019", "a date written as"),
        (4, 0, "dates", "a date written as"),
        (5, 1, "90% confidence interval (+/-)", "'95% confidence interval (+/-)'"),
        (5, 0, "date", "once"),
        (7, 0, "Region", "the headings"),
        (7, 4, "T01:29", "a heading of a declared series"),
        (7, 4, ALL, "each heading once"),
        (7, 2, "Flags", "a heading for every 3 columns"),
        (8, 3, "Flags", "number, Flags, conf below each heading"),
        (10, 4, "?", "symbols that the legend below the table explains"),
        (10, 4, "", "symbols that the legend below the table explains"),
        (10, 4, "475,900", "symbols that the legend below the table explains"),
        (10, 5, "q", "symbols that the legend below the table explains"),
        (10, 6, "", "symbols that the legend below the table explains"),
        (10, 6, "!", "no number, as its symbol says there is none"),
        (10, 6, -30300, "a value inside its interval"),
        (10, 7, 5, "a heading for every cell"),
        (11, 0, "", "cells below the table's last area"),
        (16, 0, "! Under review.", "a known legend"),
        (16, 0, "Caution.", "symbols that the legend below the table explains"),
        (17, 0, "! Estimate is less than 500.", "one meaning of !"),
        (26, 1, "Jan 2018-Dec 2018", "one figure for each series"),
        (32, 0, "ladu:Leeds", "the first table's areas"),
    ],
)
def test_what_is_not_known_is_refused(row: int, place: int, cell: object, words: str) -> None:
    assert words in refusal(changed(row, place, cell))


def test_faults_come_all_at_once() -> None:
    grid = changed(10, 4, "?")
    grid[10][0] = "ladu:Nowhere"
    words = refusal(grid)
    assert "row 10: found '? |  | 30300'" in words
    assert "row 11: found 'ladu:Nowhere'" in words


def test_the_same_table_twice_is_one() -> None:
    good = read(two_years())
    figures = read([*two_years(), *block("Jan 2018-Dec 2018", AREAS)])
    assert figures.collapsed == 5
    columns = [name for name in good.frame.columns if name != "row_number"]
    assert figures.frame[columns].equals(good.frame[columns])


def test_tables_that_differ_in_what_they_are_about() -> None:
    def about(industry: str, number: int) -> Grid:
        head: Grid = [
            ["UK Business Counts"],
            ["ONS Crown Copyright Reserved [from Nomis on 1 May]"],
        ]
        lines: Grid = [[], ["date", 2018], ["industry", industry], [], ["Area", "Total", "Micro"]]
        return [*head, *lines, ["ladu:Coventry", number, 0], []]

    grid = [*about("1 : Farming", 95), *about("2 : Mining", 20)]
    series = {"label": "Farms", "measure": "Firms", "unit": "firms", "heading": "Total"}
    changes: dict[str, Any] = {
        "title": "UK Business Counts",
        "parts": ["number"],
        "periods": "calendar_year",
        "series": [series | {"where": {"industry": "1 : Farming"}}],
        "left_out": ["Micro", "2 : Mining"],
    }
    rows = read(grid, **changes).frame
    assert rows[["series", "obs_value"]].values.tolist() == [["Farms", "95"]]
    changes["left_out"] = ["Micro"]
    assert "a heading of a declared series about {'industry': '2 : Mining'}" in refusal(
        grid, **changes
    )


def test_another_sheet_no_workbook_or_a_far_cell() -> None:
    wrong = xlsx({"Notes": two_years()})
    far = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    far += (
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    for content in (wrong, b"", b"<html></html>", wrong[:-40], xlsx({}, {"Data": far})):
        with pytest.raises(Refused):
            read_nomis_workbook(content, declaration(), CODES, "aps.xlsx")


@pytest.mark.parametrize(
    "changes",
    [
        {"typo": 1},
        {"parts": ["number", "conf"]},
        {"periods": "fortnight"},
        {"legend": {"Lost": "?"}},
        {"series": []},
    ],
)
def test_a_declaration_with_a_slip_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        declaration(**changes)


def damaged(seed: int) -> tuple[str, Grid]:
    """Damage to a workbook; another number in place of a number, or another symbol that the
    legend explains, is left out: the publisher might have meant it.
    """
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    grid = two_years()
    areas = [n for n, row in enumerate(grid) if row and ":" in str(row[0]) and len(row) > 4]
    row = grid[chance.choice(areas)]
    filled = [n for n, cells in enumerate(grid) if cells]
    heading = chance.choice([n for n, cells in enumerate(grid) if cells[:1] == ["Area"]])

    def swap_cells() -> None:
        row[4], row[5] = row[5], row[4]

    def swap_rows() -> None:
        one, two = chance.sample(areas[:6], 2)
        grid[one], grid[two] = grid[two], grid[one]

    deeds: dict[str, Callable[[], object]] = {
        "a symbol unknown": lambda: row.__setitem__(4, chance.choice(["?", "..", "#N/A", "x"])),
        "a number as text with words": lambda: row.__setitem__(4, f"{row[4]} (r)"),
        "a name altered": lambda: row.__setitem__(0, row[0][:-1] + chance.choice("xé")),
        "a name of another row": lambda: row.__setitem__(0, "ladu:Coventry"),
        "a row lost": lambda: grid.remove(row),
        "a row repeated": lambda: grid.insert(grid.index(row), row),
        "rows in another order": swap_rows,
        "a row shifted": lambda: row.insert(chance.randrange(1, 5), ""),
        "cells swapped": swap_cells,
        "a heading altered": lambda: grid[heading].__setitem__(4, "T01:99 (Another)"),
        "headings swapped": lambda: grid[heading].__setitem__(slice(1, 5), [AT_WORK, "", "", ALL]),
        "a line lost": lambda: grid.pop(chance.choice(filled)),
        "a blank line between": lambda: grid.insert(chance.choice(areas), []),
        "cut short": lambda: grid.__delitem__(
            slice(chance.randrange(len(grid) // 2 + 8, len(grid) - 8), None)
        ),
    }
    done = sorted(deeds)[seed % len(deeds)]
    deeds[done]()
    return done, grid


def test_damage_is_refused_or_makes_no_difference() -> None:
    good = read(two_years())
    for seed in range(84):
        done, grid = damaged(seed)
        assert same_or_refused(lambda grid=grid: read(grid), good), (seed, done)
