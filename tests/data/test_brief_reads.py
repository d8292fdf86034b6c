"""Reads for a brief, on both databases; worked by hand."""

from __future__ import annotations

from datetime import date

from sqlalchemy import update

from data.brief_reads import read_expected, read_figures_of_areas, read_older_codes
from data.since_reads import read_versions_since
from data.tables import area, dataset
from tests.data.vintages import BIRMINGHAM, COVENTRY, FIRST, SECOND
from tests.ingest.examples import DATASET, metric


def figures(connection, codes=(BIRMINGHAM, COVENTRY), **choice):
    found = read_figures_of_areas(connection, codes, **choice)
    return {
        (code, period.start.year): row.value
        for (_, _, code), held in found.items()
        for period, row in held.items()
    }


def test_figures_are_those_known_on_the_day(earlier_connection) -> None:
    assert figures(earlier_connection) == {(BIRMINGHAM, 2022): 41.0, (BIRMINGHAM, 2023): 42.0}
    assert figures(earlier_connection, as_of=FIRST) == {
        (BIRMINGHAM, 2022): 40.0,
        (COVENTRY, 2023): 60.0,
    }
    assert figures(earlier_connection, as_of=date(2026, 1, 9)) == {}


def test_areas_measures_and_periods_can_be_chosen(earlier_connection) -> None:
    assert figures(earlier_connection, [COVENTRY], as_of=FIRST) == {(COVENTRY, 2023): 60.0}
    assert figures(earlier_connection, metrics=["another"]) == {}
    assert figures(earlier_connection, metrics=[metric().id], ending_from=date(2023, 12, 31)) == {
        (BIRMINGHAM, 2023): 42.0
    }


def test_an_older_code_is_the_same_place_and_the_newer_code_stands(earlier_connection) -> None:
    earlier_connection.execute(
        update(area).where(area.c.code == COVENTRY).values(recoded_to=BIRMINGHAM)
    )
    assert read_older_codes(earlier_connection, [BIRMINGHAM]) == {COVENTRY: BIRMINGHAM}
    assert figures(earlier_connection, [BIRMINGHAM], as_of=FIRST) == {
        (BIRMINGHAM, 2022): 40.0,
        (BIRMINGHAM, 2023): 60.0,
    }
    # The older code's figure was withdrawn; were it not, the newer code's would stand.
    assert figures(earlier_connection, [BIRMINGHAM])[BIRMINGHAM, 2023] == 42.0


def test_versions_of_several_areas_say_when_they_turned(earlier_connection) -> None:
    rows = read_versions_since(earlier_connection, FIRST, codes=[BIRMINGHAM, COVENTRY])
    assert sorted((row.code, row.held_now, row.value, row.turned_on) for row in rows) == [
        (BIRMINGHAM, False, 40.0, SECOND),
        (BIRMINGHAM, True, 41.0, SECOND),
        (BIRMINGHAM, True, 42.0, SECOND),
        (COVENTRY, False, 60.0, SECOND),
    ]


def test_what_is_expected_of_each_dataset_that_is_held(earlier_connection) -> None:
    due, late = date(2027, 1, 10), date(2027, 4, 11)
    earlier_connection.execute(update(dataset).values(expected_by=due, overdue_after=late))
    found = read_expected(earlier_connection)
    assert list(found) == [DATASET]
    assert (found[DATASET].expected_by, found[DATASET].overdue_after) == (due, late)
    assert found[DATASET].known_on == SECOND
