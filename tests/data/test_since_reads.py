"""What changed since a day, on both databases; worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.since_reads import read_days_known, read_first_known, read_versions_since
from tests.data.vintages import BIRMINGHAM, COVENTRY, FIRST, SECOND, THIRD
from tests.ingest.examples import DATASET, metric

DAY = timedelta(days=1)


def versions(connection, since, **choice):
    """Area, year and whether held now, with the value."""
    rows = read_versions_since(connection, since, **choice)
    return {(row.code, row.period_start.year, row.held_now): row.value for row in rows}


def test_since_the_newest_day_nothing_has_changed(connection) -> None:
    assert versions(connection, THIRD) == {}
    assert versions(connection, date(2030, 1, 1)) == {}


def test_before_the_first_day_everything_is_new(connection) -> None:
    assert versions(connection, FIRST - DAY) == {
        (BIRMINGHAM, 2022, True): 41.0,
        (BIRMINGHAM, 2023, True): None,
        (COVENTRY, 2023, True): 61.0,
    }


@pytest.mark.parametrize("day", [FIRST, FIRST + DAY, SECOND - DAY])
def test_since_the_first_day_both_versions_are_given(connection, day) -> None:
    assert versions(connection, day) == {
        (BIRMINGHAM, 2022, False): 40.0,
        (BIRMINGHAM, 2022, True): 41.0,
        (BIRMINGHAM, 2023, True): None,
        (COVENTRY, 2023, False): 60.0,
        (COVENTRY, 2023, True): 61.0,
    }


def test_since_the_second_day_what_went_before_is_left_out(connection) -> None:
    assert versions(connection, SECOND) == {
        (BIRMINGHAM, 2023, False): 42.0,
        (BIRMINGHAM, 2023, True): None,
        (COVENTRY, 2023, True): 61.0,
    }


def test_one_area_or_one_series_can_be_asked_for(connection) -> None:
    own = versions(connection, SECOND, code=COVENTRY)
    assert own == {(COVENTRY, 2023, True): 61.0}
    assert versions(connection, SECOND, metric_id="no-such-metric") == {}
    assert versions(connection, SECOND, metric_id=metric().id, breakdown="sex=female") == {}


def test_the_days_on_which_figures_became_known(connection) -> None:
    assert read_days_known(connection) == [THIRD, SECOND, FIRST]
    assert read_days_known(connection, dataset_id=DATASET) == [THIRD, SECOND, FIRST]
    assert read_days_known(connection, dataset_id="another") == []
    assert read_days_known(connection, code=COVENTRY) == [THIRD, SECOND, FIRST]
    assert read_days_known(connection, code="E06000001") == []
    assert read_first_known(connection) == {DATASET: FIRST}
