"""Tables of the ONS customise-my-data service."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from ingest.faults import Refused
from ingest.sources.ons_cmd import CmdSeries, CmdTable, read_ons_cmd
from ingest.tidy import TidyFigures
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)

LIFE = CmdTable(
    dataset="life-expectancy",
    series=(
        CmdSeries(
            label="Male at birth",
            measure="Years",
            unit="years",
            where={"sex": "male", "age-groups": "0-1"},
        ),
    ),
    dimensions={"sex": ("male", "female"), "age-groups": ("0-1",)},
    time="two-year-intervals",
    period=(r"([0-9]{4})-[0-9]{2}", r"\1-01-01/P3Y"),
    lower="Lower CI",
    upper="Upper CI",
)
SAMPLE = b"""\
v4_3,Lower CI,Upper CI,Data Marking,two-year-intervals,Time,administrative-geography,Geography,\
sex,Sex
79.14,78.41,79.87,,2016-18,2016-18,E07000103,Watford,male,Male
82.69,82.03,83.35,,2016-18,2016-18,E07000103,Watford,female,Female
77.77,76.96,78.57,p,2016-18,2016-18,E07000136,Boston,male,Male
,,,x,2017-19,2017-19,E07000136,Boston,male,Male
"""
DECLARED = replace(
    LIFE,
    series=(replace(LIFE.series[0], where={"sex": "male"}),),
    dimensions={"sex": ("male", "female")},
    marking="Data Marking",
    markings={"x": "x", "p": "p"},
    symbols={"": "x"},
)


def read(content: bytes = SAMPLE, declared: CmdTable = DECLARED) -> TidyFigures:
    return read_ons_cmd(content, declared, "cmd.csv")


def test_figures_with_bounds_and_markings() -> None:
    frame = read().frame
    assert frame[["ref_area", "time_period", "obs_value", "obs_status"]].to_numpy().tolist() == [
        ["E07000103", "2016-01-01/P3Y", "79.14", ""],
        ["E07000136", "2016-01-01/P3Y", "77.77", "p"],
        ["E07000136", "2017-01-01/P3Y", "", "x"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"v4_3", b"v4_2", "the extra columns"),
        (b"v4_3", b"Observation", "how many extra columns follow"),
        (b"Data Marking", b"Data Mark", "the extra columns"),
        (b",sex,Sex", b",gender,Gender", "a code and a label column"),
        (b",female,", b",other,", "one of 'male', 'female'"),
        (b",p,2016", b",q,2016", "nothing or one of"),
        (b"2017-19,2017", b"2017/19,2017", "a time written as"),
        (b"E07000136,Boston,male,Male\n,", b"E07000103,Boston,male,Male\n,", "'Watford'"),
        (b"79.14", b"seventy", "a number"),
        (b"78.41,79.87", b"79.87,78.41", "between its lower and its upper"),
        (b"78.41,79.87", b",79.87", "between its lower and its upper"),
    ],
)
def test_what_is_not_declared_is_refused(old: bytes, new: bytes, words: str) -> None:
    assert old in SAMPLE
    with pytest.raises(Refused, match=words):
        read(SAMPLE.replace(old, new, 1))


def test_a_declaration_that_leaves_a_dimension_open_is_an_error() -> None:
    with pytest.raises(ValueError, match="leaves a dimension open"):
        replace(DECLARED, series=(replace(DECLARED.series[0], where={}),))


@pytest.mark.parametrize("seed", range(42))
def test_damage_never_changes_a_figure_silently(seed: int) -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.decode())))
    done, damaged = damaged_rows(rows, [0, 1, 2], seed)
    assert same_or_refused(partial(read, as_csv_bytes(damaged)), read()), done


@pytest.mark.parametrize("seed", range(4))
def test_damaged_bytes_never_change_a_figure_silently(seed: int) -> None:
    for what, content in damaged_bytes(SAMPLE, seed):
        assert same_or_refused(partial(read, content), read()), what


@pytest.mark.recordings
def test_life_expectancy_as_recorded(recordings: Path) -> None:
    folder = recordings / "publishers/ons_beta_v4"
    name = "life-expectancy-by-local-authority-time-series-v1-filtered-2021-11-11T12-11-26Z.csv"
    figures = read((folder / name).read_bytes(), LIFE)
    assert len(figures.frame) == 377
    row = figures.frame[figures.frame["ref_area"] == "E07000103"].iloc[0]
    assert list(row[["obs_value", "lower_95", "upper_95"]]) == ["79.14", "78.41", "79.87"]


@pytest.mark.recordings
def test_a_table_pivoted_by_year_is_another_layout(recordings: Path) -> None:
    path = recordings / "publishers/ons_beta_v4/gdp-by-local-authority-time-series-v2.csv"
    with pytest.raises(Refused, match=r"extra columns follow|a whole file"):
        read(path.read_bytes(), LIFE)
