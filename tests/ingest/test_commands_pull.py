"""Pulling as a person or a program asks for it: from a folder, and from the publisher."""

from __future__ import annotations

import json

import responses
from sqlalchemy import select

from data.reads import read_datasets
from data.run_reads import read_last_pulls
from data.tables import retrieval
from tests.ingest.examples import DATASET, declared, els_csv, els_json
from tests.ingest.product import GOOD, Product


def test_pull_from_a_folder_loads_keeps_and_then_finds_nothing_new(product: Product) -> None:
    product.record(*GOOD)
    first = product.pull()
    assert (first.exit_code, first.stdout) == (
        0,
        f"{DATASET}: known on 2026-01-10, 3 added, 1 row set aside\n",
    )
    assert (product.places.kept / DATASET / f"{DATASET}.csv").read_bytes() == els_csv(*GOOD)
    (again,) = json.loads(product.pull("--json").stdout)
    assert (again["outcome"], again["added"]) == ("unchanged", 0)
    # A folder of files says nothing of what a live address would have answered.
    with product.engine().connect() as connection:
        assert read_datasets(connection)[DATASET].asked_at is None
        assert read_last_pulls(connection)[DATASET].outcome == "unchanged"


def test_pull_of_a_revision(product: Product) -> None:
    product.record(*GOOD)
    product.pull()
    product.record(GOOD[0].replace("50.0", "50.5"), *GOOD[1:], published="2026-02-01")
    assert product.pull(DATASET).stdout == (
        f"{DATASET}: known on 2026-02-01, 1 revised, 1 row set aside\n"
    )


def test_pull_with_a_date_of_ones_own(product: Product) -> None:
    product.record(*GOOD)
    assert "known on 2026-05-05" in product.pull("--known-on", "2026-05-05").stdout
    (product.recorded / "INDEX.csv").unlink()
    undated = product.pull()
    assert undated.exit_code == 1
    assert "give --known-on" in undated.stderr


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
    with product.engine().connect() as connection:
        assert read_datasets(connection)[DATASET].asked_at is not None


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
        assert product.run("pull").stdout == f"{DATASET}: unchanged, 1 row set aside\n"
    asked = [call.request for call in responses.calls if call.request.url == table.csv_url]
    assert [one.headers.get("If-None-Match") for one in asked] == [None, '"v1"']
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
