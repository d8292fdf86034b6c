"""The devolution deals behind mission 12: who is counted, since when, and by which reading."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.periods import day_in_words
from data.reads import read_measures
from layouts.page import Region
from layouts.templating import render
from metrics.definition import Metric
from metrics.measures.devolution import DealFacts, DevolutionFacts
from metrics.measures.results import ClauseSummary
from metrics.wording import write_number

NOT_MEASURED = "Nothing has been worked out yet: the store holds no people to count."
VERIFIED = {"yes": "verified", "in part": "verified in part", "no": "not verified"}


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One way of counting, with its share and people as written."""

    what: str
    share: str
    people: str
    areas: int


@dataclass(frozen=True, slots=True)
class DealRow:
    """One deal as the table has it."""

    deal: DealFacts
    people: str
    announced: str
    since: str
    settlement: str
    dates: str


def computed_opening(store: Connection, metric: Metric) -> str:
    """The first sentence of a metric that is worked out: the answer to its first clause."""
    stored = read_measures(store, "clause", area_code="", subjects=metric.serves[:1])
    for text in stored.values():
        return ClauseSummary.model_validate_json(text).sentence
    return NOT_MEASURED


def devolution_regions(store: Connection, metrics: Iterable[Metric]) -> list[Region]:
    """The table of deals, where one of the metrics is worked out from them; else nothing."""
    if not any(metric.figures == "computed" for metric in metrics):
        return []
    stored = read_measures(store, "devolution", area_code="", subjects=[""])
    return [_region(DevolutionFacts.model_validate_json(text)) for text in stored.values()]


def _region(facts: DevolutionFacts) -> Region:
    counted = [
        *facts.counted,
        facts.highest.model_copy(
            update={"counting": f"deals of the tier “{facts.highest.counting}”"}
        ),
        facts.settlement.model_copy(update={"counting": "areas with an integrated settlement"}),
    ]
    shares = [
        ShareRow(
            f"{one.counting[:1].upper()}{one.counting[1:]}",
            "not known" if one.share is None else f"{write_number(one.share, 1)}%",
            write_number(one.people, 0),
            len(one.areas),
        )
        for one in counted
    ]
    history = [
        (day_in_words(point.on), f"{write_number(point.share, 1)}%")
        for point in facts.history
        if point.share is not None
    ]
    html = render(
        "devolution.html",
        on=facts.on,
        population_on=facts.population_on,
        shares=shares,
        history=history,
        deals=[_row(deal) for deal in facts.deals],
    )
    return Region("devolution", html)


def _row(deal: DealFacts) -> DealRow:
    return DealRow(
        deal,
        "not held" if deal.people is None else write_number(deal.people, 0),
        _day(deal.announced_on, deal.announced_precision),
        _day(deal.since, deal.since_precision) if deal.since else "not in force",
        day_in_words(deal.settlement_from) if deal.settlement_from else "none",
        VERIFIED[deal.dates_verified],
    )


def _day(day: date, precision: str) -> str:
    words = day_in_words(day)
    if precision == "year":
        return words.rpartition(" ")[2]
    return words.partition(" ")[2] if precision == "month" else words
