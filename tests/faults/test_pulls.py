"""Pulls that meet what publishers, networks and disks do: a clear message, a recorded run, and
the figures that were held."""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from sqlalchemy import event, select

from data.store import open_store
from data.tables import ingest_run
from ingest.commands.pull import pull_datasets
from ingest.fetching import open_session
from ingest.sources.declared_tables import declared_tables
from tests.faults.killed_loads import contents, figures
from tests.ingest.examples import DATASET, declared, els_csv, els_json, els_row
from tests.ingest.product import GOOD, Product
from tests.ingest.sources.made_workbooks import packed

TABLE = declared()
REVISED = (GOOD[0].replace("50.0", "50.5"), *GOOD[1:])
BODY = els_csv(*REVISED)
LOGIN = b"<!DOCTYPE html><html><body>Please sign in</body></html>"


@pytest.fixture
def held(product: Product, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product that holds good figures, and does not wait long for a server."""
    product.record(*GOOD)
    pulled = product.pull()
    assert pulled.exit_code == 0, pulled.output
    monkeypatch.setattr("ingest.commands.pull.open_session", lambda: open_session(backoff=0))
    return product


def said(held: Product, *arguments: str) -> str:
    """What a pull that must fail says; nothing of what was held may have changed."""
    engine = held.engine()
    before, rows = figures(engine, None), contents(engine)
    failed = held.run("pull", *arguments)
    assert failed.exit_code == 1, failed.output
    assert "Traceback" not in failed.output
    assert figures(engine, None) == before
    assert contents(engine)["observation"] == rows["observation"]
    assert contents(engine)["vintage"] == rows["vintage"]
    engine.dispose()
    return failed.stderr


def last_run(held: Product) -> tuple[str, str]:
    """Outcome and message of the newest run."""
    engine = held.engine()
    query = select(ingest_run.c.outcome, ingest_run.c.message).order_by(ingest_run.c.id.desc())
    with engine.connect() as connection:
        row = connection.execute(query).first()
    engine.dispose()
    assert row is not None
    return row.outcome, row.message


Answer = dict[str, Any]
ANSWERS: dict[str, tuple[Answer, str, str]] = {
    "no answer in time": ({"body": requests.ConnectTimeout("timed out")}, "timed out", "failed"),
    "an answer that stops": ({"body": requests.ReadTimeout("timed out")}, "timed out", "failed"),
    "too many requests": (
        {"status": 429, "headers": {"Retry-After": "0"}},
        "HTTP 429 Too Many Requests; try again later",
        "failed",
    ),
    "an error of the server": ({"status": 500}, "HTTP 500", "failed"),
    "a server that is down": ({"status": 503}, "HTTP 503", "failed"),
    "nothing there": ({"status": 404}, "HTTP 404", "failed"),
    "a body shorter than announced": (
        {
            "body": BODY,
            "headers": {"Content-Length": str(len(BODY) + 9)},
            "auto_calculate_content_length": False,
        },
        TABLE.csv_url,
        "failed",
    ),
    "a body cut short": ({"body": BODY[:-30]}, "a last row that ends its line", "refused"),
    "a body cut between rows": (
        {"body": els_csv(*REVISED[:2])},
        "areas in the newest period",
        "refused",
    ),
    "another type": ({"body": BODY, "content_type": "application/zip"}, "'application/zip'", ""),
    "a login page": ({"body": LOGIN, "content_type": "text/html"}, "'text/html' where", "failed"),
    "a login page as text": ({"body": LOGIN}, "a web page in place of the file", "failed"),
    "a redirect to a login page": (
        {"status": 302, "headers": {"Location": "https://login.example.org/?next=gardens"}},
        "a redirect to https://login.example.org",
        "failed",
    ),
    "an empty body": ({"body": b""}, "an empty answer", "failed"),
    "an archive": ({"body": packed({"gardens.csv": b"0" * 99})}, "text in UTF-8", "refused"),
    "a formula": (
        {"body": els_csv(*GOOD[:1], els_row("E08000025", value="=HYPERLINK(1)"))},
        "'=HYPERLINK(1)'",
        "refused",
    ),
}


@responses.activate
@pytest.mark.parametrize("kind", ANSWERS)
def test_what_a_publisher_sends_in_place_of_its_file(held: Product, kind: str) -> None:
    answer, words, outcome = ANSWERS[kind]
    responses.get(TABLE.csv_url, **{"content_type": "text/plain", **answer})
    responses.get(TABLE.metadata_url, els_json(), content_type="text/plain")
    assert words in said(held)
    recorded, message = last_run(held)
    assert recorded == (outcome or "failed")
    assert words in message


def bomb(kind: str) -> bytes:
    """A workbook that would unpack to more than a machine has."""
    if kind == "a ZIP bomb":
        return packed({"content.xml": b"\0" * 60_000_000, "mimetype": "x"})
    entities = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};">' for n in range(1, 40))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e39;</x>'
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": text}
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [("a ZIP bomb", "times its size"), ("an entity bomb", "declares a document type")],
)
def test_a_workbook_that_would_fill_the_machine(
    held: Product, monkeypatch: pytest.MonkeyPatch, kind: str, words: str
) -> None:
    one = declared_tables()["population"].model_copy(update={"id": DATASET, "file": "gardens.ods"})
    monkeypatch.setattr("ingest.recorded_sources.declared_tables", lambda: {DATASET: one})
    folder = held.folder / "workbooks"
    folder.mkdir()
    (folder / one.file).write_bytes(bomb(kind))
    assert words in said(held, "--from", str(folder))
    outcome, message = last_run(held)
    assert outcome == "refused"
    assert words in message


def full(engine: Any) -> None:
    """Let a store not grow any more: the database's own limit, or the error that it would give."""
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _limit(connection: Any, _record: Any) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages}")

        return

    @event.listens_for(engine, "before_cursor_execute")
    def _refuse(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO vintage"):
            cursor.execute("DO $$ BEGIN RAISE disk_full USING MESSAGE = 'No space left'; END $$")


def test_a_disk_that_is_full(held: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_full(*given: Any, **named: Any) -> Any:
        engine = open_store(*given, **named)
        full(engine)
        return engine

    # Enough for what is recorded of the run, and not for the figures.
    many = [els_row("E08000025", f"{year}-01-01/P1Y", notes="x" * 9000) for year in (2020, 2021)]
    held.record(*GOOD, *many, published="2026-02-01")
    with monkeypatch.context() as patched:
        patched.setattr("ingest.commands.pull.open_store", open_full)
        message = said(held, "--from", str(held.recorded))
    assert "free some space" in message
    assert last_run(held)[0] in ("failed", "running")
    assert held.pull().exit_code == 0
    assert last_run(held)[0] == "loaded"


def test_no_room_to_keep_what_was_fetched(held: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    held.record(*REVISED, published="2026-02-01")
    write = Path.write_bytes

    def no_room(path: Path, content: bytes) -> int:
        if held.folder in path.parents:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", no_room)
        failed = held.pull()
    assert (failed.exit_code, "Traceback" in failed.output) == (1, False)
    assert "No space left on device" in failed.stderr
    assert last_run(held)[0] == "failed"
    # Pulled again when there is room, the figures are those of the publisher.
    assert held.pull().exit_code == 0
    assert last_run(held)[0] in ("loaded", "unchanged")


def test_a_store_that_may_only_be_read(held: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    held.record(*REVISED, published="2026-02-01")
    with monkeypatch.context() as patched:
        patched.setattr(
            "ingest.commands.pull.open_store", lambda: open_store(held.url, read_only=True)
        )
        message = said(held, "--from", str(held.recorded))
    assert "make the store and its folder writable" in message
    assert len(message.strip().splitlines()) == 1


def test_two_pulls_at_once(held: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    held.record(*REVISED, published="2026-02-01")
    monkeypatch.setenv("DATABASE_URL", held.url)
    outcomes: list[str] = []

    def pull() -> None:
        (one,) = pull_datasets(held.places, [], held.recorded, None, refuse)
        outcomes.append(one.outcome)

    run_together(pull, pull)
    assert sorted(outcomes) == ["loaded", "unchanged"]
    engine = held.engine()
    with engine.connect() as connection:
        runs = [row.outcome for row in connection.execute(select(ingest_run.c.outcome))]
    assert sorted(runs) == ["loaded", "loaded", "unchanged"]
    assert contents(engine)["vintage"] == 2
    engine.dispose()


def refuse(message: str) -> Any:
    """Nothing is asked for that is not known."""
    raise AssertionError(message)


def run_together(*several: Callable[[], None]) -> None:
    """Run functions at the same time and wait for all."""
    threads = [threading.Thread(target=one) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
