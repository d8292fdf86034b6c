"""Comparisons in a few words claim no more than the stored ones."""

import pytest

from metrics.definition import Unit
from metrics.in_short import beside_in_short, change_in_short
from metrics.measures.results import Comparison, Direction, Quality
from tests.metrics.examples import life_metric

YEARS = Unit(label="years", suffix=" years", difference="years", decimals=1)


def compared(
    difference: float | None, direction: Direction, quality: Quality = Quality.NONE
) -> Comparison:
    return Comparison(
        to="E92000001",
        label="England",
        other=None,
        difference=difference,
        direction=direction,
        quality=quality,
        sentence="",
    )


@pytest.mark.parametrize(
    ("one", "beside", "change"),
    [
        (
            compared(-2.6, Direction.LOWER, Quality.WORSE),
            "2.6 years below, worse",
            "down 2.6 years, worse",
        ),
        (
            compared(2.6, Direction.HIGHER, Quality.BETTER),
            "2.6 years above, better",
            "up 2.6 years, better",
        ),
        (compared(2.6, Direction.HIGHER), "2.6 years above", "up 2.6 years"),
        (compared(-0.4, Direction.NOT_CLEAR), "similar", "no clear change"),
        (compared(0.0, Direction.SAME), "the same", "the same"),
        (
            compared(-2.6, Direction.CANNOT_TEST),
            "2.6 years below, not tested",
            "down 2.6 years, not tested",
        ),
        (compared(None, Direction.CANNOT_TEST), "not compared", "not compared"),
    ],
)
def test_each_outcome(one, beside, change) -> None:
    assert beside_in_short(one, YEARS) == beside
    assert change_in_short(one, life_metric()) == change


def test_money_of_each_year_is_never_better() -> None:
    rise = compared(35.0, Direction.HIGHER, Quality.BETTER)
    assert change_in_short(rise, life_metric(money="nominal")) == "up 35.0 years before inflation"
