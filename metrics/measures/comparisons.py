"""One area's figure beside another figure: over time, and beside larger areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.areas import COMBINED_AUTHORITY, ENGLAND, REGION
from data.periods import TimePeriod
from metrics.definition import Evidence, Metric
from metrics.measures.baselines import Baseline, why_not_comparable
from metrics.measures.change import Difference, Measured, against_benchmark, difference, quality
from metrics.measures.evidence import Series
from metrics.measures.linking import link_between
from metrics.measures.results import Comparison, Direction, Figure, Quality
from metrics.wording import write_number, write_size, write_value, write_when

# How many decimals more an interval may be given, to show on which side of zero it lies.
MORE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """What is needed of an area to choose what it is compared with."""

    code: str
    name: str
    # The name within a sentence, which tells the areas of one name apart.
    in_text: str
    region: str
    english: bool


def benchmarks(metric: Metric, place: Place) -> list[str]:
    """England (for others the UK), the area's own region, and the combined authority.

    None for totals: that an area has less than the country it is part of says nothing.
    """
    if metric.aggregation.rule == "sum":
        return []
    united_kingdom = metric.coverage.united_kingdom if metric.coverage else ""
    chosen = [ENGLAND if place.english else united_kingdom, place.region]
    if place.region == REGION:
        chosen.append(COMBINED_AUTHORITY)
    chosen.append(united_kingdom)
    return [code for code in dict.fromkeys(chosen) if code and code != place.code]


def measured_figure(figure: Figure) -> Measured:
    """The value and interval of a figure that has a value."""
    return Measured(figure.value or 0.0, figure.lower, figure.upper)


def change_since(
    series: Series,
    own: Mapping[TimePeriod, Figure],
    baseline: Baseline,
    newest: TimePeriod,
) -> Comparison:
    """The newest figure of an area beside its figure at a baseline, or why not."""
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
    link = link_between(TimePeriod(before.start, before.end), newest, metric.breaks)
    linked = link.figure(measured_figure(before))
    result = difference(measured_figure(own[newest]), linked, metric.evidence, metric.rounding)
    told = before.model_copy(update={"value": linked.value}) if link.words else before
    return Comparison(
        to=baseline.name,
        label=label,
        other=before,
        difference=result.size,
        lower=result.lower,
        upper=result.upper,
        direction=result.direction,
        # More money of a later year is not better until inflation is taken out.
        quality=Quality.NONE
        if metric.money == "nominal"
        else quality(result.direction, metric.polarity),
        linked=linked.value if link.words else None,
        sentence=link.told(change_sentence(metric, result, told)),
    )


def change_sentence(metric: Metric, result: Difference, before: Figure) -> str:
    """A change since a baseline, with its interval and what may be claimed of it."""
    unit = metric.unit
    then = f"{write_value(before.value, unit)} {write_when(before.period)}"
    if result.direction is Direction.SAME or abs(result.size) < 1e-12:
        return f"The same as {write_when(before.period)} ({write_value(before.value, unit)})."
    way = "Up" if result.size > 0 else "Down"
    text = f"{way} {write_size(result.size, unit)} from {then}"
    if metric.money == "nominal":
        text += ", in the money of each year, before inflation"
    if result.lower is not None and result.upper is not None:
        lower, upper = _ends(result, result.lower, result.upper, unit.decimals)
        text += f" (95% interval of the change {lower} to {upper})"
    if result.direction is Direction.CANNOT_TEST:
        return f"{text}. Whether that is more than chance cannot be shown: {result.reason}."
    if result.direction is Direction.NOT_CLEAR:
        return f"{text}: no clear change."
    word = "rise" if result.direction is Direction.HIGHER else "fall"
    if metric.evidence is Evidence.FULL_ENUMERATION:
        return f"{text}."
    return f"{text}: a clear {word}."


def _ends(result: Difference, lower: float, upper: float, decimals: int) -> tuple[str, str]:
    """Both ends of an interval, with as many decimals as show that a clear one leaves out zero."""
    if result.direction in (Direction.HIGHER, Direction.LOWER):
        decimals = next(
            (
                enough
                for enough in range(decimals, decimals + MORE_DECIMALS)
                if round(lower, enough) != 0 != round(upper, enough)
            ),
            decimals,
        )
    return write_number(lower, decimals), write_number(upper, decimals)


def gap_to(series: Series, figure: Figure, place: Place, other: Figure) -> Comparison:
    """A figure beside that of a larger area in the same period."""
    metric = series.metric
    result = against_benchmark(
        measured_figure(figure), other.value or 0.0, metric.evidence, metric.rounding
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
    untested = result.direction is Direction.CANNOT_TEST
    if result.direction is Direction.SAME or (untested and result.size == 0):
        return f"The same as {theirs}."
    if result.direction is Direction.NOT_CLEAR:
        return f"Similar to {theirs}: its figure lies within this area's 95% interval."
    way = "above" if result.size > 0 else "below"
    text = f"{write_size(result.size, unit)} {way} {theirs}"
    text = text[0].upper() + text[1:]
    if untested:
        return f"{text}. Not called better or worse: {result.reason}."
    verdict = quality(result.direction, metric.polarity)
    return f"{text}: {verdict.value}." if verdict is not Quality.NONE else f"{text}."
