"""What was known on a day, through every read of figures, on both databases; worked by hand."""

from __future__ import annotations

import inspect
from datetime import date
from types import ModuleType

import pytest
from sqlalchemy import Connection

from data import reads, series_reads
from data.periods import TimePeriod
from tests.data.vintages import BIRMINGHAM, COVENTRY, FIRST, SECOND, THIRD
from tests.ingest.examples import DATASET

BEFORE, BETWEEN, LATER = date(2026, 1, 9), date(2026, 2, 1), date(2030, 1, 1)
Known = dict[tuple[str, int], float | None]
ONE: Known = {(BIRMINGHAM, 2022): 40.0, (COVENTRY, 2023): 60.0}
TWO: Known = {(BIRMINGHAM, 2022): 41.0, (BIRMINGHAM, 2023): 42.0}
THREE: Known = {(BIRMINGHAM, 2022): 41.0, (BIRMINGHAM, 2023): None, (COVENTRY, 2023): 61.0}
EXPECTED: list[tuple[date | None, Known]] = [
    (BEFORE, {}),
    (FIRST, ONE),
    (BETWEEN, ONE),
    (SECOND, TWO),
    (THIRD, THREE),
    (LATER, THREE),
    (None, THREE),
]
# What has no vintages: areas, changes and groups have dates of their own; measures are those of
# the newest figures, and the store keeps no others.
WITHOUT = {
    *("read_area", "read_areas", "read_members", "read_successors", "read_groups"),
    *("read_measures", "read_area_measures", "read_changes", "read_known_areas"),
    *("read_groups_with_members", "read_measures_of_areas", "read_measures_beginning"),
}


def without_nan(value: float | None) -> float | None:
    return None if value is None or value != value else value


@pytest.mark.parametrize(("as_of", "known"), EXPECTED)
def test_figures_of_a_series(connection: Connection, as_of: date | None, known: Known) -> None:
    frame = reads.read_series(connection, "gardens", as_of=as_of)
    found = {
        (row.ref_area, row.period_start.year): without_nan(row.value) for row in frame.itertuples()
    }
    assert found == known
    rows = series_reads.read_figures(connection, "gardens", as_of=as_of)
    assert {(row.code, row.period_start.year): row.value for row in rows} == known


@pytest.mark.parametrize(("as_of", "known"), EXPECTED)
def test_figures_of_an_area_and_of_a_period(
    connection: Connection, as_of: date | None, known: Known
) -> None:
    mine = {key: value for key, value in known.items() if key[0] == BIRMINGHAM}
    frame = reads.read_area_figures(connection, BIRMINGHAM, as_of=as_of)
    assert {
        (row.ref_area, row.period_start.year): without_nan(row.value) for row in frame.itertuples()
    } == mine
    by_metric = series_reads.read_figures_of_area(connection, BIRMINGHAM, as_of=as_of)
    rows = by_metric.get(("gardens", ""), [])
    assert {(row.code, row.period_start.year): row.value for row in rows} == mine
    period = TimePeriod(date(2023, 1, 1), date(2023, 12, 31))
    of_year = series_reads.read_figures(connection, "gardens", period=period, as_of=as_of)
    assert {row.code: row.value for row in of_year} == {
        code: value for (code, year), value in known.items() if year == 2023
    }


@pytest.mark.parametrize(("as_of", "known"), EXPECTED)
def test_periods_with_how_many_areas_have_a_value(
    connection: Connection, as_of: date | None, known: Known
) -> None:
    counts: dict[int, int] = {}
    for (_, year), value in known.items():
        counts[year] = counts.get(year, 0) + (value is not None)
    found = series_reads.read_periods(connection, "gardens", as_of=as_of)
    assert {period.start.year: count for period, count in found.items()} == counts


@pytest.mark.parametrize(
    ("as_of", "newest"),
    [(BEFORE, None), (FIRST, FIRST), (BETWEEN, FIRST), (SECOND, SECOND), (None, THIRD)],
)
def test_the_vintage_that_was_the_newest(
    connection: Connection, as_of: date | None, newest: date | None
) -> None:
    assert reads.newest_known_on(connection, as_of=as_of) == newest
    facts = reads.read_datasets(connection, as_of=as_of)
    assert {name: one.known_on for name, one in facts.items()} == (
        {DATASET: newest} if newest else {}
    )


@pytest.mark.parametrize("module", [reads, series_reads])
def test_every_read_can_be_asked_what_was_known(module: ModuleType) -> None:
    lacking = {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith(("read_", "newest_"))
        and function.__module__ == module.__name__
        and "as_of" not in inspect.signature(function).parameters
    }
    assert lacking <= WITHOUT
