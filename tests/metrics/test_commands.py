"""`python -m metrics`: what each command prints, and what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.catalogue import METRICS_FOLDER, load_catalogue

runner = CliRunner()


@pytest.fixture
def declarations(tmp_path: Path) -> Path:
    """A copy of every declaration, to be broken."""
    for name in ("missions", "definitions"):
        shutil.copytree(METRICS_FOLDER / name, tmp_path / name)
    return tmp_path


def test_check_counts_what_is_declared() -> None:
    answer = runner.invoke(app, ["check"])
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout.startswith("12 missions, ")
    assert answer.stdout.endswith("no faults.\n")


def test_check_counts_in_json() -> None:
    counts = json.loads(runner.invoke(app, ["check", "--json"]).stdout)
    catalogue = load_catalogue()
    assert counts["faults"] == []
    assert counts["missions"] == 12
    assert counts["clauses"] == len(catalogue.clauses)
    assert 0 < counts["metrics_with_figures"] < counts["metrics"] == len(catalogue.metrics)


def test_check_names_every_fault_and_fails(declarations: Path) -> None:
    for name, was, is_now in (
        ("03_transport/buses-on-time.toml", 'polarity = "higher_is_better"\n', ""),
        ("04_digital_connectivity/gigabit-broadband.toml", "money =", "monney ="),
    ):
        path = declarations / "definitions" / name
        text = path.read_text(encoding="utf-8")
        assert was in text
        path.write_text(text.replace(was, is_now), encoding="utf-8")
    answer = runner.invoke(app, ["check", "--folder", str(declarations)])
    assert answer.exit_code == 1
    assert "buses-on-time.toml: polarity: not declared; it must be" in answer.stderr
    assert "gigabit-broadband.toml: monney: there is no such key; did you mean money?" in (
        answer.stderr
    )
    faults = json.loads(
        runner.invoke(app, ["check", "--json", "--folder", str(declarations)]).stdout
    )["faults"]
    # The misspelt key is two faults: one key too many and one missing.
    assert len(faults) == 3


def test_list_shows_one_mission_or_all() -> None:
    everything = json.loads(runner.invoke(app, ["list", "--json"]).stdout)
    transport = json.loads(runner.invoke(app, ["list", "--mission", "3", "--json"]).stdout)
    assert {row["mission"] for row in everything} == set(range(13))
    assert {row["mission"] for row in transport} == {3}
    assert transport[0]["role"] == "headline"
    text = runner.invoke(app, ["list", "--mission", "3"]).stdout
    assert len(text.splitlines()) == len(transport)
    assert "travel-time-to-employment" in text


def test_show_says_what_is_declared() -> None:
    text = runner.invoke(app, ["show", "gva-per-hour"]).stdout
    for words in (
        "Higher is better.",
        "In the money of each year",
        "1.productivity-gap",
        "Held from 2004",
        "written as £1,234.57",
    ):
        assert words in text
    declared = json.loads(runner.invoke(app, ["show", "gva-per-hour", "--json"]).stdout)
    assert declared["source"]["dataset"] == "gross-value-added"


def test_show_gives_the_reason_where_no_figures_are_held() -> None:
    text = runner.invoke(app, ["show", "buses-on-time"]).stdout
    assert "Not held: the Department for Transport" in text
    assert "Tier not verified." in text


def test_show_offers_what_was_probably_meant() -> None:
    answer = runner.invoke(app, ["show", "gva-per-hours"])
    assert answer.exit_code == 1
    assert "There is no metric 'gva-per-hours'. Did you mean gva-per-hour" in answer.stderr


def test_new_writes_a_definition_whose_check_says_what_is_missing(declarations: Path) -> None:
    folder = ["--folder", str(declarations)]
    answer = runner.invoke(app, ["new", "tram-trips", "--mission", "03_transport", *folder])
    assert answer.exit_code == 0, answer.stderr
    path = declarations / "definitions" / "03_transport" / "tram-trips.toml"
    assert path.is_file()
    checked = runner.invoke(app, ["check", "--json", *folder])
    faults = json.loads(checked.stdout)["faults"]
    assert faults
    assert all(fault.startswith("03_transport/tram-trips.toml: ") for fault in faults)
    keys = {fault.split(": ")[1] for fault in faults}
    assert {"title", "polarity", "evidence", "unit.label", "source.dataset"} <= keys


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["gva-per-hour", "--mission", "03_transport"], "is taken by 01_pay_employment"),
        (["trams", "--mission", "03_trams"], "There is no folder '03_trams'. Expected one of"),
        (["Tram_Trips", "--mission", "03_transport"], "cannot be an id"),
        (["../trams", "--mission", "03_transport"], "cannot be an id"),
    ],
)
def test_new_refuses(declarations: Path, arguments: list[str], advice: str) -> None:
    before = sorted(declarations.rglob("*"))
    answer = runner.invoke(app, ["new", *arguments, "--folder", str(declarations)])
    assert answer.exit_code == 1
    assert advice in answer.stderr
    assert sorted(declarations.rglob("*")) == before


@pytest.mark.parametrize("command", ["check", "list", "show", "new", "schema"])
def test_every_command_explains_itself(command: str) -> None:
    answer = runner.invoke(app, [command, "--help"])
    assert answer.exit_code == 0
    assert "Usage" in answer.stdout


def test_it_runs_as_a_module() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "metrics", "list", "--mission", "0"],
        cwd=METRICS_FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "gva-per-filled-job" in ran.stdout
