"""Sentences beside the pictures."""

from datetime import date

from layouts.charts.words import line_sentence, spread_sentence
from layouts.figures.description import Line, LineChart, LinePoint, RankedStrip, StripRow
from layouts.figures.description import Unit as DrawnUnit
from metrics.definition import Unit

YEARS = Unit(label="years", suffix=" years", difference="years", decimals=1)


def line(name: str, *values: float | None, prominence="focus") -> Line:
    points = tuple(
        LinePoint(date(2011 + n, 6, 30), str(2011 + n), str(2011 + n), value)
        for n, value in enumerate(values)
    )
    return Line(name, name, prominence, points)


def chart(*lines: Line) -> LineChart:
    return LineChart("c", "", "", DrawnUnit("years"), lines)


def strip(*rows: tuple[str, float | None]) -> RankedStrip:
    return RankedStrip(
        "s",
        "",
        "",
        DrawnUnit("years"),
        tuple(StripRow(name, name, "background", value) for name, value in rows),
        period="2022 to 2024",
    )


def test_each_line_is_told_by_its_ends_leaving_gaps_and_the_background_out() -> None:
    drawn = chart(
        line("Dudley", None, 60.0, None, 58.0),
        line("England", 61.0, prominence="comparator"),
        line("Walsall", 50.0, 51.0, prominence="background"),
    )
    assert line_sentence(drawn, YEARS) == (
        "Dudley: 60.0 years in 2012, 58.0 years in 2014. England: 61.0 years in 2011."
    )


def test_a_figure_of_a_day_is_told_on_that_day() -> None:
    point = LinePoint(date(2023, 6, 30), "30 June 2023", "30 June 2023", 58.0)
    assert line_sentence(chart(Line("d", "Dudley", "focus", (point,))), YEARS) == (
        "Dudley: 58.0 years on 30 June 2023."
    )


def test_many_lines_are_counted() -> None:
    drawn = chart(*(line(f"Area {n}", 1.0, 2.0) for n in range(6)))
    assert line_sentence(drawn, YEARS).endswith("3 more lines are in the table.")


def test_no_lines() -> None:
    assert line_sentence(chart(), YEARS) == "There are no figures to draw."


def test_the_spread_runs_from_the_lowest_to_the_highest() -> None:
    rows = strip(("Solihull", 65.0), ("Coventry", 61.0), ("Sandwell", 56.0), ("Rutland", None))
    assert spread_sentence(rows, YEARS, "areas") == (
        "3 areas have a figure for 2022 to 2024: from 56.0 years (Sandwell) to 65.0 years "
        "(Solihull), with half of them at or below 61.0 years. 1 has none."
    )


def test_equal_ends_are_named_together_or_counted() -> None:
    rows = strip(*((f"Area {n}", 100.0) for n in range(5)), ("Dudley", 90.0), ("Walsall", 90.0))
    assert spread_sentence(rows, YEARS, "areas").startswith(
        "7 areas have a figure for 2022 to 2024: from 90.0 years (Dudley and Walsall) to "
        "100.0 years (5 areas)"
    )


def test_one_figure_or_none() -> None:
    assert spread_sentence(strip(("Dudley", 1.0), ("Walsall", None)), YEARS, "areas") == (
        "Only Dudley has a figure for 2022 to 2024."
    )
    assert spread_sentence(strip(("Dudley", None)), YEARS, "boroughs") == (
        "None of the 1 boroughs has a figure for 2022 to 2024."
    )
