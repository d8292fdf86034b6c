"""A cited figure then and now: who held it when, what became of it, and what still holds of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Connection

from data.figure_reads import (
    DatasetVintage,
    HeldFigure,
    read_dataset_vintages,
    read_history,
)
from data.periods import day_in_words
from metrics.catalogue import Catalogue
from metrics.claims import Claim, Claims, claims_of
from metrics.definition import Unit
from metrics.derived_history import read_derived_history
from metrics.figure import Figure, canonical_number
from metrics.measures.results import Comparison
from metrics.wording import write_count, write_difference

NEVER_SAID = "No vintage that we hold ever said this."
NEVER_DERIVED = "From no vintage that we hold was this ever worked out."


class Standing(StrEnum):
    """What has become of a cited figure."""

    CURRENT = "current"
    REVISED = "revised"
    # The number stands; the letters that qualify it changed.
    RESTATUSED = "restatused"
    WITHDRAWN = "withdrawn"
    NEVER = "never published"


@dataclass(frozen=True, slots=True)
class HeldValue:
    """One value that was held for the figure's area and period; `known_to` None while it stands."""

    figure: Figure
    known_from: date
    known_to: date | None
    note: str
    cited: bool


@dataclass(frozen=True, slots=True)
class ClaimThenAndNow:
    """One claim on two days. `now` is None where nothing can be said of it any more."""

    then: Claim
    now: Claim | None

    @property
    def holds(self) -> bool:
        """Whether what was said then can still be said."""
        return self.now is not None and self.then.holds_beside(self.now)


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """Everything that a citation's page says of then and of now.

    Attributes:
        standing: what has become of the figure.
        history: every value held for its area and period, the oldest first.
        vintages: the vintages that held the figure as cited, the oldest first.
        first_known, last_known: the first and the last day on which the figure stood so;
            `last_known` is None while it stands.
        changed_on: the day from which it was no longer the known one; None while it stands.
        current: the figure that stands now; None where none does.
        difference: the figure of now minus the cited one, as canonical text; None without both.
        claims: what was said of it when it was first known, beside what can be said now.
        beside_then: the figure beside its comparator when it was first known.
        sentence: the standing in words.
    """

    standing: Standing
    history: tuple[HeldValue, ...]
    vintages: tuple[DatasetVintage, ...]
    first_known: date | None
    last_known: date | None
    changed_on: date | None
    current: Figure | None
    difference: str | None
    claims: tuple[ClaimThenAndNow, ...]
    beside_then: Comparison | None
    sentence: str


def then_and_now(connection: Connection, catalogue: Catalogue, figure: Figure) -> ThenAndNow:
    """What became of a figure since it was first known.

    A comparator changes nothing in whether the figure stands, only in what is claimed of it.
    A derived figure is in no vintage: it is derived again from what each of them knew, and nothing
    is claimed of it.
    """
    start, end = figure.days
    if figure.basis == "derived":
        rows = read_derived_history(connection, catalogue, figure)
    else:
        rows = read_history(connection, figure.metric, figure.breakdown, figure.area, start, end)
    published = replace(figure, comparator="")
    history = tuple(_held(row, published) for row in rows)
    cited = [held for held in history if held.cited]
    if not cited:
        current = next((held.figure for held in history if held.known_to is None), None)
        said = NEVER_DERIVED if figure.basis == "derived" else NEVER_SAID
        return ThenAndNow(
            *(Standing.NEVER, history, (), None, None, None, current, None, (), None), said
        )
    first, last = cited[0], cited[-1]
    newest = history[-1]
    current = newest.figure if newest.known_to is None else None
    standing = _standing(last, current)
    loaded = read_dataset_vintages(connection, figure.dataset)
    vintages = tuple(row for row in loaded if any(_within(row.known_on, held) for held in cited))
    then = now = Claims(())
    if figure.metric in catalogue.metrics and figure.basis == "published":
        then = claims_of(connection, catalogue, figure, as_of=first.known_from)
        # Without a later vintage nothing that is said now can differ from what was said then.
        later = any(row.known_on > first.known_from for row in loaded)
        if current is not None:
            now = claims_of(connection, catalogue, figure) if later else then
    difference = None
    if current is not None and current.value is not None and figure.value is not None:
        difference = canonical_number(str(Decimal(current.value) - Decimal(figure.value)))
    metric = catalogue.metrics.get(figure.metric)
    found = ThenAndNow(
        standing,
        history,
        vintages,
        first.known_from,
        last.known_to,
        last.known_to,
        current,
        difference,
        _paired(then, now),
        then.beside,
        "",
    )
    return replace(found, sentence=_sentence(found, metric.unit if metric else None))


