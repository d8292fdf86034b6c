"""What the server answers over a store that is absent, broken, empty or renewed."""

from __future__ import annotations

from sqlalchemy import update

from data.store import open_store
from data.tables import measure, store_state
from tests.layouts.sent import MISSION


def test_a_store_that_is_not_built_is_503_and_says_what_to_do(make_app, tmp_path):
    client = make_app(tmp_path / "absent.sqlite").server.test_client()
    response = client.get("/")
    assert response.status_code == 503
    assert "python -m ingest load" in response.text
    assert not (tmp_path / "absent.sqlite").exists()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_broken_store_is_503(make_app, tmp_path):
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database, however long it is. " * 100)
    client = make_app(path).server.test_client()
    assert client.get("/").status_code == 503
    assert client.get("/readyz").json["status"] == "store unreadable"


def test_measures_of_another_version_are_503(client, measured_store):
    engine = open_store(f"sqlite:///{measured_store}")
    with engine.begin() as connection:
        connection.execute(
            update(measure).where(measure.c.kind == "clause").values(payload='{"other": 1}')
        )
    response = client.get("/")
    assert response.status_code == 503
    assert "python -m ingest load" in response.text


def test_an_empty_store_is_shown_as_empty(make_app, migrated_sqlite_file):
    client = make_app(migrated_sqlite_file).server.test_client()
    assert client.get("/").status_code == 200
    assert "No figures are held" in client.get("/").text
    assert client.get("/readyz").status_code == 503


def test_a_store_that_is_built_while_serving_is_read(make_app, measured_store, tmp_path):
    path = tmp_path / "late.sqlite"
    client = make_app(path).server.test_client()
    assert client.get(MISSION).status_code == 503
    measured_store.rename(path)
    assert "clear widening" in client.get(MISSION).text


def test_new_figures_are_shown_without_a_restart(client, measured_store):
    before = client.get(MISSION)
    engine = open_store(f"sqlite:///{measured_store}")
    with engine.begin() as connection:
        text = (
            connection.execute(measure.select().where(measure.c.subject == "7.gap-narrows"))
            .one()
            .payload
        )
        connection.execute(
            update(measure)
            .where(measure.c.subject == "7.gap-narrows")
            .values(payload=text.replace("13.2 years", "14.1 years"))
        )
        connection.execute(update(store_state).values(value="two"))
    after = client.get(MISSION)
    assert "14.1 years" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_readiness_says_what_is_held(client):
    assert client.get("/readyz").json == {
        "status": "ready",
        "datasets": 1,
        "rejected_rows": 0,
        "measures": 5,
        "known_on": "2026-06-30",
    }
