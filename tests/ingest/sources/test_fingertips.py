from __future__ import annotations

import csv
import io
import itertools
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from ingest.faults import Refused
from ingest.sources.fingertips import FingertipsFigures, read_fingertips
from ingest.sources.fingertips_declaration import FingertipsIndicator
from ingest.tidy import KEY, TidyFigures
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)
from tests.ingest.sources.plausible import only_another_number

NAME = "Falls among older people"
ADMISSIONS = (
    "Hospital admissions caused by unintentional and deliberate injuries in children "
    "(aged 0 to 14 years)"
)


def one_series(sex: str, age: str, **more: object) -> dict[str, object]:
    words = {"label": f"{sex} {age}", "measure": "Rate", "unit": "per 10,000"}
    return {**words, "sex": sex, "age": age, **more}


DECLARED: dict[str, Any] = {
    "id": "falls",
    "indicator": "12345",
    "name": NAME,
    "periods": "financial_year",
    "area_types": ["England", "Counties & UAs (from Apr 2023)"],
    "series": [one_series("Persons", "65+ yrs")],
    "left_out": [["Male", "65+ yrs"]],
    "leave_out_subgroups": True,
    "notes": {"Value suppressed for disclosure control due to small count": "c"},
    "count_per": 10_000,
}
HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal,Time period range"
)
ENGLAND, UPPER = "E92000001,England,England", "Counties & UAs (from Apr 2023)"
BIRMINGHAM, COVENTRY = f"E08000025,Birmingham,{UPPER}", f"E08000026,Coventry,{UPPER}"
DUDLEY, WALSALL = f"E08000027,Dudley,{UPPER}", f"E08000030,Walsall,{UPPER}"
SUPPRESSED = "Value suppressed for disclosure control due to small count"
TREND = "No significant change"


def line(area: str, figures: str, parent: str = "E92000001,England", sex: str = "Persons",
         category: str = ",", note: str = "", trend: str = "", year: int = 2022,
         compared: str = "Similar") -> str:  # fmt: skip
    return (
        f"12345,{NAME},{parent},{area},{sex},65+ yrs,{category},{year}/{(year + 1) % 100},"
        f"{figures},{note},{trend},{compared},Not compared,{year}0000,,,1y"
    )


BODY = (
    line(ENGLAND, "25.5,25,26,24.5,26.5,25500,10000000", ",", compared="Not compared"),
    line(BIRMINGHAM, "12.5,11,14,10,15,125,100000", trend=TREND),
    line(COVENTRY, ",-1,-1,-1,-1,,"),
    line(DUDLEY, ",,,,,,", note=SUPPRESSED),
    line(WALSALL, ",,,,,,", note="Not presented: records were lost"),
    line(BIRMINGHAM, "99,,,,,,", sex="Male"),
    line(BIRMINGHAM, "40,,,,,,", category="Ethnic groups,White"),
    line(ENGLAND, "25.5,25,26,24.5,26.5,25500,10000000"),
    line(BIRMINGHAM, "13.12,11.5,14.8,,,131.2,100000", year=2023, note="Treat with caution"),
)


def file_of(lines: tuple[str, ...] = BODY) -> bytes:
    return ("\n".join([HEADER, *lines]) + "\n").encode()


def indicator(**changes: object) -> FingertipsIndicator:
    return TypeAdapter(FingertipsIndicator).validate_python(DECLARED | changes)


def read(content: bytes, **changes: object) -> FingertipsFigures:
    return read_fingertips(content, indicator(**changes), "falls.csv")


def refusal(content: bytes, **changes: object) -> str:
    with pytest.raises(Refused) as refused:
        read(content, **changes)
    assert all(fault.expected and fault.remedy for fault in refused.value.faults)
    return str(refused.value)


def _reading(content: bytes, **changes: object) -> Callable[[], TidyFigures]:
    return lambda: read(content, **changes).figures


