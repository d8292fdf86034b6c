"""What became of a figure that was cited, and whether it can be derived again from what is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from data.areas import ENGLAND
from data.figure_reads import HeldFigure, read_history
from data.figure_search import every_series
from data.reads import read_series
from ingest.evidence import Evidence, Facts, Place, Reader
from ingest.faults import Refused
from metrics.definition import Metric
from metrics.figure import Figure, address, canonical_number, figure_id, figures_of
from metrics.figure_ids import rows_with_ids


class Outcome(StrEnum):
    """What verifying a figure can come to."""

    STANDS = "stands"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    NOT_REPRODUCIBLE = "not reproducible"


@dataclass(frozen=True, slots=True)
class Verified:
    """One figure, what became of it, and what that rests on.

    Attributes:
        address: with all facts; empty where only an id was given that nothing has.
        reason: the outcome in a sentence; for `not reproducible` why.
        derived_from: `archived bytes` or `shipped file`, whose hash is `sha256`, of the vintage of
            `known_on`; empty and None where it could not be derived again.
        changed_on: the day of the vintage that revised or withdrew it.
        now: the value that stands instead; `difference` is that less the one cited.
    """

    id: str
    address: str
    outcome: Outcome
    reason: str
    derived_from: str = ""
    sha256: str = ""
    known_on: date | None = None
    changed_on: date | None = None
    now: str | None = None
    difference: str | None = None

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        return {**asdict(self), "outcome": self.outcome.value}

    def in_words(self) -> str:
        """One line for a person."""
        return f"{self.id}: {self.outcome}. {self.reason}"


def verify(connection: Connection, reader: Reader, figure: Figure) -> Verified:
    """Derive a figure again from what is kept of the vintage that held it, and see what became
    of it.

    A comparator changes nothing: it is the figure itself that is verified.

    Args:
        connection: the store.
        reader: reads vintages of the same store.
        figure: the facts.
    """
    named = (figure_id(figure), address(figure))
    if figure.basis == "derived":
        words = "It was worked out here for a group; verify the figures of the group's members."
        return Verified(*named, Outcome.NOT_REPRODUCIBLE, words)
    start, end = figure.days
    found = read_history(connection, figure.metric, figure.breakdown, figure.area, start, end)
    history = [one for one in found if one.dataset == figure.dataset]
    cited = [one for one in history if _facts(one) == _cited(figure)]
    if not cited:
        words = f"No vintage of {figure.dataset} in the store ever had this figure"
        if history:
            words += f"; the newest that it had is {history[-1].value}"
        return Verified(*named, Outcome.NOT_REPRODUCIBLE, f"{words}.")
    last = cited[-1]
    evidence, day = _evidence(reader, figure, last)
    if not isinstance(evidence, Evidence):
        return Verified(*named, Outcome.NOT_REPRODUCIBLE, evidence, known_on=day)
    kept = evidence.kept if evidence.kept == "archived bytes" else f"the {evidence.kept}"
    rests = f"Derived again from {kept} (sha256 {evidence.sha256}) of {day}"
    rests += f"; {evidence.not_used}." if evidence.not_used else "."
    derived = Verified(*named, Outcome.STANDS, rests, evidence.kept, evidence.sha256, day)
    if last.known_to is None:
        return derived
    current = next((one for one in history if one.known_to is None), None)
    if current is None:
        words = f"The vintage of {last.known_to} no longer has it. {rests}"
        return replace(derived, outcome=Outcome.WITHDRAWN, reason=words, changed_on=last.known_to)
    now = _facts(current)[0]
    difference = None
    if now is not None and figure.value is not None:
        difference = canonical_number(str(Decimal(now) - Decimal(figure.value)))
    words = f"{_change(now, difference)} by the vintage of {last.known_to}. {rests}"
    return replace(
        derived,
        outcome=Outcome.REVISED,
        reason=words,
        changed_on=last.known_to,
        now=now,
        difference=difference,
    )


def _facts(held: HeldFigure) -> Facts:
    value, lower, upper = (
        None if number is None else canonical_number(number)
        for number in (held.value, held.lower_95, held.upper_95)
    )
    return value, lower, upper, held.status


def _cited(figure: Figure) -> Facts:
    return figure.value, figure.lower, figure.upper, figure.status


def _change(now: str | None, difference: str | None) -> str:
    if now is None:
        return "Replaced by a blank"
    if difference is None:
        return f"Replaced by {now}"
    if difference == "0":
        return "The value is the same; its interval or its status was changed"
    sign = "" if difference.startswith("-") else "+"
    return f"Revised by {sign}{difference} to {now}"


def _evidence(
    reader: Reader, figure: Figure, last: HeldFigure
) -> tuple[Evidence | str, date | None]:
    """The newest vintage that held the figure and can be read again has it too; or why not.

    Where a load brings some periods only, just the vintage that brought the figure has it in its
    file; later ones held it without saying it again.
    """
    held = [
        day
        for day in reader.vintages(figure.dataset)
        if last.known_from <= day and (last.known_to is None or day < last.known_to)
    ]
    place: Place = (figure.metric, figure.breakdown, figure.area, *figure.days)
    failures = []
    for day in reversed(held):
        evidence = reader.read(figure.dataset, day)
        if isinstance(evidence, Refused):
            failures.append(f"{day}: found {evidence.faults[0].found}")
            continue
        said = evidence.facts.get(place)
        if said is None and day != last.known_from:
            continue
        if said == _cited(figure):
            return evidence, day
        found = "does not have it" if said is None else f"gives {said[0] or 'a blank'}"
        return f"What is kept of the vintage of {day} ({evidence.kept}) {found}.", day
    return f"Nothing that is kept gives it. {'; '.join(failures)}.", held[-1] if held else None


def figures_with_ids(connection: Connection, ids: Collection[str]) -> dict[str, Figure]:
    """The figures of the store, of any vintage, that have these ids.

    Facts that no observation has are not found: a figure derived for a group, or one set beside
    another area than England. Their addresses carry them.
    """
    found: dict[str, Figure] = {}
    wanted = set(ids)
    for one in every_series(connection):
        if not wanted - found.keys():
            break
        about = (one.metric, one.breakdown, one.dataset)
        for row, comparator in rows_with_ids(one.figures, *about, wanted, ("", ENGLAND)):
            (figure,) = figures_of(one.figures.iloc[[row]], *about, comparator)
            found[figure_id(figure)] = figure
    return found


def newest_figures(connection: Connection, metrics: Iterable[Metric]) -> list[Figure]:
    """Every figure of the newest period of each series of some metrics."""
    found: list[Figure] = []
    for metric in metrics:
        if metric.source is None:
            continue
        for label in metric.series:
            frame = read_series(connection, metric.id, label.breakdown)
            newest = frame[frame["period_end"] == frame["period_end"].max()]
            found += figures_of(newest, metric.id, label.breakdown, metric.source.dataset)
    return found
