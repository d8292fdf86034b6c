"""The deals and the people behind mission 12, brought together for the measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.areas import ENGLAND
from data.devolution import DevolutionDeal
from metrics.measures.coverage import Counting, Deal
from metrics.measures.devolution import (
    HIGHEST_TIER,
    DealFacts,
    DevolutionFacts,
    Population,
    counted_share,
    share_of,
    under_settlement,
    yearly,
)
from metrics.measures.devolution_areas import AreaDeal
from metrics.measures.evidence import Series

POPULATION = "population"


@dataclass(frozen=True, slots=True)
class Devolution:
    """Deals as read, the same as the measures count them, and the people."""

    read: tuple[DevolutionDeal, ...]
    deals: tuple[Deal, ...]
    population: Population


def newest_population(held: Mapping[str, Sequence[Series]]) -> Population | None:
    """The people of every area on the newest day for which they are held; None without any."""
    whole = next((one for one in held.get(POPULATION, ()) if not one.breakdown), None)
    if whole is None or not whole.periods:
        return None
    newest = whole.periods[-1]
    rows = whole.valued(newest)
    people = dict(zip(rows["ref_area"].tolist(), rows["value"].tolist(), strict=True))
    if ENGLAND not in people:
        return None
    return Population(newest.end, people, people[ENGLAND])


def bring_together(
    read: Sequence[DevolutionDeal], held: Mapping[str, Sequence[Series]]
) -> Devolution | None:
    """Deals with the newest population; None where no population is held."""
    population = newest_population(held)
    if population is None:
        return None
    return Devolution(tuple(read), tuple(map(as_counted, read)), population)


def as_counted(deal: DevolutionDeal) -> Deal:
    """A deal as the measures count it.

    A combined authority can be older than its deal: the deal is in force when both exist.
    """
    return Deal(
        area=deal.area,
        members=deal.upper_tier,
        announced_on=deal.announced_on,
        in_force_on=in_force_since(deal),
        ended_on=deal.ended_on,
        planned=deal.status == "planned",
        tier=deal.tier,
        settlement_from=deal.settlement_from,
        dates_verified=deal.dates_verified == "yes",
        note=deal.note,
    )


def in_force_since(deal: DevolutionDeal) -> date | None:
    """The first day on which the deal and its authority both existed."""
    return None if deal.in_force_on is None else max(deal.in_force_on, deal.announced_on)


def devolution_facts(known: Devolution, on: date) -> DevolutionFacts:
    """Everything that pages show of the deals."""
    deals, population = known.deals, known.population
    highest = share_of([deal for deal in deals if deal.tier == HIGHEST_TIER], population, on)
    return DevolutionFacts(
        on=on,
        population_on=population.on,
        england=population.england,
        counted=tuple(
            counted_share(share_of(deals, population, on, counting)) for counting in Counting
        ),
        highest=counted_share(highest, HIGHEST_TIER),
        settlement=counted_share(under_settlement(deals, population, on), "integrated settlement"),
        history=tuple(yearly(deals, population, on)),
        deals=tuple(deal_facts(deal, population) for deal in known.read),
    )


def deal_facts(deal: DevolutionDeal, population: Population) -> DealFacts:
    """One deal as pages list it, with the people who live where it applies."""
    people = [population.people.get(code) for code in deal.upper_tier]
    later = deal.in_force_on is None or deal.in_force_on < deal.announced_on
    return DealFacts(
        area=deal.area,
        institution=deal.institution,
        status=deal.status,
        tier=deal.tier,
        since=in_force_since(deal),
        since_precision=deal.announced_precision if later else deal.in_force_precision,
        announced_on=deal.announced_on,
        announced_precision=deal.announced_precision,
        ended_on=deal.ended_on,
        settlement_from=deal.settlement_from,
        dates_verified=deal.dates_verified,
        note=deal.note,
        authorities=len(deal.upper_tier),
        people=None if None in people else float(sum(one or 0.0 for one in people)),
    )


def area_deals(known: Devolution, on: date) -> Iterator[AreaDeal]:
    """For each area that a deal covers or is to cover: the one in force, else the one to come."""
    chosen: dict[str, tuple[DevolutionDeal, bool]] = {}
    for deal, counted in zip(known.read, known.deals, strict=True):
        if not counted.counts(Counting.PLANNED, on):
            continue
        in_force = counted.counts(Counting.IN_FORCE, on)
        for code in dict.fromkeys((*deal.codes, *deal.upper_tier, *deal.lower_tier)):
            if code not in chosen or (in_force and not chosen[code][1]):
                chosen[code] = (deal, in_force)
    for code, (deal, in_force) in sorted(chosen.items()):
        settled = deal.settlement_from is not None and deal.settlement_from <= on
        yield AreaDeal(
            code=code,
            in_force=in_force,
            deal=deal_facts(deal, known.population),
            settlement_in_force=in_force and settled,
        )
