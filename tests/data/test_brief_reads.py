"""Reads for a brief, on both databases; worked by hand.

| known on   | Birmingham 2022 | Birmingham 2023 | Coventry 2023 |
|------------|-----------------|-----------------|---------------|
| 2026-01-10 | 40              |                 | 60            |
| 2026-03-01 | 41 (revised)    | 42 (added)      | withdrawn     |
"""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from data.brief_reads import read_expected, read_figures_of_areas, read_older_codes
from data.reference_data import load_reference
from data.since_reads import read_versions_since
from data.tables import area, dataset
from ingest.loading import load_readings
from tests.ingest.examples import DATASET, els_row, metric, reading, write_reference_folder

BIRMINGHAM, COVENTRY = "E08000025", "E08000026"
Y22, Y23 = "2022-01-01/P1Y", "2023-01-01/P1Y"
FIRST, SECOND = date(2026, 1, 10), date(2026, 3, 1)


@pytest.fixture
def engine(store_engine, tmp_path):
    one = metric(coverage={**metric().model_dump()["coverage"], "combined_authority": False})
    vintages = (
        (FIRST, [els_row(BIRMINGHAM, Y22, "40"), els_row(COVENTRY, Y23, "60")]),
        (SECOND, [els_row(BIRMINGHAM, Y22, "41"), els_row(BIRMINGHAM, Y23, "42")]),
    )
    with store_engine.begin() as writing:
        load_reference(writing, write_reference_folder(tmp_path / "reference"))
    load_readings(store_engine, [reading(rows, str(day), one=one) for day, rows in vintages])
    return store_engine


def figures(engine, codes=(BIRMINGHAM, COVENTRY), **choice):
    with engine.connect() as connection:
        found = read_figures_of_areas(connection, codes, **choice)
    return {
        (code, period.start.year): row.value
        for (_, _, code), held in found.items()
        for period, row in held.items()
    }


def test_figures_are_those_known_on_the_day(engine) -> None:
    assert figures(engine) == {(BIRMINGHAM, 2022): 41.0, (BIRMINGHAM, 2023): 42.0}
    assert figures(engine, as_of=FIRST) == {(BIRMINGHAM, 2022): 40.0, (COVENTRY, 2023): 60.0}
    assert figures(engine, as_of=date(2026, 1, 9)) == {}


def test_areas_measures_and_periods_can_be_chosen(engine) -> None:
    assert figures(engine, [COVENTRY], as_of=FIRST) == {(COVENTRY, 2023): 60.0}
    assert figures(engine, metrics=["another"]) == {}
    assert figures(engine, metrics=[metric().id], ending_from=date(2023, 12, 31)) == {
        (BIRMINGHAM, 2023): 42.0
    }


def test_an_older_code_is_the_same_place_and_the_newer_code_stands(engine) -> None:
    with engine.begin() as writing:
        writing.execute(update(area).where(area.c.code == COVENTRY).values(recoded_to=BIRMINGHAM))
    with engine.connect() as connection:
        assert read_older_codes(connection, [BIRMINGHAM]) == {COVENTRY: BIRMINGHAM}
    assert figures(engine, [BIRMINGHAM], as_of=FIRST) == {
        (BIRMINGHAM, 2022): 40.0,
        (BIRMINGHAM, 2023): 60.0,
    }
    # The older code's figure was withdrawn; were it not, the newer code's would stand.
    assert figures(engine, [BIRMINGHAM])[BIRMINGHAM, 2023] == 42.0


def test_versions_of_several_areas_say_when_they_turned(engine) -> None:
    with engine.connect() as connection:
        rows = read_versions_since(connection, FIRST, codes=[BIRMINGHAM, COVENTRY])
    assert sorted((row.code, row.held_now, row.value, row.turned_on) for row in rows) == [
        (BIRMINGHAM, False, 40.0, SECOND),
        (BIRMINGHAM, True, 41.0, SECOND),
        (BIRMINGHAM, True, 42.0, SECOND),
        (COVENTRY, False, 60.0, SECOND),
    ]


def test_what_is_expected_of_each_dataset_that_is_held(engine) -> None:
    due, late = date(2027, 1, 10), date(2027, 4, 11)
    with engine.begin() as writing:
        writing.execute(update(dataset).values(expected_by=due, overdue_after=late))
    with engine.connect() as connection:
        found = read_expected(connection)
    assert list(found) == [DATASET]
    assert (found[DATASET].expected_by, found[DATASET].overdue_after) == (due, late)
    assert found[DATASET].known_on == SECOND
