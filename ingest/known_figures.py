"""What is known of one table while vintages are put into it, in one transaction.

Nothing is read back that the same load has written: what each vintage leaves known is remembered.
Rows wait until all vintages are in, and those that a later vintage ended are written as ended.
Nobody else sees the transaction before it is committed, so that the store comes out as if each
vintage had been written at once.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data import writes
from ingest.comparing import Comparison, compare, first_figures


class KnownFigures:
    """The figures of a table as they are known after the vintages put in so far."""

    def __init__(self, connection: Connection, dataset: str, *, in_store: bool) -> None:
        """Begin with what the store holds.

        Args:
            connection: the store, in the transaction of the load.
            dataset: the table.
            in_store: whether the store holds any vintage of it.
        """
        self._connection = connection
        self._dataset = dataset
        self._in_store = in_store
        # Figures of the store that are still known; None until somebody asks.
        self._held: pd.DataFrame | None = None
        # Figures that wait, and the vintage that gave each and that ended each (0: it is known).
        self._waiting: list[pd.DataFrame] = []
        self._given_by = np.empty(0, dtype=np.int64)
        self._ended_by = np.empty(0, dtype=np.int64)
        self._days: dict[int, np.datetime64] = {}

    def compare(self, figures: pd.DataFrame, *, only_its_periods: bool) -> Comparison:
        """What a vintage does to the figures that are known; see `ingest.comparing.compare`."""
        if not self._in_store and not self._waiting:
            return first_figures(figures)
        return compare(self._known(), figures, only_its_periods)

    def _known(self) -> pd.DataFrame:
        """The columns of `held_figures`, by the place of each row.

        Those that wait are counted from 0, those of the store from -1 downwards.
        """
        parts = []
        if self._in_store:
            if self._held is None:
                held = writes.held_figures(self._connection, self._dataset)
                held.index = pd.RangeIndex(-1, -1 - len(held), -1)
                self._held = held
            parts.append(self._held)
        if self._waiting:
            self._waiting = [pd.concat(self._waiting, ignore_index=True)]
            waiting = self._waiting[0].assign(vintage_from=self._given_by)
            parts.append(waiting[self._ended_by == 0])
        return pd.concat(parts) if len(parts) > 1 else parts[0]

    def change(self, change: Comparison, vintage: int, known_on: date) -> None:
        """Take in what a vintage does.

        Args:
            change: the answer of `compare`.
            vintage: the number of the vintage.
            known_on: the day on which it became known.
        """
        if len(closed := change.closed):
            places = closed.index.to_numpy()
            in_store = places < 0
            writes.close_figures(self._connection, closed[in_store], vintage, known_on)
            self._ended_by[places[~in_store]] = vintage
            if self._held is not None:
                self._held = self._held.drop(index=closed.index[in_store])
        count = len(change.inserted)
        self._waiting.append(change.inserted)
        self._given_by = np.append(self._given_by, np.full(count, vintage))
        self._ended_by = np.append(self._ended_by, np.zeros(count, dtype=np.int64))
        self._days[vintage] = np.datetime64(known_on)

    def write(self) -> None:
        """Put the rows that wait into the store."""
        if not self._waiting:
            return
        rows = pd.concat(self._waiting, ignore_index=True)
        for ended in (False, True):
            which = (self._ended_by > 0) == ended
            given, ends = self._given_by[which], self._ended_by[which]
            writes.insert_figures(
                self._connection,
                rows if which.all() else rows[which],
                *(given, self._days_of(given)),
                (ends, self._days_of(ends)) if ended else None,
            )
        self._in_store, self._held = True, None
        self._waiting = []
        self._given_by = self._ended_by = np.empty(0, dtype=np.int64)

    def _days_of(self, vintages: np.ndarray) -> np.ndarray:
        """The day on which each vintage became known."""
        places, distinct = pd.factorize(vintages)
        days = np.array([self._days[number] for number in distinct.tolist()], dtype="datetime64[D]")
        return days[places]
