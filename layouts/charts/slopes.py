"""The slope chart of a metric: areas between an earlier period and a later one."""

from __future__ import annotations

from collections.abc import Sequence

from data.periods import TimePeriod, period_in_words
from layouts.charts.lines import Shown
from layouts.charts.published import Figures, Published, chart_unit, shape_of
from layouts.figures.description import SlopeChart, SlopeEnd, SlopeRow
from metrics.definition import Metric


def slope_chart(
    metric: Metric,
    title: str,
    summary: str,
    figures: Figures,
    areas: Sequence[Shown],
    periods: tuple[TimePeriod, TimePeriod],
    apart: str = "",
) -> SlopeChart:
    """Describe areas between two periods.

    Args:
        metric: the declaration, for the unit and the shape of periods.
        title: what is drawn.
        summary: the sentence for those who cannot see it.
        figures: the figures of at least these areas.
        areas: what is drawn, in order.
        periods: the earlier and the later one.
        apart: why the two may not be compared; empty when they may.
    """
    before, after = periods
    return SlopeChart(
        id=f"slope-{metric.id}",
        title=title,
        summary=summary,
        unit=chart_unit(metric.unit),
        before=period_in_words(before, shape_of(metric)),
        after=period_in_words(after, shape_of(metric)),
        rows=tuple(
            SlopeRow(
                area.code,
                area.name,
                area.prominence,
                _end(figures.get(area.code, {}).get(before)),
                _end(figures.get(area.code, {}).get(after)),
            )
            for area in areas
        ),
        apart=apart,
    )


def _end(figure: Published | None) -> SlopeEnd:
    return SlopeEnd(None) if figure is None else SlopeEnd(figure.value, figure.lower, figure.upper)
