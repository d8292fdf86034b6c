"""Disparities over time: how they split by region, the gap among areas, and its two ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.periods import TimePeriod
from layouts.charts.lines import Shown, line_chart
from layouts.charts.published import Published
from layouts.figures.description import LineChart, SplitChart, SplitColumn, Unit
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition
from metrics.measures.results import GapPoint, GapSeries

BETWEEN, WITHIN = "between regions", "within regions"


def split_chart(metric: Metric, title: str, split: Decomposition) -> SplitChart:
    """Describe how a disparity splits, one column for each period that has one."""
    columns = tuple(
        SplitColumn(
            TimePeriod(point.start, point.end).midpoint,
            point.period,
            point.short_period,
            point.between_share * 100,
            None if point.between_share_corrected is None else point.between_share_corrected * 100,
        )
        for point in split.points
        if point.between_share is not None
    )
    return SplitChart(
        id=f"split-{metric.id}",
        title=title,
        summary=split.sentence,
        between=BETWEEN,
        within=WITHIN,
        columns=columns,
        breaks=_line(metric, title, "split", _points(split), ()).breaks,
    )


def gap_chart(metric: Metric, title: str, gap: GapSeries, scale: str) -> LineChart:
    """Describe the gap among areas, as published and with sampling noise taken out."""
    plain = {
        _period(point): _figure(point, point.plain, point.plain_lower, point.plain_upper)
        for point in gap.points
    }
    corrected = {_period(point): _figure(point, point.corrected) for point in gap.points}
    lines = {"gap-as-published": ("As published", plain)}
    if any(point.corrected is not None for point in gap.points):
        lines["gap-corrected"] = ("Noise taken out", corrected)
    chart = _line(metric, title, "gap", list(plain), tuple(lines.items()))
    return replace(
        chart, summary=gap.sentence, unit=_unit(metric, f"Gap in {scale}"), zero_based=True
    )


def ends_chart(
    metric: Metric, title: str, summary: str, gap: GapSeries, names: tuple[str, str], scale: str
) -> LineChart:
    """Describe the averages of both ends of a gap."""
    tops = {_period(point): _figure(point, point.top_mean) for point in gap.points}
    others = {_period(point): _figure(point, point.other_mean) for point in gap.points}
    lines = {
        "end-top": (_capital(names[0]), tops),
        "end-other": (_capital(names[1]), others),
    }
    chart = _line(metric, title, "ends", list(tops), tuple(lines.items()))
    # Money of each year is set against the national figure as 100.
    label = scale if metric.money == "nominal" else metric.unit.label
    return replace(chart, summary=summary, unit=_unit(metric, label))


def _line(
    metric: Metric,
    title: str,
    kind: str,
    periods: Sequence[TimePeriod],
    lines: Sequence[tuple[str, tuple[str, dict[TimePeriod, Published]]]],
) -> LineChart:
    chart = line_chart(
        metric,
        title,
        "",
        {code: figures for code, (_, figures) in lines},
        periods,
        [Shown(code, name, "focus") for code, (name, _) in lines],
    )
    return replace(chart, id=f"{kind}-{metric.id}")


def _points(split: Decomposition) -> list[TimePeriod]:
    return [TimePeriod(point.start, point.end) for point in split.points]


def _period(point: GapPoint) -> TimePeriod:
    return TimePeriod(point.start, point.end)


def _figure(
    point: GapPoint, value: float | None, lower: float | None = None, upper: float | None = None
) -> Published:
    status, note = ("", "") if value is not None else ("x", "not worked out for this period")
    return Published(_period(point), value, lower, upper, status, note)


def _unit(metric: Metric, label: str) -> Unit:
    """Averages and gaps of averages have a decimal place more than the figures, where few."""
    decimals = metric.unit.decimals
    return Unit(label[:1].upper() + label[1:], decimals=decimals + 1 if decimals < 2 else decimals)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
