"""An authority's own indicators: a folder, its mapping, and what is not let through."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest.faults import Refused
from ingest.sources.drop_in import WITHHELD, read_drop_in, read_drop_in_table
from ingest.sources.drop_in_mapping import DropInTable, read_mapping
from ingest.tidy import TidyFigures
from tests.ingest.sources.made_workbooks import xlsx
from tests.ingest.sources.mutations import (
    as_csv_bytes,
    damaged_bytes,
    damaged_rows,
    same_or_refused,
)

MAPPING = r"""
id = "rough-sleeping"
title = "People sleeping rough"
producer = "The authority"
licence = "Open Government Licence v3.0"
landing_page = "https://example.org/indicators"
published_on = 2025-06-01
cadence = { every_months = 12, month = 6 }

[[table]]
file = "sleeping.csv"
disclosure_threshold = 5
symbols = { "" = "x", ".." = "z" }
period = ['([0-9]{4})', '\1-01-01/P1Y']

[table.columns]
series = "Indicator"
ref_area = "Area"
time_period = "Year"
value = "Value"
lower = "Low"
upper = "High"
status = "Status"
numerator = "People"

[table.series."Sleeping rough"]
measure = "Number of people"
unit = "people"
kind = "count"

[table.series."Sleeping rough, share"]
measure = "Share of people"
unit = "per 100,000"
kind = "rate"

