"""What is known of each area in a series: newest figure, changes since the baselines, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.areas import ENGLAND
from data.periods import TimePeriod, period_in_short
from metrics.area_names import area_in_text, area_label
from metrics.measures.baselines import Baseline, two_baselines
from metrics.measures.change import Measured
from metrics.measures.comparisons import Place, benchmarks, change_since, gap_to, measured_figure
from metrics.measures.evidence import Series
from metrics.measures.results import AreaFacts, Figure, RankFacts, TrendFacts
from metrics.measures.scope import still_existing
from metrics.measures.series_ranks import ranks_of
from metrics.measures.trend import trend
from metrics.measures.unmet import comparable_points, linked_words


def area_facts(
    series: Series, codes: Iterable[str] | None = None, *, trends: bool = False
) -> list[AreaFacts]:
    """The facts of every area that exists today, or of `codes`, in the order of codes.

    With `trends` each area also gets the trend of its comparable figures.

    An area whose newest period has no value is given its newest value, and `newest_missing`
    says that the newest period has none and why.
    """
    if not series.periods:
        return []
    living = still_existing(series.frame)
    everyone = set(living["ref_area"])
    baselines = two_baselines(series.periods)
    periods = _needed_periods(series, baselines, everyone, trends)
    figures = _figures_by_area(series, periods, everyone)
    own_words = living.drop_duplicates("ref_area")
    places = {
        code: Place(
            code,
            area_label(name, kind),
            area_in_text(name, kind),
            region or "",
            country == ENGLAND or code == ENGLAND,
        )
        for code, name, kind, region, country in zip(
            own_words["ref_area"],
            own_words["area_name"],
            own_words["area_type"],
            own_words["region_code"],
            own_words["country_code"],
            strict=True,
        )
    }
    placed = ranks_of(series)
    return [
        _facts_of(series, places, code, figures, baselines, trends, placed.get(code))
        for code in sorted(everyone if codes is None else everyone & set(codes))
    ]


def _needed_periods(
    series: Series, baselines: list[Baseline], codes: set[str], trends: bool
) -> list[TimePeriod]:
    """The periods whose figures facts are made of: each area's newest, the last, the baselines.

    A trend needs them all. Most series are long, and figures for every period of every area
    would take as much time again as everything else.
    """
    if trends:
        return list(series.rows)
    needed = {series.periods[-1], *(one.period for one in baselines if one.period is not None)}
    waiting = set(codes)
    for period in reversed(series.periods):
        if found := waiting & set(series.valued(period).index):
            needed.add(period)
            waiting -= found
        if not waiting:
            break
    return sorted(needed)


def _figures_by_area(
    series: Series, periods: list[TimePeriod], codes: set[str]
) -> dict[str, dict[TimePeriod, Figure]]:
    """The figures of areas in some periods, by area and period."""
    found: dict[str, dict[TimePeriod, Figure]] = {}
    # Of a series with the rows of some areas only, a period may be without any.
    for period in (one for one in periods if one in series.rows):
        rows = series.rows[period]
        words, short = series.words(period), period_in_short(period, series.shape)
        for code, value, lower, upper, status, note in zip(
            rows["ref_area"].tolist(),
            rows["value"].tolist(),
            rows["lower_95"].tolist(),
            rows["upper_95"].tolist(),
            rows["status"].tolist(),
            rows["note"].tolist(),
            strict=True,
        ):
            if code in codes:
                found.setdefault(code, {})[period] = Figure(
                    start=period.start,
                    end=period.end,
                    period=words,
                    short_period=short,
                    value=None if value != value else value,
                    lower=None if lower != lower else lower,
                    upper=None if upper != upper else upper,
                    status=status,
                    note=note,
                )
    return found


def _facts_of(
    series: Series,
    places: Mapping[str, Place],
    code: str,
    figures: Mapping[str, Mapping[TimePeriod, Figure]],
    baselines: list[Baseline],
    trends: bool,
    rank: RankFacts | None,
) -> AreaFacts:
    own = figures.get(code, {})
    newest = next(
        (
            period
            for period in reversed(series.periods)
            if period in own and own[period].value is not None
        ),
        None,
    )
    last = series.periods[-1]
    missing = None
    if newest != last:
        missing = own.get(last) or _unpublished(series, last)
    if newest is None:
        return AreaFacts(
            metric=series.metric.id,
            breakdown=series.breakdown,
            code=code,
            latest=None,
            newest_missing=missing,
        )
    return AreaFacts(
        metric=series.metric.id,
        breakdown=series.breakdown,
        code=code,
        latest=own[newest],
        newest_missing=missing,
        changes=tuple(
            change_since(series, own, baseline, newest) for baseline in _distinct(baselines)
        ),
        gaps=tuple(
            gap_to(series, own[newest], places[other], figures[other][newest])
            for other in benchmarks(series.metric, places[code])
            if other in figures
            and newest in figures[other]
            and figures[other][newest].value is not None
        ),
        trend=_trend(series, own, newest) if trends else None,
        rank=rank,
    )


def _trend(
    series: Series, own: Mapping[TimePeriod, Figure], newest: TimePeriod
) -> TrendFacts | None:
    def figure_in(period: TimePeriod) -> Measured | None:
        figure = own.get(period)
        return None if figure is None or figure.value is None else measured_figure(figure)

    points = comparable_points(series, figure_in, newest)
    found = trend(points, series.metric.evidence)
    if found is None:
        return None
    return TrendFacts(
        slope=found.slope,
        lower=found.lower,
        upper=found.upper,
        method=found.method.value,
        points=found.points,
        independent=found.independent,
        linked=linked_words(series.metric, points),
    )


def _distinct(baselines: list[Baseline]) -> list[Baseline]:
    """Both baselines, or one where both fall on the same period."""
    first, second = baselines
    if first.period is not None and first.period == second.period:
        return [second]
    return baselines


def _unpublished(series: Series, period: TimePeriod) -> Figure:
    return Figure(
        start=period.start,
        end=period.end,
        period=series.words(period),
        short_period=period_in_short(period, series.shape),
        value=None,
        status="x",
        note="No figure is published for this area.",
    )
