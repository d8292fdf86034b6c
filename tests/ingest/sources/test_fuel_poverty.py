"""Fuel poverty by authority and by neighbourhood: the published workbook, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reference_data import read_area_changes_file
from ingest.faults import Refused
from ingest.sources.fuel_poverty import (
    FUEL_POOR,
    HOUSEHOLDS,
    SHARE,
    FuelPoverty,
    read_fuel_poverty,
)
from tests.ingest.sources.made_workbooks import Cell, xlsx

WORDS = (
    "Number of households",
    "Number of households in fuel poverty",
    "Proportion of households fuel poor (%)",
)
AUTHORITIES: list[list[Cell]] = [
    ["Table 2: Fuel poor households by administrative area, 2020 [Notes 3 and 4]"],
    [],
    ["Area Codes", "Area names ", "", *WORDS],
    ["E92000001", "ENGLAND", "", 1600, 280, 17.5],
    ["E08000025", "", "Birmingham", 1000, 200, 20],
    ["E06000060", "", "Buckinghamshire", 600, 80, 80 / 6],
    ["", "", "", "", "", "England"],
]
NEIGHBOURHOODS: list[list[Cell]] = [
    ["Table 3: Fuel Poverty by LSOA [Note A], 2020 [Notes 3 and 4]"],
    [],
    ["LSOA Code", "LSOA Name", "LA Code", "LA Name", "Region", *WORDS],
    ["E01000002", "Birmingham 001B", "E08000025", "Birmingham", "West Midlands", 400, 40, 10],
    ["E01000001", "Birmingham 001A", "E08000025", "Birmingham", "West Midlands", 600, 160, 80 / 3],
    ["E01000003", "Wycombe 001A", "E07000007", "Wycombe", "South East", 600, 80, 80 / 6],
    ["", "", "", "", "", "", "", "England"],
    ["Note A: Estimates should be treated with caution."],
]
BECAME = (("E07000007", "E06000060"),)


def read(
    authorities: list[list[Cell]] = AUTHORITIES, neighbourhoods: list[list[Cell]] = NEIGHBOURHOODS
) -> FuelPoverty:
    content = xlsx({"Title": [["x"]], "Table 2": authorities, "Table 3": neighbourhoods})
    return read_fuel_poverty(content, 2020, "made.xlsx", BECAME)


def changed(rows: list[list[Cell]], row: int, column: int, cell: Cell) -> list[list[Cell]]:
    copy = [list(each) for each in rows]
    copy[row][column] = cell
    return copy


def test_neighbourhoods_by_authority_with_former_codes_counted_to_their_successor() -> None:
    figures = read()
    assert [one.code for one in figures.neighbourhoods] == ["E01000001", "E01000002", "E01000003"]
    assert [one.share for one in figures.within("E08000025")] == [pytest.approx(80 / 3), 10]
    assert [one.code for one in figures.within("E06000060")] == ["E01000003"]
    assert len(figures.authorities.frame) == 9


@pytest.mark.parametrize(
    ("authorities", "neighbourhoods", "words"),
    [
        (changed(AUTHORITIES, 0, 0, "Table 2: Fuel poor, 2021"), NEIGHBOURHOODS, "a title"),
        (changed(AUTHORITIES, 4, 4, 199), NEIGHBOURHOODS, "the share that they give"),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 3, 6, 41), "the share that they give"),
        (
            AUTHORITIES,
            changed(NEIGHBOURHOODS, 3, 2, "E07000007"),
            "as the table of authorities has",
        ),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 3, 2, "E08000099"), "each authority in both tables"),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 3, 2, ""), "the code of a local authority"),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 3, 0, "E01000001"), "ask the publisher"),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 3, 5, "four hundred"), "a number"),
        (AUTHORITIES, changed(NEIGHBOURHOODS, 2, 2, "Authority"), "not_read"),
        (changed(AUTHORITIES, 3, 0, "E12000005"), NEIGHBOURHOODS, "the name that the register has"),
        (changed(AUTHORITIES, 5, 2, "Dudley"), NEIGHBOURHOODS, "the name that the register has"),
        (AUTHORITIES, NEIGHBOURHOODS[:-2], "a row after the table"),
    ],
)
def test_what_contradicts_itself_is_refused(
    authorities: list[list[Cell]], neighbourhoods: list[list[Cell]], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        read(authorities, neighbourhoods)


def test_a_row_lost_from_either_table_is_seen() -> None:
    for lost in (3, 4, 5):
        with pytest.raises(Refused):
            read(neighbourhoods=NEIGHBOURHOODS[:lost] + NEIGHBOURHOODS[lost + 1 :])
    with pytest.raises(Refused):
        read(authorities=AUTHORITIES[:5] + AUTHORITIES[6:])


@pytest.mark.slow
@pytest.mark.recordings
def test_the_boroughs_of_the_west_midlands_add_up(recordings: Path) -> None:
    path = recordings / "publishers/desnz/sub-regional-fuel-poverty-2022-tables.xlsx"
    changes = read_area_changes_file()
    joined = changes[changes["kind"].isin(["merger", "recode", "boundary_change"])]
    pairs = list(joined[["old_code", "new_code"]].itertuples(index=False, name=None))
    figures = read_fuel_poverty(path.read_bytes(), 2020, path.name, pairs)
    assert len(figures.neighbourhoods) == 32844
    frame = figures.authorities.frame.set_index(["ref_area", "series"])["obs_value"]
    by_hand = {
        "E08000025": (639, 443703, 96795),
        "E08000026": (195, 138952, 28208),
        "E08000027": (201, 140168, 24248),
        "E08000028": (186, 131117, 27220),
        "E08000029": (134, 92889, 11637),
        "E08000030": (167, 116294, 22682),
        "E08000031": (158, 110201, 24722),
    }
    for code, (count, households, poor) in by_hand.items():
        within = figures.within(code)
        assert len(within) == count
        assert sum(one.households for one in within) == households == int(frame[code, HOUSEHOLDS])
        assert sum(one.fuel_poor for one in within) == poor == int(frame[code, FUEL_POOR])
        assert float(frame[code, SHARE]) == pytest.approx(100 * poor / households)
    assert frame["E92000001", FUEL_POOR] == "3158206"