[table.series."Nights below zero"]
measure = "Nights"
unit = "nights"
kind = "neither"
"""
SAMPLE = b"""\
Indicator,Area,Year,Value,Low,High,Status,People,Remark
Sleeping rough,E08000025,2024,41,,,,,counted in one night
Sleeping rough,E08000026,2024,4,3,6,,,
Sleeping rough,E08000027,2024,..,,,,,
"Sleeping rough, share",E08000025,2024,3.5,3.25,3.75,p,41,
"Sleeping rough, share",E08000026,2024,1.25,1,1.5,,4,
"Sleeping rough, share",E08000027,2024,,,,x,,
Nights below zero,E08000025,2024,-2.5,,,,,=HYPERLINK("x")
"""
TABLE = read_mapping(MAPPING.encode(), "mapping.toml").table[0]


def read(content: bytes = SAMPLE, table: DropInTable = TABLE) -> TidyFigures:
    return read_drop_in_table(content, "rough-sleeping", table)


def altered(**keys: Any) -> DropInTable:
    return DropInTable.model_validate({**TABLE.model_dump(), **keys})


def shown(figures: TidyFigures, series: str, area: str) -> tuple[str, str, str, str, str]:
    frame = figures.frame
    row = frame[(frame["series"] == series) & (frame["ref_area"] == area)].iloc[0]
    return tuple(row[["obs_value", "lower_95", "upper_95", "obs_status", "note"]])


def faults_of(content: bytes) -> list[tuple[int | None, str]]:
    with pytest.raises(Refused) as refused:
        read(content)
    return [(fault.row, fault.column) for fault in refused.value.faults]


def test_small_counts_and_the_rates_made_from_them_are_withheld() -> None:
    figures = read()
    withheld = ("", "", "", "c", WITHHELD.format(threshold=5))
    assert shown(figures, "Sleeping rough", "E08000025") == ("41", "", "", "", "")
    assert shown(figures, "Sleeping rough", "E08000026") == withheld
    assert shown(figures, "Sleeping rough", "E08000027")[:4] == ("", "", "", "z")
    share = "Sleeping rough, share"
    assert shown(figures, share, "E08000025") == ("3.5", "3.25", "3.75", "p", "")
    assert shown(figures, share, "E08000026") == withheld
    assert shown(figures, share, "E08000027")[:4] == ("", "", "", "x")
    assert shown(figures, "Nights below zero", "E08000025")[0] == "-2.5"


@pytest.mark.parametrize("count", ["0", "1", "4", "4.99"])
def test_every_count_below_the_threshold_is_withheld_and_five_is_not(count: str) -> None:
    small = read(SAMPLE.replace(b",41,,,,,", f",{count},,,,,".encode()))
    assert shown(small, "Sleeping rough", "E08000025")[3] == "c"
    assert count not in set(small.frame["obs_value"])
    five = read(SAMPLE.replace(b",41,,,,,", b",5,,,,,"))
    assert shown(five, "Sleeping rough", "E08000025")[0] == "5"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b",41,,,,,", b",=40+1,,,,,", [(2, "Value")]),
        (b",41,,,,,", b",+41,,,,,", [(2, "Value")]),
        (b",41,,,,,", b",@SUM(A1),,,,,", [(2, "Value")]),
        (b",41,,,,,", b",-40-1,,,,,", [(2, "Value")]),
        (b",41,,,,,", b",-41,,,,,", [(2, "Value")]),
        (b"p,41,", b"p,,", [(5, "People")]),
        (b"p,41,", b"p,=41,", [(5, "People")]),
        (b"3.25,3.75", b"=3,3.75", [(5, "Value")]),
        (b"3.25,3.75", b",3.75", [(5, "Value")]),
        (b"3.75,p", b"3.75,q", [(5, "Status")]),
        (b"Nights below zero,E08", b"=Nights,E08", [(8, "Indicator")]),
        (b"2024,-2.5", b"24,-2.5", [(8, "Year")]),
        (b",Value,", b",Amount,", [(1, "Value")]),
        (b"Nights below zero,E08000025", b"Sleeping rough,E08000025", [(8, "Value")]),
    ],
)
def test_what_is_no_figure_is_refused_by_row_and_column(
    old: bytes, new: bytes, expected: list[tuple[int | None, str]]
) -> None:
    assert old in SAMPLE
    assert faults_of(SAMPLE.replace(old, new)) == expected


@pytest.mark.parametrize("seed", range(42))
def test_damage_never_changes_a_figure_silently(seed: int) -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.decode())))
    done, damaged = damaged_rows(rows, [3, 4, 5, 7], seed)
    assert same_or_refused(partial(read, as_csv_bytes(damaged)), read()), done


@pytest.mark.parametrize("seed", range(4))
def test_damaged_bytes_never_change_a_figure_silently(seed: int) -> None:
    for what, content in damaged_bytes(SAMPLE, seed):
        assert same_or_refused(partial(read, content), read()), what


def test_the_same_figures_from_a_workbook() -> None:
    rows = list(csv.reader(io.StringIO(SAMPLE.decode())))
    grid = [[float(c) if n and p == 3 and c[-1:].isdigit() else c for p, c in enumerate(r)]
            for n, r in enumerate(rows)]  # fmt: skip
    table = altered(file="sleeping.xlsx", sheet="Figures")
    figures = read(xlsx({"Notes": [["x"]], "Figures": grid}), table)
    assert figures.frame.equals(read().frame)
    with pytest.raises(Refused, match="names each column once"):
        read(xlsx({"Figures": [[*rows[0], "Value"], *rows[1:]]}), table)
    with pytest.raises(Refused, match="one sheet named"):
        read(xlsx({"Other": grid}), table)


def test_an_older_encoding_where_it_is_declared() -> None:
    content = SAMPLE.replace(b"counted", "caf\u00e9".encode("cp1252"))
    with pytest.raises(Refused, match="UTF-8"):
        read(content)
    assert read(content, altered(encoding="cp1252")).frame.equals(read().frame)


def folder_with(tmp_path: Path, mapping: str = MAPPING, content: bytes = SAMPLE) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    (folder / "sleeping.csv").write_bytes(content)
    return folder


def test_a_folder(tmp_path: Path) -> None:
    taken = read_drop_in(folder_with(tmp_path))
    assert taken.mapping.producer == "The authority"
    assert [figures.dataset for figures in taken.figures] == ["rough-sleeping"]
    assert len(taken.figures[0].frame) == 7


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, content=SAMPLE.replace(b",41,,,,,", b",=1,,,,,"))
    (folder / "more.csv").write_bytes(SAMPLE)
    with pytest.raises(Refused) as refused:
        read_drop_in(folder)
    assert [fault.file for fault in refused.value.faults] == ["more.csv", "sleeping.csv"]


@pytest.mark.parametrize(
    "name",
    ["../secret.csv", "/etc/secret.csv", "a/b.csv", "..\\secret.csv", ".hidden.csv", "a.toml", ""],
)
def test_a_mapping_names_files_of_its_folder_only(name: str) -> None:
    mapping = MAPPING.replace('"sleeping.csv"', repr(name))
    with pytest.raises(Refused, match="file"):
        read_mapping(mapping.encode(), "mapping.toml")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "sleeping.csv").unlink()
    (tmp_path / "secret.csv").write_bytes(SAMPLE)
    (folder / "sleeping.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(Refused, match="a link"):
        read_drop_in(folder)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('licence = "Open Government Licence v3.0"', "", "licence"),
        ("published_on = 2025-06-01", 'published_on = "soon"', "published_on"),
        ('landing_page = "https://example.org/indicators"', "", "landing_page"),
        ("cadence = { every_months = 12, month = 6 }", "", "cadence"),
        ("disclosure_threshold = 5", "", "disclosure_threshold"),
        ("disclosure_threshold = 5", "disclosure_threshold = -1", "disclosure_threshold"),
        ("disclosure_threshold = 5", "disclosure_threshold = 5\ncolour = 1", "colour"),
        ('numerator = "People"', "", "numerator"),
        ('upper = "High"', "", "interval"),
        ('lower = "Low"', 'lower = "Value"', "one purpose"),
        ('"x", ".." = "z"', '"x", ".." = "gone"', "symbols"),
        ("([0-9]{4})", "([0-9]{4}", "pattern"),
        (r"\1-01-01/P1Y", r"\2-01-01/P1Y", "invalid group reference"),
        (r"\1-01-01/P1Y", r"\g<year>-01-01/P1Y", "unknown group name"),
        ('kind = "count"', 'kind = "guess"', "kind"),
        ('"sleeping.csv"', '"sleeping.xlsx"', "sheet"),
        ("[table.columns]", "[table.columns", "TOML"),
    ],
)
def test_a_mapping_that_says_too_little_or_too_much(old: str, new: str, named: str) -> None:
    assert old in MAPPING
    with pytest.raises(Refused, match=named):
        read_mapping(MAPPING.replace(old, new).encode(), "mapping.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"x = " + b"[" * 5_000])
def test_what_is_no_mapping_at_all_is_refused(content: bytes) -> None:
    with pytest.raises(Refused, match="TOML in UTF-8"):
        read_mapping(content, "mapping.toml")


def test_the_mapping_is_plain_toml() -> None:
    assert set(tomllib.loads(MAPPING)) >= {"title", "producer", "licence", "published_on"}
