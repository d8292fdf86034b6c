from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from ingest.faults import Refused
from ingest.loading import Reading
from ingest.provenance import Provenance, provenance_toml, read_provenance
from ingest.snapshot import figures_csv, read_vintage, snapshot_datasets, write_vintage
from ingest.tidy import COLUMNS
from tests.ingest.examples import DATASET, LABEL, els_row, reading

ROWS = (
    els_row("E47000007", value="50.10", lower="49", upper="51.2", notes='"Rounded, ""twice"""'),
    els_row("E08000025", value=""),
    els_row("na"),
)


def example(*rows: str, known_on: str = "2026-01-10") -> Reading:
    return reading(rows or ROWS, known_on, unplaced_area_codes=["na"])


def write(folder: Path, one: Reading) -> bool:
    return write_vintage(folder, one.checked.figures, one.provenance)


def test_the_file_of_figures_has_the_publishers_digits_in_key_order() -> None:
    assert figures_csv(example().checked.figures).decode() == (
        "series,ref_area,time_period,obs_value,lower_95,upper_95,obs_status,note\n"
        f"{LABEL},E08000025,2023-01-01/P1Y,,,,x,The publisher gave no reason for the missing "
        "figure.\n"
        f'{LABEL},E47000007,2023-01-01/P1Y,50.10,49,51.2,,"Rounded, ""twice"""\n'
    )


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    one = example()
    assert write(tmp_path, one)
    assert snapshot_datasets(tmp_path) == [DATASET]
    provenance = read_provenance(tmp_path / DATASET)
    assert provenance == one.provenance
    figures = read_vintage(tmp_path, provenance, provenance.vintage[0])
    pd.testing.assert_frame_equal(figures.frame[COLUMNS], one.checked.figures.frame[COLUMNS])
    assert figures.frame["row_number"].tolist() == [2, 3]
    assert figures.series == one.checked.figures.series
    assert figures.rejected == one.checked.figures.rejected


def test_writing_the_same_again_changes_no_byte(tmp_path: Path) -> None:
    write(tmp_path, example())
    before = {path: path.read_bytes() for path in tmp_path.glob("*/*")}
    assert len(before) == 3
    assert not write(tmp_path, example())
    assert {path: path.read_bytes() for path in tmp_path.glob("*/*")} == before


def test_vintages_stand_beside_each_other_in_the_order_of_their_dates(tmp_path: Path) -> None:
    later = example(els_row("E47000007", value="52"), known_on="2026-03-01")
    for one in (later, example()):
        write(tmp_path, one)
    provenance = read_provenance(tmp_path / DATASET)
    assert [entry.known_on for entry in provenance.vintage] == [
        date(2026, 1, 10),
        date(2026, 3, 1),
    ]
    assert [entry.rejected for entry in provenance.vintage] == [1, 0]
    assert len(read_vintage(tmp_path, provenance, provenance.vintage[1]).frame) == 1


def test_another_reading_of_the_same_day_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write(tmp_path, example())
    assert write(tmp_path, example(els_row("E47000007")))
    assert sorted(path.name for path in (tmp_path / DATASET).iterdir()) == [
        "2026-01-10.csv",
        "provenance.toml",
    ]


def test_figures_that_were_changed_by_hand_are_refused(tmp_path: Path) -> None:
    write(tmp_path, example())
    path = tmp_path / DATASET / "2026-01-10.csv"
    path.write_bytes(path.read_bytes().replace(b"50.10", b"50.11"))
    provenance = read_provenance(tmp_path / DATASET)
    with pytest.raises(Refused, match="restore the file from version control") as refused:
        read_vintage(tmp_path, provenance, provenance.vintage[0])
    assert provenance.vintage[0].figures_sha256 in str(refused.value)


@pytest.mark.parametrize("name", ["2026-01-10.csv", "2026-01-10.rejected.csv"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    write(tmp_path, example())
    (tmp_path / DATASET / name).unlink()
    provenance = read_provenance(tmp_path / DATASET)
    with pytest.raises(Refused, match="2026-01-10"):
        read_vintage(tmp_path, provenance, provenance.vintage[0])


def test_provenance_is_toml_that_says_everything(tmp_path: Path) -> None:
    provenance = example().provenance
    described = tomllib.loads(provenance_toml(provenance))
    assert Provenance.model_validate(described) == provenance
    assert described["producer"] == "Office for Gardens"
    assert described["vintage"][0]["known_on"] == date(2026, 1, 10)
    assert described["series"] == [{"label": LABEL, "measure": "Percentage", "unit": "%"}]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('licence = "', 'license = "', "license"),
        ("rows = 2", "rows = 0", "greater than 0"),
        ("known_on = 2026-01-10", 'known_on = "soon"', "vintage.0.known_on"),
        (f'dataset = "{DATASET}"', 'dataset = "other"', "dataset 'other'"),
        ('dataset = "', "dataset = ", "readable TOML"),
    ],
)
def test_provenance_with_a_fault_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    write(tmp_path, example())
    path = tmp_path / DATASET / "provenance.toml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(Refused, match=words):
        read_provenance(tmp_path / DATASET)
