"""What the tests of faults can ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.faults.stores import NewStore
from tests.fixtures.postgres import PostgresServer
from tests.ingest.conftest import product

__all__ = ["new_store", "product"]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Makes stores, once on each database; they are thrown away with the test."""
    if request.param == "sqlite":
        whole: Path = request.getfixturevalue("migrated_sqlite_file")
        numbers = count()

        def copy(like: str | None = None) -> str:
            path = tmp_path / f"store-{next(numbers)}.sqlite"
            shutil.copyfile(like.removeprefix("sqlite:///") if like else whole, path)
            return f"sqlite:///{path}"

        yield copy
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    template: str = request.getfixturevalue("migrated_postgres_template")
    made: list[str] = []

    def create(like: str | None = None) -> str:
        made.append(server.new_database(make_url(like).database if like else template))
        return server.url(made[-1]).render_as_string(hide_password=False)

    yield create
    for name in made:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
