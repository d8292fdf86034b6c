"""Reading data files of Explore Education Statistics: recorded files, and files that are broken."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ingest.faults import Refused
from ingest.sources.education_statistics import (
    EducationSeries,
    EducationTable,
    read_education_statistics,
)
from ingest.sources.packed import unpack
from ingest.tidy import TidyFigures
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)

GROUPS = ("CINO at 31 March", "CLA 12 months at 31 March", "CPPO at 31 March")
LOOKED_AFTER = EducationTable(
    dataset="looked-after-ks2",
    series=(
        EducationSeries(
            label="Expected standard, looked after",
            measure="Percentage of pupils",
            unit="%",
            indicator="pt_rwm_met_expected_standard",
            where={"social_care_group": "CLA 12 months at 31 March"},
        ),
    ),
    filters={"social_care_group": GROUPS},
    levels=("National", "Regional", "Local authority"),
    periods={"Academic year": "09-01/P1Y"},
)
SAMPLE = b"""\
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\
new_la_code,la_name,sex,share,low_end,high_end
202425,Academic year,National,E92000001,England,,,,,Total,62.5,61.9,63.1
202425,Academic year,Regional,E92000001,England,E12000005,West Midlands,,,Total,60.25,59.1,61.4
202425,Academic year,Local authority,E92000001,England,E12000005,West Midlands,E08000025,\
Birmingham,Total,58.5,57.25,59.75
202425,Academic year,Local authority,E92000001,England,E12000005,West Midlands,E08000025,\
Birmingham,Girls,c,c,c
202425,Academic year,Local authority,E92000001,England,E12000005,West Midlands,E08000027,\
Dudley,Total,k,z,z
202425,Academic year,Local authority,E92000001,England,E12000005,West Midlands,,\
Not known,Total,1,1,1
202425,Academic year,School,E92000001,England,E12000005,West Midlands,E08000025,\
Birmingham,Total,9,8,9
"""
DECLARED = EducationTable(
    dataset="sample",
    series=(
        EducationSeries(
            label="All",
            measure="Percentage of pupils",
            unit="%",
            indicator="share",
            where={"sex": "Total"},
            lower="low_end",
            upper="high_end",
        ),
    ),
    filters={"sex": ("Total", "Girls", "Boys")},
    levels=("National", "Regional", "Local authority"),
    periods={"Academic year": "09-01/P1Y"},
    unplaced_area_codes=("",),
)


def figure(figures: TidyFigures, area: str, period: str, series: str | None = None) -> list[str]:
    frame = figures.frame
    rows = frame[(frame["ref_area"] == area) & (frame["time_period"] == period)]
    if series is not None:
        rows = rows[rows["series"] == series]
    assert len(rows) == 1
    return list(rows.iloc[0][["obs_value", "lower_95", "upper_95", "obs_status"]])


def read(content: bytes, declared: EducationTable = DECLARED) -> TidyFigures:
    return read_education_statistics(content, declared, "sample.csv")


def faults_of(content: bytes, declared: EducationTable = DECLARED) -> list[tuple[int | None, str]]:
    with pytest.raises(Refused) as refused:
        read(content, declared)
    return [(fault.row, fault.column) for fault in refused.value.faults]


def test_figures_intervals_symbols_and_areas_without_a_code() -> None:
    figures = read(SAMPLE)
    assert len(figures.frame) == 4
    assert figure(figures, "E08000025", "2024-09-01/P1Y") == ["58.5", "57.25", "59.75", ""]
    assert figure(figures, "E08000027", "2024-09-01/P1Y") == ["", "", "", "low"]
    assert [row.row_number for row in figures.rejected] == [7]
    assert "Not known" in figures.rejected[0].raw


def test_a_packed_file_gives_the_same_and_a_bomb_is_refused() -> None:
    packed = gzip.compress(SAMPLE, mtime=0)
    assert read(packed).frame.equals(read(SAMPLE).frame)
    bomb = gzip.compress(b"0" * 3_000_000)
    with pytest.raises(Refused, match="at most 1,000,000 bytes"):
        unpack(bomb, "bomb.gz", largest=1_000_000)
    for damaged in (packed[:-9], packed + b"more", packed[:20] + b"\0\0\0" + packed[23:]):
        with pytest.raises(Refused, match="gzip"):
            read(damaged)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b",sex,share,", b",sex,part,", [(1, "share")]),
        (b"Birmingham,Girls", b"Birmingham,Womenfolk", [(5, "sex")]),
        (b"202425,Academic year,Reg", b"202426,Academic year,Reg", [(3, "time_period")]),
        (b"202425,Academic year,Reg", b"202425,Financial year,Reg", [(3, "time_identifier")]),
        (b"year,Regional,", b"year,Galaxy,", [(3, "geographic_level")]),
        (b"E12000005,West Midlands,,,T", b"E06000001,Hartlepool,,,T", [(3, "region_code")]),
        (b",60.25,", b",sixty,", [(3, "share")]),
        (b",60.25,", b",,", [(3, "share")]),
        (b",59.1,", b",,", [(3, "share")]),
        (b",59.1,61.4", b",61.4,59.1", [(3, "share")]),
        (b"E08000027,Dudley", b"E08000025,Dudley", [(6, "la_name"), (6, "")]),
    ],
)
def test_what_is_not_known_is_refused_by_row_and_column(
    old: bytes, new: bytes, expected: list[tuple[int | None, str]]
) -> None:
    assert old in SAMPLE
    assert faults_of(SAMPLE.replace(old, new)) == expected


def test_every_fault_is_told_at_once() -> None:
    broken = SAMPLE.replace(b"62.5,", b"n/a,").replace(b"60.25,", b"?,").replace(b",k,", b",~~,")
    assert faults_of(broken) == [(2, "share"), (3, "share"), (6, "share")]


def test_a_group_that_no_row_is_about_is_refused() -> None:
    boys = replace(DECLARED, series=(replace(DECLARED.series[0], where={"sex": "Boys"}),))
    assert (None, "sex") in faults_of(SAMPLE, boys)


def test_a_declaration_that_contradicts_itself_is_an_error() -> None:
    with pytest.raises(ValueError, match="filters"):
        replace(DECLARED, filters={"sex": ("Girls",)})
    with pytest.raises(ValueError, match="half an interval"):
        replace(DECLARED, series=(replace(DECLARED.series[0], upper=""),))
    with pytest.raises(ValueError, match="no level"):
        replace(DECLARED, levels=("Galaxy",))


@pytest.mark.parametrize("seed", range(42))
def test_damage_never_changes_a_figure_silently(seed: int) -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.decode())))
    good = read(SAMPLE)
    done, damaged = damaged_rows(rows, [10, 11, 12], seed)
    assert same_or_refused(partial(read, as_csv_bytes(damaged)), good), done


@pytest.mark.parametrize("seed", range(4))
def test_damaged_bytes_never_change_a_figure_silently(seed: int) -> None:
    good = read(SAMPLE)
    for what, content in damaged_bytes(SAMPLE, seed):
        assert same_or_refused(partial(read, content), good), what


@pytest.mark.recordings
def test_the_expected_standard_of_looked_after_children(recordings: Path) -> None:
    path = recordings / "publishers/ees/ks2_la_cla_202425_revised.csv"
    figures = read_education_statistics(path.read_bytes(), LOOKED_AFTER, path.name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["social_care_group"].startswith("CLA")]
    assert len(figures.frame) == len(rows) == 1148
    hidden = figures.frame["obs_value"] == ""
    published = [row["pt_rwm_met_expected_standard"] for row in rows]
    assert hidden.sum() == sum(not text.replace(".", "").isdigit() for text in published)
    assert (figures.frame["obs_status"] != "").equals(hidden)
    assert figure(figures, "E92000001", "2024-09-01/P1Y")[0] == "35"
    assert figure(figures, "E08000025", "2024-09-01/P1Y")[0] == "32"


@pytest.mark.recordings
def test_a_permalink_table_with_its_own_symbol_for_low(recordings: Path) -> None:
    path = recordings / "publishers/ees/permalink_fe_skills_achievements_lad_2022-08.csv"
    kinds = ("Apprenticeships", "Community learning", "Education and training")
    declared = EducationTable(
        dataset="further-education",
        series=(
            EducationSeries(
                label="Achievements",
                measure="Number of learners",
                unit="learners",
                indicator="achievements",
                where={"level_or_type": "Further education and skills: Total"},
            ),
        ),
        filters={
            "level_or_type": (
                *(f"{kind}: Total" for kind in kinds),
                "Further education and skills: Total",
            )
        },
        levels=("National", "Regional", "Local authority district"),
        periods={"": "08-01/P1Y"},
        unplaced_area_codes=("z",),
        renamed={"Shepway": "Folkestone and Hythe"},
    )
    figures = read_education_statistics(path.read_bytes(), declared, path.name)
    assert figure(figures, "E08000025", "2016-08-01/P1Y") == ["43560", "", "", ""]
    assert figure(figures, "E92000001", "2021-08-01/P1Y") == ["308470", "", "", ""]
    assert len(figures.rejected) == 12


@pytest.mark.slow
@pytest.mark.recordings
def test_a_packed_file_of_150_000_rows(recordings: Path) -> None:
    path = recordings / "publishers/ees/spc_pupils_ethnicity_and_language.csv.gz"
    text = csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode("utf-8-sig")))
    known: dict[str, set[str]] = {
        "phase_type_grouping": set(),
        "ethnicity": set(),
        "language": set(),
    }
    for row in text:
        for column, values in known.items():
            values.add(row[column])
    declared = EducationTable(
        dataset="pupils",
        series=(
            EducationSeries(
                label="Pupils",
                measure="Number of pupils",
                unit="pupils",
                indicator="headcount",
                where=dict.fromkeys(known, "Total"),
            ),
        ),
        filters={column: tuple(sorted(values)) for column, values in known.items()},
        levels=("National", "Regional", "Local authority"),
        periods={"Academic year": "09-01/P1Y"},
    )
    figures = read_education_statistics(path.read_bytes(), declared, path.name)
    assert figure(figures, "E08000025", "2021-09-01/P1Y")[0] == "206369"
    assert figure(figures, "E08000030", "2021-09-01/P1Y")[0] == "53677"
