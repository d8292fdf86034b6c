"""The commands as a person or a program runs them, on a small product of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date

import pytest
from sqlalchemy import select

from data.store import PROJECT
from data.tables import metadata
from ingest.sources import els_datasets as declarations
from metrics import computing
from tests.ingest.examples import DATASET, els_row, metric_keys, write_metrics_folder
from tests.ingest.product import WMCA, Product


def test_snapshot_load_and_status(product: Product) -> None:
    shipped = product.ship()
    assert shipped.exit_code == 0
    assert shipped.stdout == (
        f"{DATASET}: written, known on 2026-01-10, 3 figures, 1 row set aside\n"
    )
    loaded = product.run("load")
    assert loaded.exit_code == 0
    assert loaded.stdout.startswith("1 tables, 1 vintages loaded, 3 figures added, ")
    assert loaded.stderr == ""
    status = json.loads(product.run("status", "--json").stdout)
    assert status == [
        {
            "dataset": DATASET,
            "title": "Homes with gardens",
            "licence": "OGL v3.0",
            "known_on": ["2026-01-10"],
            "latest_period_end": "2023-12-31",
            "figures": 3,
            "rejected": 1,
            "last_outcome": "loaded",
            "last_ended_at": status[0]["last_ended_at"],
            "accepted": "",
            "cadence": "yearly",
            "expected_by": "2027-01-10",
            "overdue_after": "2027-04-11",
            "held_back": [],
            "release": "expected",
            "overdue": False,
            "failing": False,
            "fetched": True,
            "not_proved": "",
            "pull": "shipped, never pulled",
            "last_pull": "",
            "last_pull_ended_at": None,
            "last_pull_failures": 0,
            "last_pull_message": "",
        }
    ]
    said = product.run("status").stdout
    row = f"^{DATASET} +1 +2026-01-10 +2023-12-31 +3 +next expected by 10 January 2027 +shipped"
    assert re.search(row, said, re.M)
    assert said.endswith("1 tables, 0 overdue, 0 failing.\n")


def test_status_ends_with_what_needs_somebody(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    product.ship()
    product.run("load")
    assert product.run("status").exit_code == 0
    for today, exit_code, words in (
        (date(2027, 1, 11), 0, "due: expected by 10 January 2027"),
        (date(2027, 4, 12), 3, "overdue: expected by 10 January 2027"),
    ):
        monkeypatch.setattr("ingest.commands.status._today", lambda today=today: today)
        status = product.run("status")
        assert (status.exit_code, words in status.stdout) == (exit_code, True)
    assert status.stdout.endswith("1 tables, 1 overdue, 0 failing.\n")
    product.record(els_row("E99999999"), published="2026-02-01")
    product.pull()
    status = product.run("status")
    assert status.exit_code == 4
    assert re.search(rf"^{DATASET}, pull refused .* UTC: ", status.stdout, re.M)


def test_a_store_that_is_up_to_date_is_left_alone(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    product.ship()
    product.run("load")
    before = everything_held(product)

    def never(*_: object) -> int:
        raise AssertionError("measures were computed again")

    monkeypatch.setattr(computing, "refresh_measures", never)
    again = product.run("load")
    assert (again.exit_code, again.stdout) == (0, "The store is up to date.\n")
    assert json.loads(product.run("load", "--json").stdout) == {"outcome": "unchanged"}
    assert everything_held(product) == before


def everything_held(product: Product) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, so that a row which was only written anew shows as well."""
    engine = product.engine()
    with engine.connect() as connection:
        held = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return held


def test_a_changed_definition_makes_load_look_again(product: Product) -> None:
    product.ship()
    product.run("load")
    write_metrics_folder(product.places.metrics, gardens={**metric_keys(), "title": "Gardens"})
    report = json.loads(product.run("load", "--json").stdout)
    assert (report["outcome"], report["vintages_loaded"], report["refused"]) == ("loaded", 0, {})
    assert product.run("load").stdout == "The store is up to date.\n"


def test_load_with_a_table_that_is_refused(product: Product) -> None:
    product.ship(els_row(WMCA, value="101"))
    loaded = product.run("load")
    assert loaded.exit_code == 1
    assert "expected a value from 0 to 100 % (gardens)" in loaded.stderr
    (fault,) = json.loads(product.run("load", "--json").stdout)["refused"][DATASET]
    assert (fault["column"], fault["row"]) == ("obs_value", 2)


def test_status_of_a_store_that_has_not_been_built(product: Product) -> None:
    status = product.run("status")
    assert status.exit_code == 0
    assert "python -m ingest load" in status.stdout


def test_a_start_that_has_nothing_to_do_does_not_wait_for_the_libraries_that_build(
    product: Product,
) -> None:
    """In a process of its own, where nothing has been imported yet."""
    script = "import sys, ingest.__main__, ingest.freshness; print('pandas' in sys.modules)"
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert answer.stdout == "False\n"


def test_every_command_explains_itself(product: Product) -> None:
    listed = product.run("--help").stdout
    for command in ("pull", "load", "check", "status", "snapshot", "reference", "clock"):
        assert command in listed
        helped = product.run(command, "--help")
        assert helped.exit_code == 0
        assert len(helped.stdout) > 200


def test_the_declared_tables_say_what_they_are() -> None:
    tables = declarations.els_datasets()
    assert len(tables) == 51
    one_period = {name for name, table in tables.items() if table.load_replaces == "periods"}
    assert one_period == {
        "gigabit-capable-broadband",
        "network-coverage-4g",
        "network-coverage-5g",
        "premises-below-30",
    }
    assert tables["early-years"].csv_url == (
        "https://raw.githubusercontent.com/ONSdigital/explore-local-statistics-data/main/"
        "early-years/early-years.csv"
    )
