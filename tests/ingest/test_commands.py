"""The commands as a person or a program runs them, on a small product of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import responses
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner, Result

from data.dataset_writes import write_state
from data.store import PROJECT, open_store
from data.tables import retrieval
from ingest import __main__ as commands
from ingest.places import Places
from ingest.problems import explain
from ingest.sources import els_datasets as declarations
from ingest.sources.els_datasets import ElsDataset
from metrics import computing
from tests.ingest.examples import (
    DATASET,
    HEADER,
    declared,
    els_csv,
    els_json,
    els_row,
    metric_keys,
    write_metrics_folder,
    write_reference_folder,
)

WMCA = "E47000007"
GOOD = (
    els_row(WMCA, value="50.0", lower="49.0", upper="51.0"),
    els_row("E08000025", value="40.5", status="p"),
    els_row("E92000001", value="", status="c"),
    els_row("na"),
)


class Product:
    """A product with one table, whose commands are run as from a shell."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.recorded = folder / "recorded"
        self.places = Places(
            snapshot=folder / "snapshot",
            reference=write_reference_folder(folder / "reference"),
            metrics=write_metrics_folder(folder / "metrics", gardens=metric_keys()),
            corrections=folder / "corrections",
            kept=folder / "kept",
            quarantine=folder / "quarantine",
        )

    def record(self, *rows: str, header: str = HEADER, published: str = "2026-01-10") -> None:
        target = self.recorded / DATASET
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{DATASET}.csv").write_bytes(els_csv(*rows, header=header))
        (target / f"{DATASET}.json").write_bytes(els_json())
        (self.recorded / "INDEX.csv").write_text(
            "file,url,published,commit\n"
            f"{DATASET}/{DATASET}.csv,https://example.org/g.csv,{published}T09:00:00+00:00,abc\n"
        )

    def run(self, *arguments: str) -> Result:
        environment = {"DATABASE_URL": self.url, "COLUMNS": "200"}
        return CliRunner().invoke(commands.app, list(arguments), env=environment)

    def ship(self, *rows: str) -> Result:
        self.record(*(rows or GOOD))
        return self.run("snapshot", "--from", str(self.recorded), "--retrieved-on", "2026-06-30")

    def pull(self, *arguments: str) -> Result:
        return self.run("pull", "--from", str(self.recorded), *arguments)

    def engine(self) -> Engine:
        return open_store(self.url)


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Product:
    tables = {DATASET: declared(unplaced_area_codes=["na"])}

    def only_this() -> dict[str, ElsDataset]:
        return tables

    for module in ("commands.pull", "recorded_sources"):
        monkeypatch.setattr(f"ingest.{module}.els_datasets", only_this)
    made = Product(tmp_path, f"sqlite:///{tmp_path / 'var' / 'store.sqlite'}")
    monkeypatch.setattr(commands, "PLACES", made.places)
    return made


def test_snapshot_load_and_status(product: Product) -> None:
    shipped = product.ship()
    assert shipped.exit_code == 0
    assert shipped.stdout == (
        f"{DATASET}: written, known on 2026-01-10, 3 figures, 1 rows set aside\n"
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
            "held_back": [],
        }
    ]
    assert re.search(
        rf"^{DATASET} +1 +2026-01-10 +2023-12-31 +3 +loaded", product.run("status").stdout, re.M
    )


