from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest.faults import Refused
from ingest.recorded import RecordedFile, read_recorded, recorded_datasets


def record(folder: Path, dataset: str, csv: str = "a,b\n") -> None:
    (folder / dataset).mkdir(parents=True)
    (folder / dataset / f"{dataset}.csv").write_text(csv)
    (folder / dataset / f"{dataset}.json").write_text("{}")


def index(path: Path, *rows: str) -> None:
    path.write_text("\n".join(["file,url,published,commit,sha256", *rows, ""]))


def test_tables_are_those_with_a_csv_of_their_own_name(tmp_path: Path) -> None:
    record(tmp_path, "b")
    record(tmp_path, "a")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "other.csv").write_text("")
    assert recorded_datasets(tmp_path) == ["a", "b"]


def test_an_index_in_the_folder_or_above_it_says_when_a_file_was_published(tmp_path: Path) -> None:
    folder = tmp_path / "main"
    record(folder, "a")
    assert read_recorded(folder, "a").index is None
    row = "{}a/a.csv,https://example.org/a.csv,2026-02-20T23:30:00+00:00,{},0"
    index(tmp_path / "INDEX.csv", row.format("main/", "abc"), row.format("other/", "no"))
    found = RecordedFile("https://example.org/a.csv", date(2026, 2, 20), "abc")
    assert read_recorded(folder, "a").index == found
    index(folder / "INDEX.csv", row.format("", "nearer"))
    nearer = read_recorded(folder, "a").index
    assert nearer is not None
    assert nearer.commit == "nearer"


def test_an_index_that_cannot_be_read_is_refused_by_its_row(tmp_path: Path) -> None:
    record(tmp_path, "a")
    index(tmp_path / "INDEX.csv", "a/a.csv,https://example.org/a.csv,in February,abc,0")
    with pytest.raises(Refused, match="row 2: found ValueError"):
        read_recorded(tmp_path, "a")


def test_a_table_without_its_json_is_refused(tmp_path: Path) -> None:
    record(tmp_path, "a")
    (tmp_path / "a" / "a.json").unlink()
    with pytest.raises(Refused, match=r"a/a\.json"):
        read_recorded(tmp_path, "a")
