"""`python -m ingest status`: what the store holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import inspect

from data.holdings import read_holdings
from data.store import open_store
from ingest.places import Places
from ingest.quarantine import held_back_loads

_NOT_BUILT = "The store has not been built. Build it with: python -m ingest load"


def read_status() -> list[dict[str, Any]]:
    """A record for each table held; none when the store has not been built."""
    engine = open_store()
    with engine.connect() as connection:
        if not inspect(connection).has_table("dataset"):
            return []
        return [asdict(holding) for holding in read_holdings(connection)]


def add_held_back(holdings: list[dict[str, Any]], places: Places) -> list[dict[str, Any]]:
    """The records with `held_back`: for each load that waits, its day and the reasons."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for one in held_back_loads(places.quarantine):
        said = {"known_on": one.known_on, "reasons": list(one.reasons)}
        waiting.setdefault(one.dataset, []).append(said)
    return [{**holding, "held_back": waiting.get(holding["dataset"], [])} for holding in holdings]


def in_lines(holdings: list[dict[str, Any]]) -> list[str]:
    """The records as a table for a person, then what waits and what was accepted."""
    if not holdings:
        return [_NOT_BUILT]
    columns = ["dataset", "vintages", "known on", "latest period ends", "figures", "last run"]
    rows = [
        [
            holding["dataset"],
            str(len(holding["known_on"])),
            str(holding["known_on"][-1]) if holding["known_on"] else "never",
            str(holding["latest_period_end"] or "none"),
            f"{holding['figures']:,}",
            f"{holding['last_outcome']} {holding['last_ended_at'] or ''}".strip() or "none",
        ]
        for holding in holdings
    ]
    widths = [max(len(row[place]) for row in [columns, *rows]) for place in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [columns, *rows]
    ]
    for holding in holdings:
        for waiting in holding.get("held_back", []):
            reasons = "; ".join(waiting["reasons"])
            lines.append(f"{holding['dataset']} of {waiting['known_on']} is held back: {reasons}")
        if holding["accepted"]:
            lines.append(f"{holding['dataset']}, {holding['accepted']}")
    return lines
