"""`python -m ingest status`: what is held, how fresh it is, and how the last pulls ended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import inspect

from data.holdings import Holding, read_holdings
from data.run_reads import read_last_pulls
from data.store import open_store
from ingest.places import Places
from ingest.quarantine import held_back_loads
from ingest.releases import watched_tables
from ingest.standing import Standing, standings
from metrics.catalogue import load_catalogue

OVERDUE, FAILING = 3, 4
_NOT_BUILT = "The store has not been built. Build it with: python -m ingest load"


@dataclass
class Status:
    """What `status` answers.

    Attributes:
        built: whether there is a store with the tables of today.
        standings: one for each table held or declared.
        waiting: for each table with loads that are held back, their days and reasons.
    """

    built: bool
    standings: list[Standing] = field(default_factory=list)
    waiting: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def exit_code(self) -> int:
        """4 where a table is failing, else 3 where one is overdue, else 0."""
        if any(one.failing for one in self.standings):
            return FAILING
        return OVERDUE if any(one.overdue for one in self.standings) else 0

    def as_records(self) -> list[dict[str, Any]]:
        """A record for each table."""
        return [
            {
                **asdict(one.holding or _nothing(one)),
                "held_back": self.waiting.get(one.dataset, []),
                **one.as_record(),
            }
            for one in self.standings
        ]

    def in_lines(self) -> list[str]:
        """A table for a person, then what needs somebody's attention."""
        if not self.built:
            return [_NOT_BUILT]
        columns = ["dataset", "vintages", "known on", "latest period ends", "figures"]
        rows = [[*columns, "next edition", "last pull"], *map(_row, self.standings)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        ]
        for one in self.standings:
            for waiting in self.waiting.get(one.dataset, []):
                reasons = "; ".join(waiting["reasons"])
                lines.append(f"{one.dataset} of {waiting['known_on']} is held back: {reasons}")
            if one.last is not None and one.last.outcome in ("failed", "refused"):
                lines.append(f"{one.dataset}, {one.pull_in_words()}: {one.last.message}")
            if one.table is not None and one.table.not_proved:
                lines.append(
                    f"{one.dataset} is not proved against the live service: {one.table.not_proved}"
                )
            if one.holding is not None and one.holding.accepted:
                lines.append(f"{one.dataset}, {one.holding.accepted}")
        overdue = sum(one.overdue for one in self.standings)
        failing = sum(one.failing for one in self.standings)
        lines.append(f"{len(self.standings)} tables, {overdue} overdue, {failing} failing.")
        return lines


def read_status(places: Places) -> Status:
    """How every table stands today.

    Raises:
        CatalogueError: the definitions have faults.
        StoreError: the store cannot be opened.
    """
    engine = open_store()
    with engine.connect() as connection:
        known = inspect(connection)
        if not known.has_table("dataset"):
            return Status(built=False)
        holdings, pulls = read_holdings(connection), read_last_pulls(connection)
    waiting: dict[str, list[dict[str, Any]]] = {}
    for one in held_back_loads(places.quarantine):
        said = {"known_on": one.known_on, "reasons": list(one.reasons)}
        waiting.setdefault(one.dataset, []).append(said)
    tables = watched_tables(load_catalogue(places.metrics))
    return Status(True, standings(holdings, tables, pulls, frozenset(waiting), _today()), waiting)


def _today() -> date:
    return datetime.now(UTC).date()


def _nothing(one: Standing) -> Holding:
    title = one.table.title if one.table else ""
    cadence = one.table.cadence.in_words() if one.table else ""
    return Holding(one.dataset, title, "", (), None, 0, 0, "", None, cadence=cadence)


def _row(one: Standing) -> list[str]:
    holding = one.holding or _nothing(one)
    return [
        one.dataset,
        str(len(holding.known_on)),
        str(holding.known_on[-1]) if holding.known_on else "never",
        str(holding.latest_period_end or "none"),
        f"{holding.figures:,}",
        one.release_in_words(),
        one.pull_in_words(),
    ]
