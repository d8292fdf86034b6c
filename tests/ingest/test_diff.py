"""What changed between two days, worked by hand; and the command that shows it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from data.reference_data import load_reference
from ingest import __main__ as commands
from ingest.comparing import Changes
from ingest.differing import FigureChange, SeriesDifference, differences
from ingest.loading import load_readings
from ingest.places import Places
from tests.ingest.examples import (
    DATASET,
    els_row,
    metric_keys,
    reading,
    write_metrics_folder,
    write_reference_folder,
)

WMCA, BIRMINGHAM, COVENTRY = "E47000007", "E08000025", "E08000026"
CORNWALL, BARNSLEY, REGION = "E06000053", "E08000016", "E12000005"
FIRST, SECOND, THIRD = date(2026, 1, 10), date(2026, 3, 1), date(2026, 5, 1)


@pytest.fixture
def loaded(store_engine: Engine, tmp_path: Path) -> Engine:
    """Two vintages: by hand, one of each kind of change, in and out of the West Midlands."""
    with store_engine.begin() as connection:
        load_reference(connection, write_reference_folder(tmp_path / "reference"))
    before = [
        els_row(WMCA, value="50.0", lower="48.04", upper="51.96"),
        els_row(BIRMINGHAM, value="40.0"),
        els_row(COVENTRY, value="41.0", status="p"),
        els_row(CORNWALL, value="60.0"),
        els_row(BARNSLEY, value="70.0"),
        els_row(REGION, value="55.0"),
    ]
    after = [
        els_row(WMCA, value="51.0", lower="49.04", upper="52.96"),
        els_row(BIRMINGHAM, value="37.0"),
        els_row(COVENTRY, value="41.0"),
        els_row(CORNWALL, value="80.0"),
        els_row(REGION, value="", status="x"),
        els_row(BIRMINGHAM, "2022-01-01/P1Y", "38.0"),
    ]
    load_readings(store_engine, [reading(before, str(FIRST)), reading(after, str(SECOND))])
    return store_engine


def difference(engine: Engine, first: date = FIRST, last: date = SECOND) -> SeriesDifference:
    with engine.connect() as connection:
        (found,) = differences(connection, DATASET, first, last)
    return found


def test_each_kind_of_change_is_counted(loaded: Engine) -> None:
    assert difference(loaded).counts == Changes(added=1, withdrawn=1, revised=4, restatused=1)


def test_the_west_midlands_come_first_then_the_largest_revisions(loaded: Engine) -> None:
    found = difference(loaded).changes
    assert [(one.kind, one.area_code) for one in found] == [
        ("revised", BIRMINGHAM),
        ("revised", WMCA),
        ("added", BIRMINGHAM),
        ("restatused", COVENTRY),
        ("revised", REGION),
        ("revised", CORNWALL),
        ("withdrawn", BARNSLEY),
    ]


def test_a_revision_is_given_in_the_unit_and_in_standard_errors(loaded: Engine) -> None:
    """By hand: half the interval is 1.96, so one standard error is 1; 51.0 - 50.0 is one too."""
    change = next(one for one in difference(loaded).changes if one.area_code == WMCA)
    assert change.difference == pytest.approx(1.0)
    assert change.standard_errors == pytest.approx(1.0)
    birmingham = difference(loaded).changes[0]
    assert (birmingham.difference, birmingham.standard_errors) == (-3.0, None)


def test_a_figure_that_was_taken_back_has_no_difference(loaded: Engine) -> None:
    change = next(one for one in difference(loaded).changes if one.area_code == REGION)
    assert change == FigureChange(
        *("revised", REGION, f"Area {REGION}", True, date(2023, 1, 1), date(2023, 12, 31)),
        *(55.0, None, None, None, "", "x"),
    )


def test_any_two_days_can_be_compared(loaded: Engine) -> None:
    nothing = difference(loaded, SECOND, THIRD)
    assert (nothing.counts, nothing.changes) == (Changes(), [])
    assert difference(loaded, date(2020, 1, 1), FIRST).counts == Changes(added=6)
    assert difference(loaded, date(2026, 2, 1), THIRD).counts == difference(loaded).counts


def test_only_the_metrics_asked_for(loaded: Engine) -> None:
    with loaded.connect() as connection:
        assert differences(connection, DATASET, FIRST, SECOND, {"another"}) == []
        assert len(differences(connection, DATASET, FIRST, SECOND, {"gardens"})) == 1


class Shown:
    """The command on the store of the tests above."""

    def __init__(self, engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        metrics = write_metrics_folder(folder / "metrics", gardens=metric_keys())
        monkeypatch.setattr(commands, "PLACES", Places(metrics=metrics))
        self.url = engine.url.render_as_string(hide_password=False)

    def run(self, *arguments: str) -> Result:
        environment = {"DATABASE_URL": self.url, "COLUMNS": "200"}
        return CliRunner().invoke(commands.app, ["diff", *arguments], env=environment)


@pytest.fixture
def shown(loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shown:
    return Shown(loaded, tmp_path, monkeypatch)


def test_the_newest_two_vintages_are_shown_in_words(shown: Shown) -> None:
    result = shown.run("gardens", "--most", "4")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "gardens, known on 2026-01-10 and on 2026-03-01: "
        "1 added, 1 withdrawn, 4 revised, 1 restatused",
        f"  Area {BIRMINGHAM} ({BIRMINGHAM}), 2023: 40.0%, now 37.0% (-3.00 percentage points)",
        f"  Area {WMCA} ({WMCA}), 2023: 50.0%, now 51.0% "
        "(+1.00 percentage points, 1.0 standard errors)",
        f"  Area {BIRMINGHAM} ({BIRMINGHAM}), 2022: added, 38.0%",
        f"  Area {COVENTRY} ({COVENTRY}), 2023: 41.0% [p], now 41.0% (status or note)",
        "  and 3 more",
    ]


def test_a_program_gets_every_change(shown: Shown) -> None:
    answer = json.loads(shown.run(DATASET, "--json").stdout)
    (series,) = answer["series"]
    assert (series["first"], series["last"]) == ("2026-01-10", "2026-03-01")
    assert series["counts"] == {"added": 1, "withdrawn": 1, "revised": 4, "restatused": 1}
    assert len(series["changes"]) == 7


def test_one_vintage_has_nothing_to_be_compared_with(shown: Shown) -> None:
    result = shown.run("gardens", "--to", "2026-01-10")
    assert result.stdout == f"{DATASET}: no vintage before 2026-01-10\n"


def test_what_does_not_exist_is_refused(shown: Shown) -> None:
    result = shown.run("garden")
    assert result.exit_code == 2
    assert "did you mean gardens?" in result.stderr
    result = shown.run("gardens", "--from", "2026-03-01", "--to", "2026-01-10")
    assert result.exit_code == 2
    assert "--from 2026-03-01 is not before --to 2026-01-10" in result.stderr
