"""People behind a rate: matched by words and year, added up for groups, told only where held."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine

from data.areas import ENGLAND
from data.reads import read_measures
from data.reference_data import REFERENCE
from metrics.catalogue import load_catalogue
from metrics.definition import Metric
from metrics.denominators import HELD, Denominators, People, denominators_of, with_people
from metrics.measure_inputs import Inputs
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure, Quality

METRICS = load_catalogue().metrics
EMPLOYMENT = METRICS["employment-rate"]
HELD_PEOPLE = Denominators(
    {"age=16-64": {2023: {"A": 200_000.0, "B": 100_000.0}}},
    {"E47000099": ("A", "B"), "E47000098": ("A", "X")},
)


def figure(year: int, value: float = 70.0, years: int = 1) -> Figure:
    end = date(year + years - 1, 12, 31)
    words = str(year)
    return Figure(start=date(year, 1, 1), end=end, period=words, short_period=words, value=value)


def facts(code: str, quality: Quality = Quality.WORSE, year: int = 2023) -> AreaFacts:
    gap = Comparison(
        to=ENGLAND,
        label="England",
        other=figure(year, 76.0),
        difference=-6.0,
        direction=Direction.LOWER,
        quality=quality,
        sentence="6.0 percentage points below England (76.0%): worse.",
    )
    region = gap.model_copy(update={"to": "E12000005", "label": "the region"})
    return AreaFacts(
        metric=EMPLOYMENT.id, breakdown="", code=code, latest=figure(year), gaps=(gap, region)
    )


def test_people_are_matched_by_year_and_never_carried() -> None:
    assert HELD_PEOPLE.of(EMPLOYMENT, "A", figure(2023)) == People(200_000.0, derived=False)
    assert HELD_PEOPLE.of(EMPLOYMENT, "A", figure(2022)) is None
    assert HELD_PEOPLE.of(EMPLOYMENT, "A", figure(2022, years=3)) is None


def test_a_group_is_the_sum_of_its_members_or_nothing() -> None:
    assert HELD_PEOPLE.of(EMPLOYMENT, "E47000099", figure(2023)) == People(300_000.0, derived=True)
    assert HELD_PEOPLE.of(EMPLOYMENT, "E47000098", figure(2023)) is None


def test_other_denominators_are_not_held() -> None:
    smoking = METRICS["adult-smoking"]
    assert smoking.denominator not in HELD
    assert HELD_PEOPLE.of(smoking, "A", figure(2023)) is None


def test_six_points_of_two_hundred_thousand_are_twelve_thousand() -> None:
    found = with_people(facts("A"), EMPLOYMENT, HELD_PEOPLE)
    beside_england, beside_region = found.gaps
    assert beside_england.people == 12_000
    assert beside_england.sentence.endswith(
        "worse. The rate of England would mean about 12,000 more people aged 16 to 64 in work."
    )
    assert beside_region.people is None


def test_a_group_says_that_its_people_were_added_up() -> None:
    gap = with_people(facts("E47000099"), EMPLOYMENT, HELD_PEOPLE).gaps[0]
    assert gap.people == 18_000
    assert gap.sentence.endswith("Its number of people is the sum of its members'.")


@pytest.mark.parametrize("plain", [facts("A", Quality.NONE), facts("X"), facts("A", year=2022)])
def test_without_a_claim_or_without_people_nothing_is_said(plain: AreaFacts) -> None:
    assert with_people(plain, EMPLOYMENT, HELD_PEOPLE) is plain


def test_whom_a_percentage_counts_needs_a_proportion_and_its_denominator() -> None:
    keys = {**EMPLOYMENT.model_dump(mode="json"), "denominator": ""}
    with pytest.raises(ValidationError, match="people are told only of a proportion"):
        Metric.model_validate(keys)


def test_every_metric_that_tells_people_has_a_denominator_that_is_held() -> None:
    telling = {metric.id: metric.denominator for metric in METRICS.values() if metric.people}
    assert set(telling) == {"employment-rate", "economic-inactivity", "level-3-qualifications"}
    assert set(telling.values()) <= HELD.keys()


def test_the_west_midlands_in_the_shipped_figures(built_store: Engine) -> None:
    """Birmingham: 10.1 points of 756,518 are 76,408. The authority: its seven boroughs' people."""
    with built_store.connect() as connection:
        held = denominators_of(connection, Inputs(connection, load_catalogue(), REFERENCE))
        stored = read_measures(connection, "area_facts", subjects=["employment-rate|"])
    people = held.of(EMPLOYMENT, "E47000007", figure(2023))
    assert people == People(1_886_129.0, derived=True)
    birmingham = AreaFacts.model_validate_json(stored["employment-rate|", "E08000025"])
    assert [gap.people for gap in birmingham.gaps if gap.to == ENGLAND] == [76_000]
    # Barnsley's people are published under the code it had until 2025.
    assert held.of(EMPLOYMENT, "E08000038", figure(2023)) == People(153_395.0, derived=False)
