"""One series of figures as a part of a document: a chart and a table, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.figure_reads import DatasetVintage
from data.periods import TimePeriod
from data.series_reads import KnownArea, read_known_areas
from layouts.charts.published import chart_unit
from layouts.documents.citing_figures import FigureBook
from layouts.documents.content import Cell, CitedFigure, Picture, Row, Statement, Table
from layouts.figures.description import RankedStrip, Reference, StripRow
from metrics.area_names import area_in_text, area_label
from metrics.definition import Metric
from metrics.openings import qualifier, subject
from metrics.origin import SeriesLabel
from metrics.wording import write_list

REFERENCES = (COMBINED_AUTHORITY, ENGLAND)
# What is drawn: every borough, between the two larger areas.
DRAWN = (*CONSTITUENT, *REFERENCES)


@dataclass
class Sources:
    """The names of areas, and the datasets that a document's figures came from so far."""

    areas: dict[str, KnownArea]
    used: dict[str, DatasetVintage] = field(default_factory=dict)

    @classmethod
    def read(cls, store: Connection) -> Sources:
        """With the names that are known now."""
        return cls(read_known_areas(store))

    def name(self, code: str) -> str:
        """The name on a heading."""
        area = self.areas.get(code)
        return area_label(area.name, area.type) if area else code

    def in_text(self, code: str) -> str:
        """The name within a sentence."""
        area = self.areas.get(code)
        return area_in_text(area.name, area.type) if area else code

    def book(
        self, store: Connection, metric: Metric, label: SeriesLabel, codes: Sequence[str]
    ) -> FigureBook:
        """The figures of a series for some areas; its dataset is one of the sources from now on."""
        book = FigureBook.read(store, metric, label, codes, self.name, self.in_text)
        if book.source is not None and (book.rows or book.derived):
            self.used.setdefault(book.source.dataset, book.source)
        return book


def series_title(metric: Metric, label: SeriesLabel) -> str:
    """What is measured, as a heading."""
    words = subject(metric, label)
    return f"{words[:1].upper()}{words[1:]}"


def figures_table(book: FigureBook, codes: Sequence[str], caption: str) -> Table | None:
    """The newest figure of each area, with its period; None where no area has one."""
    found = [(code, newest(book, code)) for code in codes]
    if not any(figure for _, figure in found):
        return None
    metric, breakdown = book.metric, book.label.breakdown
    return Table(
        id=f"figures-{metric.id}-{breakdown}",
        caption=caption,
        corner="Area",
        columns=(_column(metric), "Period"),
        rows=tuple(
            Row(
                book.name(code),
                (Cell(figure=figure), Cell(figure.period))
                if figure
                else (Cell("No figure held", missing=True), Cell("")),
                f"/areas/{code}",
            )
            for code, figure in found
        ),
    )


def _column(metric: Metric) -> str:
    label = metric.unit.label
    return f"Figure ({label})"


def newest(book: FigureBook, code: str) -> CitedFigure | None:
    """The newest published figure of an area; the one derived here where none is published."""
    for period in sorted(book.rows.get(code, {}), reverse=True):
        figure = book.cited(code, period.start, period.end)
        if figure is not None:
            return figure
    return book.cited_derived(code)


def strip_of(book: FigureBook, focus: Sequence[str]) -> Picture | None:
    """The areas in the newest period that any of them has; None with fewer than two of them.

    Args:
        book: the figures of the series.
        focus: the areas that get a row each; England and the combined authority are lines.
    """
    periods = sorted({period for code in focus for period in _valued(book, code)}, reverse=True)
    if not periods:
        return None
    period = periods[0]
    rows, missing = [], []
    for code in focus:
        row = book.rows.get(code, {}).get(period)
        if row is None or row.value is None:
            missing.append(book.name(code))
            continue
        rows.append(
            StripRow(
                code,
                book.name(code),
                "focus",
                row.value,
                row.lower_95,
                row.upper_95,
                note=qualifier(row.status),
            )
        )
    if len(rows) < 2:
        return None
    references = tuple(
        Reference(code, "WMCA" if code == COMBINED_AUTHORITY else book.name(code), row.value)
        for code in REFERENCES
        if code not in focus
        and (row := book.rows.get(code, {}).get(period)) is not None
        and row.value is not None
        # A total of a larger area is no measure for the parts of it.
        and book.metric.aggregation.rule != "sum"
    )
    metric = book.metric
    unit = chart_unit(metric.unit)
    ordered = sorted(rows, key=lambda one: -(one.value or 0.0))
    told = [f"{one.name} {unit.write(one.value)}" for one in ordered]
    told += [f"{one.name} {unit.write(one.value)}" for one in references]
    cited = book.cited(ordered[0].code, period.start, period.end)
    when = cited.period if cited else ""
    summary = f"{write_list(told)}."
    if missing:
        summary += f" No figure for {write_list(missing)}."
    return Picture(
        id=f"strip-{metric.id}-{book.label.breakdown}",
        chart=RankedStrip(
            id=f"strip-{metric.id}-{book.label.breakdown}",
            title=f"{series_title(metric, book.label)}, {when}",
            summary=summary,
            unit=unit,
            rows=tuple(rows),
            references=references,
            period=when,
            source=f"Source: {book.source.producer}, {book.source.title}." if book.source else "",
        ),
    )


def _valued(book: FigureBook, code: str) -> list[TimePeriod]:
    return [period for period, row in book.rows.get(code, {}).items() if row.value is not None]


def caveats_of(metrics: Sequence[Metric]) -> tuple[Statement, ...]:
    """What is to be kept in mind of each metric, in one statement, in order."""
    return tuple(
        Statement(" ".join(metric.caveats), metric.title, f"/metrics/{metric.id}")
        for metric in metrics
        if metric.caveats
    )
