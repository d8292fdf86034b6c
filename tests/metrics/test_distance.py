"""How far one area is from what a clause asks, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.catalogue import load_catalogue
from metrics.distance import (
    Distance,
    distance_in_units,
    distances,
    pace_in_words,
    years_in_words,
)
from metrics.measures.results import (
    AreaFacts,
    Comparison,
    Direction,
    Figure,
    Quality,
    TrendFacts,
)

CATALOGUE = load_catalogue()
BROADBAND = CATALOGUE.metrics["gigabit-broadband"]
HEALTH = CATALOGUE.metrics["healthy-life-expectancy-male"]
GIGABIT = CATALOGUE.clauses["4.gigabit"]
FIVE_YEARS = CATALOGUE.clauses["7.five-years"]


def facts(metric: str, value: float | None, start: date, end: date, **more: object) -> AreaFacts:
    figure = Figure(start=start, end=end, period="then", short_period="then", value=value)
    return AreaFacts(metric=metric, breakdown="", code="E08000025", latest=figure, **more)


def trend(slope: float, lower: float | None, upper: float | None) -> TrendFacts:
    return TrendFacts(
        slope=slope, lower=lower, upper=upper, method="Theil-Sen", points=9, independent=9
    )


def broadband(value: float, found: TrendFacts | None = None) -> Distance:
    known = facts("gigabit-broadband", value, date(2025, 12, 1), date(2025, 12, 31), trend=found)
    (only,) = distances(GIGABIT, BROADBAND, known)
    return only


def test_a_level_lacks_what_is_left_over_the_years_left() -> None:
    # 99 less 95 is 4 points; the end of 2025 is 5 years from the end of 2030.
    one = broadband(95.0, trend(2.0, 1.0, 4.0))
    assert one.missing == pytest.approx(4.0)
    assert one.left == pytest.approx(5.0, abs=0.01)
    assert one.required == pytest.approx(0.8, abs=0.01)
    # At 4 points a year one year, at 1 point a year four.
    assert one.years == pytest.approx((1.0, 4.0))
    assert distance_in_units(one, BROADBAND) == "4.0 percentage points short of 99%"
    assert pace_in_words(one, BROADBAND).startswith("+0.80 a year needed for 5")
    assert pace_in_words(one, BROADBAND).endswith(
        "; +2.00 a year seen (95% interval +1.00 to +4.00)"
    )
    assert years_in_words(one) == "1 to 4 years at the pace seen; not a forecast"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "cannot be said: no pace with a margin of error"),
        (trend(2.0, None, None), "cannot be said: no pace with a margin of error"),
        (trend(1.0, -1.0, 3.0), "cannot be said: no pace towards it that can be told from none"),
        (trend(-2.0, -3.0, -1.0), "cannot be said: no pace towards it that can be told from none"),
        (trend(4.0, 3.9, 4.1), "about 1 year at the pace seen; not a forecast"),
        (
            trend(1.0, 0.01, 2.0),
            "from 2 years to more than a hundred at the pace seen; not a forecast",
        ),
        (trend(0.02, 0.01, 0.03), "more than a hundred at the pace seen; not a forecast"),
    ],
)
def test_years_are_told_only_of_a_pace_that_can_be_told_from_none(found, words) -> None:
    assert years_in_words(broadband(95.0, found)) == words


def test_what_is_reached_lacks_nothing() -> None:
    one = broadband(99.4, trend(1.0, 0.5, 1.5))
    assert one.reached
    assert one.required is None
    assert distance_in_units(one, BROADBAND) == "at or beyond 99%"
    assert (pace_in_words(one, BROADBAND), years_in_words(one)) == ("none is needed", "none")


def change(to: str, then: float | None, label: str) -> Comparison:
    other = None
    if then is not None:
        other = Figure(
            start=date(2017, 1, 1),
            end=date(2019, 12, 31),
            period=label,
            short_period=label,
            value=then,
        )
    return Comparison(
        to=to,
        label=label,
        other=other,
        difference=None if then is None else 58.2 - then,
        direction=Direction.NOT_CLEAR,
        quality=Quality.NONE,
        sentence="",
    )


def test_a_change_is_counted_from_each_baseline_that_has_a_figure() -> None:
    changes = (change("before-pandemic", 60.0, "2017 to 2019"), change("white-paper", None, ""))
    known = facts(HEALTH.id, 58.2, date(2022, 1, 1), date(2024, 12, 31), changes=changes)
    (only,) = distances(FIVE_YEARS, HEALTH, known)
    # Five years more than 60.0 is 65.0, which is 6.8 more than 58.2, in the 11 years to 2035.
    assert (only.since, only.target) == ("2017 to 2019", pytest.approx(65.0))
    assert only.missing == pytest.approx(6.8)
    assert only.left == 11.0
    assert only.required == pytest.approx(6.8 / 11)
    assert distance_in_units(only, HEALTH) == "6.8 years short of 5 years more than in 2017 to 2019"
    assert pace_in_words(only, HEALTH) == (
        "+0.62 a year needed for 11 years; too few figures to see a pace"
    )


def test_no_amount_is_asked_of_one_area_by_a_gap_or_without_a_figure() -> None:
    known = facts(HEALTH.id, 58.2, date(2022, 1, 1), date(2024, 12, 31))
    assert distances(CATALOGUE.clauses["7.gap-narrows"], HEALTH, known) == ()
    blank = facts(HEALTH.id, None, date(2022, 1, 1), date(2024, 12, 31))
    assert distances(FIVE_YEARS, HEALTH, blank) == ()