def test_figures_statuses_and_denominators() -> None:
    result = read(file_of())
    rows = result.figures.frame.drop(columns=["series", "row_number"]).values.tolist()
    year = "2022-04-01/P1Y"
    no_reason = "The publisher gave no reason for the missing figure."
    assert rows == [
        ["E08000025", year, "12.5", "11", "14", "", ""],
        ["E08000025", "2023-04-01/P1Y", "13.12", "11.5", "14.8", "", "Treat with caution"],
        ["E08000026", year, "", "", "", "x", no_reason],
        ["E08000027", year, "", "", "", "c", SUPPRESSED],
        ["E08000030", year, "", "", "", "x", "Not presented: records were lost"],
        ["E92000001", year, "25.5", "25", "26", "", ""],
    ]
    assert result.figures.collapsed == 1
    assert result.extra[KEY].equals(result.figures.frame[KEY])
    assert result.extra.loc[0, ["count", "denominator"]].tolist() == ["125", "100000"]
    assert result.extra.loc[2, ["count", "denominator"]].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Indicator ID", "Indicator", "no column 'Indicator ID'"),
        ("New data", "Newer data", "'Newer data'"),
        ("Compared to goal", "Time period range", "again"),
        ("Falls among older", "Falls at home among older", "'Falls among older people'"),
        ("12345,", "54321,", "expected 12345"),
        ("E08000025", "nE0800025", "a GSS code"),
        ("E08000026,Coventry", "E08000025,Coventry", "as elsewhere"),
        (",Male,", ",Female,", "a declared sex and age"),
        ("65+ yrs,,,2023", "66+ yrs,,,2023", "a declared sex and age"),
        ("England,Persons", "Country,Persons", "one of England"),
        ("Ethnic groups,White", ",White", "a category with its type"),
        ("2023/24", "2023/25", "written as '2022/23'"),
        ("20230000", "20220000", "the first year and 0000"),
        ("1y", "3y", "the declared number of years"),
        (",12.5,", ",12.6,", "the count per 10,000"),
        (",12.5,", ',"12,5",', "a number, or nothing"),
        (",12.5,", ",*,", "a number, or nothing"),
        (",12.5,11,14,", ",12.5,14,11,", "a value inside its interval"),
        (",11,14,10,15,", ",11,14,12,15,", "inside the 99.8% interval"),
        (",12.5,11,14,", ",12.5,11,,", "both ends given"),
        (
            "2022/23,,,,,,,,Value supp",
            "2022/23,1,,,,,,,Value supp",
            "no note that there is no figure",
        ),
        ("Treat with caution", "<b>Treat</b>", "text without markup"),
        ("Treat with caution", "Better", "not a comparison"),
        (TREND, SUPPRESSED, "not a note"),
        ("\n12345", "\n,12345", "27 cells"),
        ("24.5,26.5,25500,10000000,,,Similar", "24.5,26.5,25501,10000000,,,Similar", "one figure"),
    ],
)
def test_what_is_not_known_is_refused(old: str, new: str, words: str) -> None:
    text = file_of().decode()
    assert old in text
    assert words in refusal(text.replace(old, new).encode())


def test_faults_come_all_at_once() -> None:
    text = file_of().decode().replace("2023/24", "2023").replace(",12.5,", ",?,")
    words = refusal(text.encode())
    assert "row 10: found '2023'" in words
    assert "row 3: found '?'" in words


def test_subgroups_are_left_out_only_by_declaration() -> None:
    assert "declare leave_out_subgroups" in refusal(file_of(), leave_out_subgroups=False)


def test_two_different_figures_for_england_are_refused() -> None:
    other = BODY[7].replace("25.5,25,26", "25.5,25,27").replace("26.5", "27.5")
    assert "one figure for each" in refusal(file_of((*BODY[:7], other)))


