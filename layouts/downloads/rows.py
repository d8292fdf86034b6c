"""Figures as rows of a file: one row for each, with its id and its citation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from data.periods import TimePeriod, period_in_words
from data.series_reads import FigureRow, KnownArea
from data.tables import STATUS_LETTERS
from layouts.addresses import home_address
from layouts.charts.published import shape_of
from metrics.area_names import area_label
from metrics.definition import Metric
from metrics.figure import Figure, address, canonical_number, figure_id

COLUMNS = (
    "figure_id",
    "metric",
    "breakdown",
    "area_code",
    "area",
    "period",
    "period_start",
    "period_end",
    "value",
    "lower_95",
    "upper_95",
    "unit",
    "status",
    "status_meaning",
    "note",
    "basis",
    "citation",
)
FileRow = tuple[str | float | None, ...]


def names_of(areas: Mapping[str, KnownArea]) -> dict[str, str]:
    """The labels of areas by code."""
    return {code: area_label(area.name, area.type) for code, area in areas.items()}


def figure_rows(
    held: Iterable[FigureRow], metric: Metric, breakdown: str, names: Mapping[str, str]
) -> Iterator[FileRow]:
    """Rows of `COLUMNS` for figures of one series.

    A blank is an empty cell with its status letter, never a zero.

    Args:
        held: the figures, in the order of the rows.
        names: labels of areas by code.
    """
    home, shape = home_address(), shape_of(metric)
    for row in held:
        figure = Figure(
            metric=metric.id,
            area=row.code,
            period=f"{row.period_start}/{row.period_end}",
            dataset=metric.source.dataset if metric.source else "",
            value=written(row.value),
            lower=written(row.lower_95),
            upper=written(row.upper_95),
            breakdown=breakdown,
            status=row.status,
        )
        yield (
            figure_id(figure),
            metric.title,
            breakdown,
            row.code,
            names.get(row.recoded_to or row.code, row.code),
            period_in_words(TimePeriod(row.period_start, row.period_end), shape),
            row.period_start.isoformat(),
            row.period_end.isoformat(),
            row.value,
            row.lower_95,
            row.upper_95,
            metric.unit.label,
            row.status,
            "; ".join(STATUS_LETTERS.get(letter, letter) for letter in row.status.split()),
            row.note,
            figure.basis,
            f"{home}{address(figure)}",
        )


def written(number: float | None) -> str | None:
    """A number as a citation writes it; None for a blank."""
    return None if number is None else canonical_number(number)
