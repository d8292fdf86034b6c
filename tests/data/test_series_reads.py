"""Reads for single pages, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection, Engine, insert

from data.periods import TimePeriod
from data.series_reads import (
    Change,
    read_area_measures,
    read_changes,
    read_figures,
    read_figures_of_area,
    read_groups_with_members,
    read_known_areas,
    read_periods,
)
from data.tables import (
    NEVER,
    area,
    area_change,
    area_group,
    dataset,
    measure,
    membership,
    observation,
    retrieval,
    series,
    source,
    vintage,
)

OLD = TimePeriod(date(2023, 1, 1), date(2023, 12, 31))
NEW = TimePeriod(date(2024, 1, 1), date(2024, 12, 31))
FIRST, SECOND = date(2025, 1, 1), date(2026, 1, 1)
AREAS = [
    (1, "E08000016", "Barnsley", "metropolitan district", date(2025, 3, 31), "E08000038"),
    (2, "E08000038", "Barnsley", "metropolitan district", None, None),
    (3, "E08000025", "Birmingham", "metropolitan district", None, None),
    (4, "E06000028", "Bournemouth", "unitary authority", date(2019, 3, 31), None),
    (5, "TLG31", "Birmingham", "ITL 3", None, None),
]
# Area, period, value, status, known from, known to.
FIGURES = [
    (1, OLD, 58.0, "", FIRST, NEVER),
    (2, NEW, 61.0, "p", FIRST, NEVER),
    (3, OLD, 62.0, "", FIRST, SECOND),
    (3, OLD, 63.0, "r", SECOND, NEVER),
    (3, NEW, None, "c", FIRST, NEVER),
]


@pytest.fixture
def store(store_engine: Engine):
    with store_engine.begin() as connection:
        fill(connection)
    with store_engine.connect() as connection:
        yield connection


def fill(connection: Connection) -> None:
    connection.execute(
        insert(area),
        [
            {
                "id": number,
                "code": code,
                "name": name,
                "type": kind,
                "lower_tier": kind != "ITL 3",
                "upper_tier": kind != "ITL 3",
                "end_on": end_on,
                "recoded_to": newer,
            }
            for number, code, name, kind, end_on, newer in AREAS
        ],
    )
    connection.execute(
        insert(area_change),
        [
            {
                "old_code": "E06000028",
                "new_code": "E06000058",
                "kind": "merger",
                "effective_on": date(2019, 4, 1),
                "date_precision": "day",
            }
        ],
    )
    connection.execute(
        insert(area_group).values(
            id="pair", title="A pair", kind="test", description="Two.", source="None", verified=True
        )
    )
    connection.execute(
        insert(membership),
        [
            {"group_id": "pair", "area_id": 3, "role": "member", "position": 2, "valid_to": None},
            {"group_id": "pair", "area_id": 2, "role": "member", "position": 1, "valid_to": None},
            {"group_id": "pair", "area_id": 4, "role": "member", "position": 3, "valid_to": FIRST},
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
    for number, day in ((1, FIRST), (2, SECOND)):
        connection.execute(
            insert(retrieval).values(
                id=number,
                dataset_id="d",
                url="https://example.org",
                retrieved_on=day,
                published_on=day,
                sha256="0" * 64,
                size_bytes=1,
            )
        )
        connection.execute(
            insert(vintage).values(
                id=number,
                dataset_id="d",
                retrieval_id=number,
                known_on=day,
                figures_sha256="0" * 64,
                rows_read=1,
                added=1,
                withdrawn=0,
                revised=0,
                restatused=0,
            )
        )
    connection.execute(
        insert(series).values(
            id=1, metric_id="m", breakdown="", dataset_id="d", source_label="M", unit_measure="%"
        )
    )
    connection.execute(
        insert(observation),
        [
            {
                "series_id": 1,
                "area_id": area_id,
                "period_start": period.start,
                "period_end": period.end,
                "vintage_from": 1 if known_from == FIRST else 2,
                "known_from": known_from,
                "known_to": known_to,
                "value": value,
                "status": status,
                "note": "",
            }
            for area_id, period, value, status, known_from, known_to in FIGURES
        ],
    )
    connection.execute(
        insert(measure),
        [
            {"kind": "area_facts", "subject": "m|", "area_code": code, "payload": code.lower()}
            for code in ("E08000025", "E08000038", "E06000028")
        ],
    )


def test_periods_come_with_the_number_of_values(store: Connection) -> None:
    assert read_periods(store, "m") == {OLD: 2, NEW: 1}
    assert read_periods(store, "other") == {}


def test_figures_of_a_code_include_those_under_its_older_code(store: Connection) -> None:
    rows = read_figures(store, "m", codes=["E08000038"])
    assert {(row.code, row.recoded_to, row.value) for row in rows} == {
        ("E08000016", "E08000038", 58.0),
        ("E08000038", None, 61.0),
    }


def test_figures_of_one_period_as_known_now_and_before(store: Connection) -> None:
    now = {row.code: row.value for row in read_figures(store, "m", period=OLD)}
    assert now == {"E08000016": 58.0, "E08000025": 63.0}
    then = read_figures(store, "m", period=OLD, as_of=date(2025, 6, 1))
    assert {row.code: row.value for row in then} == {"E08000016": 58.0, "E08000025": 62.0}
    assert read_figures(store, "m", as_of=date(2024, 6, 1)) == []


def test_a_missing_value_is_none_with_its_status(store: Connection) -> None:
    rows = read_figures(store, "m", codes=["E08000025"], period=NEW)
    assert [(row.value, row.status) for row in rows] == [(None, "c")]


def test_all_series_of_one_area(store: Connection) -> None:
    found = read_figures_of_area(store, "E08000025")
    assert list(found) == [("m", "")]
    assert sorted(row.period_start for row in found["m", ""]) == [OLD.start, NEW.start]
    assert read_figures_of_area(store, "E99999999") == {}


def test_known_areas_leave_out_old_codes_and_statistical_territories(store: Connection) -> None:
    known = read_known_areas(store)
    assert list(known) == ["E08000038", "E08000025", "E06000028"]
    assert known["E08000025"].current
    assert not known["E06000028"].current


def test_what_became_of_an_area_also_where_its_successor_is_not_held(store: Connection) -> None:
    assert read_changes(store, "E06000028") == [
        Change("E06000058", None, "merger", date(2019, 4, 1), "day")
    ]
    assert read_changes(store, "E08000025") == []


def test_groups_have_todays_members_in_their_order(store: Connection) -> None:
    (group,) = read_groups_with_members(store, ["unknown", "pair"])
    assert group.members == (("E08000038", "Barnsley"), ("E08000025", "Birmingham"))


def test_measures_of_several_areas(store: Connection) -> None:
    codes = ["E08000025", "E08000038", "E99999999"]
    assert read_area_measures(store, "area_facts", "m|", codes) == {
        "E08000025": "e08000025",
        "E08000038": "e08000038",
    }
