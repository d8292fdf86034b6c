"""What is held of each series, and the rows refused, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, insert

from data.areas import COMBINED_AUTHORITY
from data.coverage_reads import RejectedRow, SeriesCoverage, read_coverage, read_rejected
from data.periods import TimePeriod
from data.tables import (
    NEVER,
    area,
    dataset,
    observation,
    rejected_row,
    retrieval,
    series,
    source,
    vintage,
)

OLD = TimePeriod(date(2023, 1, 1), date(2023, 12, 31))
NEW = TimePeriod(date(2024, 1, 1), date(2024, 12, 31))
FIRST, SECOND = date(2025, 1, 1), date(2026, 1, 1)
BIRMINGHAM, COVENTRY = "E08000025", "E08000026"
# Number, code, the code that took its place.
AREAS = [
    (1, "E08000016", "E08000038"),
    (2, "E08000038", None),
    (3, BIRMINGHAM, None),
    (4, COVENTRY, None),
    (5, COMBINED_AUTHORITY, None),
]
# Series, area, period, value, known from, known to.
FIGURES = [
    # One place under two codes.
    (1, 1, OLD, 58.0, FIRST, NEVER),
    (1, 2, NEW, 61.0, FIRST, NEVER),
    # Revised, so that the first value is no longer known.
    (1, 3, OLD, 62.0, FIRST, SECOND),
    (1, 3, OLD, 63.0, SECOND, NEVER),
    (1, 3, NEW, 64.0, FIRST, NEVER),
    # No value in the newest period.
    (1, 4, OLD, 60.0, FIRST, NEVER),
    (1, 4, NEW, None, FIRST, NEVER),
    (1, 5, OLD, 59.0, FIRST, NEVER),
    # Withdrawn altogether.
    (2, 3, NEW, 5.0, FIRST, SECOND),
    # Never a value.
    (3, 3, NEW, None, FIRST, NEVER),
]


@pytest.fixture
def store(store_engine: Engine):
    with store_engine.begin() as connection:
        _fill(connection)
    with store_engine.connect() as connection:
        yield connection


def _fill(connection: Connection) -> None:
    connection.execute(
        insert(area),
        [
            {
                "id": number,
                "code": code,
                "name": code,
                "type": "metropolitan district",
                "lower_tier": True,
                "upper_tier": True,
                "recoded_to": newer,
            }
            for number, code, newer in AREAS
        ],
    )
    connection.execute(insert(source).values(id="s", title="S", home_url="https://example.org"))
    connection.execute(
        insert(dataset).values(
            id="d",
            source_id="s",
            title="D",
            producer="P",
            landing_page="https://example.org",
            licence="L",
            load_replaces="whole",
        )
    )
    connection.execute(
        insert(retrieval).values(
            id=1,
            dataset_id="d",
            url="https://example.org",
            retrieved_on=FIRST,
            published_on=FIRST,
            sha256="0" * 64,
            size_bytes=1,
        )
    )
    for number, day in ((1, FIRST), (2, SECOND)):
        connection.execute(
            insert(vintage).values(
                id=number,
                dataset_id="d",
                retrieval_id=1,
                known_on=day,
                figures_sha256=str(number) * 64,
                rows_read=9,
                added=0,
                withdrawn=0,
                revised=0,
                restatused=0,
            )
        )
    for number, name in ((1, "pay"), (2, "gone"), (3, "empty")):
        connection.execute(
            insert(series).values(
                id=number,
                metric_id=name,
                breakdown="",
                dataset_id="d",
                source_label=name,
                unit_measure="u",
            )
        )
    connection.execute(
        insert(observation),
        [
            {
                "series_id": of,
                "area_id": place,
                "period_start": period.start,
                "period_end": period.end,
                "vintage_from": 1 if known_from == FIRST else 2,
                "known_from": known_from,
                "known_to": known_to,
                "value": value,
                "status": "" if value is not None else "c",
                "note": "",
            }
            for of, place, period, value, known_from, known_to in FIGURES
        ],
    )
    connection.execute(
        insert(rejected_row),
        [
            {"vintage_id": 1, "row_number": 5, "raw": "old", "reason": "of the first load"},
            {"vintage_id": 2, "row_number": 8, "raw": "b,2", "reason": "second"},
            {"vintage_id": 2, "row_number": 7, "raw": "a,1", "reason": "first"},
        ],
    )


def test_places_periods_and_blanks_are_counted_as_known_now(store: Connection) -> None:
    empty, pay = read_coverage(store, [BIRMINGHAM, COVENTRY])
    assert pay == SeriesCoverage(
        metric="pay",
        breakdown="",
        dataset="d",
        figures=6,
        blanks=1,
        areas=4,
        first_start=OLD.start,
        first_end=OLD.end,
        newest_start=NEW.start,
        newest_end=NEW.end,
        boroughs=2,
        boroughs_now=1,
        combined=1,
        combined_now=0,
    )
    assert (empty.metric, empty.figures, empty.blanks, empty.areas) == ("empty", 0, 1, 0)
    assert (empty.boroughs, empty.boroughs_now, empty.combined) == (0, 0, 0)


def test_a_place_asked_for_under_its_newer_code_is_counted(store: Connection) -> None:
    *_, pay = read_coverage(store, ["E08000038"])
    assert (pay.boroughs, pay.boroughs_now) == (1, 1)


def test_rows_refused_by_the_newest_vintage_come_in_the_order_of_the_file(
    store: Connection,
) -> None:
    rows = [RejectedRow(7, "a,1", "first"), RejectedRow(8, "b,2", "second")]
    assert read_rejected(store, "d", 10) == rows
    assert read_rejected(store, "d", 1) == rows[:1]
    assert read_rejected(store, "unknown", 10) == []
