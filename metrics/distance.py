"""How far one area is from what a clause asks: in the metric's unit, in years, and at what pace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.periods import TimePeriod
from metrics.definition import Metric
from metrics.measures.pace import years_left
from metrics.measures.results import AreaFacts
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_amount, write_count, write_difference, write_number, write_target

CHANGES = (ClauseKind.RISES_BY, ClauseKind.FALLS_BY)
# Beyond this many years a pace leads nowhere that anyone could mean.
LONGEST = 100.0


@dataclass(frozen=True, slots=True)
class Distance:
    """What an area lacks of what a clause asks, applied to this area.

    Attributes:
        goal: what is asked in words: `99%`, `5 years more than in 2017 to 2019`.
        since: the period that a change counts from, in words; empty for a level.
        target: the level that would be.
        missing: how much lacks, in the unit and towards the target; 0 or less where it is reached.
        left: the years left until the last figure that counts.
        required: the change a year that is needed; None where it is reached or no time is left.
        observed, lower, upper: the change a year that was seen, with its 95% interval; None where
            there are too few figures.
    """

    goal: str
    since: str
    target: float
    missing: float
    left: float
    required: float | None
    observed: float | None
    lower: float | None
    upper: float | None

    @property
    def reached(self) -> bool:
        """Whether the newest figure is where the clause asks."""
        return self.missing <= 0

    @property
    def years(self) -> tuple[float, float] | None:
        """The fewest and the most years that the pace seen would take, by its interval.

        None where it is reached, where the pace has no interval, or where that does not lie wholly
        towards the target.
        """
        if self.reached or self.lower is None or self.upper is None or not self.required:
            return None
        sign = 1.0 if self.required > 0 else -1.0
        slow, fast = sorted((sign * self.lower, sign * self.upper))
        return (self.missing / fast, self.missing / slow) if slow > 0 else None


def distances(clause: Clause, metric: Metric, facts: AreaFacts) -> tuple[Distance, ...]:
    """The distances of one area: one for a level, one for each baseline that a change counts from.

    None for clauses that ask no amount of one area (a gap among areas, a rise of any size), for an
    area without a figure, and for a baseline that has none.
    """
    if facts.latest is None or facts.latest.value is None or metric.coverage is None:
        return ()
    if clause.deadline is None or clause.threshold is None:
        return ()
    found = [
        _distance(clause.deadline, metric, facts, goal, since, target, falls)
        for goal, since, target, falls in _targets(clause, metric, facts)
    ]
    return tuple(found)


def _targets(
    clause: Clause, metric: Metric, facts: AreaFacts
) -> Sequence[tuple[str, str, float, bool]]:
    """What is asked in words, since when, the level that would be, and whether it lies below."""
    asked = clause.threshold or 0.0
    if clause.kind is ClauseKind.REACHES:
        return [(write_target(asked, metric.unit), "", asked, False)]
    if clause.kind not in CHANGES:
        return []
    falls = clause.kind is ClauseKind.FALLS_BY
    told = []
    now = facts.latest.value if facts.latest and facts.latest.value is not None else 0.0
    for change in facts.changes:
        if change.difference is None:
            continue
        # By the difference, which is counted from the baseline on the method of today.
        then = now - change.difference
        amount = asked * then if clause.threshold_kind == "relative" else asked
        words = "less" if falls else "more"
        told.append(
            (
                f"{write_amount(amount, metric.unit)} {words} than in {change.label}",
                change.label,
                then - amount if falls else then + amount,
                falls,
            )
        )
    return told


def _distance(
    deadline: date,
    metric: Metric,
    facts: AreaFacts,
    goal: str,
    since: str,
    target: float,
    falls: bool,
) -> Distance:
    latest, coverage = facts.latest, metric.coverage
    assert latest is not None  # noqa: S101 - `distances` lets nothing else through
    assert coverage is not None  # noqa: S101
    now = latest.value or 0.0
    left = years_left(TimePeriod(latest.start, latest.end), coverage.period, deadline)
    missing = now - target if falls else target - now
    required = (target - now) / left if missing > 0 and left > 0 else None
    trend = facts.trend
    return Distance(
        goal,
        since,
        target,
        missing,
        left,
        required,
        trend.slope if trend else None,
        trend.lower if trend else None,
        trend.upper if trend else None,
    )


def distance_in_units(one: Distance, metric: Metric) -> str:
    """How much lacks: `3.1 percentage points short of 99%`, `reached`."""
    if one.reached:
        return f"at or beyond {one.goal}"
    return f"{write_difference(one.missing, metric.unit)} short of {one.goal}"


def pace_in_words(one: Distance, metric: Metric) -> str:
    """The pace that is needed and the pace that was seen, a year."""
    if one.reached:
        return "none is needed"
    if one.required is None:
        return "no later figure will be out by the date"
    unit = metric.unit.model_copy(update={"decimals": min(metric.unit.decimals + 1, 3)})
    years = write_number(one.left, 0 if float(one.left).is_integer() else 1)
    needed = f"{_signed(one.required, unit.decimals)} a year needed for {years} years"
    if one.observed is None:
        return f"{needed}; too few figures to see a pace"
    seen = f"{_signed(one.observed, unit.decimals)} a year seen"
    if one.lower is None or one.upper is None:
        return f"{needed}; {seen}, with too few independent figures for a claim"
    interval = (
        f"95% interval {_signed(one.lower, unit.decimals)} to {_signed(one.upper, unit.decimals)}"
    )
    return f"{needed}; {seen} ({interval})"


def years_in_words(one: Distance) -> str:
    """How long the pace seen would take, which is no forecast; why there is no answer otherwise."""
    if one.reached:
        return "none"
    if one.lower is None or one.upper is None:
        return "cannot be said: no pace with a margin of error"
    if one.years is None:
        return "cannot be said: no pace towards it that can be told from none"
    fewest, most = one.years
    if fewest > LONGEST:
        return "more than a hundred at the pace seen; not a forecast"
    least, longest = max(1, round(fewest)), max(1, round(most))
    low = write_count(least, "year", "years")
    if most > LONGEST:
        return f"from {low} to more than a hundred at the pace seen; not a forecast"
    if least == longest:
        return f"about {low} at the pace seen; not a forecast"
    return f"{least} to {longest} years at the pace seen; not a forecast"


def _signed(value: float, decimals: int) -> str:
    written = write_number(value, decimals)
    return f"+{written}" if round(value, decimals) > 0 else written
