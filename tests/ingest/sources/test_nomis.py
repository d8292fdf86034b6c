from __future__ import annotations

import csv
import dataclasses
import io
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import TypeAdapter, ValidationError

from ingest.faults import Refused
from ingest.sources.nomis import read_nomis
from ingest.sources.nomis_declaration import NomisSeries, NomisTable
from ingest.sources.nomis_pages import next_offset, nomis_url, pages, read_page
from ingest.tidy import TidyFigures
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)
from tests.ingest.sources.plausible import only_another_number

DECLARED: dict[str, Any] = {
    "id": "employment",
    "dataset": "NM_17_5",
    "series": [
        {
            "label": "Employment rate",
            "measure": "Share of people aged 16 to 64 in employment",
            "unit": "%",
            "where": {"VARIABLE": "45"},
        }
    ],
    "value": "20599",
    "interval": {"measure": "21001", "kind": "half_width"},
    "date_column": "DATE_NAME",
    "periods": "twelve_months",
}
HEADER = (
    "DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,VARIABLE,MEASURES,OBS_VALUE,OBS_STATUS,"
    "OBS_STATUS_NAME,RECORD_OFFSET,RECORD_COUNT"
)
NORMAL = "A,Normal Value"
SMALL = "Q,Estimate and confidence interval unreliable since the group sample size is small (3-9)."
BIRMINGHAM = "1811939460,Birmingham,E08000025"
COVENTRY = "1811939461,Coventry,E08000026"
SCILLY = "1811939470,Isles of Scilly,E06000053"
YEAR, NEXT = "Jan 2022-Dec 2022", "Jan 2023-Dec 2023"
BODY = (
    f"{YEAR},{BIRMINGHAM},45,20599,67.3,{NORMAL}",
    f"{YEAR},{BIRMINGHAM},45,21001,2.1,{NORMAL}",
    f"{YEAR},{COVENTRY},45,20599,71,{NORMAL}",
    f"{YEAR},{COVENTRY},45,21001,,{SMALL}",
    f"{YEAR},{SCILLY},45,20599,,Q,These figures are missing.",
    f"{YEAR},{SCILLY},45,21001,,Q,These figures are missing.",
    f"{NEXT},{BIRMINGHAM},45,20599,68.45,{NORMAL}",
    f"{NEXT},{BIRMINGHAM},45,21001,2.15,{NORMAL}",
)


def table(**changes: object) -> NomisTable:
    return TypeAdapter(NomisTable).validate_python(DECLARED | changes)


def page(lines: Sequence[str], start: int = 0, total: int | None = None) -> bytes:
    total = len(lines) if total is None else total
    rows = [f"{line},{start + place},{total}" for place, line in enumerate(lines)]
    return ("\n".join([HEADER, *rows]) + "\n").encode()


def read(*contents: bytes, declared: NomisTable | None = None) -> TidyFigures:
    return read_nomis(contents, declared or table(), "employment.csv")


def refusal(*contents: bytes, declared: NomisTable | None = None) -> str:
    with pytest.raises(Refused) as refused:
        read(*contents, declared=declared)
    assert all(fault.expected and fault.remedy for fault in refused.value.faults)
    return str(refused.value)


def test_values_meet_their_intervals_and_blanks_say_why() -> None:
    rows = read(page(BODY)).frame.drop(columns="note").values.tolist()
    assert rows == [
        ["Employment rate", "E06000053", "2022-01-01/P1Y", "", "", "", "x", 6],
        ["Employment rate", "E08000025", "2022-01-01/P1Y", "67.3", "65.2", "69.4", "", 2],
        ["Employment rate", "E08000025", "2023-01-01/P1Y", "68.45", "66.30", "70.60", "", 8],
        ["Employment rate", "E08000026", "2022-01-01/P1Y", "71", "", "", "u", 4],
    ]
    notes = read(page(BODY)).frame["note"].tolist()
    assert notes[0] == "These figures are missing."
    assert notes[3].startswith("Estimate and confidence interval unreliable")


