"""Areas side by side on several measures: what is read, and what may be said of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import ENGLAND
from data.periods import TimePeriod, period_in_words
from data.series_reads import KnownArea, read_figures
from layouts.addresses import cite_address
from layouts.charts.published import Figures, Published, published_by_area, shape_of
from layouts.charts.tables import Cell, cell, write_as_declared
from layouts.pages.compare_choices import Compared, Series
from layouts.pages.metric_choices import label_of
from metrics.area_names import area_in_text
from metrics.definition import Evidence, Metric
from metrics.in_short import change_in_short
from metrics.measures.baselines import two_baselines, why_not_comparable
from metrics.measures.change import Measured, difference, quality
from metrics.measures.results import Comparison, Direction, Quality
from metrics.side_by_side import Beside, Side, beside


@dataclass(frozen=True, slots=True)
class Row:
    """One area on one measure. `cell` is its figure, `change` and `beside` are in words.

    `name` heads its row, and `in_text` is the name within a sentence.
    """

    code: str
    name: str
    in_text: str
    cell: Cell
    change: str
    compared: Beside
    first: bool


@dataclass(frozen=True)
class Measure:
    """One measure for the areas shown. `period` is None where none of them has a figure.

    `baseline` is the period that changes are counted from, None where there is none before.
    `apart` says why the two periods are not to be compared, and is empty where they are.
    """

    series: Series
    figures: Figures
    period: TimePeriod | None
    baseline: TimePeriod | None = None
    apart: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def metric(self) -> Metric:
        """The declaration."""
        return self.series.metric

    @property
    def place(self) -> str:
        """What its parts of the page are called after."""
        return re.sub(r"[^\w-]+", "-", self.series.key)

    def in_words(self, period: TimePeriod | None) -> str:
        """A period of this measure in words; empty for none."""
        return period_in_words(period, shape_of(self.metric)) if period else ""

    @property
    def years(self) -> set[int]:
        """The years in which a period with a figure ends."""
        return {
            period.end.year
            for held in self.figures.values()
            for period, figure in held.items()
            if figure.value is not None
        }


def read_measure(
    store: Connection,
    series: Series,
    codes: Sequence[str],
    areas: Mapping[str, KnownArea],
    choices: Compared,
) -> Measure:
    """One measure for some areas, in the newest period by the year chosen.

    That is the newest period in which the first area has a figure; where it has none at all,
    the newest in which any of the others has one.
    """
    metric, breakdown = series.metric, series.label.breakdown
    wanted = dict.fromkeys((*codes, ENGLAND))
    figures = published_by_area(
        read_figures(store, metric.id, breakdown, codes=wanted, as_of=choices.known)
    )
    period = newest(figures, codes, choices.year)
    if period is None:
        return Measure(series, figures, None)
    held = sorted({one for code in codes for one in figures.get(code, {})})
    earlier = [one for one in held if one.end < period.end]
    baseline = next((b.period for b in two_baselines(earlier) if b.period is not None), None)
    apart = ""
    if baseline is not None:
        apart = why_not_comparable(baseline, period, metric.breaks, shape_of(metric))

    def cite(code: str) -> str:
        # What was known on an earlier day may be held no more, and only what is held is led to.
        return "" if choices.known else cite_address(metric.id, breakdown, code, period.start)

    sides = {code: _side(code, figures, period, areas) for code in codes}
    rows = tuple(
        Row(
            code,
            label_of(areas[code]),
            area_in_text(areas[code].name, areas[code].type),
            cell(figures.get(code, {}).get(period), metric.unit, cite(code), write_as_declared),
            change_words(metric, figures.get(code, {}), baseline, period, apart),
            beside(metric, sides[code], sides[codes[0]]),
            code == codes[0],
        )
        for code in codes
    )
    return Measure(series, figures, period, baseline, apart, rows)


def newest(figures: Figures, codes: Sequence[str], year: int) -> TimePeriod | None:
    """The newest period by the end of a year (0 for any) with a figure for the first area.

    Where the first has none, the newest with a figure for any of them; None where there is none.
    """

    def held(code: str) -> list[TimePeriod]:
        return [
            period
            for period, figure in figures.get(code, {}).items()
            if figure.value is not None and (not year or period.end.year <= year)
        ]

    own = held(codes[0]) or [period for code in codes for period in held(code)]
    return max(own, key=lambda period: (period.end, period.start), default=None)


def _side(code: str, figures: Figures, period: TimePeriod, areas: Mapping[str, KnownArea]) -> Side:
    figure = figures.get(code, {}).get(period)
    area = areas[code]
    return Side(code, measured(figure), area.region_code or "", area.country_code or "")


def measured(figure: Published | None) -> Measured | None:
    """A figure as the tests take it; None where there is no value."""
    if figure is None or figure.value is None:
        return None
    return Measured(figure.value, figure.lower, figure.upper)


def change_words(
    metric: Metric,
    own: Mapping[TimePeriod, Published],
    baseline: TimePeriod | None,
    period: TimePeriod,
    apart: str,
) -> str:
    """The change of one area since the baseline: `up 1.2 years, better`, `no clear change`."""
    now = measured(own.get(period))
    if now is None:
        return ""
    before = measured(own.get(baseline)) if baseline is not None else None
    if apart:
        return "not compared"
    if before is None or baseline is None:
        return "no earlier figure"
    found = difference(now, before, metric.evidence, metric.rounding)
    nominal = metric.money == "nominal"
    return change_in_short(
        Comparison(
            to="baseline",
            label="",
            other=None,
            difference=found.size,
            direction=found.direction,
            quality=Quality.NONE if nominal else quality(found.direction, metric.polarity),
            sentence="",
        ),
        metric,
    )


def told_apart(measures: Sequence[Measure]) -> dict[str, int]:
    """How many of the first area's comparisons come out which way, over all measures.

    Keys: `better` and `worse` (of the first area), `differ` (clearly, where neither direction is
    better), `alike` (the same, or not to be told apart), `untested` (no test, or a figure is
    missing).
    """
    counts = dict.fromkeys(("better", "worse", "differ", "alike", "untested"), 0)
    for measure in measures:
        for row in measure.rows:
            if not row.first:
                counts[_outcome(row.compared)] += 1
    return counts


def tested_by_error(measures: Sequence[Measure]) -> int:
    """How many areas are set beside the first by a margin of error, over all measures.

    A complete count leaves nothing to chance.
    """
    return sum(
        found is not None and found.direction is not Direction.CANNOT_TEST
        for measure in measures
        if measure.metric.evidence is not Evidence.FULL_ENUMERATION
        for found in (row.compared.difference for row in measure.rows if not row.first)
    )


def _outcome(compared: Beside) -> str:
    found = compared.difference
    if found is None or found.direction is Direction.CANNOT_TEST:
        return "untested"
    if found.direction in (Direction.SAME, Direction.NOT_CLEAR):
        return "alike"
    if compared.quality is Quality.NONE:
        return "differ"
    # The difference is the other's less the first's: better there is worse here.
    return "worse" if compared.quality is Quality.BETTER else "better"


def known_years(measures: Sequence[Measure]) -> list[int]:
    """The years to choose from, newest first."""
    return sorted({year for measure in measures for year in measure.years}, reverse=True)
