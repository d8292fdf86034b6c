"""The line chart of a metric: chosen areas over time, with what they are read against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from data.periods import (
    PeriodShape,
    TimePeriod,
    day_in_words,
    period_in_short,
    period_in_words,
)
from layouts.charts.published import (
    NEVER_PUBLISHED,
    Figures,
    Published,
    chart_unit,
    gap_between,
    shape_of,
    usual_step,
)
from layouts.figures.description import (
    Band,
    BreakMark,
    Line,
    LineChart,
    LinePoint,
    Prominence,
    Target,
)
from metrics.definition import Metric
from metrics.measures.results import Bands
from metrics.mission import Clause, ClauseKind

# What the areas behind the lines are, as `metrics.measures.scope` names their tiers.
TIER_WORDS = {
    "lower_tier": "districts and unitary authorities",
    "upper_tier": "counties and unitary authorities",
    "police_force": "police force areas",
    "region": "regions",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An area to be drawn, by the name that the page uses for it."""

    code: str
    name: str
    prominence: Prominence


def line_chart(
    metric: Metric,
    title: str,
    summary: str,
    figures: Figures,
    periods: Sequence[TimePeriod],
    areas: Sequence[Shown],
    clauses: Sequence[Clause] = (),
    source: str = "",
    behind: Bands | None = None,
) -> LineChart:
    """Describe the chosen areas over time.

    A period that the series has for some area but not for this one is a gap in its line, and so
    is a stretch of time in which nobody was given a figure. Nothing is joined across either.

    Args:
        metric: the declaration, for unit and breaks.
        title: what is drawn.
        summary: the sentence for those who cannot see it.
        figures: the figures of at least the chosen areas.
        periods: every period of the series, over all areas.
        areas: what is drawn, in order.
        clauses: those that the metric serves; a level to be reached becomes a target line.
        source: the line under the chart.
        behind: how all areas spread; None draws no bands.

    Raises:
        ValueError: the metric holds no figures.
    """
    shape = shape_of(metric)
    ordered = sorted(set(periods))
    lines = tuple(
        line for area in areas if (line := _line(area, figures, ordered, shape)) is not None
    )
    return LineChart(
        id=f"line-{metric.id}",
        title=title,
        summary=summary,
        unit=chart_unit(metric.unit),
        lines=lines,
        breaks=_breaks(metric, ordered),
        target=_target(clauses),
        source=source,
        bands=_bands(behind, ordered, shape) if behind is not None else (),
    )


def _bands(behind: Bands, periods: Sequence[TimePeriod], shape: PeriodShape) -> tuple[Band, ...]:
    """The middle eight tenths and the middle half of all areas; gaps stay gaps."""
    number = max(point.areas for point in behind.points)
    who = f"{number} {TIER_WORDS.get(behind.tier, 'areas')}"
    eight_tenths, half = {}, {}
    for one in behind.points:
        period = TimePeriod(one.start, one.end)
        ends = (one.tenth, one.nine_tenths)
        eight_tenths[period] = Published(period, one.median, *ends, "", "")
        ends = (one.quarter, one.three_quarters)
        half[period] = Published(period, one.median, *ends, "", "")
    return (
        Band(f"the middle eight tenths of {who}", _points(eight_tenths, periods, shape)),
        Band(f"the middle half of {who}", _points(half, periods, shape)),
    )


def _line(
    area: Shown, figures: Figures, periods: Sequence[TimePeriod], shape: PeriodShape
) -> Line | None:
    """The line of an area; None when no period has a value for it."""
    points = _points(figures.get(area.code, {}), periods, shape)
    if all(point.value is None for point in points):
        return None
    return Line(area.code, area.name, area.prominence, points)


def _points(
    figures: dict[TimePeriod, Published], periods: Sequence[TimePeriod], shape: PeriodShape
) -> tuple[LinePoint, ...]:
    points: list[LinePoint] = []
    usual = usual_step(periods)
    before: TimePeriod | None = None
    for period in periods:
        if before is not None and (words := gap_between(before, period, usual, shape)):
            middle = before.midpoint + (period.midpoint - before.midpoint) / 2
            points.append(LinePoint(middle, words, "", None, note=words))
        points.append(_point(figures.get(period), period, shape))
        before = period
    return tuple(points)


def _point(figure: Published | None, period: TimePeriod, shape: PeriodShape) -> LinePoint:
    words, short = period_in_words(period, shape), period_in_short(period, shape)
    if figure is None:
        return LinePoint(period.midpoint, words, short, None, note=NEVER_PUBLISHED)
    return LinePoint(
        period.midpoint,
        words,
        short,
        figure.value,
        figure.lower,
        figure.upper,
        figure.why_missing or ", ".join(figure.qualifiers),
    )


def _breaks(metric: Metric, periods: Sequence[TimePeriod]) -> tuple[BreakMark, ...]:
    """The declared changes of method that fall between the first period and the last."""
    if not periods:
        return ()
    return tuple(
        BreakMark(change.starts, f"Method changed, {_month(change.starts)}")
        for change in metric.breaks
        if periods[0].midpoint < change.starts <= periods[-1].midpoint
    )


def _month(day: date) -> str:
    """The month of a day: the reason for a change is too long to stand in a chart."""
    return day_in_words(day).split(" ", 1)[1]


def _target(clauses: Sequence[Clause]) -> Target | None:
    for clause in clauses:
        if clause.kind is ClauseKind.REACHES and clause.threshold is not None:
            return Target(clause.threshold, clause.deadline, clause.title)
    return None


def missing_stretches(periods: Sequence[TimePeriod], shape: PeriodShape) -> tuple[str, ...]:
    """The stretches in which nobody was given a figure, in words, for the text beside a chart."""
    ordered = sorted(set(periods))
    usual = usual_step(ordered)
    return tuple(
        words
        for earlier, later in pairwise(ordered)
        if (words := gap_between(earlier, later, usual, shape))
    )
