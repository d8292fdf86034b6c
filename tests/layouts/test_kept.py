"""Kept while catalogue and store are the same, and no longer."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import insert, update

from data.tables import store_state
from layouts.kept import KeptWhileUnchanged
from layouts.request import PageRequest, Query


def test_a_value_is_made_again_only_for_another_store_or_catalogue(sqlite_engine, catalogue):
    made = []

    def make(request):
        made.append(request)
        return len(made)

    kept = KeptWhileUnchanged(make)
    with sqlite_engine.connect() as connection:
        request = PageRequest("/", {}, Query(""), connection, catalogue)
        assert [kept.get(request), kept.get(request)] == [1, 1]
        connection.execute(insert(store_state).values(key="built_from", value="one"))
        assert [kept.get(request), kept.get(request)] == [2, 2]
        connection.execute(update(store_state).values(value="two"))
        assert kept.get(request) == 3
        assert kept.get(replace(request, catalogue=replace(catalogue))) == 4
