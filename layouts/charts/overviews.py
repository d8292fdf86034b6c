"""A series at a glance: the boroughs on one scale, and a line the size of a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from layouts.charts.places import better_end
from layouts.charts.published import chart_unit
from layouts.figures.description import OverviewStrip, Reference, Sparkline, StripRow
from metrics.definition import Metric
from metrics.measures.results import AreaFigure, HistoryPoint, SeriesOverview
from metrics.wording import write_list, write_value

_NAMES = {COMBINED_AUTHORITY: "WMCA", ENGLAND: "England"}


def overview_strip(metric: Metric, title: str, overview: SeriesOverview) -> OverviewStrip | None:
    """The seven boroughs among all authorities; None where no borough has a figure.

    Boroughs without a figure are named in the summary with the reason.
    """
    named = {area.code: area for area in overview.named}
    boroughs = [named[code] for code in CONSTITUENT if code in named]
    if not any(_value(area) is not None for area in boroughs):
        return None
    references = [
        Reference(code, _NAMES[code], value)
        for code in (COMBINED_AUTHORITY, ENGLAND)
        if code in named and (value := _value(named[code])) is not None
    ]
    rows = tuple(
        StripRow(
            area.code,
            area.name,
            "focus",
            _value(area),
            note=area.figure.note if area.figure else "",
        )
        for area in boroughs
    )
    return OverviewStrip(
        id=f"overview-{metric.id}-{overview.breakdown}",
        title=f"{title}, {overview.period}: the seven boroughs among other areas",
        summary=_strip_summary(metric, boroughs),
        unit=chart_unit(metric.unit),
        background=overview.background,
        rows=rows,
        references=tuple(references),
        better=better_end(metric),
    )


def _strip_summary(metric: Metric, boroughs: list[AreaFigure]) -> str:
    held = sorted(
        (area for area in boroughs if _value(area) is not None),
        key=lambda area: -(_value(area) or 0.0),
    )
    missing = [area.name for area in boroughs if _value(area) is None]
    told = [f"{area.name} {write_value(_value(area), metric.unit)}" for area in held]
    sentence = f"{write_list(told)}."
    return f"{sentence} No figure for {write_list(missing)}." if missing else sentence


def _value(area: AreaFigure) -> float | None:
    return area.figure.value if area.figure else None


@dataclass(frozen=True, slots=True)
class WordSizedHistory:
    """A sparkline, and what its words tell: whose it is, and its first and its last value."""

    line: Sparkline
    name: str
    code: str
    ends: tuple[HistoryPoint, HistoryPoint]


def word_sized_history(metric: Metric, overview: SeriesOverview) -> WordSizedHistory | None:
    """The combined authority over time with England dotted behind it.

    Where the source has nothing for the combined authority, England alone, said so. None where
    there are not two values to join.
    """
    own = overview.histories.get(COMBINED_AUTHORITY, ())
    england = overview.histories.get(ENGLAND, ())
    points, name, code = (
        (own, "West Midlands", COMBINED_AUTHORITY) if own else (england, "England", ENGLAND)
    )
    held = [point for point in points if point.value is not None]
    if len(held) < 2:
        return None
    by_day: dict[date, float | None] = {point.at: point.value for point in england} if own else {}
    first, last = held[0], held[-1]
    line = Sparkline(
        title=f"{metric.short_title}, {name} over time",
        unit=chart_unit(metric.unit),
        values=tuple(point.value for point in points),
        dates=tuple(point.at for point in points),
        comparator=tuple(by_day.get(point.at) for point in points) if by_day else (),
        first_label=first.period,
        last_label=last.period,
    )
    return WordSizedHistory(line, name, code, (first, last))
