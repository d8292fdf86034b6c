"""What the board shows of a series: its newest period among all areas, and two histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.areas import COMBINED_AUTHORITY, ENGLAND
from data.periods import period_in_short
from metrics.measures.evidence import Series
from metrics.measures.results import AreaFigure, Figure, HistoryPoint, SeriesOverview
from metrics.measures.scope import in_scope, row_of, still_existing


def overview(series: Series, shown: Sequence[str], names: Mapping[str, str]) -> SeriesOverview:
    """The overview of a series that has at least one value.

    Args:
        shown: codes of the areas named on the board; the UK's code is added where the source
            gives one.
        names: area names by code, for areas without a row in the series.

    Returns:
        The newest period of the series. A shown area without a row has no figure (None); one
        with a blank row keeps the blank and its note.
    """
    if not series.periods:
        raise ValueError(f"{series.metric.id} has no value in any period")
    newest = series.periods[-1]
    rows = series.rows[newest]
    scope = series.tier or ""
    background: tuple[float, ...] = ()
    if scope:
        among = in_scope(still_existing(rows), scope)["value"].dropna()
        background = tuple(sorted(float(value) for value in among))
    united_kingdom = series.metric.coverage.united_kingdom if series.metric.coverage else ""
    codes = [*shown, *([united_kingdom] if united_kingdom else [])]
    return SeriesOverview(
        metric=series.metric.id,
        breakdown=series.breakdown,
        period=series.words(newest),
        short_period=period_in_short(newest, series.shape),
        tier=scope,
        background=background,
        named=tuple(
            AreaFigure(
                code=code,
                name=names.get(code, code),
                figure=series.figure(row_of(rows, code)) if code in rows.index else None,
            )
            for code in codes
        ),
        histories={
            code: history
            for code in dict.fromkeys((COMBINED_AUTHORITY, ENGLAND, united_kingdom))
            if code and (history := _history(series, code))
        },
    )


def _history(series: Series, code: str) -> tuple[HistoryPoint, ...]:
    """An area's value in every period of the series, None where it has none; empty if never."""
    own = series.frame[series.frame["ref_area"] == code]
    if own["value"].notna().sum() == 0:
        return ()
    figures: dict[object, Figure] = {
        (row["period_start"], row["period_end"]): series.figure(row)
        for row in own.to_dict("records")
    }
    points = []
    for period in series.periods:
        figure = figures.get((period.start, period.end))
        points.append(
            HistoryPoint(
                start=period.start,
                at=period.midpoint,
                period=series.words(period),
                short_period=period_in_short(period, series.shape),
                value=figure.value if figure else None,
            )
        )
    return tuple(points)
