"""Writing and reading figures with the dates on which they were known, on both databases."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import IntegrityError

from data import dataset_writes, writes
from data.holdings import read_holdings
from data.tables import NEVER, area, observation, rejected_row, store_state

NAN = float("nan")
JANUARY, MARCH = date(2026, 1, 10), date(2026, 3, 1)


@pytest.fixture
def store(store_engine: Engine) -> Engine:
    """A store with one dataset, one series and two areas."""
    with store_engine.begin() as connection:
        dataset_writes.write_source(connection, "els", "A publisher", "https://example.org")
        dataset_writes.write_dataset(connection, "gardens", described())
        dataset_writes.write_series(connection, "gardens", [declared()])
        for number, code in ((1, "E08000025"), (2, "E47000007")):
            values = {"id": number, "code": code, "name": code, "type": "region"}
            connection.execute(insert(area).values(**values, lower_tier=False, upper_tier=False))
    return store_engine


def described(**changes: str) -> dict[str, str]:
    return {
        "source_id": "els",
        "title": "Gardens",
        "producer": "Office for Gardens",
        "landing_page": "https://example.org/gardens",
        "licence": "OGL v3.0",
        "load_replaces": "whole",
        **changes,
    }


def declared(**changes: str) -> dict[str, str]:
    return {
        "metric_id": "gardens",
        "breakdown": "",
        "source_label": "Homes with gardens",
        "unit_measure": "%",
        **changes,
    }


def add_vintage(connection: Connection, known_on: date, sha256: str) -> int:
    retrieval = writes.write_retrieval(
        connection,
        {
            "dataset_id": "gardens",
            "url": "https://example.org/gardens.csv",
            "retrieved_on": known_on,
            "published_on": known_on,
            "sha256": sha256 * 64,
            "size_bytes": 10,
            "etag": f'"{sha256}"',
        },
    )
    counts = dict.fromkeys(("rows_read", "added", "withdrawn", "revised", "restatused"), 0)
    return writes.write_vintage(
        connection,
        {
            "dataset_id": "gardens",
            "retrieval_id": retrieval,
            "known_on": known_on,
            "figures_sha256": sha256 * 64,
            **counts,
        },
    )


def figures(*rows: tuple[int, float, float, float, str, str]) -> pd.DataFrame:
    """Area, value, interval, status and note in 2023."""
    frame = pd.DataFrame(
        [(1, code, "2023-01-01", "2023-12-31", *rest) for code, *rest in rows],
        columns=writes.FIGURE_COLUMNS,
    )
    for name in ("period_start", "period_end"):
        frame[name] = frame[name].astype("datetime64[s]")
    return frame


TWO = figures(
    (2, 50.0, 49.0, 51.0, "", "A note,\twith 'marks' \\ and £"), (1, NAN, NAN, NAN, "c", "")
)


def test_figures_come_back_as_they_went_in(store: Engine) -> None:
    with store.begin() as connection:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, TWO, vintage, JANUARY)
        held = writes.held_figures(connection, "gardens")
        assert writes.held_vintages(connection, "gardens") == [(JANUARY, "a" * 64)]
    expected = TWO.iloc[[1, 0]].reset_index(drop=True)
    pd.testing.assert_frame_equal(held[writes.FIGURE_COLUMNS], expected, check_dtype=False)
    assert held["vintage_from"].tolist() == [vintage, vintage]
    assert held["period_start"].dtype == "datetime64[s]"


def test_blanks_are_null_in_the_store(store: Engine) -> None:
    with store.begin() as connection:
        writes.insert_figures(connection, TWO, add_vintage(connection, JANUARY, "a"), JANUARY)
        query = select(observation).where(observation.c.area_id == 1)
        row = connection.execute(query).one()
    assert (row.value, row.lower_95, row.upper_95) == (None, None, None)
    assert (row.known_from, row.known_to, row.period_end) == (JANUARY, NEVER, date(2023, 12, 31))


def test_a_closed_figure_is_known_until_the_day_before(store: Engine) -> None:
    with store.begin() as connection:
        writes.insert_figures(connection, TWO, add_vintage(connection, JANUARY, "a"), JANUARY)
    with store.begin() as connection:
        second = add_vintage(connection, MARCH, "b")
        held = writes.held_figures(connection, "gardens")
        writes.close_figures(connection, held[held["area_id"] == 2], second, MARCH)
    with store.connect() as connection:
        assert writes.held_figures(connection, "gardens")["area_id"].tolist() == [1]
        assert writes.held_figures(connection, "gardens", date(2026, 2, 28))[
            "area_id"
        ].tolist() == [1, 2]
        assert writes.held_figures(connection, "gardens", MARCH)["area_id"].tolist() == [1]
        assert writes.held_figures(connection, "gardens", date(2026, 1, 9)).empty
        query = select(observation).where(observation.c.area_id == 2)
        row = connection.execute(query).one()
    assert (row.vintage_to, row.known_to) == (second, MARCH)


def test_nothing_to_write_is_no_trouble(store: Engine) -> None:
    with store.connect() as connection:
        empty = writes.held_figures(connection, "gardens")
    assert list(empty.columns) == [*writes.FIGURE_COLUMNS, "vintage_from"]
    with store.begin() as connection:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, empty, vintage, JANUARY)
        writes.close_figures(connection, empty, vintage, JANUARY)
        writes.write_rejected(connection, vintage, [])
        assert writes.held_figures(connection, "gardens").empty


@pytest.mark.parametrize(
    "row",
    [
        (1, NAN, NAN, NAN, "", ""),
        (1, 50.0, 49.0, NAN, "", ""),
        (1, 50.0, 51.0, 49.0, "", ""),
        (1, NAN, 49.0, 51.0, "x", ""),
        (3, 50.0, NAN, NAN, "", ""),
    ],
    ids=["blank without a reason", "half interval", "swapped", "interval alone", "no such area"],
)
def test_the_database_takes_no_figure_that_cannot_be(
    store: Engine, row: tuple[int, float, float, float, str, str]
) -> None:
    def put(connection: Connection) -> None:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, figures(row), vintage, JANUARY)

    with pytest.raises(Exception, match=r"(?i)constraint"), store.begin() as connection:
        put(connection)
    with store.connect() as connection:
        assert writes.held_vintages(connection, "gardens") == []


def test_one_figure_stands_once(store: Engine) -> None:
    with store.begin() as connection:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, TWO, vintage, JANUARY)
    with pytest.raises(Exception, match=r"(?i)unique"), store.begin() as connection:
        writes.insert_figures(connection, TWO, vintage, JANUARY)


def test_a_dataset_has_one_vintage_of_a_day(store: Engine) -> None:
    with store.begin() as connection:
        add_vintage(connection, JANUARY, "a")
    with pytest.raises(IntegrityError), store.begin() as connection:
        add_vintage(connection, JANUARY, "b")


def test_forgetting_takes_out_everything_of_a_dataset_but_what_it_is(store: Engine) -> None:
    with store.begin() as connection:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, TWO, vintage, JANUARY)
        writes.write_rejected(connection, vintage, [(7, "na,1", "no code")])
    with store.begin() as connection:
        writes.forget_figures(connection, "gardens")
        assert writes.held_figures(connection, "gardens").empty
        assert writes.held_vintages(connection, "gardens") == []
        assert connection.execute(select(rejected_row)).all() == []
        assert dataset_writes.newest_retrieval(connection, "gardens") is None
        assert dataset_writes.write_series(connection, "gardens", [declared()]) == [1]


def test_what_is_known_of_a_dataset_is_brought_up_to_date(store: Engine) -> None:
    with store.begin() as connection:
        dataset_writes.write_dataset(connection, "gardens", described(title="Green homes"))
        (holding,) = read_holdings(connection)
    assert holding.title == "Green homes"


def test_series_that_nothing_declares_are_taken_out_with_their_figures(store: Engine) -> None:
    with store.begin() as connection:
        writes.insert_figures(connection, TWO, add_vintage(connection, JANUARY, "a"), JANUARY)
        kept = dataset_writes.forget_other_series(connection, {("gardens", "Homes with gardens")})
        assert (kept, len(writes.held_figures(connection, "gardens"))) == (0, 2)
        gone = dataset_writes.forget_other_series(connection, {("other", "Homes with gardens")})
        assert (gone, len(connection.execute(select(observation)).all())) == (1, 0)


def test_the_newest_retrieval_says_how_to_ask_again(store: Engine) -> None:
    with store.begin() as connection:
        add_vintage(connection, JANUARY, "a")
        add_vintage(connection, MARCH, "b")
        found = dataset_writes.newest_retrieval(connection, "gardens")
    assert found is not None
    assert (found["etag"], found["published_on"]) == ('"b"', MARCH)


def test_state_is_kept_by_key(store: Engine) -> None:
    with store.begin() as connection:
        assert dataset_writes.read_state(connection, "built_from") is None
        dataset_writes.write_state(connection, "built_from", "one")
        dataset_writes.write_state(connection, "built_from", "two")
        assert dataset_writes.read_state(connection, "built_from") == "two"
        assert len(connection.execute(select(store_state)).all()) == 1


def test_holdings_say_what_is_held_and_how_the_last_run_ended(store: Engine) -> None:
    with store.begin() as connection:
        for known_on, sha256 in ((JANUARY, "a"), (MARCH, "b")):
            vintage = add_vintage(connection, known_on, sha256)
        writes.insert_figures(connection, TWO, vintage, MARCH)
        writes.write_rejected(connection, vintage, [(7, "na,1", "no code")])
        for outcome in ("loaded", "failed"):
            run = dataset_writes.start_run(connection, "pull", "gardens")
            dataset_writes.end_run(connection, run, outcome, "")
        dataset_writes.start_run(connection, "pull", "gardens")
    with store.connect() as connection:
        (holding,) = read_holdings(connection)
    assert holding.known_on == (JANUARY, MARCH)
    assert holding.latest_period_end == date(2023, 12, 31)
    assert (holding.figures, holding.rejected, holding.last_outcome) == (2, 1, "failed")
    assert holding.last_ended_at is not None


def test_holdings_of_a_dataset_without_figures(store: Engine) -> None:
    with store.connect() as connection:
        (holding,) = read_holdings(connection)
    assert (holding.known_on, holding.latest_period_end, holding.figures) == ((), None, 0)
    assert (holding.rejected, holding.last_outcome, holding.last_ended_at) == (0, "", None)


def test_a_whole_table_goes_in(store: Engine) -> None:
    """Ten thousand figures: every one arrives, in the order of the key."""
    years = np.arange(1900, 1900 + 5000)
    frame = pd.concat([TWO] * 5000, ignore_index=True)
    starts = np.repeat(years - 1970, 2).astype("datetime64[Y]")
    frame["period_start"] = starts.astype("datetime64[s]")
    frame["period_end"] = ((starts + 1).astype("datetime64[D]") - 1).astype("datetime64[s]")
    with store.begin() as connection:
        vintage = add_vintage(connection, JANUARY, "a")
        writes.insert_figures(connection, frame.sample(frac=1, random_state=1), vintage, JANUARY)
        held = writes.held_figures(connection, "gardens")
    assert len(held) == 10_000
    assert held[writes.FIGURE_KEY].equals(held[writes.FIGURE_KEY].sort_values(writes.FIGURE_KEY))
