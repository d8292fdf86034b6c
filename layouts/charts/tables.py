"""The tables beside the charts: full figures, with words for what is missing or qualified."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.periods import PeriodShape, TimePeriod, period_in_words
from layouts.charts.lines import Shown
from layouts.charts.places import Place
from layouts.charts.published import NEVER_PUBLISHED, Figures, Published
from metrics.definition import Unit
from metrics.wording import write_number

# The address of the citation of the figure of an area and period.
Cite = Callable[[str, TimePeriod], str]
# As many decimal places as a table writes: some sources print every digit of a computer's number.
MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a table. `value` is empty where there is none; `note` then says why.

    `cite` leads to its citation; empty where there is no value.
    """

    value: str
    interval: str
    note: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its heading, the code where the row is an area, and its cells."""

    heading: str
    code: str
    cells: tuple[Cell, ...]


def write_in_full(value: float, unit: Unit) -> str:
    """A value as published, without its unit: at least the declared decimal places.

    Digits beyond the fourth decimal place are rounded.
    """
    exact = f"{abs(value):.{MOST_DECIMALS}f}".rstrip("0")
    places = max(unit.decimals, len(exact.partition(".")[2]))
    sign = "−" if round(value, places) < 0 else ""
    return f"{sign}{abs(value):,.{places}f}"


def write_as_declared(value: float, unit: Unit) -> str:
    """A value without its unit, at the declared decimal places: a column of them lines up."""
    return write_number(value, unit.decimals)


def cell(
    figure: Published | None,
    unit: Unit,
    cite: str = "",
    write: Callable[[float, Unit], str] = write_in_full,
) -> Cell:
    """A figure as a table writes it, with the address of its citation where it has a value."""
    if figure is None:
        return Cell("", "", NEVER_PUBLISHED)
    if figure.value is None:
        return Cell("", "", figure.why_missing)
    interval = ""
    if figure.lower is not None and figure.upper is not None:
        interval = f"{write(figure.lower, unit)} to {write(figure.upper, unit)}"
    return Cell(write(figure.value, unit), interval, ", ".join(figure.qualifiers), cite)


def rows_by_period(
    figures: Figures,
    periods: Sequence[TimePeriod],
    areas: Sequence[Shown],
    unit: Unit,
    shape: PeriodShape,
    cite: Cite,
) -> tuple[Row, ...]:
    """One row for each period, the newest first, and one cell for each area."""
    return tuple(
        Row(
            period_in_words(period, shape),
            "",
            tuple(
                cell(figures.get(area.code, {}).get(period), unit, cite(area.code, period))
                for area in areas
            ),
        )
        for period in sorted(set(periods), reverse=True)
    )


def rows_by_area(
    published: Mapping[str, Published], places: Sequence[Place], unit: Unit, cite: Cite
) -> tuple[Row, ...]:
    """One row for each area, by name."""
    return tuple(
        Row(place.name, place.code, (_cell_of(published.get(place.code), place, unit, cite),))
        for place in sorted(places, key=lambda place: place.name)
    )


def _cell_of(figure: Published | None, place: Place, unit: Unit, cite: Cite) -> Cell:
    return cell(figure, unit, cite(place.code, figure.period) if figure else "")
