"""What the tests of reads can ask for: stores loaded once, in which no test leaves a trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from tests.data.vintages import load_vintages


def undone(engine: Engine) -> Iterator[Connection]:
    """A connection of which everything that is written is taken back."""
    with engine.connect() as connection:
        yield connection
        connection.rollback()


@pytest.fixture(scope="module")
def three_vintages(module_store_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    load_vintages(module_store_engine, tmp_path_factory.mktemp("reference"), 3)
    return module_store_engine


@pytest.fixture
def connection(three_vintages: Engine) -> Iterator[Connection]:
    """A connection to the table in all three vintages."""
    yield from undone(three_vintages)


@pytest.fixture(scope="module")
def two_vintages(module_store_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    load_vintages(module_store_engine, tmp_path_factory.mktemp("reference"), 2)
    return module_store_engine


@pytest.fixture
def earlier_connection(two_vintages: Engine) -> Iterator[Connection]:
    """A connection to the table in its first two vintages."""
    yield from undone(two_vintages)
