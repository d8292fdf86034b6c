"""The places that a split is about, each with its figure, its weight and the group it is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from data.areas import CONSTITUENT, LOWER_TIER_PREFIXES, UPPER_TIER_PREFIXES
from data.periods import TimePeriod
from metrics.measures.disparity import Numbers
from metrics.measures.evidence import Series
from metrics.measures.scope import in_scope

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
class PlaceRow:
    """One figure; `error` is NaN without a usable interval."""

    code: str
    region: str
    nation: str
    value: float
    error: float


def rows_of(series: Series, boroughs: bool) -> dict[TimePeriod, list[PlaceRow]]:
    """The rows with a value of the places that a split is about, by period, in order of codes."""
    frame = series.frame[series.frame["value"].notna()]
    if boroughs:
        frame = frame[frame["ref_area"].isin(CONSTITUENT)]
    elif series.metric.disparity is not None:
        frame = in_scope(frame, series.metric.disparity.areas)
    frame = frame.sort_values("ref_area", kind="stable")
    errors = series.errors(frame)
    found: dict[TimePeriod, list[PlaceRow]] = {}
    for start, end, code, region, nation, value, error in zip(
        *(frame[name].tolist() for name in ("period_start", "period_end", "ref_area")),
        *(frame[name].tolist() for name in ("region_code", "country_code", "value")),
        [float("nan")] * len(frame) if errors is None else errors.tolist(),
        strict=True,
    ):
        country = nation if isinstance(nation, str) else ""
        # Wales is not divided into regions: it is one.
        group = region if isinstance(region, str) and region else country
        row = PlaceRow(code, group, country, value, error)
        found.setdefault(TimePeriod(start, end), []).append(row)
    return found


def places_of(rows: Sequence[PlaceRow], weights: Mapping[str, float], tier: str) -> Places | None:
    """The places of a period that count, with their weights; None where there is none."""
    kept = [row for row in rows if weights.get(row.code, 0.0) > 0]
    if not kept:
        return None
    nations = frozenset(row.nation for row in kept)
    own = np.array([weights[row.code] for row in kept])
    errors = np.array([row.error for row in kept])
    return Places(
        tuple(row.code for row in kept),
        np.array([row.value for row in kept]),
        own,
        tuple(row.code if tier == BOROUGHS else row.region for row in kept),
        None if np.isnan(errors).any() else errors,
        nations,
        sum(row.nation in nations for row in rows) - len(kept),
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