def test_rows_shorter_than_the_header_are_read_only_as_declared() -> None:
    short = HEADER.removesuffix(",Time period range")
    rows = [row.removesuffix(",,1y") for row in BODY]
    content = ("\r\n".join([short, *rows]) + "\r\n").encode()
    assert "found 25 cells" in refusal(content)
    good = read(file_of()).figures.frame
    assert read(content, columns_lacking=1).figures.frame.equals(good)
    assert "found 27 cells" in refusal(file_of(), columns_lacking=1)


def test_a_table_saved_from_the_website_is_read_as_declared() -> None:
    text = file_of().decode().replace("Area Name", "AreaName").replace("25500,", '"25,500",')
    note = f'<span class="tooltipValueNote">* {SUPPRESSED}</span>'
    text = text.replace(f",,,,,,,{SUPPRESSED}", f',,,,,"<div class=""no-data"">-</div>",,{note}')
    text = text.replace(note, note.replace('"', '""').join('""'))
    text = text.replace("Falls among older people", '"Falls among\n older people "')
    assert "no column 'Area Name'" in refusal(text.encode())
    result = read(("\ufeff" + text).encode(), renamed={"AreaName": "Area Name"})
    assert result.figures.frame.equals(read(file_of()).figures.frame)
    assert "25500" in set(result.extra["count"])


def test_a_whole_series_misses_no_row() -> None:
    series = [one_series("Persons", "65+ yrs", whole=True)]
    assert "no row for E08000026 in 2023-04-01/P1Y" in refusal(file_of(), series=series)
    assert len(read(file_of(BODY[:8]), series=series).figures.frame) == 5


@pytest.mark.parametrize(
    "changes",
    [
        {"typo": 1},
        {"indicator": "falls"},
        {"left_out": [["Persons", "65+ yrs"]]},
        {"notes": {"Lost": "?"}},
        {"columns_lacking": 2},
        {"series": []},
        {"count_per": 0},
    ],
)
def test_a_declaration_with_a_slip_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        indicator(**changes)


NUMBERS = ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")


def test_damage_is_refused_or_makes_no_difference() -> None:
    good = read(file_of()).figures
    rows = list(csv.reader(io.StringIO(file_of().decode())))
    figures = [rows[0].index(name) for name in NUMBERS]
    for seed in range(42):
        done, damaged = damaged_rows(rows, figures, seed)
        plausible = only_another_number(rows, damaged, figures)
        assert plausible or same_or_refused(_reading(as_csv_bytes(damaged)), good), (seed, done)
    for seed in range(2):
        for done, content in damaged_bytes(file_of(), seed):
            assert same_or_refused(_reading(content), good), (seed, done)


def _change_names(one: int, two: int, good: TidyFigures) -> None:
    rows = list(csv.reader(io.StringIO(file_of().decode())))
    header = list(rows[0])
    header[one], header[two] = header[two], header[one]
    # The note of a figure that is there is prose; with no goals in the file it may as well stand
    # in their column, and is lost with no figure changed.
    if {header[one], header[two]} != {"Value note", "Compared to goal"}:
        reading = _reading(as_csv_bytes([header, *rows[1:]]))
        assert same_or_refused(reading, good), (header[one], header[two])


PAIRS = list(itertools.combinations(range(len(HEADER.split(","))), 2))


def test_columns_cannot_change_names() -> None:
    figures = [HEADER.split(",").index(name) for name in NUMBERS]
    good = read(file_of()).figures
    some = random.Random(20).sample(PAIRS, 20)  # noqa: S311 - a choice, not a secret
    for one, two in [*itertools.combinations(figures, 2), *some]:
        _change_names(one, two, good)


@pytest.mark.soak
def test_no_two_columns_can_change_names() -> None:
    good = read(file_of()).figures
    for one, two in PAIRS:
        _change_names(one, two, good)


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
        reading = _reading(as_csv_bytes(damaged), **RECORDED)
        assert same_or_refused(reading, good), (seed, done)
