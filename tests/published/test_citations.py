"""Cited figures that their publishers really revised, in the figures shipped here."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from metrics.catalogue import load_catalogue
from metrics.figure import Figure, figure_id
from metrics.then_and_now import Standing, then_and_now

KEY_STAGE_2 = "pupils-at-expected-standards-by-end-of-primary-school"
HEALTHY = Figure(
    "healthy-life-expectancy-male", "E08000025", "2011-01-01/2013-12-31",
    "healthy-life-expectancy", "58.41", "56.96", "59.86", "sex=male",
)  # fmt: skip
PRIMARY = Figure(
    "key-stage-2-reading-writing-maths", "E08000025", "2021-09-01/2022-08-31", KEY_STAGE_2, "57"
)
HOMICIDE = Figure(
    "homicide-rate", "E12000005", "2019-04-01/2022-03-31", "homicide-offences",
    "13.663424496560204",
)  # fmt: skip
GONE = Figure(
    "homicide-rate", "E12000001", "2012-04-01/2015-03-31", "homicide-offences", "9.219071647"
)
GIGABIT = Figure(
    "gigabit-broadband", "E06000001", "2025-07-01/2025-07-31", "gigabit-capable-broadband", "96"
)


@pytest.fixture(scope="module")
def ask(built_store_url):
    catalogue = load_catalogue()
    engine = create_engine(built_store_url)

    def asked(figure):
        with engine.connect() as connection:
            return then_and_now(connection, catalogue, figure)

    yield asked
    engine.dispose()


@pytest.mark.parametrize(
    ("figure", "standing", "difference", "sentence"),
    [
        (
            HEALTHY,
            Standing.REVISED,
            "0.49",
            "Revised on 19 December 2024; what stands now, since 20 February 2026, is 0.49 years "
            "higher. 1 vintage held this figure, that of 9 February 2024.",
        ),
        (
            PRIMARY,
            Standing.REVISED,
            "1",
            "Revised upwards by 1 percentage point on 13 February 2024. 2 vintages held this "
            "figure, the first of 31 March 2023.",
        ),
        (
            HOMICIDE,
            Standing.REVISED,
            "-0.40184753322307",
            "Withdrawn on 12 February 2024; what stands now, since 11 February 2026, is "
            "0.40 homicides per million lower. 1 vintage held this figure, that of 31 March 2023.",
        ),
        (
            GONE,
            Standing.WITHDRAWN,
            None,
            "Withdrawn on 11 February 2025: its table has it no longer. "
            "1 vintage held this figure, that of 27 November 2024.",
        ),
    ],
)
def test_what_became_of_it(ask, figure, standing, difference, sentence):
    found = ask(figure)
    assert (found.standing, found.difference, found.sentence) == (standing, difference, sentence)


def test_a_figure_whose_status_came_and_went_stands_in_every_vintage_that_said_so(ask):
    found = ask(GIGABIT)
    assert found.standing is Standing.CURRENT
    assert [one.known_on.isoformat() for one in found.vintages] == [
        "2025-11-27",
        "2026-01-12",
        "2026-01-14",
        "2026-05-19",
    ]


def test_what_was_said_of_the_schools_of_birmingham_no_longer_holds(ask):
    """57% in 2021/22 stood 95th to 109th of 147 authorities; 58% is 149th to 174th of 294.

    Two thirds down the list, and little more than half.
    """
    place = next(pair for pair in ask(PRIMARY).claims if pair.then.key[0] == "place")
    assert not place.holds


def test_ids_of_real_figures_never_change():
    assert figure_id(HEALTHY) == "5k4swkkjt4fq"
    assert figure_id(PRIMARY) == "5ubpuik7mkyp"


def test_a_derived_figure_is_derived_again_to_prove_itself(ask):
    """Households in fuel poverty of the seven boroughs, 20.07% of them in 2020."""
    derived = Figure(
        "fuel-poverty", "E47000007", "2020-01-01/2020-12-31", "fuel-poverty", "20.072",
        basis="derived",
    )  # fmt: skip
    found = ask(derived)
    assert found.standing is Standing.CURRENT
    assert found.sentence.startswith("The figure stands: 1 vintage gave it")
    assert found.claims == ()
    assert ask(replace(derived, value="20.073")).standing is Standing.NEVER
    assert ask(replace(derived, basis="published")).standing is Standing.NEVER
