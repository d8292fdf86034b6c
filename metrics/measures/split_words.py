"""What a split disparity says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt

from data.periods import PeriodShape, TimePeriod, period_in_short
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition, SplitPart, SplitPoint
from metrics.wording import write_difference, write_list, write_number

_THEIL_DECIMALS = 4


def split_sentence(found: Decomposition, metric: Metric) -> str:
    """The newest split, the oldest beside it, and what sampling noise does to both.

    Whether the change between the two is more than chance is not tested, and not claimed.
    """
    if not found.points:
        return " ".join(found.refused) or "There are no figures to split."
    return _boroughs(found, metric) if found.code else _regions(found, metric)


def first_comparable(points: Sequence[SplitPoint], metric: Metric) -> SplitPoint:
    """The oldest point since the last change of method: those before are not compared."""
    since = max((m.starts for m in metric.breaks if m.starts <= points[-1].end), default=date.min)
    return next((point for point in points if point.start >= since), points[-1])


def _in(point: SplitPoint) -> str:
    """`in 2023`, `in the school year 2022/23`, `on 1 April 2026`."""
    if point.start == point.end:
        return f"on {point.period}"
    needs = ("financial year", "school year", "year to")
    return f"in the {point.period}" if point.period.startswith(needs) else f"in {point.period}"


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def _regions(found: Decomposition, metric: Metric) -> str:
    first, last = first_comparable(found.points, metric), found.points[-1]
    if last.between_share is None:
        return f"{_capital(_in(last))} all local authorities of {found.scope} had the same figure."
    words = (
        f"{_capital(_in(last))}, {_share(last.between_share)} of the difference between local "
        f"authorities of {found.scope} lay between regions, the rest within them"
    )
    if first is not last and first.between_share is not None:
        words += f"; {_in(first)} it was {_share(first.between_share)}"
    words += "."
    if last.noise_share is not None:
        words += (
            f" Sampling noise alone would make about {_share(last.noise_share)} of the whole"
            " difference"
        )
        words += (
            f"; without it, {_share(last.between_share_corrected)} lay between regions."
            if last.between_share_corrected is not None
            else ", so what is real cannot be split."
        )
    return f"{words} {_how_far(found, metric, first, last)}"


def _how_far(found: Decomposition, metric: Metric, first: SplitPoint, last: SplitPoint) -> str:
    if found.method == "theil_t":
        words = f"Theil's T, 0 where all are equal, was {_theil(last)} {_in(last)}"
        return f"{words}." if first is last else f"{words} and {_theil(first)} {_in(first)}."
    where = "the average" if not found.code else "their average"
    words = f"The typical distance from {where} was {spread(found, metric, last)}"
    if first is last:
        return f"{words}."
    return f"{words} {_in(last)} and {spread(found, metric, first)} {_in(first)}."


def _boroughs(found: Decomposition, metric: Metric) -> str:
    first, last = first_comparable(found.points, metric), found.points[-1]
    words = f"Among the seven boroughs: {_lower(_how_far(found, metric, first, last))}"
    furthest = max(found.parts, key=lambda part: (abs(part.mean - last.mean), part.name))
    words = f"{words} {_furthest(furthest, found, metric, last)}"
    if last.noise_share is None:
        return words
    if last.noise_share >= 1:
        return f"{words} Sampling noise alone could make all of this difference."
    return f"{words} Sampling noise alone would make about {_share(last.noise_share)} of it."


def _furthest(part: SplitPart, found: Decomposition, metric: Metric, last: SplitPoint) -> str:
    distance = part.mean - last.mean
    if distance == 0:
        return "All seven had the same figure."
    side = "above" if distance > 0 else "below"
    far = _size(distance, found, metric)
    return f"{part.name} lay furthest from it {_in(last)}: {far} {side}."


def spread(found: Decomposition, metric: Metric, point: SplitPoint) -> str:
    """The typical distance from the average: the square root of a weighted variance."""
    return _size(sqrt(point.total), found, metric)


def _size(size: float, found: Decomposition, metric: Metric) -> str:
    return size_in_words(size, metric, found.scale != metric.unit.difference)


def size_in_words(size: float, metric: Metric, points: bool) -> str:
    """How large a difference is: `1.2 percentage points`, `£250`, `3.4 points`.

    Args:
        size: the difference; its sign is not said.
        metric: gives the unit, of which one decimal place is told at least.
        points: whether it is in points with the UK as 100.
    """
    if points:
        return f"{write_number(abs(size), 1)} points"
    unit = metric.unit
    if unit.prefix:
        return write_difference(size, unit)
    return write_difference(size, unit.model_copy(update={"decimals": max(unit.decimals, 1)}))


def _theil(point: SplitPoint) -> str:
    return write_number(point.total, _THEIL_DECIMALS)


def _share(share: float) -> str:
    return f"{write_number(share * 100, 0)}%"


def _lower(words: str) -> str:
    return words if words.startswith("Theil") else f"{words[:1].lower()}{words[1:]}"


def years_refused(
    refused: Mapping[str, Sequence[TimePeriod]], periods: Sequence[TimePeriod], shape: PeriodShape
) -> tuple[str, ...]:
    """One sentence for each reason, with the stretches of periods that it is about."""
    told = []
    places = {period: place for place, period in enumerate(periods)}
    for reason, without in refused.items():
        stretches: list[list[TimePeriod]] = []
        for period in without:
            if stretches and places[period] == places[stretches[-1][-1]] + 1:
                stretches[-1].append(period)
            else:
                stretches.append([period])
        when = write_list([_stretch(stretch, shape) for stretch in stretches])
        told.append(f"Not split for {when}: {reason}.")
    return tuple(told)


def _stretch(periods: Sequence[TimePeriod], shape: PeriodShape) -> str:
    first, last = period_in_short(periods[0], shape), period_in_short(periods[-1], shape)
    return first if len(periods) == 1 else f"{first} to {last}"
