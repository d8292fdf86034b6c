"""What a command says of input, requests and stores that it cannot use."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from data.dataset_writes import write_state
from data.store import open_store
from ingest.problems import explain
from tests.ingest.examples import DATASET, HEADER, els_row
from tests.ingest.product import GOOD, Product

BAD = {
    "a renamed column": (
        {"header": HEADER.replace("observation", "value")},
        GOOD,
        "found no column 'observation'",
    ),
    "prose in the status": ({}, (*GOOD, els_row("E08000026", status="see note")), "'see note'"),
    "one key with two values": ({}, (*GOOD, els_row("E08000025", value="41")), "41.0 where row 3"),
    "a value outside the range": ({}, (*GOOD, els_row("E08000026", value="-1")), "found -1 for"),
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
    assert (after[0]["last_outcome"], after[0]["last_pull"]) == ("refused", "refused")
    assert (before[0]["failing"], after[0]["failing"]) == (False, True)
    for holding in (*before, *after):
        for key in [key for key in holding if key.startswith("last_")]:
            holding.pop(key)
        del holding["failing"], holding["pull"]
    assert after == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("check", "garden"),
            "There is no metric or declared table 'garden'; did you mean gardens?",
        ),
        (("pull", "nothing"), "There is no declared table 'nothing'"),
        (("accept", "homes-with-garden", "--reason", "seen"), "did you mean homes-with-gardens?"),
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


def test_a_table_that_is_not_in_the_folder_is_not_called_unknown(product: Product) -> None:
    product.record(*GOOD)
    place = ("--from", str(product.recorded))
    for command in (("pull",), ("snapshot", "--retrieved-on", "2026-06-30")):
        refused = product.run(*command, "population", *place)
        assert refused.exit_code == 2
        words = f"There is no table in {product.recorded} with the name 'population'"
        assert words in refused.stderr


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
