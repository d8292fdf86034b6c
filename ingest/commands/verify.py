"""`python -m ingest verify`: figures derived again from what is kept, and what became of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import inspect

from data.store import StoreError, open_store
from ingest.commands.asked import Usage, known_names, progress
from ingest.evidence import Reader
from ingest.places import Places
from ingest.verifying import Outcome, Verified, figures_with_ids, newest_figures, verify
from metrics.catalogue import Catalogue, load_catalogue
from metrics.definition import Metric
from metrics.figure import ID_LENGTH, Figure, FigureError, figure_id, read_address

_ID = re.compile(rf"[a-z2-7]{{{ID_LENGTH}}}")
_PATH = re.compile(r".*/figures/([^/]+)")
_NOT_BUILT = "The store has not been built. Build it with: python -m ingest load"
_NOT_FOUND = (
    "No observation of the store, in any vintage, gives this id. Give the figure's address, "
    "which carries its facts."
)
# Beyond so many figures a person is told the others only as a number.
_MOST_LINES = 20


@dataclass(frozen=True)
class VerifyReport:
    """What became of each figure, in the order in which they were asked for."""

    verified: list[Verified]

    @property
    def exit_code(self) -> int:
        """0 if every figure stands, 1 if one is not reproducible, else 3."""
        outcomes = {one.outcome for one in self.verified}
        if Outcome.NOT_REPRODUCIBLE in outcomes:
            return 1
        return 3 if outcomes - {Outcome.STANDS} else 0

    def counts(self) -> dict[str, int]:
        """How many figures came to each outcome."""
        return {
            outcome.value: sum(one.outcome is outcome for one in self.verified)
            for outcome in Outcome
        }

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        return {
            "outcomes": self.counts(),
            "figures": [one.as_record() for one in self.verified],
        }

    def in_lines(self) -> list[str]:
        """For a person: each figure, or of many those that do not stand, and how many there are."""
        shown = self.verified
        if len(shown) > _MOST_LINES:
            shown = [one for one in shown if one.outcome is not Outcome.STANDS]
        lines = [one.in_words() for one in shown[:_MOST_LINES]]
        if len(shown) > _MOST_LINES:
            lines.append(f"and {len(shown) - _MOST_LINES:,} more like these; --json has them all")
        if len(self.verified) > 1:
            told = ", ".join(f"{count:,} {word}" for word, count in self.counts().items() if count)
            lines.append(f"{len(self.verified):,} figures: {told}.")
        return lines


def verify_figures(
    places: Places, asked: list[str], metrics: list[str], every: bool, refuse: Usage
) -> VerifyReport:
    """Verify figures by their ids or addresses, or the newest ones of metrics.

    Args:
        places: where the snapshot, the archive and the declarations are.
        asked: ids, or addresses of `/figures/` with or without a host.
        metrics: metrics whose newest figures are verified.
        every: the newest figures of all metrics.
        refuse: called for what is no id, no whole address and no metric; does not return.

    Raises:
        CatalogueError: the definitions have faults.
        StoreError: the store has not been built.
        Refused: the declared corrections have faults.
    """
    catalogue = load_catalogue(places.metrics)
    ids, figures = _read_asked(asked, refuse)
    chosen = _metrics(catalogue, metrics, every, refuse)
    engine = open_store(read_only=True)
    with engine.connect() as connection:
        if not inspect(connection).has_table("vintage"):
            raise StoreError(_NOT_BUILT)
        figures.update(figures_with_ids(connection, ids))
        for figure in newest_figures(connection, chosen):
            figures.setdefault(figure_id(figure), figure)
        reader = Reader(connection, places, catalogue)
        found: dict[str, Verified] = {}
        # Table by table, so that each vintage is read once.
        in_order = sorted(figures.items(), key=lambda one: (one[1].dataset, one[0]))
        with progress("Verifying", len(in_order)) as step:
            for identity, figure in in_order:
                found[identity] = verify(connection, reader, figure)
                step(figure.dataset)
    lost = {
        one: Verified(one, "", Outcome.NOT_REPRODUCIBLE, _NOT_FOUND)
        for one in ids
        if one not in found
    }
    return VerifyReport([(found | lost)[one] for one in dict.fromkeys([*ids, *figures])])


def _metrics(catalogue: Catalogue, asked: list[str], every: bool, refuse: Usage) -> list[Metric]:
    if not asked and not every:
        return []
    names = known_names([] if every else asked, catalogue.metrics.keys(), "metric", refuse)
    return [catalogue.metrics[name] for name in names]


def _read_asked(asked: list[str], refuse: Usage) -> tuple[list[str], dict[str, Figure]]:
    """The ids that were given alone, and the figures that addresses carry, by id."""
    ids: list[str] = []
    figures: dict[str, Figure] = {}
    for text in asked:
        parts = urlsplit(text)
        if _ID.fullmatch(text):
            ids.append(text)
        elif found := _PATH.fullmatch(parts.path):
            try:
                figures[found[1]] = read_address(found[1], parts.query)
            except FigureError as error:
                refuse(f"{text[:80]}: {error}")
        else:
            refuse(
                f"'{text[:80]}' is neither the id of a figure ({ID_LENGTH} small letters and "
                "digits from 2 to 7) nor an address with /figures/"
            )
    return list(dict.fromkeys(ids)), figures
