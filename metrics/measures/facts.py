"""What is known of each area in a series: newest figure, changes since the baselines, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from data.areas import COMBINED_AUTHORITY, ENGLAND, REGION
from data.periods import TimePeriod, period_in_short
from metrics.area_names import area_in_text, area_label
from metrics.definition import Evidence, Metric
from metrics.measures.baselines import Baseline, two_baselines, why_not_comparable
from metrics.measures.change import Difference, Measured, against_benchmark, difference, quality
from metrics.measures.evidence import Series
from metrics.measures.results import (
    AreaFacts,
    Comparison,
    Direction,
    Figure,
    Quality,
    TrendFacts,
)
from metrics.measures.scope import still_existing
from metrics.measures.trend import trend
from metrics.measures.unmet import comparable_points
from metrics.wording import write_difference, write_number, write_value


@dataclass(frozen=True, slots=True)
class _Place:
    """What is needed of an area to choose what it is compared with."""

    code: str
    name: str
    # The name within a sentence, which tells the areas of one name apart.
    in_text: str
    region: str
    english: bool


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
    wanted = set(living["ref_area"]) if codes is None else set(codes)
    figures = _figures_by_area(series, living)
    baselines = two_baselines(series.periods)
    own_words = living.drop_duplicates("ref_area")
    places = {
        code: _Place(
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
    return [
        _facts_of(series, places, code, figures, baselines, trends)
        for code in sorted(wanted & set(places))
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _figures_by_area(series: Series, rows: pd.DataFrame) -> dict[str, dict[TimePeriod, Figure]]:
    """Every row as a figure, by area and period."""
    found: dict[str, dict[TimePeriod, Figure]] = {}
    words = {
        period: (series.words(period), period_in_short(period, series.shape))
        for period in series.rows
    }
    for code, start, end, value, lower, upper, status, note in zip(
        rows["ref_area"].tolist(),
        rows["period_start"].tolist(),
        rows["period_end"].tolist(),
        rows["value"].tolist(),
        rows["lower_95"].tolist(),
        rows["upper_95"].tolist(),
        rows["status"].tolist(),
        rows["note"].tolist(),
        strict=True,
    ):
        period = TimePeriod(start, end)
        found.setdefault(code, {})[period] = Figure(
            start=start,
            end=end,
            period=words[period][0],
            short_period=words[period][1],
            value=None if value != value else value,
            lower=None if lower != lower else lower,
            upper=None if upper != upper else upper,
            status=status,
            note=note,
        )
    return found


def _facts_of(
    series: Series,
    places: Mapping[str, _Place],
    code: str,
    figures: Mapping[str, Mapping[TimePeriod, Figure]],
    baselines: list[Baseline],
    trends: bool,
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
        changes=tuple(_change(series, own, baseline, newest) for baseline in _distinct(baselines)),
        gaps=tuple(
            _gap(series, own[newest], places[other], figures[other][newest])
            for other in _benchmarks(series.metric, places[code])
            if other in figures
            and newest in figures[other]
            and figures[other][newest].value is not None
        ),
        trend=_trend(series, own, newest) if trends else None,
    )


def _trend(
    series: Series, own: Mapping[TimePeriod, Figure], newest: TimePeriod
) -> TrendFacts | None:
    def figure_in(period: TimePeriod) -> Measured | None:
        figure = own.get(period)
        return None if figure is None or figure.value is None else _measured(figure)

    found = trend(comparable_points(series, figure_in, newest), series.metric.evidence)
    if found is None:
        return None
    return TrendFacts(
        slope=found.slope,
        lower=found.lower,
        upper=found.upper,
        method=found.method.value,
        points=found.points,
        independent=found.independent,
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


def _benchmarks(metric: Metric, place: _Place) -> list[str]:
    """England (for others the UK), the area's own region, and the combined authority."""
    united_kingdom = metric.coverage.united_kingdom if metric.coverage else ""
    chosen = [ENGLAND if place.english else united_kingdom, place.region]
    if place.region == REGION:
        chosen.append(COMBINED_AUTHORITY)
    chosen.append(united_kingdom)
    return [code for code in dict.fromkeys(chosen) if code and code != place.code]


