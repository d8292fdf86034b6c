"""How many of England's people live under a devolution deal on a day, and under which.

Deals and memberships are dated facts; what counts as having a deal is declared by the reader of
the figure, because official readings differ: deals in force, deals announced, or areas that
have a place in a published plan as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Counting(StrEnum):
    """What counts as having a deal on a day; each includes the one before."""

    IN_FORCE = "deals in force"
    ANNOUNCED = "deals in force or announced"
    PLANNED = "deals in force, agreed or planned"


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal: its members by GSS code and its dates; None for a date that has not come.

    `tier` is the level of the law in force now, `settlement_from` the start of an integrated
    settlement.
    """

    area: str
    members: tuple[str, ...]
    announced_on: date
    in_force_on: date | None
    ended_on: date | None
    planned: bool
    tier: str
    settlement_from: date | None
    dates_verified: bool
    note: str = ""

    def counts(self, counting: Counting, on: date) -> bool:
        """Whether the deal counts on a day."""
        if self.ended_on is not None and on > self.ended_on:
            return False
        if self.in_force_on is not None and self.in_force_on <= on:
            return True
        if counting is Counting.IN_FORCE or self.announced_on > on:
            return False
        return counting is Counting.PLANNED or not self.planned


@dataclass(frozen=True, slots=True)
class Covered:
    """The people under the deals that count, and the deals by name."""

    on: date
    counting: Counting
    people: float
    of_people: float
    areas: tuple[str, ...]
    without_population: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Percent of the people of England; None while they, or a member, have no population."""
        if self.without_population or not self.of_people > 0:
            return None
        return self.people / self.of_people * 100


def covered(
    deals: Iterable[Deal],
    population: Mapping[str, float],
    england: float,
    counting: Counting,
    on: date,
) -> Covered:
    """The people who live under a deal on a day.

    An authority in two deals that both count (a deal and the one that replaces it) is counted
    once.

    Args:
        population: people by GSS code, all of one year.
        england: the people of England in that year.
    """
    chosen = [deal for deal in deals if deal.counts(counting, on)]
    codes = sorted({code for deal in chosen for code in deal.members})
    missing = tuple(code for code in codes if code not in population)
    return Covered(
        on,
        counting,
        float(sum(population[code] for code in codes if code in population)),
        england,
        tuple(deal.area for deal in chosen),
        missing,
    )


def with_settlement(deals: Iterable[Deal], on: date) -> tuple[str, ...]:
    """The areas with an integrated settlement on a day, by name."""
    return tuple(
        deal.area
        for deal in deals
        if deal.settlement_from is not None
        and deal.settlement_from <= on
        and (deal.ended_on is None or on <= deal.ended_on)
    )
