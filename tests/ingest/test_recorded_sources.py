"""What a folder of recorded bytes holds, and how each kind of table is read from it."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.store import open_store
from data.tables import dataset, observation, source
from ingest import __main__ as commands
from ingest.faults import Refused
from ingest.places import Places
from ingest.recorded_sources import recorded_sources
from tests.ingest.examples import metric_keys, write_metrics_folder, write_reference_folder

TODAY = date(2025, 6, 2)
MAPPING = """
id = "allotments"
title = "Allotments"
producer = "The authority"
licence = "Open Government Licence v3.0"
landing_page = "https://example.org/allotments"
published_on = 2025-06-01
cadence = { every_months = 12 }

[[table]]
file = "allotments.csv"
disclosure_threshold = 0

[table.columns]
series = "Indicator"
ref_area = "Area"
time_period = "Period"
value = "Value"

[table.series."Allotments"]
measure = "Share of homes"
unit = "%"
kind = "rate"
"""
ROWS = "Indicator,Area,Period,Value\nAllotments,E47000007,2024-01-01/P1Y,12.5\n"


def drop_in(folder: Path, mapping: str = MAPPING, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    for name, text in (files or {"allotments": ROWS}).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_drop_in_is_found_in_the_folder_and_below_it(tmp_path: Path) -> None:
    for place in (tmp_path / "a", tmp_path / "b" / "allotments"):
        drop_in(place)
    for folder in (tmp_path / "a", tmp_path / "b"):
        found = recorded_sources(folder, {})
        assert list(found) == ["allotments"]
        pulled = found["allotments"](None, TODAY)
        (entry,) = pulled.provenance.vintage
        assert (entry.known_on, entry.retrieved_on, entry.rows) == (date(2025, 6, 1), TODAY, 1)
        assert pulled.provenance.source == "drop_in"
        assert set(pulled.files) == {"mapping.toml", "allotments.csv"}


def test_several_files_of_a_drop_in_are_one_table(tmp_path: Path) -> None:
    second = MAPPING[MAPPING.index("[[table]]") :].replace("allotments.csv", "more.csv")
    more = ROWS.replace("2024", "2023")
    folder = drop_in(tmp_path, MAPPING + second, allotments=ROWS, more=more)
    figures = recorded_sources(folder, {})["allotments"](None, TODAY).figures
    assert figures.frame["time_period"].tolist() == ["2023-01-01/P1Y", "2024-01-01/P1Y"]
    assert [words.label for words in figures.series] == ["Allotments"]
    drop_in(tmp_path, MAPPING + second, allotments=ROWS, more=ROWS)
    with pytest.raises(Refused, match="in two files"):
        recorded_sources(folder, {})["allotments"](None, TODAY)


def test_a_folder_without_any_table_is_refused(tmp_path: Path) -> None:
    unknown = tmp_path / "of-nobody" / "of-nobody.csv"
    unknown.parent.mkdir()
    for _ in range(2):
        with pytest.raises(Refused, match="no table that is known"):
            recorded_sources(tmp_path, {})
        unknown.write_text("a,b\n1,2\n", encoding="utf-8")


@pytest.mark.parametrize("name", ["population", "homicide-offences", "allotments"])
def test_a_folder_never_takes_the_place_of_another_table(tmp_path: Path, name: str) -> None:
    drop_in(tmp_path / "a")
    drop_in(tmp_path / "b", MAPPING.replace("allotments", name, 1))
    with pytest.raises(Refused, match="expected an id that no other table has") as refused:
        recorded_sources(tmp_path, {})
    assert f"found '{name}'" in str(refused.value)


def test_a_table_that_no_metric_shows_is_not_passed_over(
    tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(
        snapshot=tmp_path / "snapshot",
        reference=write_reference_folder(tmp_path / "reference"),
        metrics=write_metrics_folder(tmp_path / "metrics", gardens=metric_keys()),
        kept=tmp_path / "kept",
        archive=tmp_path / "archive",
    )
    monkeypatch.setattr(commands, "PLACES", places)
    folder = drop_in(tmp_path / "recorded", allotments=ROWS.replace("12.5", "=1+1"))
    for command in ("check", "pull"):
        for named in ((), ("allotments",)):
            arguments = [command, *named, "--from", str(folder)]
            result = CliRunner().invoke(commands.app, arguments, env={"DATABASE_URL": store_url})
            assert result.exit_code == 1, result.output
            assert 'expected a metric with source.dataset = "allotments"' in result.stderr
            # What is wrong with its files is told in the same answer.
            assert ("found '=1+1'" in result.stderr) == (command == "check")


def test_a_drop_in_goes_the_whole_way_from_its_folder_to_the_store(
    tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One mapping and one definition are all that an analyst writes."""
    keys = metric_keys()
    keys["evidence"] = "model_without_intervals"
    keys["source"] = {**keys["source"], "adapter": "drop_in", "dataset": "allotments"}
    keys["series"] = [{"label": "Allotments"}]
    places = Places(
        snapshot=tmp_path / "snapshot",
        reference=write_reference_folder(tmp_path / "reference"),
        metrics=write_metrics_folder(tmp_path / "metrics", allotments=keys),
        kept=tmp_path / "kept",
        archive=tmp_path / "archive",
    )
    monkeypatch.setattr(commands, "PLACES", places)
    recorded = drop_in(tmp_path / "recorded")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(commands.app, list(arguments), env={"DATABASE_URL": store_url})
        assert result.exit_code == 0, result.output
        return result.stdout

    assert "12.5" in run("check", "allotments", "--from", str(recorded))
    assert "1 figures" in run("snapshot", "--from", str(recorded), "--retrieved-on", "2025-06-02")
    written = tomllib.loads((tmp_path / "snapshot/allotments/provenance.toml").read_text())
    assert (written["producer"], written["source"]) == ("The authority", "drop_in")
    assert "1 vintages loaded" in run("load")
    # The very bytes of the folder, pulled, are what is held already.
    assert "unchanged" in run("pull", "--from", str(recorded), "allotments").lower()
    with open_store(store_url).connect() as connection:
        assert connection.execute(observation.select()).one().value == 12.5
        about = connection.execute(dataset.select()).one()
        assert about.licence == "Open Government Licence v3.0"
        assert connection.execute(source.select()).one().title == "File put in by hand"
    # How often it comes out is what its own mapping says.
    assert written["cadence"] == {"every_months": 12}
    env = {"DATABASE_URL": store_url}
    status = CliRunner().invoke(commands.app, ["status", "--json"], env=env)
    (said,) = json.loads(status.stdout)
    assert (said["cadence"], said["expected_by"]) == ("yearly", "2026-06-01")


def test_a_table_that_is_not_fetched_says_where_it_is_to_be_had() -> None:
    result = CliRunner().invoke(commands.app, ["pull", "population"])
    assert result.exit_code == 2
    assert "Save mye23tablesew.xlsx from https://www.ons.gov.uk/" in result.output
    assert "--from" in result.output


@pytest.mark.recordings
def test_a_workbook_is_found_by_the_name_that_its_declaration_gives(recordings: Path) -> None:
    found = recorded_sources(recordings / "publishers" / "ons_xlsx", {})
    assert "population" in found
    pulled = found["population"](None, date(2026, 6, 30))
    shipped = tomllib.loads(
        (Path(__file__).resolve().parents[2] / "data/snapshot/population/provenance.toml")
        .read_text(encoding="utf-8")
    )  # fmt: skip
    (entry,) = pulled.provenance.vintage
    assert entry.figures_sha256 == shipped["vintage"][-1]["figures_sha256"]
    assert entry.sha256 == shipped["vintage"][-1]["sha256"]