def _held(row: HeldFigure, cited: Figure) -> HeldValue:
    def written(number: float | None) -> str | None:
        return None if number is None else canonical_number(number)

    held = replace(
        cited,
        dataset=row.dataset,
        value=written(row.value),
        lower=written(row.lower_95),
        upper=written(row.upper_95),
        status=row.status,
    )
    return HeldValue(held, row.known_from, row.known_to, row.note, held == cited)


def _standing(last: HeldValue, current: Figure | None) -> Standing:
    if last.known_to is None:
        return Standing.CURRENT
    if current is None:
        return Standing.WITHDRAWN
    cited = last.figure
    same = (current.value, current.lower, current.upper) == (cited.value, cited.lower, cited.upper)
    return Standing.RESTATUSED if same else Standing.REVISED


def _within(day: date, held: HeldValue) -> bool:
    return held.known_from <= day and (held.known_to is None or day < held.known_to)


def _paired(then: Claims, now: Claims) -> tuple[ClaimThenAndNow, ...]:
    by_key = {claim.key: claim for claim in now.claims}
    return tuple(ClaimThenAndNow(claim, by_key.get(claim.key)) for claim in then.claims)


def _sentence(found: ThenAndNow, unit: Unit | None) -> str:
    """The standing in words, with the days, and by how much the figure was revised."""
    held = write_count(len(found.vintages), "vintage", "vintages")
    since = day_in_words(found.first_known) if found.first_known else ""
    dated = f"that of {since}" if len(found.vintages) == 1 else f"the first of {since}"
    cited = [one for one in found.history if one.cited]
    last = cited[-1]
    derived = last.figure.basis == "derived"
    verb = "gave" if derived else "held"
    if found.standing is Standing.CURRENT:
        away = next(((a, b) for a, b in pairwise(cited) if a.known_to != b.known_from), None)
        if away is not None and away[0].known_to is not None:
            return (
                f"The figure stands again since {day_in_words(last.known_from)}: {held} {verb} it, "
                f"{dated}, but from {day_in_words(away[0].known_to)} on it was not held for a time."
            )
        return f"The figure stands: {held} {verb} it, {dated}, and none has changed it."
    before = f"{held} {verb} this figure, {dated}."
    left = last.known_to or date.max
    on = day_in_words(left)
    later = [one for one in found.history if one.known_from >= left]
    if not later:
        why = "it cannot be worked out any more" if derived else "its table has it no longer"
        return f"Withdrawn on {on}: {why}. {before}"
    gone = later[0].known_from > left
    if found.current is None:
        return f"{'Withdrawn' if gone else 'Changed'} on {on}, and no figure stands now. {before}"
    if found.standing is Standing.RESTATUSED and not gone:
        return f"The number stands, but what qualifies it was changed on {on}. {before}"
    now = day_in_words(later[-1].known_from)
    if gone:
        return f"Withdrawn on {on}; what stands now, since {now}, {_beside(found, unit)}. {before}"
    if len(later) > 1:
        return f"Revised on {on}; what stands now, since {now}, {_beside(found, unit)}. {before}"
    return f"{_revision(found, unit)} on {on}. {before}"


def _revision(found: ThenAndNow, unit: Unit | None) -> str:
    """A revision in one step."""
    if found.current is None or found.current.value is None:
        return "Replaced by a blank"
    if found.difference is None:
        return "Replaced by a figure"
    if found.difference == "0":
        return "The number stands, but its 95% interval was revised"
    way = "upwards" if Decimal(found.difference) > 0 else "downwards"
    return f"Revised {way} by {_size(found.difference, unit)}"


def _beside(found: ThenAndNow, unit: Unit | None) -> str:
    """What stands now beside what was cited."""
    if found.current is None or found.current.value is None:
        return "is a blank"
    if found.difference is None:
        return "is a figure"
    if found.difference == "0":
        return "is the same number"
    way = "higher" if Decimal(found.difference) > 0 else "lower"
    return f"is {_size(found.difference, unit)} {way}"


def _size(difference: str, unit: Unit | None) -> str:
    if unit is None:
        return difference.lstrip("-")
    # At most one place more than pages show, or as many as the revision needs to be seen at all.
    written = len(difference.partition(".")[2])
    places = max(unit.decimals, min(written, unit.decimals + 1))
    if round(float(difference), places) == 0:
        places = written
    return write_difference(float(difference), unit.model_copy(update={"decimals": places}))
