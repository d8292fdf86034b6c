"""How far places differ over time: between regions and within them, and among the seven boroughs.

Each place counts by the weight that its metric declares, of the year in whose middle the period
lies, and by no other year's. A period whose weights are not held is refused, and so is one in
which places with more than a twentieth of all weight are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import log

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.periods import TimePeriod, period_in_short
from metrics.definition import Evidence
from metrics.measures.decomposition import (
    DecompositionError,
    Split,
    noise_of_variance,
    split_theil,
    split_variance,
)
from metrics.measures.evidence import Series
from metrics.measures.group_results import Decomposition, SplitPart, SplitPoint
from metrics.measures.split_places import BOROUGHS, Places, places_of, rows_of
from metrics.measures.split_words import split_sentence, years_refused

THEIL = "theil_t"
LARGEST_SHARE_MISSING = 0.05
# Below this share of the squared mean, differences are those of a computer's arithmetic.
SMALLEST_DISPARITY = 1e-20
NATIONS = {
    "E92000001": "England",
    "W92000004": "Wales",
    "S92000003": "Scotland",
    "N92000002": "Northern Ireland",
}

Weights = Mapping[int, Mapping[str, float]]


def weights_year(period: TimePeriod) -> int:
    """The year whose weights belong to a period: that of its middle."""
    return period.midpoint.year


def split_by_region(
    series: Series, weights: Weights, names: Mapping[str, str], boroughs: bool = False
) -> Decomposition:
    """The disparity among the authorities of a series over time, between and within regions.

    Args:
        series: the figures; the metric declares weight, split and tier.
        weights: the declared weight by year and area code.
        names: names of areas by code.
        boroughs: split the seven boroughs from each other instead; each is a part.

    Returns:
        One point for each period that can be split. Wales counts as a region. Areas without a
        weight are left out and counted; nations without any are named.
    """
    metric = series.metric
    declared = metric.disparity
    if declared is None or declared.split is None:
        reason = "Not split: the metric declares no weight for its places."
        return Decomposition(
            metric=metric.id,
            breakdown=series.breakdown,
            code=COMBINED_AUTHORITY if boroughs else "",
            refused=(reason,),
            sentence=reason,
        )
    points: list[SplitPoint] = []
    parts: tuple[SplitPart, ...] = ()
    refused: dict[str, list[TimePeriod]] = {}
    nations: frozenset[str] = frozenset()
    unweighted: set[str] = set()
    rows = rows_of(series, boroughs)
    tier = BOROUGHS if boroughs else declared.areas
    for period in series.periods:
        year = weights_year(period)
        held = weights.get(year, {})
        own = rows.get(period)
        places = places_of(own, held, tier) if held and own else None
        why = _why_not(series, period, places, boroughs, declared.weight, names, held)
        if why or places is None:
            refused.setdefault(why, []).append(period)
            continue
        places = _scaled(series, period, places)
        try:
            split = _split(declared.split, places)
        except DecompositionError as error:
            refused.setdefault(f"{error}", []).append(period)
            continue
        points.append(_point(series, period, year, places, split))
        parts = _parts(split, declared.split, names)
        nations = places.nations
        unweighted |= set(own.nations if own else ()) - nations
    scope = "the seven boroughs" if boroughs else _scope(nations)
    reasons = years_refused(refused, series.periods, series.shape)
    if points and unweighted and not boroughs:
        out = [name for code, name in NATIONS.items() if code in unweighted]
        reasons += (
            f"{' and '.join(out)} {'is' if len(out) == 1 else 'are'} not in it: the number of "
            f"{declared.weight} is not held there.",
        )
    found = Decomposition(
        metric=metric.id,
        breakdown=series.breakdown,
        code=COMBINED_AUTHORITY if boroughs else "",
        method=declared.split,
        scale=scale_of(series),
        weight=declared.weight,
        scope=scope if points else "",
        points=tuple(points),
        parts=parts,
        refused=reasons,
        sentence="",
    )
    return found.model_copy(update={"sentence": split_sentence(found, metric)})


def scale_of(series: Series) -> str:
    """What values are in when they are set beside each other: money of the year is UK = 100."""
    if _relative(series):
        return "points, with the UK as 100"
    return series.metric.unit.difference


def _why_not(
    series: Series,
    period: TimePeriod,
    places: Places | None,
    boroughs: bool,
    weight: str,
    names: Mapping[str, str],
    held: Mapping[str, float],
) -> str:
    if not held:
        return f"the number of {weight} in the year is not held"
    if boroughs:
        present = set(places.codes) if places else set()
        missing = [names.get(code, code) for code in CONSTITUENT if code not in present]
        if missing:
            return f"{' and '.join(missing)} has no figure" if len(missing) < 7 else _NO_FIGURES
    elif places is None:
        return _NO_FIGURES
    elif places.share_missing > LARGEST_SHARE_MISSING:
        since = " that matches them: some are for districts since merged"
        return (
            f"places with more than 5% of the {weight} have no figure"
            f"{since if places.unweighted else ''}"
        )
    elif len(set(places.groups)) < 2:
        return "there are figures in one region only"
    if _relative(series) and series.national(period) is None:
        return "there is no figure for the UK to set money of the year against"
    return ""


_NO_FIGURES = "no authority has both a figure and a weight"


def _relative(series: Series) -> bool:
    """Whether values are set against the UK's as 100: Theil's T does not mind the unit."""
    disparity = series.metric.disparity
    theil = disparity is not None and disparity.split == THEIL
    return series.metric.money == "nominal" and not theil


def _scaled(series: Series, period: TimePeriod, places: Places) -> Places:
    if not _relative(series):
        return places
    factor = 100.0 / (series.national(period) or 1.0)
    errors = None if places.errors is None else places.errors * factor
    return replace(places, values=places.values * factor, errors=errors)


def _split(method: str, places: Places) -> Split:
    way = split_theil if method == THEIL else split_variance
    return way(places.values, places.weights, places.groups)


def _point(
    series: Series,
    period: TimePeriod,
    year: int,
    places: Places,
    split: Split,
) -> SplitPoint:
    differs = split.total > SMALLEST_DISPARITY * max(split.mean**2, 1.0)
    noise = None
    if places.errors is not None and differs and series.metric.evidence is Evidence.INTERVALS:
        noise = noise_of_variance(places.errors, places.weights, places.groups)
    left = None if noise is None else split.total - noise.total
    return SplitPoint(
        start=period.start,
        end=period.end,
        period=series.words(period),
        short_period=period_in_short(period, series.shape),
        weights_of=year,
        areas=len(places.codes),
        left_out=places.unweighted,
        mean=split.mean,
        total=split.total,
        between=split.between,
        within=split.within,
        between_share=split.between_share if differs else None,
        noise_share=None if noise is None else noise.total / split.total,
        between_share_corrected=None
        if noise is None or left is None or left <= 0
        else min(1.0, max(0.0, split.between - noise.between) / left),
    )


def _parts(split: Split, method: str, names: Mapping[str, str]) -> tuple[SplitPart, ...]:
    made = []
    for group in split.groups:
        if method == THEIL:
            of_all = group.weight * group.mean / split.mean
            between = of_all * log(group.mean / split.mean)
            within = of_all * group.within
        else:
            between = group.weight * (group.mean - split.mean) ** 2
            within = group.weight * group.within
        made.append(
            SplitPart(
                code=group.name,
                name=names.get(group.name, group.name),
                areas=group.areas,
                weight=group.weight,
                mean=group.mean,
                between=between,
                within=within,
            )
        )
    return tuple(made)


def _scope(nations: frozenset[str]) -> str:
    return " and ".join(name for code, name in NATIONS.items() if code in nations)
