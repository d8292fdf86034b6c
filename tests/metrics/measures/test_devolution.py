"""Mission 12 judged by dated deals: worked by hand on a country of 100 people."""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.catalogue import load_catalogue
from metrics.measures.coverage import Deal
from metrics.measures.devolution import DealFacts, Population, judge_devolution, yearly
from metrics.measures.devolution_areas import NO_DEAL, NOT_ONE_AREA, AreaDeal, deal_summary
from metrics.measures.results import Cause, Reading, Verdict

CATALOGUE = load_catalogue()
METRIC = CATALOGUE.metrics["population-under-devolution-deal"]
ON = date(2026, 6, 18)
PEOPLE = Population(date(2023, 6, 30), {"A": 40.0, "B": 10.0, "C": 50.0}, 100.0)
TOP = "established mayoral"


def deal(area: str, member: str, begun: int | None, **changes: Any) -> Deal:
    keys: dict[str, Any] = {
        "announced_on": date(begun or 2025, 1, 1),
        "in_force_on": date(begun, 1, 1) if begun else None,
        "ended_on": None,
        "planned": False,
        "tier": "mayoral",
        "settlement_from": None,
        "dates_verified": False,
    }
    return Deal(area, (member,), **{**keys, **changes})


def judge(clause: str, *deals: Deal, on: date = ON) -> Reading:
    return judge_devolution(CATALOGUE.clauses[clause], METRIC, deals, PEOPLE, on)


def test_everybody_under_a_deal_is_met() -> None:
    found = judge("12.deal-coverage", *(deal(one, one, 2016) for one in "ABC"))
    assert found.verdict is Verdict.MET
    assert found.numbers["value"] == 100.0
    assert found.names["in_force"] == ("A", "B", "C")


def test_a_share_that_stands_still_has_no_clear_change_and_names_what_is_planned() -> None:
    found = judge("12.deal-coverage", deal("A", "A", 2014), deal("B", "B", None, planned=True))
    assert found.verdict is Verdict.NO_CLEAR_CHANGE
    assert found.numbers["value"] == 40.0
    assert found.numbers["distance"] == 60.0
    assert found.names == {"in_force": ("A",), "announced": (), "planned": ("B",)}
    assert "40.0% of the people of England" in found.sentence
    assert "population of 30 June 2023" in found.sentence


def test_the_share_of_each_year_counts_the_deals_of_its_thirtieth_of_june() -> None:
    points = yearly([deal("A", "A", 2016), deal("B", "B", 2020)], PEOPLE, ON)
    assert [(point.on.year, point.share) for point in points] == [
        (2015, 0.0),
        *((year, 40.0) for year in range(2016, 2020)),
        *((year, 50.0) for year in range(2020, 2027)),
    ]
    assert points[-1].on == ON
    assert points[-2].on == date(2025, 6, 30)


def test_the_highest_tier_is_counted_by_its_name_and_has_no_pace() -> None:
    found = judge("12.highest-powers", deal("A", "A", 2016), deal("B", "B", 2016, tier=TOP))
    assert (found.verdict, found.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS)
    assert found.numbers["value"] == 10.0
    assert found.names["highest"] == ("B",)


def test_settlements_are_counted_from_their_day_and_years_only_from_the_first() -> None:
    later = deal("A", "A", 2016, settlement_from=date(2027, 4, 1))
    now = deal("B", "B", 2016, settlement_from=date(2025, 4, 1))
    found = judge("12.settlement", later, now)
    assert (found.verdict, found.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS)
    assert found.numbers["value"] == 10.0
    assert found.numbers["points"] == 2.0
    assert found.names["settlement"] == ("B",)


def test_a_date_that_has_passed_is_missed() -> None:
    found = judge("12.deal-coverage", deal("A", "A", 2016), on=date(2031, 1, 1))
    assert found.verdict is Verdict.MISSED


def test_a_member_without_people_gives_no_share() -> None:
    found = judge("12.deal-coverage", deal("X", "X", 2016))
    assert found.verdict is Verdict.NO_DATA
    assert "X" in found.sentence


def facts(**changes: Any) -> DealFacts:
    keys: dict[str, Any] = {
        "area": "West Midlands",
        "institution": "mayoral combined authority",
        "status": "in force",
        "tier": TOP,
        "since": date(2016, 6, 17),
        "since_precision": "day",
        "announced_on": date(2015, 11, 17),
        "announced_precision": "day",
        "ended_on": None,
        "settlement_from": date(2025, 4, 1),
        "dates_verified": "in part",
        "note": "",
        "authorities": 7,
        "people": 100.0,
    }
    return DealFacts.model_validate({**keys, **changes})


def said(clause: str, found: AreaDeal | None, code: str = "E08000025") -> tuple[Any, str]:
    summary = deal_summary(CATALOGUE.clauses[clause], found, code)
    return summary.verdict, summary.sentence


def test_an_area_that_is_covered() -> None:
    found = AreaDeal(code="E08000025", in_force=True, deal=facts(), settlement_in_force=True)
    assert said("12.deal-coverage", found) == (
        Verdict.MET,
        "Covered by the deal for West Midlands since 17 June 2016.",
    )
    assert said("12.highest-powers", found) == (
        Verdict.MET,
        "The tier of West Midlands is established mayoral, which is the highest.",
    )
    assert said("12.settlement", found) == (
        Verdict.MET,
        "West Midlands has had an integrated settlement since 1 April 2025.",
    )


def test_an_area_whose_deal_is_agreed_has_no_verdict() -> None:
    agreed = facts(area="Warwickshire", status="agreed", tier="foundation", since=None,
                   since_precision="", settlement_from=None,
                   announced_on=date(2024, 3, 6))  # fmt: skip
    found = AreaDeal(code="E10000031", in_force=False, deal=agreed, settlement_in_force=False)
    assert said("12.deal-coverage", found) == (
        None,
        "No deal is in force here. The one for Warwickshire is agreed; it was made known on "
        "6 March 2024.",
    )
    assert said("12.highest-powers", found)[0] is None
    assert said("12.settlement", found)[0] is None


def test_an_area_without_a_deal_and_a_place_that_is_no_authority() -> None:
    assert said("12.deal-coverage", None, "E06000001") == (None, NO_DEAL)
    assert said("12.deal-coverage", None, "E92000001") == (None, NOT_ONE_AREA)
    assert said("12.deal-coverage", None, "W06000001") == (None, NOT_ONE_AREA)
