"""The stores that other tests are given are what those tests take them for."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, insert, inspect, select, text

from data.tables import metadata, source


def test_a_given_store_has_every_table(store_engine: Engine) -> None:
    assert set(metadata.tables) <= set(inspect(store_engine).get_table_names())


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_one_test_writes_the_next_does_not_see(store_engine: Engine, turn: str) -> None:
    with store_engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(source)) == 0
        connection.execute(
            insert(source).values(id=turn, title="One", home_url="https://example.org")
        )


def test_postgres_is_not_reached_over_the_network(postgres_engine: Engine) -> None:
    with postgres_engine.connect() as connection:
        assert connection.scalar(text("SHOW listen_addresses")) == ""
        assert connection.dialect.driver == "psycopg"