def test_a_store_that_is_up_to_date_is_left_alone(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    product.ship()
    product.run("load")
    path = product.folder / "var" / "store.sqlite"
    before = path.read_bytes()

    def never(*_: object) -> int:
        raise AssertionError("measures were computed again")

    monkeypatch.setattr(computing, "refresh_measures", never)
    again = product.run("load")
    assert (again.exit_code, again.stdout) == (0, "The store is up to date.\n")
    assert json.loads(product.run("load", "--json").stdout) == {"outcome": "unchanged"}
    assert path.read_bytes() == before


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


def test_pull_from_a_folder_loads_keeps_and_then_finds_nothing_new(product: Product) -> None:
    product.record(*GOOD)
    first = product.pull()
    assert (first.exit_code, first.stdout) == (
        0,
        f"{DATASET}: known on 2026-01-10, 3 added, 1 rows set aside\n",
    )
    assert (product.places.kept / DATASET / f"{DATASET}.csv").read_bytes() == els_csv(*GOOD)
    (again,) = json.loads(product.pull("--json").stdout)
    assert (again["outcome"], again["added"]) == ("unchanged", 0)


def test_pull_of_a_revision(product: Product) -> None:
    product.record(*GOOD)
    product.pull()
    product.record(GOOD[0].replace("50.0", "50.5"), *GOOD[1:], published="2026-02-01")
    assert product.pull(DATASET).stdout == (
        f"{DATASET}: known on 2026-02-01, 1 revised, 1 rows set aside\n"
    )


def test_pull_with_a_date_of_ones_own(product: Product) -> None:
    product.record(*GOOD)
    assert "known on 2026-05-05" in product.pull("--known-on", "2026-05-05").stdout
    (product.recorded / "INDEX.csv").unlink()
    undated = product.pull()
    assert undated.exit_code == 1
    assert "give --known-on" in undated.stderr


BAD = {
    "a renamed column": (
        {"header": HEADER.replace("observation", "value")},
        GOOD,
        "found no column 'observation'",
    ),
    "prose in the status": ({}, (*GOOD, els_row("E08000026", status="see note")), "'see note'"),
    "one key with two values": ({}, (*GOOD, els_row("E08000025", value="41")), "41.0 where row 3"),
    "a value outside the range": ({}, (*GOOD, els_row("E08000026", value="-1")), "found -1 for"),
    "an unknown area code": ({}, (*GOOD, els_row("E08000099")), "found 'E08000099'"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_explained_and_leaves_the_store_as_it_was(product: Product, kind: str) -> None:
    changes, rows, words = BAD[kind]
    product.record(*GOOD)
    product.pull()
    before = json.loads(product.run("status", "--json").stdout)
    product.record(*rows, published="2026-02-01", **changes)
    for command in ("pull", "check"):
        refused = product.run(command, "--from", str(product.recorded))
        assert refused.exit_code == 1
        assert words in refused.stderr
        assert f"{DATASET}.csv" in refused.stderr
        assert "Traceback" not in refused.output
    after = json.loads(product.run("status", "--json").stdout)
    assert after[0].pop("last_outcome") == "refused"
    for holding in (*before, *after):
        holding.pop("last_outcome", None)
        holding.pop("last_ended_at")
    assert after == before


@responses.activate
def test_pull_from_the_publisher_asks_only_for_what_has_changed(product: Product) -> None:
    table = declared()
    responses.get(
        table.csv_url, els_csv(*GOOD), content_type="text/plain", headers={"ETag": '"v1"'}
    )
    responses.get(table.metadata_url, els_json(), content_type="text/plain")
    first = product.run("pull", "--known-on", "2026-01-10")
    assert (first.exit_code, first.stderr) == (0, "")
    with product.engine().connect() as connection:
        row = connection.execute(select(retrieval)).one()
    assert (row.etag, row.url, row.size_bytes) == ('"v1"', table.csv_url, len(els_csv(*GOOD)))
    responses.replace(responses.GET, table.csv_url, status=304)
    assert product.run("pull").stdout == f"{DATASET}: unchanged\n"
    assert responses.calls[-1].request.headers["If-None-Match"] == '"v1"'


@responses.activate
def test_figures_that_were_shipped_are_fetched_once_and_then_asked_about(product: Product) -> None:
    product.ship()
    product.run("load")
    table = declared()
    responses.get(
        table.csv_url, els_csv(*GOOD), content_type="text/plain", headers={"ETag": '"v1"'}
    )
    responses.get(table.metadata_url, els_json(), content_type="text/plain")
    for _ in range(2):
        assert product.run("pull").stdout == f"{DATASET}: unchanged\n"
    assert "If-None-Match" not in responses.calls[0].request.headers
    assert responses.calls[2].request.headers["If-None-Match"] == '"v1"'
    with product.engine().connect() as connection:
        rows = connection.execute(select(retrieval.c.etag).order_by(retrieval.c.id)).all()
    assert [row.etag for row in rows] == [None, '"v1"']


@responses.activate
def test_pull_says_what_the_publisher_sent_instead(product: Product) -> None:
    table = declared()
    responses.get(table.csv_url, b"<html>Sign in</html>", content_type="text/html")
    failed = product.run("pull")
    assert failed.exit_code == 1
    assert f"{DATASET}: {table.csv_url}: 'text/html' where" in failed.stderr
    (holding,) = json.loads(product.run("pull", "--json").stdout)
    assert holding["outcome"] == "failed"


def test_check_prints_the_latest_west_midlands_figures(product: Product) -> None:
    product.ship()
    checked = product.run("check", "gardens")
    assert checked.exit_code == 0
    lines = checked.stdout.splitlines()
    assert lines[0] == "gardens: no faults"
    assert "3 rows (1 blank), 3 areas, first 2023, latest 2023, 1 rows set aside" in lines[1]
    assert "  West Midlands Combined Authority: 50.0% (49.0 to 51.0)" in lines
    assert "  Birmingham: 40.5% [p]" in lines
    assert "  England: no figure (c)" in lines
    assert "  Coventry: not published" in lines
    (record,) = json.loads(product.run("check", DATASET, "--json").stdout)["checked"]
    assert record["figures"][WMCA]["value"] == 50.0
    assert record["figures"]["E92000001"]["status"] == "c"


def test_check_needs_neither_store_nor_network(product: Product) -> None:
    product.ship()
    product.url = "postgresql://nobody@127.0.0.1:1/nothing"
    assert product.run("check").exit_code == 0


def test_check_of_a_metric_whose_figures_are_not_held(product: Product) -> None:
    keys = {**metric_keys(), "figures": "not held", "figures_note": "No reader exists."}
    for name in ("source", "series", "coverage", "plausible"):
        del keys[name]
    write_metrics_folder(product.places.metrics, ponds=keys)
    product.ship()
    assert product.run("check", "ponds").stdout == "ponds: figures not held. No reader exists.\n"
    assert "ponds" not in product.run("check").stdout


def test_check_of_a_definition_with_a_misspelt_key(product: Product) -> None:
    product.ship()
    write_metrics_folder(product.places.metrics, gardens={**metric_keys(), "tilte": "x"})
    refused = product.run("check")
    assert refused.exit_code == 1
    assert "gardens.toml: tilte" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("check", "garden"),
            "There is no metric or declared table 'garden'; did you mean gardens?",
        ),
        (("pull", "nothing"), "There is no declared table 'nothing'"),
        (("check", "--from", "missing"), "does not exist"),
        (("pull", "--known-on", "soon"), "soon"),
        (("snapshot", "--retrieved-on", "2026-06-30"), "Missing option"),
        (("nonsense",), "No such command"),
    ],
)
def test_what_cannot_be_asked_ends_with_status_2(
    product: Product, arguments: tuple[str, ...], words: str
) -> None:
    refused = product.run(*arguments)
    assert refused.exit_code == 2
    assert words in re.sub(r"\s+", " ", refused.stderr)


