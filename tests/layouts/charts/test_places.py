"""Strips and maps: every area of the tier is there, and says why where it has no figure."""

from datetime import date

import pytest

from data.periods import TimePeriod
from layouts.charts.places import Place, belongs_to, map_chart, ranked_strip, tiers_of
from layouts.charts.published import NEVER_PUBLISHED, figures_in, published_by_area
from metrics.definition import Polarity
from tests.layouts.charts.examples import figure_rows, school_metric

YEAR = TimePeriod(date(2024, 9, 1), date(2025, 8, 31))
EARLIER = TimePeriod(date(2023, 9, 1), date(2024, 8, 31))
FIGURES = published_by_area(
    figure_rows(
        ("E08000025", YEAR, 60.0, 59.0, 61.0, "", ""),
        ("E08000026", YEAR, 63.0, None, None, "p", ""),
        ("E08000029", YEAR, 63.0, None, None, "", ""),
        ("E06000053", YEAR, None, None, None, "c", "Too few pupils"),
        ("E08000027", EARLIER, 99.0, None, None, "", ""),
        ("E92000001", YEAR, 62.0, None, None, "", ""),
        ("E12000005", YEAR, None, None, None, "x", ""),
    )
)
PLACES = [
    Place("E06000053", "Isles of Scilly"),
    Place("E08000025", "Birmingham"),
    Place("E08000029", "Solihull"),
    Place("E08000027", "Dudley"),
    Place("E08000026", "Coventry"),
]
ENGLAND = Place("E92000001", "England")
REGION = Place("E12000005", "West Midlands region")


def strip():
    return ranked_strip(
        school_metric(),
        "A title",
        "A summary",
        figures_in(FIGURES, YEAR),
        PLACES,
        ["E08000025"],
        [ENGLAND, REGION],
        "school year 2024/25",
    )


def test_rows_run_from_the_highest_and_by_name_among_equals() -> None:
    assert [row.name for row in strip().rows] == [
        "Coventry",
        "Solihull",
        "Birmingham",
        "Dudley",
        "Isles of Scilly",
    ]


def test_areas_without_a_figure_come_last_and_say_why() -> None:
    missing = {row.name: row.note for row in strip().rows if row.value is None}
    assert missing == {
        "Dudley": NEVER_PUBLISHED,
        "Isles of Scilly": "withheld by the publisher to protect confidentiality: Too few pupils",
    }


def test_rows_carry_interval_prominence_and_qualifier() -> None:
    rows = {row.name: row for row in strip().rows}
    assert (rows["Birmingham"].lower, rows["Birmingham"].upper) == (59.0, 61.0)
    assert rows["Birmingham"].prominence == "focus"
    assert rows["Coventry"].prominence == "background"
    assert rows["Coventry"].note == "provisional"


def test_only_larger_areas_with_a_value_are_references() -> None:
    assert [(mark.name, mark.value) for mark in strip().references] == [("England", 62.0)]


def test_the_map_holds_every_area_with_the_declared_better_end() -> None:
    drawn = map_chart(
        school_metric(polarity=Polarity.LOWER),
        "",
        "",
        figures_in(FIGURES, YEAR),
        PLACES,
        "upper_tier",
        ["E08000025"],
        "school year 2024/25",
    )
    assert drawn is not None
    assert drawn.level == "upper_tier"
    assert drawn.better == "lower"
    assert {area.code: area.value for area in drawn.areas} == {
        "E06000053": None,
        "E08000025": 60.0,
        "E08000026": 63.0,
        "E08000027": None,
        "E08000029": 63.0,
    }


def test_a_tier_without_boundaries_has_no_map() -> None:
    assert map_chart(school_metric(), "", "", {}, [], "police_force", [], "") is None


@pytest.mark.parametrize(
    ("types", "tiers"),
    [
        (["country", "region", "county", "unitary authority"], ("upper_tier", "region")),
        (["non-metropolitan district", "unitary authority"], ("lower_tier",)),
        (
            ["non-metropolitan district", "county", "combined authority", "region"],
            ("lower_tier", "upper_tier", "combined_authority", "region"),
        ),
        (["Scottish council area", "country"], ("lower_tier",)),
        (["police force area", "region", "country"], ("police_force", "region")),
        (["ITL 1"], ("itl_1",)),
        (["country"], ()),
    ],
)
def test_tiers_are_those_declared_the_finest_first(types, tiers) -> None:
    coverage = school_metric().coverage
    assert coverage is not None
    metric = school_metric(coverage=coverage.model_copy(update={"area_types": tuple(types)}))
    assert tiers_of(metric) == tiers


def test_a_metric_without_figures_has_no_tier() -> None:
    metric = school_metric(
        figures="not held", figures_note="Not published.", coverage=None, source=None, series=()
    )
    assert tiers_of(metric) == ()


def test_codes_belong_to_tiers_by_what_they_stand_for() -> None:
    assert belongs_to("E07000192", "lower_tier")
    assert not belongs_to("E07000192", "upper_tier")
    assert belongs_to("E10000031", "upper_tier")
    assert not belongs_to("E10000031", "lower_tier")
    assert belongs_to("W15000003", "police_force")
    assert not belongs_to("E12000005", "combined_authority")
