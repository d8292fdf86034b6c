"""An area among like areas, counted by hand."""

from __future__ import annotations

import pytest

from metrics.catalogue import load_catalogue
from metrics.like_areas import among, among_sentence, same_kind
from metrics.measures.change import Measured
from metrics.measures.results import Direction, Quality
from metrics.side_by_side import Side

CATALOGUE = load_catalogue()
HEALTH = CATALOGUE.metrics["healthy-life-expectancy-male"]
BUSES = CATALOGUE.metrics["buses-on-time"]


def years(code: str, value: float | None, margin: float = 1.0) -> Side:
    measured = None if value is None else Measured(value, value - margin, value + margin)
    return Side(code, measured)


# Against 58 with a margin of 1: 62 and 61 are clearly better, 54 clearly worse, 58.5 is not told
# apart, and one has no figure.
OTHERS = [
    ("Ahead", years("E08000001", 62.0)),
    ("Also ahead", years("E08000002", 61.0)),
    ("Behind", years("E08000003", 54.0)),
    ("Level", years("E08000004", 58.5)),
    ("Silent", years("E08000005", None)),
]
OWN = years("E08000025", 58.0)


def test_every_area_of_the_group_is_counted_once() -> None:
    found = among(HEALTH, OWN, OTHERS, "core-cities-england", "Core cities, England")
    assert [one.name for one in found.better] == ["Ahead", "Also ahead"]
    assert [one.name for one in found.worse] == ["Behind"]
    assert [one.name for one in found.alike] == ["Level"]
    assert found.missing == ("Silent",)
    assert found.tested == 4
    # The middle of 54, 58.5, 61 and 62 is 59.75.
    assert (found.middle, found.from_middle) == (59.75, -1.75)
    assert among_sentence(found, HEALTH, "Birmingham", "2022 to 2024") == (
        "Of 4 areas of “Core cities, England” with a figure for 2022 to 2024, 2 are better, 1 is "
        "worse and 1 is not to be told apart from it; Birmingham is 1.8 years below 59.8 years, "
        "the middle of their figures. No figure for Silent."
    )


def test_counts_among_twenty_areas_with_margins_stand_with_what_chance_gives() -> None:
    many = [(f"Area {number}", years(f"E080000{number}", 58.5)) for number in range(10, 30)]
    unsure = [("Unsure", Side("E08000031", Measured(58.5)))]
    found = among(HEALTH, OWN, many + unsure, "g", "G")
    assert found.by_error == 20
    assert among_sentence(found, HEALTH, "Birmingham", "2024").endswith(
        "Of the 20 with a margin of error, chance alone would make about 1 seem different."
    )


def test_an_area_is_worse_only_where_most_of_the_others_are_clearly_better() -> None:
    half = among(HEALTH, OWN, OTHERS, "g", "G")
    assert (half.quality, half.direction) == (Quality.NONE, Direction.NOT_CLEAR)
    most = among(HEALTH, OWN, OTHERS[:3], "g", "G")
    assert (most.quality, most.direction) == (Quality.WORSE, Direction.LOWER)
    least = among(HEALTH, years("E08000025", 70.0), OTHERS, "g", "G")
    assert (least.quality, least.direction) == (Quality.BETTER, Direction.HIGHER)


def test_two_areas_are_no_group_and_a_survey_without_margins_is_no_test() -> None:
    assert among(HEALTH, OWN, OTHERS[:2], "g", "G").direction is Direction.CANNOT_TEST
    found = among(BUSES, OWN, OTHERS, "g", "G")
    assert len(found.untested) == 4
    assert (found.quality, found.direction) == (Quality.NONE, Direction.CANNOT_TEST)
    assert "4 are beyond any test" in among_sentence(found, BUSES, "Birmingham", "2024")


def test_an_area_without_a_figure_is_set_among_none() -> None:
    found = among(HEALTH, years("E08000025", None), OTHERS, "g", "G")
    assert found.tested == 0
    assert found.from_middle is None
    assert among_sentence(found, HEALTH, "Birmingham", "2024") == (
        "No area of “G” can be set beside Birmingham in 2024."
    )


@pytest.mark.parametrize(
    ("code", "other", "like"),
    [
        ("E08000025", "E06000023", True),
        ("E08000025", "S12000033", True),
        ("E47000007", "E47000001", True),
        ("E47000007", "E08000025", False),
        ("E92000001", "E08000025", False),
    ],
)
def test_only_areas_of_one_kind_are_like(code: str, other: str, like: bool) -> None:
    assert same_kind(code, other) is like
