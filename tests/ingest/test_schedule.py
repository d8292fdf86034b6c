"""When each table is looked at next, by hand-worked hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.run_reads import LastPull
from ingest.cadence import Cadence
from ingest.schedule import JITTER, Watched, due, next_look, next_wake

ENDED = datetime(2026, 3, 2, 6, 0)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def last(outcome: str = "unchanged", failures: int = 0, ended_at: datetime = ENDED) -> LastPull:
    return LastPull(outcome, "", ended_at, ended_at, failures)


def table(
    pull: LastPull | None = None,
    *,
    name: str = "gardens",
    published: date | None = date(2025, 11, 20),
    **cadence: Any,
) -> Watched:
    keys = cadence or {"every_months": 12, "month": 11}
    return Watched(name, Cadence(**keys), published, pull)


def waits(one: Watched, wait: timedelta) -> bool:
    """Whether the next look is that long after the last pull, or up to a tenth longer."""
    later = next_look(one).at - ENDED
    return wait <= later <= wait * (1 + JITTER)


def test_a_table_that_was_never_pulled_is_due_at_once() -> None:
    (look,) = due([table()], datetime(2026, 1, 1))
    assert look.why == "never pulled"


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(1, HOUR / 4), (2, HOUR / 2), (3, HOUR), (6, 8 * HOUR), (7, 16 * HOUR), (8, DAY), (99, DAY)],
)
def test_failures_are_tried_again_after_growing_waits(failures: int, wait: timedelta) -> None:
    assert waits(table(last("failed", failures)), wait)


@pytest.mark.parametrize("outcome", ["loaded", "unchanged"])
def test_between_editions_once_a_week(outcome: str) -> None:
    # The next edition is expected by 30 November 2026, and looked for from 16 October.
    assert waits(table(last(outcome)), 7 * DAY)


def test_when_an_edition_may_come_every_day() -> None:
    expected = table(last(), every_months=12, month=4, published=date(2025, 4, 10))
    assert waits(expected, 7 * DAY)
    soon = table(last(), every_months=12, month=3, published=date(2025, 3, 27))
    assert next_look(soon).why == "expected by 2026-03-31"
    assert waits(soon, DAY)
    overdue = table(last(), every_months=12, month=3, published=date(2024, 3, 27))
    assert waits(overdue, DAY)


def test_the_window_of_an_edition_ends_a_longer_wait() -> None:
    # Expected by 18 April, so that the window opens on 4 March, two days after the last pull.
    one = table(last(), every_months=12, published=date(2025, 4, 18))
    assert next_look(one).at >= datetime(2026, 3, 4)
    assert waits(one, datetime(2026, 3, 4) - ENDED)


def test_a_refusal_is_looked_at_again_the_next_day() -> None:
    assert waits(table(last("refused")), DAY)
    assert waits(table(last("refused"), none_expected="suspended"), DAY)


def test_what_has_ended_is_looked_at_every_thirty_days() -> None:
    assert waits(table(last(), none_expected="suspended after 2023"), 30 * DAY)


def test_nothing_held_is_looked_for_every_day() -> None:
    assert waits(table(last(), published=None), DAY)


def test_the_longest_due_comes_first_and_the_wake_is_the_first_look() -> None:
    early, late = table(last(ended_at=ENDED - 9 * DAY), name="b"), table(last(), name="a")
    never = table(name="c")
    now = ENDED + 8 * DAY
    assert [look.dataset for look in due([late, early, never], now)] == ["c", "b", "a"]
    assert next_wake([late, early]) == next_look(early).at
    assert next_wake([]) is None


@given(
    st.sampled_from(["loaded", "unchanged", "refused", "failed"]),
    st.integers(1, 50),
    st.datetimes(datetime(2022, 1, 1), datetime(2040, 1, 1)),
    st.dates(date(2015, 1, 1), date(2040, 1, 1)),
    st.sampled_from([1, 3, 4, 12, 24]),
)
def test_a_look_never_comes_at_once_nor_later_than_a_month(
    outcome: str, failures: int, ended: datetime, published: date, every: int
) -> None:
    pull = LastPull(outcome, "", ended, ended, failures if outcome == "failed" else 0)
    one = table(pull, published=published, every_months=every)
    again = table(pull, published=published, every_months=every)
    look = next_look(one)
    assert look == next_look(again)
    assert ended + HOUR / 4 <= look.at <= ended + 33 * DAY
    assert due([one], look.at) == [look]
    assert due([one], look.at - timedelta(seconds=1)) == []
