"""What the deals mean for one area: since when it is covered, at which tier, with what money."""

from __future__ import annotations

from datetime import date

from data.areas import area_type
from data.periods import day_in_words
from metrics.measures.devolution import HIGHEST_TIER, DealFacts
from metrics.measures.results import ClauseSummary, Result, Verdict
from metrics.mission import Clause, ClauseKind

NOT_ONE_AREA = "This is judged for England as a whole, by how many people live under a deal."
NO_DEAL = "No deal for this area is in force, agreed or planned, as far as is recorded."


class AreaDeal(Result):
    """What deals mean for one area: the one in force, or the one to come."""

    code: str
    in_force: bool
    deal: DealFacts
    settlement_in_force: bool


def deal_summary(clause: Clause, found: AreaDeal | None, code: str) -> ClauseSummary:
    """One of the clauses about deals as it stands for one area: *Met*, or no verdict.

    Args:
        found: the deal that covers the area or is to cover it; None where there is none.
        code: the area.
    """
    if found is None:
        kind = area_type(code)
        single = code.startswith("E") and kind not in ("country", "region")
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=None,
            sentence=NO_DEAL if single else NOT_ONE_AREA,
            readings=(),
        )
    if clause.kind is ClauseKind.HAS_SETTLEMENT:
        met, sentence = found.settlement_in_force, settlement_sentence(found)
    elif clause.tier:
        met = found.in_force and found.deal.tier == clause.tier
        sentence = tier_sentence(found)
    else:
        met, sentence = found.in_force, area_sentence(found)
    return ClauseSummary(
        clause=clause.id,
        code=code,
        verdict=Verdict.MET if met else None,
        sentence=sentence,
        readings=(),
    )


def area_sentence(found: AreaDeal) -> str:
    """What the deal means for an area, in a sentence."""
    deal = found.deal
    if not found.in_force:
        day = _day(deal.announced_on, deal.announced_precision)
        when = "on" if deal.announced_precision == "day" else "in"
        return (
            f"No deal is in force here. The one for {deal.area} is {deal.status}; it was made "
            f"known {when} {day}."
        )
    since = _day(deal.since or deal.announced_on, deal.since_precision)
    return f"Covered by the deal for {deal.area} since {since}."


def tier_sentence(found: AreaDeal) -> str:
    """At which tier of the law an area's deal is."""
    deal = found.deal
    when = "is" if found.in_force else "would be"
    if deal.tier == HIGHEST_TIER:
        return f"The tier of {deal.area} {when} {deal.tier}, which is the highest."
    return f"The tier of {deal.area} {when} {deal.tier}; the highest is {HIGHEST_TIER}."


def settlement_sentence(found: AreaDeal) -> str:
    """Whether an area has an integrated settlement."""
    deal = found.deal
    if found.settlement_in_force and deal.settlement_from is not None:
        since = day_in_words(deal.settlement_from)
        return f"{deal.area} has had an integrated settlement since {since}."
    return f"{deal.area} has no integrated settlement in force."


def _day(day: date, precision: str) -> str:
    if precision == "year":
        return str(day.year)
    words = day_in_words(day)
    return words.partition(" ")[2] if precision == "month" else words
