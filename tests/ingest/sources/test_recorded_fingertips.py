"""Reading Fingertips' files as they were served; the figures were read off by hand."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from tests.ingest.sources.made_fingertips import (
    NUMBERS,
    UPPER,
    one_series,
    read,
    reading_of,
    refusal,
)
from tests.ingest.sources.mutations import as_csv_bytes, damaged_rows, same_or_refused
from tests.ingest.sources.plausible import only_another_number

ADMISSIONS = (
    "Hospital admissions caused by unintentional and deliberate injuries in children "
    "(aged 0 to 14 years)"
)

RECORDED: dict[str, Any] = {
    "indicator": "90284",
    "name": ADMISSIONS,
    "series": [
        one_series("Persons", "<15 yrs"),
        one_series("Male", "<15 yrs", whole=True),
        one_series("Female", "<15 yrs", whole=True),
    ],
    "area_types": ["England", UPPER, "Regions (statistical)"],
    "left_out": [],
}


def recorded(recordings: Path, name: str) -> bytes:
    return (recordings / "publishers" / "fingertips" / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "rows", "collapsed"),
    [("fingertips_90284_countyua.csv", 5840, 38), ("fingertips_90284_region.csv", 6182, 0)],
)
def test_recorded_admissions(recordings: Path, name: str, rows: int, collapsed: int) -> None:
    result = read(recorded(recordings, name), **RECORDED)
    frame = result.figures.frame
    assert (len(frame), result.figures.collapsed) == (rows, collapsed)
    assert frame["obs_status"].value_counts().to_dict() == {"": rows - 101, "x": 100, "c": 1}
    persons = frame[frame["series"] == "Persons <15 yrs"].set_index(["ref_area", "time_period"])
    latest = persons.loc[("E08000025", "2023-04-01/P1Y")]
    numbers = latest[["obs_value", "lower_95", "upper_95"]].tolist()
    assert numbers == ["86.12492", "82.36831", "89.83631"]
    first = persons.loc[("E92000001", "2010-04-01/P1Y")]
    assert first["obs_value"] == "115.2166797"
    england = result.extra[
        (result.extra["ref_area"] == "E92000001") & (result.extra["series"] == "Persons <15 yrs")
    ]
    assert england.iloc[0][["count", "denominator"]].tolist() == ["107429", "9324084"]


def test_recorded_table_from_the_website(recordings: Path) -> None:
    content = recorded(recordings, "fingertips_la_hospital_admissions_2223.csv")
    changes = {
        **RECORDED,
        "area_types": ["England", "Upper tier local authorities (post 4/23)"],
        "series": [one_series("Persons", "<15 yrs", whole=True)],
    }
    assert "no column 'Area Name'" in refusal(content, **changes)
    result = read(content, **changes, renamed={"AreaName": "Area Name"})
    assert len(result.figures.frame) == 154
    assert (result.figures.frame["obs_value"] == "").sum() == 7
    assert "74588" in set(result.extra["count"])


def test_recorded_download_with_short_rows(recordings: Path) -> None:
    content = recorded(recordings, "indicators-CountyUA.data.csv")
    changes = {
        "indicator": "93356",
        "name": "Campylobacter incidence rate/100,000",
        "periods": "calendar_year",
        "area_types": ["County & UA", "Country", "Region"],
        "series": [one_series("Persons", "All ages", whole=True)],
        "left_out": [["Persons", "0-9 yrs"]],
        "count_per": 100_000,
    }
    assert "852 faults" in refusal(content, **changes)
    frame = read(content, **changes, columns_lacking=1).figures.frame
    assert len(frame) == 486
    birmingham = frame[frame["ref_area"] == "E08000025"].set_index("time_period")
    assert birmingham.loc["2017-01-01/P1Y", "obs_value"] == "64.7359121583469"


def test_recorded_social_isolation(recordings: Path) -> None:
    ages = ("18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+")
    changes = {
        "indicator": "90280",
        "name": "Social Isolation: percentage of adult social care users who have as much social "
        "contact as they would like",
        "area_types": ["County & UA", "England", "Region"],
        "series": [one_series("Persons", age, whole=True) for age in ("18+ yrs", "65+ yrs")],
        "left_out": [
            *(["Persons", f"{age} yrs"] for age in ages),
            *([sex, "18+ yrs"] for sex in ("Male", "Female")),
        ],
        "other_indicators": ["90638"],
        "notes": {"There is a data quality issue with this value": "u"},
        "count_per": None,
    }
    content = recorded(recordings, "social-isolation-indicators-CountyUA.data.csv")
    frame = read(content, **changes).figures.frame
    assert len(frame) == 159 * 9 + 159 * 5
    assert frame["obs_status"].value_counts().to_dict() == {"": 2178, "u": 25, "x": 23}
    assert "expected 90280" in refusal(content, **changes | {"other_indicators": []})


@pytest.mark.slow
def test_recorded_admissions_damaged(recordings: Path) -> None:
    content = recorded(recordings, "fingertips_90284_countyua.csv")
    good = read(content, **RECORDED).figures
    rows = list(csv.reader(io.StringIO(content.decode())))
    figures = [rows[0].index(name) for name in NUMBERS]
    for seed in range(30):
        done, damaged = damaged_rows(rows, figures, seed)
        if only_another_number(rows, damaged, figures):
            continue
        reading = reading_of(as_csv_bytes(damaged), **RECORDED)
        assert same_or_refused(reading, good), (seed, done)
