"""When the next figures of a table are expected, by hand-worked days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from ingest.cadence import Cadence, Expectation
from ingest.sources.declared_tables import declared_tables
from ingest.sources.els_datasets import els_datasets

YEARLY = {"every_months": 12}


@pytest.mark.parametrize(
    ("keys", "published", "by", "overdue_after"),
    [
        # On time, a little early, a little late: November comes next all the same.
        ({**YEARLY, "month": 11}, "2025-11-27", "2026-11-30", "2027-03-01"),
        ({**YEARLY, "month": 11}, "2025-10-20", "2026-11-30", "2027-03-01"),
        ({**YEARLY, "month": 11}, "2026-02-10", "2026-11-30", "2027-03-01"),
        # More than half a year late is early for the next one.
        ({**YEARLY, "month": 11}, "2026-06-15", "2027-11-30", "2028-02-29"),
        ({"every_months": 24, "month": 2}, "2024-02-05", "2026-02-28", "2026-08-30"),
        (YEARLY, "2025-03-14", "2026-03-14", "2026-06-13"),
        (YEARLY, "2024-02-29", "2025-02-28", "2025-05-30"),
        ({"every_months": 3}, "2025-11-30", "2026-02-28", "2026-03-30"),
        ({"every_months": 4}, "2026-01-12", "2026-05-12", "2026-06-11"),
    ],
)
def test_the_next_edition(
    keys: dict[str, Any], published: str, by: str, overdue_after: str
) -> None:
    expected = Expectation(date.fromisoformat(by), date.fromisoformat(overdue_after))
    assert Cadence(**keys).expected_after(date.fromisoformat(published)) == expected


def test_a_day_that_the_publisher_names_stands_until_figures_come_after_it() -> None:
    named = Cadence(every_months=12, month=3, next_release=date(2026, 4, 21))
    expected = Expectation(date(2026, 4, 21), date(2026, 5, 5))
    assert named.expected_after(date(2025, 3, 20)) == expected
    assert named.expected_after(date(2026, 4, 21)) == Expectation(
        date(2027, 3, 31), date(2027, 6, 30)
    )


def test_nothing_is_expected_of_what_has_ended() -> None:
    ended = Cadence(none_expected="suspended after 2023")
    assert ended.expected_after(date(2024, 4, 1)) is None
    assert ended.in_words() == "suspended after 2023"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (YEARLY, "yearly"),
        ({**YEARLY, "month": 11, "note": "two years late"}, "yearly, in November; two years late"),
        ({"every_months": 24}, "every two years"),
        ({"every_months": 1}, "monthly"),
        ({"every_months": 4}, "every four months"),
        ({"every_months": 5}, "every 5 months"),
    ],
)
def test_words(keys: dict[str, Any], words: str) -> None:
    assert Cadence(**keys).in_words() == words


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({}, "either every_months or"),
        ({"every_months": 12, "none_expected": "once"}, "either every_months or"),
        ({"none_expected": "once", "month": 4}, "no month"),
        ({"every_months": 3, "month": 4}, "whole years"),
        ({"every_months": 12, "usually": "May"}, "usually"),
    ],
)
def test_what_contradicts_itself(keys: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Cadence(**keys)


@given(
    st.sampled_from([1, 3, 4, 6, 12, 24]),
    st.integers(0, 12),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_an_edition_is_expected_about_a_rhythm_later(
    every: int, month: int, published: date
) -> None:
    cadence = Cadence(every_months=every, month=month if every % 12 == 0 else 0)
    expected = cadence.expected_after(published)
    assert expected is not None
    rhythm = timedelta(days=every * 30.4375)
    # A usual month lies within about half a year of the rhythm; without one it is the rhythm.
    leeway = timedelta(days=214 if cadence.month else 4)
    assert abs(expected.by - published - rhythm) <= leeway
    assert expected.overdue_after - expected.by >= timedelta(days=30)


def test_every_table_of_the_product_declares_one() -> None:
    rhythms = [one.cadence for one in els_datasets().values()]
    rhythms += [one.cadence for one in declared_tables().values()]
    assert all(one.every_months or one.none_expected for one in rhythms)
    assert len(rhythms) > 50