def test_a_coefficient_of_variation_becomes_an_interval() -> None:
    declared = table(interval={"measure": "21001", "kind": "coefficient_of_variation"})
    lines = (
        f"{YEAR},{BIRMINGHAM},45,20599,500,{NORMAL}",
        f"{YEAR},{BIRMINGHAM},45,21001,2,A,Normal Value",
    )
    row = read(page(lines), declared=declared).frame.iloc[0]
    # 2% of 500 is 10; 1.96 times that on either side.
    assert (float(row["lower_95"]), float(row["upper_95"])) == (480.4, 519.6)


def test_pages_are_asked_for_until_every_row_has_come() -> None:
    asked: list[int] = []

    def fetch_page(offset: int) -> bytes:
        asked.append(offset)
        return page(BODY[offset : offset + 3], offset, len(BODY))

    contents = pages(fetch_page, "employment.csv")
    assert asked == [0, 3, 6]
    assert (
        read(*contents).frame["obs_value"].tolist() == read(page(BODY)).frame["obs_value"].tolist()
    )
    assert next_offset(read_page(contents[0], "x")) == 3
    assert next_offset(read_page(contents[2], "x")) is None


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (page(BODY[3:], 3, 9), "RECORD_COUNT"),
        (page(BODY[4:], 4, 8), "RECORD_OFFSET"),
        (page(BODY[:3], 0, 8), "RECORD_OFFSET"),
        (b"<html><body>Too many requests</body></html>\n", "a web page"),
        (b'{"error":"Query is too large"}\n', "JSON"),
        (HEADER.encode() + b"\n", "no rows"),
        (b"", "no rows"),
    ],
)
def test_a_second_page_that_does_not_go_on_is_refused(second: bytes, words: str) -> None:
    answers = iter([page(BODY[:3], 0, 8), second])
    with pytest.raises(Refused, match=words):
        pages(lambda _: next(answers), "employment.csv")


def test_an_answer_that_was_cut_is_refused_though_it_came_with_success() -> None:
    assert "expected 25,008 rows, as RECORD_COUNT says" in refusal(page(BODY, 0, 25_008))
    assert "found 7 rows" in refusal(page(BODY[:3], 0, 8), page(BODY[3:7], 3, 8))
    assert "first row 4" in refusal(page(BODY[:3], 0, 8), page(BODY[4:], 4, 8))


def test_an_answer_that_does_not_count_its_rows_is_refused() -> None:
    lines = [line.rsplit(",", 1)[0] for line in page(BODY).decode().splitlines()]
    assert "no column 'RECORD_COUNT'" in refusal(("\n".join(lines) + "\n").encode())
    with pytest.raises(Refused, match="RECORD_COUNT"):
        read_page(page(BODY).replace(b",3,8\n", b",3,9\n"), "x")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"A,Normal Value,0", b"D,Figures under review,0", "words that are declared"),
        (b"A,Normal Value,0", b"Q,Normal Value,0", "A for Normal Value"),
        (b",67.3,", b",,", "a number, as the status is Normal Value"),
        (b",67.3,", b",67;3,", "a number, or nothing"),
        (b",,Q,These", b",5,Q,These", "nothing, as the status says"),
        (b"E08000025,45,20599,67.3", b"E08000026,45,20599,67.3", "as elsewhere"),
        (b",45,20599,71", b",46,20599,71", "of a declared series"),
        (b",20599,71", b",20100,71", "one of the measures"),
        (b",21001,2.1,", b",21001,-2.1,", "a value inside its interval"),
        (b"Jan 2022-Dec 2022,1811939461", b"Jan-22,1811939461", "written as 'Jan 2022-Dec 2022'"),
        (b"GEOGRAPHY_CODE", b"GEO_CODE", "no column 'GEOGRAPHY_CODE'"),
    ],
)
def test_what_is_not_known_is_refused(old: bytes, new: bytes, words: str) -> None:
    assert old in page(BODY)
    assert words in refusal(page(BODY).replace(old, new))


