"""When to look at each table again. Pure: the tables, how they last ended, and the hour decide.

All hours are in UTC, without a zone, as the store records runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.run_reads import LastPull
from ingest.cadence import Cadence

FIRST_RETRY = timedelta(minutes=15)
LONGEST_RETRY = timedelta(days=1)
# How often to look: when an edition may come any day, between editions, and where none is
# expected. A look costs one request, which the server answers with "not changed".
DAILY = timedelta(days=1)
WEEKLY = timedelta(days=7)
MONTHLY = timedelta(days=30)
# Editions come somewhat before the end of their usual month.
WINDOW = timedelta(days=45)
# The share of a wait by which it is drawn out, so that tables do not come due all at once.
JITTER = 0.1


@dataclass(frozen=True, slots=True)
class Watched:
    """One table that can be fetched.

    Attributes:
        published_on: the day of the newest figures held, or None where none are.
        last: how the last pull of it ended, or None where it was never pulled.
    """

    dataset: str
    cadence: Cadence
    published_on: date | None
    last: LastPull | None


@dataclass(frozen=True, slots=True, order=True)
class Look:
    """When a table is to be looked at next, and why then."""

    at: datetime
    dataset: str
    why: str


def next_look(one: Watched) -> Look:
    """When to look at a table next.

    At once where it was never pulled. After a failure in a quarter of an hour, then in twice
    that, and so on up to a day. Otherwise daily when an edition may come any day, after a refusal
    too, weekly between editions, and every 30 days where none is expected. Each wait is drawn out
    by up to a tenth, always the same for the same table and the same last pull.
    """
    last = one.last
    if last is None:
        return Look(datetime.min, one.dataset, "never pulled")
    if last.outcome == "failed":
        # More doublings than this are longer than the longest wait, whatever they come to.
        wait = min(FIRST_RETRY * 2 ** min(last.failures - 1, 10), LONGEST_RETRY)
        return _after(one, last, wait, f"failed {last.failures} times in a row")
    if last.outcome == "refused":
        return _after(one, last, DAILY, "refused or held back the last time")
    expected = one.cadence.expected_after(one.published_on) if one.published_on else None
    if expected is None:
        if one.published_on is None:
            return _after(one, last, DAILY, "nothing is held of it")
        return _after(one, last, MONTHLY, "no edition is expected")
    opens = datetime.combine(expected.by - WINDOW, time())
    if last.ended_at >= opens:
        return _after(one, last, DAILY, f"expected by {expected.by}")
    return min(
        _after(one, last, WEEKLY, "between editions"),
        _after(one, last, max(opens - last.ended_at, DAILY), f"expected by {expected.by}"),
    )


def due(watched: Iterable[Watched], now: datetime) -> list[Look]:
    """What is to be looked at by now, the longest due first."""
    return sorted(look for look in map(next_look, watched) if look.at <= now)


def next_wake(watched: Iterable[Watched]) -> datetime | None:
    """When the first table comes due; None where there is none."""
    return min((next_look(one).at for one in watched), default=None)


def _after(one: Watched, last: LastPull, wait: timedelta, why: str) -> Look:
    seed = hashlib.sha256(f"{one.dataset} {last.ended_at.isoformat()}".encode()).digest()
    share = int.from_bytes(seed[:4], "big") / 2**32
    return Look(last.ended_at + wait * (1 + JITTER * share), one.dataset, why)
