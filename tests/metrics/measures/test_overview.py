"""What the board needs of a series."""

import pytest

from metrics.measures.overview import overview
from tests.metrics.measures.builders import make_series, row

NAMES = {"E47000007": "West Midlands", "E08000025": "Birmingham", "E92000001": "England"}
SHOWN = ("E47000007", "E08000025", "E92000001")


def test_the_newest_period_the_named_areas_and_the_areas_behind_them():
    series = make_series(
        [
            *(row(f"E08{number:06d}", 2023, float(number), 0.5) for number in range(1, 13)),
            row("E08000025", 2022, 59.0, 0.5),
            row("E08000025", 2023, None, status="c", note="Suppressed."),
            row("E92000001", 2022, 70.0, 0.1),
            row("E92000001", 2023, 71.0, 0.1),
        ]
    )
    shown = overview(series, SHOWN, NAMES)
    assert (shown.period, shown.tier) == ("2023", "lower_tier")
    assert shown.background == tuple(float(number) for number in range(1, 13))
    combined, borough, england, kingdom = shown.named
    assert (combined.name, combined.figure) == ("West Midlands", None)
    assert borough.figure is not None
    assert (borough.figure.value, borough.figure.note) == (None, "Suppressed.")
    assert england.figure is not None
    assert england.figure.value == 71.0
    assert kingdom.code == "K02000001"


def test_a_history_keeps_its_gaps_and_an_area_without_figures_has_none():
    series = make_series(
        [
            row("E08000025", 2021, 60.0, 0.5),
            row("E92000001", 2020, 70.0, 0.1),
            row("E92000001", 2022, 71.0, 0.1),
        ]
    )
    histories = overview(series, SHOWN, NAMES).histories
    assert list(histories) == ["E92000001"]
    assert [point.value for point in histories["E92000001"]] == [70.0, None, 71.0]


def test_a_series_without_a_value_has_no_overview():
    with pytest.raises(ValueError, match="no value in any period"):
        overview(make_series([row("E08000025", 2023, None)]), SHOWN, NAMES)


def test_with_counties_and_without_districts_the_upper_tier_is_the_background():
    rows = [row(f"E08{number:06d}", 2023, float(number), 0.5) for number in range(1, 10)]
    rows += [row(f"E10{number:06d}", 2023, 50.0 + number, 0.5) for number in range(1, 4)]
    shown = overview(make_series(rows), SHOWN, NAMES)
    assert shown.tier == "upper_tier"
    assert len(shown.background) == 12