def test_a_value_without_its_interval_row_is_refused() -> None:
    assert "a row of each measure" in refusal(page(BODY[:-1]))
    assert "a row of each measure" in refusal(page(BODY[1:]))


def test_a_concept_that_no_series_names_is_refused() -> None:
    text = (
        page(BODY).decode().replace("VARIABLE,", "VARIABLE,SEX_NAME,").replace(",45,", ",45,Male,")
    )
    assert "only concepts that the series name" in refusal(text.encode())


def test_faults_come_all_at_once_with_page_and_row() -> None:
    broken = page(BODY[3:], 3, 8).replace(b"E08000025", b"Birmingham")
    first = page(BODY[:3], 0, 8).replace(b",71,", b",n/a,")
    words = refusal(first, broken)
    assert "employment.csv, column OBS_VALUE" in words
    assert "row 4: found 'n/a'" in words
    assert "employment.csv, page 2, column GEOGRAPHY_CODE" in words


def test_an_area_under_two_kinds_of_geography_counts_once_where_its_rows_agree() -> None:
    again = [line.replace("1811939460", "1807745092") for line in BODY[:2]]
    figures = read(page([*BODY, *again]))
    assert (len(figures.frame), figures.collapsed) == (4, 2)
    again[0] = again[0].replace("67.3", "67.4")
    assert "one figure for each series, area and period" in refusal(page([*BODY, *again]))


def test_codes_are_left_out_only_by_declaration() -> None:
    more = [*BODY, f"{YEAR},{BIRMINGHAM},84,20599,50,{NORMAL}"]
    assert "of a declared series" in refusal(page(more))
    assert len(read(page(more), declared=table(left_out={"VARIABLE": ("84",)})).frame) == 4


def test_the_address_asks_for_everything_that_the_reader_needs() -> None:
    parts = urlsplit(
        nomis_url(table(), ["TYPE424", "2092957699"], ["latestMINUS4", "latest"], 25_000)
    )
    assert parts.path == "/api/v01/dataset/NM_17_5.data.csv"
    asked = parse_qs(parts.query, strict_parsing=True)
    assert asked == {
        "geography": ["TYPE424,2092957699"],
        "date": ["latestMINUS4,latest"],
        "variable": ["45"],
        "measures": ["20599,21001"],
        "select": [
            "date_name,geography,geography_name,geography_code,variable,measures,obs_value,"
            "obs_status,obs_status_name,record_offset,record_count"
        ],
        "recordoffset": ["25000"],
    }
    with pytest.raises(ValueError, match="areas and dates"):
        nomis_url(table(), [], ["latest"])


@pytest.mark.parametrize(
    "changes",
    [
        {"dataset": "17_5"},
        {"periods": "fortnight"},
        {"typo": 1},
        {"statuses": {"Figures under review": "q"}},
        {"date_column": "TIME"},
        {"series": [DECLARED["series"][0] | {"where": {"TIME": "latest"}}]},
        {"series": [DECLARED["series"][0], DECLARED["series"][0]]},
    ],
)
def test_a_declaration_with_a_slip_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        table(**changes)


def test_damage_is_refused_or_makes_no_difference() -> None:
    good = read(page(BODY))
    rows = list(csv.reader(io.StringIO(page(BODY).decode())))
    for seed in range(56):
        done, damaged = damaged_rows(rows, [rows[0].index("OBS_VALUE")], seed)
        reading = _reading(as_csv_bytes(damaged))
        plausible = only_another_number(rows, damaged, {rows[0].index("OBS_VALUE")})
        assert plausible or same_or_refused(reading, good), (seed, done)
    for seed in range(5):
        for done, content in damaged_bytes(page(BODY), seed):
            assert same_or_refused(_reading(content), good), (seed, done)


