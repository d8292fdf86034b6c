"""The shapes of what became of some areas' figures since a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.brief_reads import Key
from data.periods import TimePeriod
from data.series_reads import FigureRow
from data.since_reads import VersionRow
from metrics.definition import Evidence, Metric
from metrics.measures.change import Difference, Measured
from metrics.measures.results import Quality
from metrics.revisions import Revision


class Outcome(StrEnum):
    """What the test of a new figure says."""

    MOVED = "moved"
    WITHIN = "within noise"
    UNTESTED = "not tested"


@dataclass(frozen=True, slots=True)
class Movement:
    """The newest figure of an area in a series, beside the newest known on the day.

    Attributes:
        metric, breakdown, code: which series and area.
        period_then, period_now: the two periods.
        then: the figure as it was known on the day.
        now: the newer figure, of a period that had none on the day.
        found: the test of the difference, now less then; None where there is no test.
        outcome: what may be claimed.
        quality: better or worse, by the declared polarity, where it has moved.
        reason: why it is not tested, or why a difference is not claimed.
        linked: how the figures were linked across a change of method; empty where none lies
            between. `then` is as published, `found` on the basis of the new figure.
    """

    metric: Metric
    breakdown: str
    code: str
    period_then: TimePeriod
    period_now: TimePeriod
    then: Measured
    now: Measured
    found: Difference | None
    outcome: Outcome
    quality: Quality
    reason: str = ""
    linked: str = ""

    @property
    def key(self) -> Key:
        """Metric, breakdown and area."""
        return self.metric.id, self.breakdown, self.code

    @property
    def by_chance(self) -> bool:
        """Whether the test allows for chance; a complete count leaves nothing to it."""
        return self.metric.evidence is not Evidence.FULL_ENUMERATION


@dataclass(frozen=True, slots=True)
class Revised:
    """A figure that was published on the day and is another now.

    Attributes:
        metric, breakdown, code, period: which figure.
        change: both versions.
        newest_then: whether it was the newest of its series and area on the day.
        beyond: whether the new value lies outside the 95% interval that the old one had, or for
            a complete count differs by the rounding step; None where that cannot be told.
        reason: why it cannot be told.
    """

    metric: Metric
    breakdown: str
    code: str
    period: TimePeriod
    change: Revision
    newest_then: bool
    beyond: bool | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A figure that is no longer there, or that its newest period lacks.

    `what` is `withdrawn` (the table has it no longer), `withheld` (a blank stands where a value
    stood) or `missing` (a newer period was published without a value). `figure` is the value that
    stood on the day, of the same period or, for `missing`, of the period before.
    """

    metric: Metric
    breakdown: str
    code: str
    period: TimePeriod
    what: str
    figure: FigureRow | VersionRow
    after: VersionRow | None
    on: date | None


@dataclass(frozen=True, slots=True)
class FirstHeld:
    """A series that had no figure on the day for some areas, and has now."""

    metric: Metric
    breakdown: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SinceThen:
    """Everything that became of the figures of some areas since a day."""

    movements: tuple[Movement, ...] = ()
    revised: tuple[Revised, ...] = ()
    lost: tuple[Lost, ...] = ()
    first: tuple[FirstHeld, ...] = ()

    def of(self, outcome: Outcome) -> tuple[Movement, ...]:
        """The new figures of which the test says so."""
        return tuple(one for one in self.movements if one.outcome is outcome)

    @property
    def chance_tests(self) -> tuple[Movement, ...]:
        """The new figures whose test allows for chance, clear or not."""
        return tuple(
            one for one in self.movements if one.outcome is not Outcome.UNTESTED and one.by_chance
        )

    @property
    def is_quiet(self) -> bool:
        """Whether nothing at all became of them."""
        return not (self.movements or self.revised or self.lost or self.first)
