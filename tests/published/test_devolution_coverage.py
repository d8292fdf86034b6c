"""Official readings of how many people live under a devolution deal, beside the product's own.

The three official shares count deals in three ways, each in a publication of its own; they are
whole percents. docs/decisions/0008-devolution-coverage.md says what is known of the difference.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

import layouts
from data.devolution import read_deals
from data.reads import read_measures
from data.reference_data import REFERENCE
from metrics.catalogue import load_catalogue
from metrics.devolution import Devolution, bring_together
from metrics.measure_inputs import Inputs
from metrics.measures.coverage import Counting
from metrics.measures.devolution import DevolutionFacts, share_of

ENGLAND_IN_2023 = 57_690_323.0


@pytest.fixture(scope="module")
def known(built_store: Engine) -> Devolution:
    catalogue = load_catalogue()
    with built_store.connect() as connection:
        together = bring_together(read_deals(), Inputs(connection, catalogue, REFERENCE))
    assert together is not None
    return together


def share(known: Devolution, counting: Counting, on: date) -> float:
    found = share_of(known.deals, known.population, on, counting)
    assert found.without_population == ()
    assert found.share is not None
    return found.share


def test_the_population_is_that_of_mid_2023(known: Devolution) -> None:
    assert known.population.on == date(2023, 6, 30)
    assert known.population.england == ENGLAND_IN_2023


@pytest.mark.parametrize(
    ("counting", "on", "official"),
    [
        (Counting.IN_FORCE, date(2022, 2, 2), 41.0),
        (Counting.ANNOUNCED, date(2024, 1, 26), 60.0),
    ],
)
def test_official_readings_within_half_a_point(
    known: Devolution, counting: Counting, on: date, official: float
) -> None:
    assert share(known, counting, on) == pytest.approx(official, abs=0.5)


def test_the_reading_of_2025_is_half_a_point_higher_than_this_one(known: Devolution) -> None:
    """77% with plans counted: 76.46% here, just outside rounding; the decision says why."""
    found = share(known, Counting.PLANNED, date(2025, 7, 10))
    assert found == pytest.approx(76.46, abs=0.01)
    assert 0.5 < 77.0 - found < 0.6


def test_the_page_of_the_mission_prints_what_is_counted(known: Devolution) -> None:
    days = (
        (Counting.IN_FORCE, date(2022, 2, 2)),
        (Counting.ANNOUNCED, date(2024, 1, 26)),
        (Counting.PLANNED, date(2025, 7, 10)),
    )
    first, second, third = (f"{share(known, counting, on):.1f}%" for counting, on in days)
    template = Path(layouts.__file__).with_name("templates") / "devolution.html"
    assert f"gives {first}, {second} and {third}." in template.read_text(encoding="utf-8")


def test_the_share_of_the_two_oldest_deals_by_hand(known: Devolution) -> None:
    """London and Greater Manchester alone had a deal on 30 June 2015: 8,945,309 and 2,948,633."""
    found = share(known, Counting.IN_FORCE, date(2015, 6, 30))
    assert found == pytest.approx((8_945_309 + 2_948_633) / ENGLAND_IN_2023 * 100)


def test_what_pages_show_is_what_was_counted(known: Devolution, built_store: Engine) -> None:
    with built_store.connect() as connection:
        stored = read_measures(connection, "devolution", area_code="")
        boroughs = read_measures(connection, "devolution", area_code="E08000025")
    (facts,) = [DevolutionFacts.model_validate_json(text) for text in stored.values()]
    assert facts.counted[0].share == share(known, Counting.IN_FORCE, facts.on)
    assert len(facts.deals) == 29
    assert '"West Midlands"' in "".join(boroughs.values())