def test_figures_fetched_before_they_were_known_are_refused(product: Product) -> None:
    product.record(*GOOD, published="2026-07-01")
    refused = product.run(
        "snapshot", "--from", str(product.recorded), "--retrieved-on", "2026-06-30"
    )
    assert refused.exit_code == 1
    assert "fetched on 2026-06-30, known on 2026-07-01" in refused.stderr


def unreachable(product: Product) -> str:
    return "postgresql://nobody@127.0.0.1:1/nothing"


def another_database(product: Product) -> str:
    return "mysql://somewhere/else"


def something_else(product: Product) -> str:
    path = product.folder / "letter.txt"
    path.write_text("Dear Sir or Madam, " * 100)
    return f"sqlite:///{path}"


def folder_in_a_file(product: Product) -> str:
    (product.folder / "file").write_text("")
    return f"sqlite:///{product.folder / 'file' / 'store.sqlite'}"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (unreachable, "check that the database of DATABASE_URL runs"),
        (another_database, "only SQLite and PostgreSQL are kept"),
        (something_else, "the file is something else"),
        (folder_in_a_file, "make it writable or set DATABASE_URL to another place"),
    ],
)
@pytest.mark.parametrize("command", ["load", "status"])
def test_a_store_that_cannot_be_used_is_one_line_that_says_what_to_do(
    product: Product, address: Any, words: str, command: str
) -> None:
    product.ship()
    product.url = address(product)
    refused = product.run(command)
    assert refused.exit_code == 1
    assert words in refused.stderr
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_read_only_store_is_said_to_be_so(sqlite_engine: Engine) -> None:
    read_only = open_store(sqlite_engine.url, read_only=True)
    with pytest.raises(OperationalError) as refused, read_only.begin() as connection:
        write_state(connection, "key", "value")
    words = explain(refused.value)
    assert words is not None
    assert "make the store and its folder writable" in words
    read_only.dispose()


def test_a_failure_that_nobody_foresaw_is_not_explained_away() -> None:
    assert explain(ZeroDivisionError()) is None


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
    for command in ("pull", "load", "check", "status", "snapshot", "reference"):
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
