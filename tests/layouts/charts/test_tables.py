"""Tables: full figures, and never a zero or an empty cell without its reason."""

from datetime import date

import pytest

from data.periods import PeriodShape, TimePeriod
from layouts.charts.lines import Shown
from layouts.charts.places import Place
from layouts.charts.published import NEVER_PUBLISHED, figures_in, published_by_area
from layouts.charts.tables import Cell, rows_by_area, rows_by_period, write_in_full
from metrics.definition import Unit
from tests.layouts.charts.examples import figure_rows

UNIT = Unit(label="years", suffix=" years", difference="years", decimals=1)
OLD = TimePeriod(date(2017, 1, 1), date(2019, 12, 31))
NEW = TimePeriod(date(2022, 1, 1), date(2024, 12, 31))
FIGURES = published_by_area(
    figure_rows(
        ("E08000025", OLD, 58.9, 58.1, 59.7, "", ""),
        ("E08000025", NEW, 57.0, None, None, "p r", ""),
        ("E08000029", OLD, None, None, None, "low", ""),
    )
)


def cite(code: str, period: TimePeriod) -> str:
    return f"{code} in {period.start.year}"


def test_periods_run_from_the_newest_with_a_cell_for_each_area() -> None:
    rows = rows_by_period(
        FIGURES,
        [OLD, NEW],
        [Shown("E08000025", "Birmingham", "focus"), Shown("E08000029", "Solihull", "focus")],
        UNIT,
        PeriodShape.THREE_CALENDAR_YEARS,
        cite,
    )
    assert [row.heading for row in rows] == ["2022 to 2024", "2017 to 2019"]
    assert rows[0].cells == (
        Cell("57.0", "", "provisional, revised", "E08000025 in 2022"),
        Cell("", "", NEVER_PUBLISHED),
    )
    assert rows[1].cells == (
        Cell("58.9", "58.1 to 59.7", "", "E08000025 in 2017"),
        Cell("", "", "too low for the publisher to print"),
    )


def test_areas_run_by_name() -> None:
    rows = rows_by_area(
        figures_in(FIGURES, OLD),
        [Place("E08000029", "Solihull"), Place("E08000025", "Birmingham")],
        UNIT,
        cite,
    )
    assert [(row.heading, row.code) for row in rows] == [
        ("Birmingham", "E08000025"),
        ("Solihull", "E08000029"),
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (62.0, 0, "62"),
        (62.0, 1, "62.0"),
        (38.123456, 2, "38.1235"),
        (38.12, 1, "38.12"),
        (1234567.5, 0, "1,234,567.5"),
        (-0.00001, 1, "0.0"),
        (-2.5, 1, "−2.5"),
        (0.0, 0, "0"),
    ],
)
def test_values_are_written_in_full(value: float, decimals: int, written: str) -> None:
    unit = Unit(label="x", difference="x", decimals=decimals)
    assert write_in_full(value, unit) == written
