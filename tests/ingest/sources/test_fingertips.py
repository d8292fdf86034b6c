"""Fingertips' files: what is read of them, what is refused, and what damage cannot do."""

from __future__ import annotations

import csv
import io
import itertools
import random
from typing import Any

import pytest
from pydantic import ValidationError

from ingest.tidy import KEY, TidyFigures
from tests.ingest.sources.made_fingertips import (
    BODY,
    HEADER,
    NUMBERS,
    SUPPRESSED,
    TREND,
    file_of,
    indicator,
    one_series,
    read,
    reading_of,
    refusal,
)
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)
from tests.ingest.sources.plausible import only_another_number


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


def test_damage_is_refused_or_makes_no_difference() -> None:
    good = read(file_of()).figures
    rows = list(csv.reader(io.StringIO(file_of().decode())))
    figures = [rows[0].index(name) for name in NUMBERS]
    for seed in range(42):
        done, damaged = damaged_rows(rows, figures, seed)
        plausible = only_another_number(rows, damaged, figures)
        assert plausible or same_or_refused(reading_of(as_csv_bytes(damaged)), good), (seed, done)
    for seed in range(2):
        for done, content in damaged_bytes(file_of(), seed):
            assert same_or_refused(reading_of(content), good), (seed, done)


def _change_names(one: int, two: int, good: TidyFigures) -> None:
    rows = list(csv.reader(io.StringIO(file_of().decode())))
    header = list(rows[0])
    header[one], header[two] = header[two], header[one]
    # The note of a figure that is there is prose; with no goals in the file it may as well stand
    # in their column, and is lost with no figure changed.
    if {header[one], header[two]} != {"Value note", "Compared to goal"}:
        reading = reading_of(as_csv_bytes([header, *rows[1:]]))
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
