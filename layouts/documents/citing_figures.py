"""The figures of one series as a document cites them, under their own ids: published or derived."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.figure_reads import DatasetVintage, read_dataset_vintages
from data.periods import TimePeriod, period_in_short, period_in_words
from data.series_reads import FigureRow, read_figures, read_measures_beginning
from layouts.addresses import cite_address, home_address
from layouts.documents.content import CitedFigure
from metrics.citing import as_measured, citation_forms
from metrics.definition import Metric
from metrics.derived_history import rounded_as_cited
from metrics.figure import Figure, canonical_number
from metrics.measures.group_results import DerivedGroup
from metrics.measures.results import Figure as MeasuredFigure
from metrics.openings import qualifier, subject, write_with_unit
from metrics.origin import SeriesLabel
from metrics.wording import write_interval

Name = Callable[[str], str]


@dataclass(frozen=True)
class FigureBook:
    """The figures of one series for some areas.

    Attributes:
        rows: the published figures by code and period.
        derived: what is derived here for those of the areas that are groups, by code.
        source: the vintage of the published figures; None where no dataset is held.
        name, in_text: the name of an area by its code, on a heading and within a sentence.
    """

    metric: Metric
    label: SeriesLabel
    rows: Mapping[str, Mapping[TimePeriod, FigureRow]]
    derived: Mapping[str, DerivedGroup]
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
        wanted = list(codes)
        for row in read_figures(store, metric.id, label.breakdown, codes=wanted):
            own = rows.setdefault(row.recoded_to or row.code, {})
            period = TimePeriod(row.period_start, row.period_end)
            # Where a place has figures under two codes, that under its own code stands.
            if period not in own or row.recoded_to is None:
                own[period] = row
        vintages = read_dataset_vintages(store, metric.source.dataset) if metric.source else []
        beginning = f"{metric.id}|{label.breakdown}|"
        groups = (
            DerivedGroup.model_validate_json(text)
            for text in read_measures_beginning(store, "derived", beginning, wanted)
        )
        return cls(
            metric,
            label,
            rows,
            {group.code: group for group in groups},
            vintages[-1] if vintages else None,
            name,
            in_text,
        )

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
        """The published figure of an area and period, cited; None where there is no value."""
        period = TimePeriod(start, end)
        row = self.rows.get(code, {}).get(period)
        metric = self.metric
        if row is None or row.value is None or metric.source is None or self.source is None:
            return None
        figure = Figure(
            metric=metric.id,
            area=row.code,
            period=f"{row.period_start}/{row.period_end}",
            dataset=metric.source.dataset,
            value=_written(row.value),
            lower=_written(row.lower_95),
            upper=_written(row.upper_95),
            breakdown=self.label.breakdown,
            status=row.status,
        )
        return self._as_cited(
            figure,
            code,
            (row.value, row.lower_95, row.upper_95),
            qualifier(row.status),
            self.source,
            row.note,
        )

    def cited_derived(self, code: str) -> CitedFigure | None:
        """The newest figure that is derived for a group, cited, with how it was made as its note.

        None for an area of which nothing is derived, or only for periods with a published figure,
        which is then the figure.
        """
        group, metric = self.derived.get(code), self.metric
        if group is None or not group.standing_in or metric.source is None or self.source is None:
            return None
        newest = group.standing_in[-1]
        value, lower, upper = (
            rounded_as_cited(metric, number)
            for number in (newest.value, newest.lower, newest.upper)
        )
        figure = Figure(
            metric=metric.id,
            area=code,
            period=f"{newest.start}/{newest.end}",
            dataset=metric.source.dataset,
            value=_written(value),
            lower=_written(lower),
            upper=_written(upper),
            breakdown=self.label.breakdown,
            basis="derived",
        )
        return self._as_cited(figure, code, (value, lower, upper), group.how, self.source)

    def _as_cited(
        self,
        figure: Figure,
        code: str,
        numbers: tuple[float | None, float | None, float | None],
        note: str,
        source: DatasetVintage,
        publishers_note: str = "",
    ) -> CitedFigure:
        """A figure in words; `numbers` are its value and the ends of its interval."""
        metric, measured = self.metric, as_measured(figure, self.metric)
        measure = subject(metric, self.label)
        value, lower, upper = numbers
        return CitedFigure(
            figure=figure,
            measure=f"{measure[:1].upper()}{measure[1:]}",
            place=self.name(code),
            period=measured.period,
            value=write_with_unit(value or 0.0, metric.unit),
            interval=write_interval(lower, upper, metric.unit).removeprefix("95% interval "),
            note=note,
            source=source,
            cite=cite_address(
                metric.id,
                figure.breakdown,
                figure.area,
                measured.start,
                derived=figure.basis == "derived",
            ),
            forms=citation_forms(
                figure,
                metric,
                self.in_text(code),
                source,
                note=publishers_note,
                home=home_address(),
            ),
        )


def _written(number: float | None) -> str | None:
    return None if number is None else canonical_number(number)
