"""The places that a split is about, each with its figure, its weight and the group it is in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data.areas import CONSTITUENT, LOWER_TIER_PREFIXES, UPPER_TIER_PREFIXES
from data.periods import TimePeriod
from metrics.measures.disparity import Numbers
from metrics.measures.evidence import Series
from metrics.measures.scope import in_scope, places_by_period

BOROUGHS = "boroughs"


@dataclass(frozen=True, slots=True)
class Places:
    """The places of one period that have a figure and a weight, in the order of their codes.

    `errors` is None where nothing was sampled or a place has no interval.
    """

    codes: tuple[str, ...]
    values: Numbers
    weights: Numbers
    groups: tuple[str, ...]
    errors: Numbers | None
    nations: frozenset[str]
    unweighted: int
    share_missing: float


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """The figures of one period; an error is NaN without a usable interval."""

    codes: tuple[str, ...]
    regions: tuple[str, ...]
    nations: tuple[str, ...]
    values: Numbers
    errors: Numbers


def rows_of(series: Series, boroughs: bool) -> dict[TimePeriod, PlaceRows]:
    """The rows with a value of the places that a split is about, by period, in order of codes."""
    frame = series.frame[series.frame["value"].notna()]
    if boroughs:
        frame = frame[frame["ref_area"].isin(CONSTITUENT)]
    elif series.metric.disparity is not None:
        frame = in_scope(frame, series.metric.disparity.areas)
    frame = frame.sort_values("ref_area", kind="stable")
    errors = series.errors(frame)
    known = np.full(len(frame), np.nan) if errors is None else errors
    values = frame["value"].to_numpy(dtype="float64")
    codes = frame["ref_area"].tolist()
    nations = [one if isinstance(one, str) else "" for one in frame["country_code"].tolist()]
    # Wales is not divided into regions: it is one.
    regions = [
        region if isinstance(region, str) and region else nation
        for region, nation in zip(frame["region_code"].tolist(), nations, strict=True)
    ]
    found = {}
    for (start, end), places in places_by_period(frame).items():
        chosen = places.tolist()
        found[TimePeriod(start, end)] = PlaceRows(
            tuple(codes[place] for place in chosen),
            tuple(regions[place] for place in chosen),
            tuple(nations[place] for place in chosen),
            values[places],
            known[places],
        )
    return found


def places_of(rows: PlaceRows, weights: Mapping[str, float], tier: str) -> Places | None:
    """The places of a period that count, with their weights; None where there is none."""
    kept = [place for place, code in enumerate(rows.codes) if weights.get(code, 0.0) > 0]
    if not kept:
        return None
    codes = tuple(rows.codes[place] for place in kept)
    nations = frozenset(rows.nations[place] for place in kept)
    own = np.array([weights[code] for code in codes])
    errors = rows.errors[kept]
    return Places(
        codes,
        rows.values[kept],
        own,
        codes if tier == BOROUGHS else tuple(rows.regions[place] for place in kept),
        None if np.isnan(errors).any() else errors,
        nations,
        sum(nation in nations for nation in rows.nations) - len(kept),
        1.0 - float(own.sum()) / _all_weight(weights, tier, nations),
    )


def _all_weight(weights: Mapping[str, float], tier: str, nations: frozenset[str]) -> float:
    """The weight of every place of the tier in these nations."""
    prefixes = UPPER_TIER_PREFIXES if tier == "upper_tier" else LOWER_TIER_PREFIXES
    letters = {nation[0] for nation in nations}
    return sum(
        weight
        for code, weight in weights.items()
        if code.startswith(prefixes) and code[0] in letters
    )
