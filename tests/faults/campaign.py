"""Loading damaged files over good ones, and telling whether anything said so.

What a damaged file comes to is one of: `same` (every figure is the published one), `refused`,
`held back`, `set aside` (rows were rejected that the good file does not reject), or `silent`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection

from ingest.checking import CheckedFigures, check_figures
from ingest.faults import Refused
from ingest.load_checks import HeldBack, hold_back_if_doubtful
from ingest.loading import Reading, load_in_order, refuse_faults
from ingest.provenance import Provenance, VintageEntry
from ingest.snapshot import figures_sha256
from ingest.tidy import KEY, NUMBERS, TidyFigures, as_numbers
from metrics.definition import Metric

Read = Callable[[bytes], TidyFigures]
# What leaves a table as its producer might have meant it: no reader can tell, unless the store
# holds the figures already.
UNSEEN_AT_FIRST = frozenset(
    {
        *("values_exchanged", "column_shifted", "figure_lost", "nought_for_missing"),
        *("decimal_mark_lost", "decimal_marks_lost", "thousands_grouped", "column_emptied"),
        *("row_dropped", "rows_cut_off", "columns_swapped_in_some_rows", "row_repeated"),
        *("status_letter_changed", "digit_changed", "row_shifted", "row_shifted_left"),
    }
)
# Nor can it be told from a revision when it does.
NEVER_SEEN = frozenset({"status_letter_changed", "digit_changed"})


@dataclass(frozen=True)
class Table:
    """A good table: its bytes, how they are read, and what it is loaded as."""

    name: str
    content: bytes
    read: Read
    provenance: Provenance
    metrics: tuple[Metric, ...]


@dataclass
class Campaign:
    """Damaged files loaded one after the other, each taken back, and what they came to.

    `first` is without any figures held, `again` over the good ones. `unseen_at_first` are the
    kinds of damage after which a table is as its producer might have meant it.
    """

    connection: Connection
    areas: Mapping[str, int]
    unseen_at_first: frozenset[str] = UNSEEN_AT_FIRST
    good: dict[str, tuple[pd.DataFrame, int]] = field(default_factory=dict)
    first: Counter[tuple[str, str]] = field(default_factory=Counter)
    again: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def hold(self, table: Table) -> None:
        """Load the good table, so that damaged ones come over it."""
        figures = table.read(table.content)
        self.good[table.name] = (_as_compared(figures), len(figures.rejected))
        self.load(table, figures, table.provenance.vintage[-1].known_on)

    def try_one(self, table: Table, kind: str, seed: int, damaged: bytes) -> None:
        """Load one damaged file both ways, and count what it came to."""
        for held, counts in ((False, self.first), (True, self.again)):
            outcome = self._outcome(table, damaged, held=held)
            counts[(kind, outcome)] += 1
            blind = NEVER_SEEN if held else self.unseen_at_first
            if outcome == "refused without a word" or (outcome == "silent" and kind not in blind):
                over = "over the good one" if held else "at first"
                self.wrong.append(f"{table.name}, {kind}, seed {seed}, {over}: {outcome}")

    def _outcome(self, table: Table, damaged: bytes, *, held: bool) -> str:
        try:
            figures = table.read(damaged)
            if held:
                tomorrow = table.provenance.vintage[-1].known_on + timedelta(days=1)
                with self.connection.begin_nested() as savepoint:
                    self.load(table, figures, tomorrow)
                    savepoint.rollback()
            else:
                refuse_faults([self._reading(table, figures, date(2026, 1, 1))])
        except HeldBack:
            return "held back"
        except Refused as refusal:
            said = all(fault.expected and fault.remedy for fault in refusal.faults)
            return "refused" if said else "refused without a word"
        good, rejected = self.good[table.name]
        if _as_compared(figures).equals(good):
            return "same"
        return "set aside" if len(figures.rejected) > rejected else "silent"

    def load(self, table: Table, figures: TidyFigures, day: date) -> None:
        reading = self._reading(table, figures, day)
        refuse_faults([reading])
        hold_back_if_doubtful(self.connection, reading, self.areas)
        load_in_order(self.connection, [reading], self.areas)

    def _reading(self, table: Table, figures: TidyFigures, day: date) -> Reading:
        checked: CheckedFigures
        (checked,) = check_figures([figures], table.metrics, self.areas)
        changes = {
            "known_on": day,
            "figures_sha256": figures_sha256(figures),
            "rows": len(figures.frame),
            "rejected": len(figures.rejected),
        }
        entry: VintageEntry = table.provenance.vintage[-1].model_copy(update=changes)
        return Reading(checked, table.provenance, entry)

    def report(self) -> str:
        """What each kind of damage came to, first without figures held, then over them."""
        lines = []
        for title, counts in (("at first", self.first), ("over the good one", self.again)):
            total = Counter[str]()
            for (_, outcome), count in counts.items():
                total[outcome] += count
            lines.append(f"{title}: " + ", ".join(f"{n} {o}" for o, n in total.most_common()))
            for kind in sorted({kind for kind, outcome in counts if outcome == "silent"}):
                lines.append(f"  {kind}: {counts[(kind, 'silent')]} changed a figure silently")
        return "\n".join([*lines, *self.wrong])


def _as_compared(figures: TidyFigures) -> pd.DataFrame:
    """The figures without their words: value, interval and status of each."""
    frame = figures.frame[[*KEY, *NUMBERS, "obs_status"]].copy()
    for name in NUMBERS:
        frame[name] = as_numbers(frame[name])
    return frame.reset_index(drop=True)
