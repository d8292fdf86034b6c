"""Mission 12: the clauses judged by dated deals and by the people who live under them.

Shares count people, not authorities. They all use the population of one year, the newest that is
held, so that a share moves only when deals do; the year is said wherever a share is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.periods import PeriodShape, TimePeriod, day_in_words
from metrics.definition import Evidence, Metric
from metrics.measures.change import Measured
from metrics.measures.coverage import Counting, Covered, Deal, covered, with_settlement
from metrics.measures.outcome import Subject, reading
from metrics.measures.pace import years_left
from metrics.measures.results import Cause, Reading, Result, Verdict
from metrics.measures.trend import Point, trend
from metrics.measures.unmet import Unmet, by_pace
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_count, write_difference, write_list, write_number

EVERYBODY = 100.0
HIGHEST_TIER = "established mayoral"
# Deals have been made since the end of 2014; what was before them is no pace of theirs.
FIRST_YEAR = 2015


@dataclass(frozen=True, slots=True)
class Population:
    """People by authority, and in England, on one day."""

    on: date
    people: Mapping[str, float]
    england: float

    @property
    def words(self) -> str:
        """The day as a sentence has it."""
        return day_in_words(self.on)


class DealFacts(Result):
    """One deal as pages list it; `since` is the first day on which it was in force."""

    area: str
    institution: str
    status: str
    tier: str
    since: date | None
    since_precision: str
    announced_on: date
    announced_precision: str
    ended_on: date | None
    settlement_from: date | None
    dates_verified: str
    note: str
    authorities: int
    people: float | None


class CountedShare(Result):
    """The people under the deals that count by one reading of what a deal is."""

    counting: str
    share: float | None
    people: float
    areas: tuple[str, ...]


class SharePoint(Result):
    """The share under deals in force on a day."""

    on: date
    share: float | None


class DevolutionFacts(Result):
    """Everything that pages show of the deals, as known on a day."""

    on: date
    population_on: date
    england: float
    counted: tuple[CountedShare, ...]
    highest: CountedShare
    settlement: CountedShare
    history: tuple[SharePoint, ...]
    deals: tuple[DealFacts, ...]


def share_of(
    deals: Iterable[Deal],
    population: Population,
    on: date,
    counting: Counting = Counting.IN_FORCE,
) -> Covered:
    """The people under the deals that count on a day."""
    return covered(deals, population.people, population.england, counting, on)


def yearly(deals: Sequence[Deal], population: Population, on: date) -> list[SharePoint]:
    """The share under deals in force on 30 June of each year up to a day, and on that day."""
    days = [date(year, 6, 30) for year in range(FIRST_YEAR, on.year + 1)]
    days = [day for day in days if day < on]
    return [SharePoint(on=day, share=share_of(deals, population, day).share) for day in (*days, on)]


def counted_share(found: Covered, counting: str = "") -> CountedShare:
    """A share as it is stored."""
    return CountedShare(
        counting=counting or found.counting.value,
        share=found.share,
        people=found.people,
        areas=found.areas,
    )


def under_settlement(deals: Sequence[Deal], population: Population, on: date) -> Covered:
    """The people of the areas that have an integrated settlement on a day."""
    named = set(with_settlement(deals, on))
    return share_of([deal for deal in deals if deal.area in named], population, on)


def judge_devolution(
    clause: Clause, metric: Metric, deals: Sequence[Deal], population: Population, on: date
) -> Reading:
    """Judge one of the mission's clauses by the deals, as known on a day.

    Every clause asks for everybody. Deals in force are full-enumeration points, so their pace can
    be measured; the tiers were drawn, and settlements begun, too recently for any pace.
    """
    if clause.kind is ClauseKind.HAS_SETTLEMENT:
        now = under_settlement(deals, population, on)
        said = _settlement_sentence(now, population, on)
        points = _points_since(deals, population, on)
        names = {"settlement": now.areas}
    elif clause.tier:
        now = share_of([deal for deal in deals if deal.tier == clause.tier], population, on)
        said = _sentence(now, population, f"a deal of the tier “{clause.tier}”", on)
        points = []
        names = {"highest": now.areas}
    else:
        now = share_of(deals, population, on)
        said = _sentence(now, population, "a deal in force", on)
        points = yearly(deals, population, on)
        names = _by_reading(deals, population, on)
    subject = Subject(metric)
    if now.share is None:
        missing = write_list(now.without_population) or "England"
        why = f"No population is held for {missing}, so no share can be formed."
        return reading(clause, subject, Verdict.NO_DATA, why)
    numbers = {
        "value": now.share,
        "target": EVERYBODY,
        "distance": EVERYBODY - now.share,
        "people": now.people,
        "of_people": now.of_people,
    }
    if now.share >= EVERYBODY:
        return reading(clause, subject, Verdict.MET, said, numbers=numbers, names=names)
    unmet = _unmet(clause, metric, now.share, points, on)
    short = write_difference(numbers["distance"], metric.unit)
    return reading(
        clause,
        subject,
        unmet.verdict,
        f"{said} That is {short} short of everybody, which is asked because nobody records "
        f"which parts want a deal; dates are verified only in part. {unmet.sentence}",
        unmet.cause,
        numbers={**numbers, **unmet.numbers},
        names=names,
    )


def _unmet(
    clause: Clause, metric: Metric, share: float, points: Sequence[SharePoint], on: date
) -> Unmet:
    if clause.deadline is None:
        return Unmet(Verdict.CANNOT_BE_SHOWN, Cause.DATE, "The words set no date.", {})
    if on >= clause.deadline:
        return Unmet(Verdict.MISSED, Cause.NONE, "The date has passed.", {})
    if not points:
        why = "The tiers were drawn only in 2025 and 2026, so there is no pace to measure yet."
        return Unmet(Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS, why, {})
    measured = [
        Point(TimePeriod(one.on, one.on), Measured(one.share))
        for one in points
        if one.share is not None
    ]
    left = years_left(TimePeriod(on, on), PeriodShape.DAY, clause.deadline)
    found = trend(measured, Evidence.FULL_ENUMERATION)
    return by_pace(metric, share, EVERYBODY, left, found, len(measured))


def _points_since(deals: Sequence[Deal], population: Population, on: date) -> list[SharePoint]:
    """The share with a settlement in each year since the first; none existed before."""
    starts = [deal.settlement_from for deal in deals if deal.settlement_from is not None]
    first = min(starts, default=on)
    days = [date(year, 6, 30) for year in range(first.year, on.year + 1)]
    days = [day for day in days if first <= day < on]
    return [
        SharePoint(on=day, share=under_settlement(deals, population, day).share)
        for day in (*days, on)
    ]


def _by_reading(
    deals: Sequence[Deal], population: Population, on: date
) -> dict[str, tuple[str, ...]]:
    """The areas that count by each reading of what a deal is, each where it first counts."""
    in_force = share_of(deals, population, on).areas
    announced = share_of(deals, population, on, Counting.ANNOUNCED).areas
    planned = share_of(deals, population, on, Counting.PLANNED).areas
    return {
        "in_force": in_force,
        "announced": tuple(area for area in announced if area not in in_force),
        "planned": tuple(area for area in planned if area not in announced),
    }


def _sentence(now: Covered, population: Population, what: str, on: date) -> str:
    if now.share is None:
        return ""
    return (
        f"On {day_in_words(on)}, at least {write_number(now.share, 1)}% of the people of England "
        f"lived under {what}: {_millions(now.people)} of {_millions(now.of_people)} million, in "
        f"{write_count(len(now.areas), 'area', 'areas')} (population of {population.words})."
    )


def _settlement_sentence(now: Covered, population: Population, on: date) -> str:
    if now.share is None:
        return ""
    if not now.areas:
        return f"On {day_in_words(on)} no area had an integrated settlement in force."
    has = "has" if len(now.areas) == 1 else "have"
    return (
        f"{write_list(now.areas)} {has} an integrated settlement in force: on {day_in_words(on)} "
        f"{write_number(now.share, 1)}% of the people of England lived there (population of "
        f"{population.words})."
    )


def _millions(people: float) -> str:
    return write_number(people / 1e6, 1)