def _measured(figure: Figure) -> Measured:
    return Measured(figure.value or 0.0, figure.lower, figure.upper)


def _change(
    series: Series,
    own: Mapping[TimePeriod, Figure],
    baseline: Baseline,
    newest: TimePeriod,
) -> Comparison:
    metric = series.metric
    before = own.get(baseline.period) if baseline.period else None
    label = series.words(baseline.period) if baseline.period else ""
    refusal = ""
    if baseline.period is None:
        refusal = "the series does not reach back that far"
    elif before is None or before.value is None:
        refusal = f"there is no figure for {label}"
        before = None
    else:
        refusal = why_not_comparable(baseline.period, newest, metric.breaks, series.shape)
    if refusal or before is None:
        return Comparison(
            to=baseline.name,
            label=label,
            other=before,
            difference=None,
            direction=Direction.CANNOT_TEST,
            quality=Quality.NONE,
            sentence=f"Not compared: {refusal}.",
        )
    result = difference(_measured(own[newest]), _measured(before), metric.evidence, metric.rounding)
    return Comparison(
        to=baseline.name,
        label=label,
        other=before,
        difference=result.size,
        lower=result.lower,
        upper=result.upper,
        direction=result.direction,
        quality=quality(result.direction, metric.polarity),
        sentence=change_sentence(metric, result, before),
    )


def change_sentence(metric: Metric, result: Difference, before: Figure) -> str:
    """A change since a baseline, with its interval and what may be claimed of it."""
    unit = metric.unit
    then = f"{write_value(before.value, unit)} in {before.period}"
    if result.direction is Direction.SAME or abs(result.size) < 1e-12:
        return f"The same as in {before.period} ({write_value(before.value, unit)})."
    way = "Up" if result.size > 0 else "Down"
    text = f"{way} {write_difference(result.size, unit)} from {then}"
    if metric.money == "nominal":
        text += ", in the money of each year, before inflation"
    if result.lower is not None and result.upper is not None:
        text += (
            f" (95% interval of the change {write_number(result.lower, unit.decimals)} to "
            f"{write_number(result.upper, unit.decimals)})"
        )
    if result.direction is Direction.CANNOT_TEST:
        return f"{text}. Whether that is more than chance cannot be shown: {result.reason}."
    if result.direction is Direction.NOT_CLEAR:
        return f"{text}: no clear change."
    word = "rise" if result.direction is Direction.HIGHER else "fall"
    if metric.evidence is Evidence.FULL_ENUMERATION:
        return f"{text}."
    return f"{text}: a clear {word}."


def _gap(series: Series, figure: Figure, place: _Place, other: Figure) -> Comparison:
    metric = series.metric
    result = against_benchmark(
        _measured(figure), other.value or 0.0, metric.evidence, metric.rounding
    )
    return Comparison(
        to=place.code,
        label=place.name,
        other=other,
        difference=result.size,
        lower=result.lower,
        upper=result.upper,
        direction=result.direction,
        quality=quality(result.direction, metric.polarity),
        sentence=gap_sentence(metric, result, place.in_text, other),
    )


def gap_sentence(metric: Metric, result: Difference, name: str, other: Figure) -> str:
    """An area beside a benchmark, better or worse only where the test and the polarity allow."""
    unit = metric.unit
    theirs = f"{name} ({write_value(other.value, unit)})"
    if result.direction is Direction.SAME:
        return f"The same as {theirs}."
    if result.direction is Direction.NOT_CLEAR:
        return f"Similar to {theirs}: its figure lies within this area's 95% interval."
    way = "above" if result.size > 0 else "below"
    text = f"{write_difference(result.size, unit)} {way} {theirs}"
    text = text[0].upper() + text[1:]
    if result.direction is Direction.CANNOT_TEST:
        return f"{text}. Not called better or worse: {result.reason}."
    verdict = quality(result.direction, metric.polarity)
    return f"{text}: {verdict.value}." if verdict is not Quality.NONE else f"{text}."
