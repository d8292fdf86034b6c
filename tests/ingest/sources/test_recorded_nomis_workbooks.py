"""Reading Nomis's workbooks as they were served; the figures were read off by hand."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from ingest.faults import Refused
from ingest.sources.nomis_workbook import read_nomis_workbook
from ingest.sources.workbook_cells import Workbook
from ingest.tidy import TidyFigures
from tests.ingest.sources.made_nomis_workbooks import ALL, DECLARED, declaration

CODES_THEN = {"Rhondda Cynon Taff": "W06000016", "Tewkesbury": "E07000083"}


def district_codes() -> dict[str, tuple[str, ...]]:
    """The register's lower-tier areas of the end of 2022, as the recorded workbooks have them."""
    day = "2022-12-31"
    names: dict[str, tuple[str, ...]] = {name: (code,) for name, code in CODES_THEN.items()}
    register = Path(__file__).parents[3] / "data" / "reference" / "areas.csv"
    with register.open(encoding="utf-8", newline="") as lines:
        for area in csv.DictReader(lines):
            there = (area["start_on"] or day) <= day <= (area["end_on"] or day)
            if there and re.match("E0[6-9]|W06|S12|N09", area["code"]):
                names[area["name"]] = (*names.get(area["name"], ()), area["code"])
    return names


SURVEY: dict[str, Any] = {
    "levels": {"ladu": "district"},
    "left_out_levels": ["country", "lep", "User Defined Geography"],
}


def recorded(recordings: Path, name: str, **changes: object) -> TidyFigures:
    content = (recordings / "publishers" / "nomis" / name).read_bytes()
    codes = {"district": district_codes()}
    return read_nomis_workbook(content, declaration(**changes), codes, name)


T01 = [
    "T01:25 (Aged 16-64 - Economically active : All People )",
    "T01:31 (Aged 16-64 - Employees : All People )",
    "T01:34 (Aged 16-64 - Self Employed : All People )",
    "T01:37 (Aged 16-64 - Unemployed : All People )",
    "T01:40 (Aged 16-64 - Inactive : All People )",
]


def test_recorded_survey(recordings: Path) -> None:
    name = "nomis_2023_04_24_143523.xlsx"
    figures = recorded(recordings, name, **SURVEY, left_out=[ALL, *T01])
    frame = figures.frame.set_index(["ref_area", "time_period"])
    assert len(frame) == 363 * 5
    columns = ["obs_value", "lower_95", "upper_95", "obs_status"]
    assert frame.loc[("E08000025", "2018-01-01/P1Y"), columns].tolist() == [
        *("475900", "445600", "506200", ""),
    ]
    assert frame.loc[("E08000026", "2022-01-01/P1Y"), columns].tolist() == [
        *("181400", "167600", "195200", ""),
    ]
    assert frame.loc[("E09000001", "2018-01-01/P1Y"), columns].tolist() == ["5700", "", "", "u"]
    assert frame.loc[("E06000053", "2020-01-01/P1Y"), columns].tolist() == ["", "", "", "x"]


def test_recorded_rolling_years(recordings: Path) -> None:
    for name in ("nomis_T01_20230119.xlsx", "nomis_T01_20230123c.xlsx"):
        frame = recorded(recordings, name, **SURVEY, left_out=[ALL, *T01]).frame
        assert len(frame) == 309 * 6
        assert sorted(set(frame["time_period"]))[0] == "2016-10-01/P1Y"


def test_recorded_business_counts(recordings: Path) -> None:
    farms = "1 : Agriculture, forestry & fishing (A)"
    name = "nomis_2023_04_24_152639.xlsx"
    changes: dict[str, Any] = {
        **SURVEY,
        "title": "UK Business Counts - enterprises by industry and employment size band",
        "parts": ["number"],
        "periods": "calendar_year",
        "series": [
            DECLARED["series"][0]
            | {"heading": "Total", "where": {"industry": farms, "legal status": "Total"}}
        ],
        "left_out": [
            *("Micro (0 to 9)", "Small (10 to 49)", "Medium-sized (50 to 249)", "Large (250+)"),
        ],
    }
    with pytest.raises(Refused, match="2 : Mining, quarrying"):
        recorded(recordings, name, **changes)
    content = (recordings / "publishers" / "nomis" / name).read_bytes()
    cells = Workbook(content, name).rows("Data")
    others = {row[1] for row in cells if row[0] == "industry"} - {farms}
    changes["left_out"] += sorted(others)
    frame = recorded(recordings, name, **changes).frame
    assert len(frame) == 374 * 5
    assert frame["obs_status"].eq("").all()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nomis_2023_07_20_211328.xlsx", "annual population survey"),
        ("nomis_2023_07_23_203902.xlsx", "annual population survey"),
    ],
)
def test_recorded_workbooks_of_another_layout_are_refused(
    recordings: Path, name: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        recorded(recordings, name, **SURVEY)
