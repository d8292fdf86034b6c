"""Observations by the page, the newest row of each series of an area, and what is held."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from data.observation_reads import (
    Wanted,
    count_observations,
    read_newest_of_area,
    read_observations,
    read_spans,
)
from data.reads import read_area_figures, read_series
from data.tables import dataset
from data.vintage_reads import read_vintages
from tests.data.test_series_reads import fill

METRIC = "gigabit-broadband"


@pytest.fixture(scope="module")
def connection(built_store):
    with built_store.connect() as opened:
        yield opened


def everything(connection, wanted, limit):
    found = []
    while page := read_observations(connection, wanted, limit, len(found)):
        assert len(page) <= limit
        found += page
    return found


def test_the_pages_together_are_the_series_and_no_row_comes_twice(connection):
    wanted = Wanted(METRIC)
    rows = everything(connection, wanted, 700)
    frame = read_series(connection, METRIC)
    assert len(rows) == len(frame) == count_observations(connection, wanted)
    assert len({(row.code, row.period_start) for row in rows}) == len(rows)
    assert {row.metric for row in rows} == {METRIC}
    assert sum(row.value or 0 for row in rows) == pytest.approx(frame["value"].sum())


def test_what_narrows_narrows_and_an_older_code_is_found_under_the_newer(connection):
    birmingham = everything(connection, Wanted(METRIC, codes=("E08000025",)), 50)
    assert {row.code for row in birmingham} == {"E08000025"}
    late = Wanted(METRIC, codes=("E08000025",), starts=date(2024, 1, 1), ends=date(2024, 12, 31))
    assert {row.period_start.year for row in everything(connection, late, 50)} == {2024}
    # Sheffield was given a new code in 2025, without any change of its boundary.
    sheffield = everything(connection, Wanted("employment-rate", codes=("E08000039",)), 500)
    assert {row.code for row in sheffield} & {"E08000019", "E08000039"}
    assert all("E08000039" in (row.code, row.recoded_to) for row in sheffield)
    one = Wanted("employment-rate", breakdown="sex=female", one_breakdown=True)
    assert count_observations(connection, one) == 0


def test_an_earlier_day_gives_what_was_known_then(connection):
    days = [row.known_on for row in read_vintages(connection, dataset_of_metric(connection))]
    assert days == sorted(days, reverse=True)
    assert len(days) > 1
    then = count_observations(connection, Wanted(METRIC, as_of=days[-1]))
    assert 0 < then < count_observations(connection, Wanted(METRIC))
    assert count_observations(connection, Wanted(METRIC, as_of=date(1999, 1, 1))) == 0
    assert read_spans(connection, METRIC, as_of=date(1999, 1, 1)) == {}


def dataset_of_metric(connection):
    return next(iter(read_observations(connection, Wanted(METRIC), 1, 0))).dataset


def test_the_newest_row_of_each_series_of_an_area(connection):
    newest = read_newest_of_area(connection, "E08000025")
    frame = read_area_figures(connection, "E08000025")
    ends = frame.groupby(["metric_id", "breakdown"])["period_end"].max()
    assert {(row.metric, row.breakdown): row.period_end for row in newest} == ends.to_dict()


def test_the_spans_count_values_and_blanks_apart(connection):
    spans = read_spans(connection)
    frame = read_series(connection, "cancer-early-diagnosis")
    span = spans["cancer-early-diagnosis", ""]
    assert span.values == frame["value"].notna().sum()
    assert span.blanks == frame["value"].isna().sum()
    assert (span.first_start, span.newest_end) == (
        frame["period_start"].min(),
        frame["period_end"].max(),
    )
    assert span == read_spans(connection, "cancer-early-diagnosis")["cancer-early-diagnosis", ""]


def test_every_dataset_has_its_vintages(connection):
    rows = read_vintages(connection)
    assert {row.dataset for row in rows} == set(connection.execute(select(dataset.c.id)).scalars())
    assert all(len(row.sha256) == 64 for row in rows)
    assert sum(row.set_aside for row in rows) > 0


@pytest.fixture
def small_store(store_engine):
    with store_engine.begin() as opened:
        fill(opened)
    with store_engine.connect() as opened:
        yield opened


def test_rows_worked_by_hand_on_both_databases(small_store):
    metric = next(iter(read_spans(small_store)))[0]
    rows = read_observations(small_store, Wanted(metric), 10, 0)
    assert [(row.code, row.period_start.year, row.value, row.status) for row in rows] == [
        ("E08000016", 2023, 58.0, ""),
        ("E08000038", 2024, 61.0, "p"),
        ("E08000025", 2023, 63.0, "r"),
        ("E08000025", 2024, None, "c"),
    ]
    assert read_observations(small_store, Wanted(metric), 2, 3) == rows[3:]
    before = read_observations(small_store, Wanted(metric, as_of=date(2025, 6, 1)), 10, 0)
    assert [row.value for row in before] == [58.0, 61.0, 62.0, None]
    barnsley = Wanted(metric, codes=("E08000038",))
    assert count_observations(small_store, barnsley) == 2
    ended = Wanted(metric, ends=date(2023, 12, 31))
    assert count_observations(small_store, ended) == 2


def test_the_newest_row_of_a_place_that_changed_its_code(small_store):
    (newest,) = read_newest_of_area(small_store, "E08000038")
    assert (newest.code, newest.value) == ("E08000038", 61.0)
    (blank,) = read_newest_of_area(small_store, "E08000025")
    assert (blank.value, blank.status) == (None, "c")
    assert read_newest_of_area(small_store, "E06000028") == []
