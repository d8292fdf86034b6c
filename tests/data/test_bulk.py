"""Many rows at once come back as they were given, on both databases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Date, Engine, Float, Integer, MetaData, String, Table, Text, select

from data.bulk import insert_columns

EXAMPLE = Table(
    "example",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("value", Float),
    Column("words", Text, nullable=False),
    Column("shared", String(20), nullable=False),
)
AWKWARD = ["", " ", ",", '"', '""', "a\nb", "\\N", "\\.", "NULL", "née", "a\tb", "'", "½ £"]


@pytest.fixture
def store(store_engine: Engine) -> Engine:
    EXAMPLE.create(store_engine)
    return store_engine


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.dates(),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
            st.one_of(
                st.sampled_from(AWKWARD),
                st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
            ),
        ),
        max_size=20,
    )
)
def test_rows_come_back_as_they_were_given(store: Engine, rows: list) -> None:
    days, values, words = zip(*rows, strict=True) if rows else ((), (), ())
    columns = {
        "number": np.arange(len(rows)),
        "day": np.array(days, dtype="datetime64[D]"),
        "value": np.array([np.nan if one is None else one for one in values], dtype=float),
        "words": pd.Series(words, dtype=object),
        "shared": "for all",
    }
    with store.connect() as connection:
        insert_columns(connection, EXAMPLE, len(rows), columns)
        found = connection.execute(select(EXAMPLE).order_by(EXAMPLE.c.number)).all()
    assert [tuple(row) for row in found] == [
        (number, *row, "for all") for number, row in enumerate(rows)
    ]
