"""Which tables are watched, how often each is published, and how each stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data import dataset_writes
from data.holdings import newest_vintages
from ingest.cadence import Cadence
from ingest.declared import declared_series
from ingest.sources.declared_tables import declared_tables
from ingest.sources.els_datasets import els_datasets
from metrics.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class WatchedTable:
    """A table that the product declares.

    Attributes:
        fetched: whether `pull` can fetch it; otherwise its file is saved by hand.
        not_proved: why reading it is not proved against the live service; empty where whole
            answers of the service have been recorded and read.
    """

    dataset: str
    title: str
    cadence: Cadence
    fetched: bool
    not_proved: str


def watched_tables(catalogue: Catalogue) -> dict[str, WatchedTable]:
    """Every table that the product declares and that gives figures for a metric, by its id."""
    sources = {one.dataset: one.source for one in declared_series(catalogue.metrics.values())}
    els = {name: (one.title, one.cadence, True) for name, one in els_datasets().items()}
    others = {
        name: (one.title, one.cadence, one.fetched) for name, one in declared_tables().items()
    }
    return {
        name: WatchedTable(name, *about, sources[name].not_proved)
        for name, about in sorted({**els, **others}.items())
        if name in sources
    }


def write_releases(connection: Connection, catalogue: Catalogue) -> None:
    """Record in the store, for every declared table held, when its next figures are expected."""
    held = newest_vintages(connection)
    for name, table in watched_tables(catalogue).items():
        if name in held:
            write_release(connection, name, table.cadence, held[name])


def write_release(
    connection: Connection, dataset: str, cadence: Cadence, published_on: date
) -> None:
    """Record of one table when figures are expected after those of a day."""
    expected = cadence.expected_after(published_on)
    dataset_writes.write_release(
        connection,
        dataset,
        cadence.in_words(),
        expected.by if expected else None,
        expected.overdue_after if expected else None,
    )