def test_no_two_columns_can_change_names() -> None:
    good = read(page(BODY))
    rows = list(csv.reader(io.StringIO(page(BODY).decode())))
    for one, two in itertools.combinations(range(len(rows[0])), 2):
        header = list(rows[0])
        header[one], header[two] = header[two], header[one]
        reading = _reading(as_csv_bytes([header, *rows[1:]]))
        assert same_or_refused(reading, good), (header[one], header[two])


def _reading(*contents: bytes, declared: NomisTable | None = None) -> Callable[[], TidyFigures]:
    return lambda: read(*contents, declared=declared)


def recorded_population(recordings: Path) -> tuple[bytes, NomisTable]:
    file = recordings / "publishers" / "nomis" / "NM_2002_1_population_lad_rgn_2021_2022.csv"
    content = file.read_bytes()
    rows = csv.DictReader(io.StringIO(content.decode()))
    ages = {row["C_AGE"]: row["C_AGE_NAME"] for row in rows}
    series = tuple(
        NomisSeries(
            label=name,
            measure="Residents at mid-year",
            unit="people",
            where={"GENDER": "0", "C_AGE": code},
        )
        for code, name in ages.items()
    )
    changes = {"dataset": "NM_2002_1", "series": series, "value": "20100", "interval": None}
    return content, dataclasses.replace(table(), **changes, date_column="DATE", periods="mid_year")


def test_recorded_population(recordings: Path) -> None:
    content, declared = recorded_population(recordings)
    figures = read(content, declared=declared)
    # 621 geographies of 18 ages are 11,178 rows; 193 areas stand under two kinds of geography.
    assert (len(figures.frame), figures.collapsed) == (7704, 3474)
    assert set(figures.frame["time_period"]) == {"2021-06-30"}
    everyone = figures.frame[figures.frame["series"] == "All Ages"].set_index("ref_area")
    assert everyone.loc["E08000025", "obs_value"] == "1142494"
    assert everyone.loc["E12000005", "obs_value"] == "5954240"
    assert everyone.loc["E47000007", "obs_value"] == "2916132"
    assert everyone.loc["E11000005", "obs_value"] == "2916132"
    assert set(figures.frame["obs_status"]) == {""}


@pytest.mark.slow
def test_recorded_population_cut_or_damaged(recordings: Path) -> None:
    content, declared = recorded_population(recordings)
    lines = content.splitlines(keepends=True)
    assert "11,178 rows, as RECORD_COUNT says" in refusal(b"".join(lines[:9001]), declared=declared)
    good = read(content, declared=declared)
    rows = list(csv.reader(io.StringIO(content.decode())))
    for seed in range(14):
        done, damaged = damaged_rows(rows, [rows[0].index("OBS_VALUE")], seed)
        reading = _reading(as_csv_bytes(damaged), declared=declared)
        plausible = only_another_number(rows, damaged, {rows[0].index("OBS_VALUE")})
        assert plausible or same_or_refused(reading, good), (seed, done)
    for place, name in enumerate(rows[0]):
        if not name.endswith(("_SORTORDER", "_TYPECODE", "_OFFSET", "_COUNT")):
            continue
        header = list(rows[0])
        value = header.index("OBS_VALUE")
        header[place], header[value] = header[value], header[place]
        reading = _reading(as_csv_bytes([header, *rows[1:]]), declared=declared)
        assert same_or_refused(reading, good), name


@pytest.mark.parametrize(
    "name",
    [
        *("NM_162_1_claimant_lsoa_TRIMMED", "NM_17_5_aps_emp_rate_TRIMMED"),
        *("NM_1_1_jsa_rate_TRIMMED", "NM_30_1_ashe_median_TRIMMED"),
        *("NM_57_1_jobs_density_TRIMMED", "NM_57_1_total_jobs_2011_2012_SAMPLE"),
    ],
)
def test_recorded_answers_without_counts_are_refused(recordings: Path, name: str) -> None:
    content = (recordings / "publishers" / "nomis" / f"{name}.csv").read_bytes()
    words = refusal(content)
    assert "no column 'RECORD_COUNT'" in words or "no line ending" in words
