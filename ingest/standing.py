"""How each table stands on a day: fresh, overdue, failing; in words and for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from data.holdings import Holding
from data.periods import day_in_words
from data.run_reads import LastPull
from ingest.releases import WatchedTable

Release = Literal["expected", "due", "overdue", "not expected", "nothing held", "rhythm unknown"]
NEVER_PULLED = "shipped, never pulled"
SAVED_BY_HAND = "its file is saved by hand, not fetched"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one table stands.

    Attributes:
        holding: what the store has of it, or None where nothing.
        table: its declaration, or None for a table that is only in the store.
        last: how the last pull ended, or None where it was never pulled.
        held_back: whether a load of it waits for a person.
        today: the day on which this is so.
    """

    dataset: str
    holding: Holding | None
    table: WatchedTable | None
    last: LastPull | None
    held_back: bool
    today: date

    @property
    def release(self) -> Release:
        """Whether newer figures should be held by today.

        It does not matter why they are not: nobody looked, the file has to be saved by hand,
        or the publisher is late. Figures that are behind are behind.
        """
        if self.holding is None or not self.holding.known_on:
            return "nothing held"
        if self.holding.expected_by is None:
            return "not expected" if self.holding.cadence else "rhythm unknown"
        if self.holding.overdue_after and self.today > self.holding.overdue_after:
            return "overdue"
        return "due" if self.today > self.holding.expected_by else "expected"

    @property
    def failing(self) -> bool:
        """Whether the last pull failed or was refused, or a load waits to be accepted."""
        return self.held_back or (self.last is not None and self.last.outcome in _FAILING)

    @property
    def overdue(self) -> bool:
        """Whether newer figures should long be held."""
        return self.release == "overdue"

    def release_in_words(self) -> str:
        """`next expected by 30 November 2026`, `overdue: expected by 30 June 2025`."""
        by = self.holding.expected_by if self.holding else None
        words = {
            "nothing held": "nothing held yet",
            "not expected": "no edition expected",
            "rhythm unknown": "rhythm not declared",
        }
        if by is None or self.release in words:
            return words[self.release]
        said = f"expected by {day_in_words(by)}"
        return f"next {said}" if self.release == "expected" else f"{self.release}: {said}"

    def pull_in_words(self) -> str:
        """How the last pull ended and when, or why there was none."""
        if self.last is not None:
            again = f", {self.last.failures} times in a row" if self.last.failures > 1 else ""
            return f"pull {self.last.outcome}{again} {self.last.ended_at:%Y-%m-%d %H:%M} UTC"
        if self.table is not None and not self.table.fetched:
            return SAVED_BY_HAND
        return NEVER_PULLED if self.holding and self.holding.known_on else "never pulled"

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        return {
            "release": self.release,
            "overdue": self.overdue,
            "failing": self.failing,
            "fetched": self.table is not None and self.table.fetched,
            "not_proved": self.table.not_proved if self.table else "",
            "pull": self.pull_in_words(),
            "last_pull": self.last.outcome if self.last else "",
            "last_pull_ended_at": self.last.ended_at if self.last else None,
            "last_pull_failures": self.last.failures if self.last else 0,
            "last_pull_message": self.last.message if self.last else "",
        }


_FAILING = ("failed", "refused")


def standings(
    holdings: list[Holding],
    tables: Mapping[str, WatchedTable],
    pulls: Mapping[str, LastPull],
    held_back: frozenset[str],
    today: date,
) -> list[Standing]:
    """Every table that is held or declared, in the order of the ids."""
    held = {one.dataset: one for one in holdings}
    return [
        Standing(name, held.get(name), tables.get(name), pulls.get(name), name in held_back, today)
        for name in sorted(held.keys() | tables.keys())
    ]
