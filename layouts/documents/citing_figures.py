"""The figures of one series as a document cites them: as published, under their own ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.figure_reads import DatasetVintage, read_dataset_vintages
from data.periods import TimePeriod, period_in_short, period_in_words
from data.series_reads import FigureRow, read_figures
from layouts.addresses import cite_address, home_address
from layouts.documents.content import CitedFigure
from metrics.citing import citation_forms
from metrics.definition import Metric
from metrics.figure import Figure, canonical_number
from metrics.measures.results import Figure as MeasuredFigure
from metrics.openings import qualifier, subject, write_with_unit
from metrics.origin import SeriesLabel
from metrics.wording import write_interval

Name = Callable[[str], str]


@dataclass(frozen=True)
class FigureBook:
    """The figures of one series for some areas, by code and period; `source` is their vintage."""

    metric: Metric
    label: SeriesLabel
    rows: Mapping[str, Mapping[TimePeriod, FigureRow]]
    source: DatasetVintage | None
    name: Name
    in_text: Name

    @classmethod
    def read(
        cls,
        store: Connection,
        metric: Metric,
        label: SeriesLabel,
        codes: Iterable[str],
        name: Name,
        in_text: Name,
    ) -> FigureBook:
        """Read the figures that are held now.

        Args:
            name, in_text: the name of an area by its code, on a heading and within a sentence.
        """
        rows: dict[str, dict[TimePeriod, FigureRow]] = {}
        for row in read_figures(store, metric.id, label.breakdown, codes=codes):
            own = rows.setdefault(row.recoded_to or row.code, {})
            period = TimePeriod(row.period_start, row.period_end)
            # Where a place has figures under two codes, that under its own code stands.
            if period not in own or row.recoded_to is None:
                own[period] = row
        vintages = read_dataset_vintages(store, metric.source.dataset) if metric.source else []
        return cls(metric, label, rows, vintages[-1] if vintages else None, name, in_text)

    def of(self, code: str) -> dict[TimePeriod, MeasuredFigure]:
        """The figures of an area by period, as measures take them."""
        coverage = self.metric.coverage
        if coverage is None:
            return {}
        return {
            period: MeasuredFigure(
                start=period.start,
                end=period.end,
                period=period_in_words(period, coverage.period),
                short_period=period_in_short(period, coverage.period),
                value=row.value,
                lower=row.lower_95,
                upper=row.upper_95,
                status=row.status,
                note=row.note,
            )
            for period, row in self.rows.get(code, {}).items()
        }

    def cited(self, code: str, start: date, end: date) -> CitedFigure | None:
        """The figure of an area and period with its citation; None where there is no value."""
        period = TimePeriod(start, end)
        row = self.rows.get(code, {}).get(period)
        metric = self.metric
        if row is None or row.value is None or metric.source is None or metric.coverage is None:
            return None
        figure = Figure(
            metric=metric.id,
            area=row.code,
            period=f"{row.period_start}/{row.period_end}",
            dataset=metric.source.dataset,
            value=canonical_number(row.value),
            lower=None if row.lower_95 is None else canonical_number(row.lower_95),
            upper=None if row.upper_95 is None else canonical_number(row.upper_95),
            breakdown=self.label.breakdown,
            status=row.status,
        )
        measure = subject(metric, self.label)
        interval = write_interval(row.lower_95, row.upper_95, metric.unit)
        return CitedFigure(
            figure=figure,
            measure=f"{measure[:1].upper()}{measure[1:]}",
            place=self.name(code),
            period=period_in_words(period, metric.coverage.period),
            value=write_with_unit(row.value, metric.unit),
            interval=interval.removeprefix("95% interval "),
            note=qualifier(row.status),
            cite=cite_address(metric.id, self.label.breakdown, row.code, start),
            forms=citation_forms(
                figure, metric, self.in_text(code), self.source, note=row.note, home=home_address()
            ),
        )
