"""The areas of one tier in one period: ranked, mapped, and read against larger areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data.areas import LOWER_TIER_PREFIXES, UPPER_TIER_PREFIXES, area_type
from layouts.charts.published import (
    NEVER_PUBLISHED,
    Published,
    chart_unit,
)
from layouts.figures.description import (
    MapArea,
    MapChart,
    Prominence,
    RankedStrip,
    Reference,
    StripRow,
)
from metrics.definition import Metric, Polarity

Tier = Literal["lower_tier", "upper_tier", "region", "combined_authority", "police_force", "itl_1"]
# As people call the areas of a tier, in the plural.
TIER_NAMES: dict[Tier, str] = {
    "lower_tier": "districts and unitary authorities",
    "upper_tier": "counties and unitary authorities",
    "region": "regions",
    "combined_authority": "combined authorities",
    "police_force": "police force areas",
    "itl_1": "regions and nations (ITL 1)",
}
# The boundaries that a tier is drawn on; the other tiers have no map.
MAP_LEVELS: dict[Tier, Literal["lower_tier", "upper_tier", "region"]] = {
    "lower_tier": "lower_tier",
    "upper_tier": "upper_tier",
    "region": "region",
}
_UNITARY = {
    "unitary authority",
    "metropolitan district",
    "London borough",
    "Welsh authority",
    "Scottish council area",
    "Northern Irish district",
}
_TYPE_OF_TIER = {
    "region": "region",
    "combined_authority": "combined authority",
    "police_force": "police force area",
    "itl_1": "ITL 1",
}


@dataclass(frozen=True, slots=True)
class Place:
    """An area that a strip or a map may show, by the name that the page uses for it."""

    code: str
    name: str


def tiers_of(metric: Metric) -> tuple[Tier, ...]:
    """The tiers that the metric is declared for, the finest first; empty without figures.

    A metric with figures for counties covers the upper tier, one with figures for districts
    beneath them the lower tier. Where there is neither, as in Scotland, the two tiers are the
    same areas and are named once.
    """
    if metric.coverage is None:
        return ()
    types = set(metric.coverage.area_types)
    tiers: list[Tier] = []
    if "non-metropolitan district" in types or (types & _UNITARY and "county" not in types):
        tiers.append("lower_tier")
    if "county" in types:
        tiers.append("upper_tier")
    for tier in ("police_force", "combined_authority", "region", "itl_1"):
        if _TYPE_OF_TIER[tier] in types:
            tiers.append(tier)
    return tuple(tiers)


def belongs_to(code: str, tier: Tier) -> bool:
    """Whether a code stands for an area of the tier."""
    if tier == "lower_tier":
        return code.startswith(LOWER_TIER_PREFIXES)
    if tier == "upper_tier":
        return code.startswith(UPPER_TIER_PREFIXES)
    return area_type(code) == _TYPE_OF_TIER[tier]


def ranked_strip(
    metric: Metric,
    title: str,
    summary: str,
    published: Mapping[str, Published],
    places: Sequence[Place],
    focus: Iterable[str],
    references: Sequence[Place],
    period: str,
    source: str = "",
    *,
    by_value: bool = True,
) -> RankedStrip:
    """Describe the areas of a tier in order of their value, each with its interval.

    Args:
        metric: the declaration, for the unit.
        title: what is drawn.
        summary: the sentence for those who cannot see it.
        published: the figures of the period by code.
        places: every area of the tier; one without a figure is listed with the reason.
        focus: codes that are named and coloured; the others stand behind in grey.
        references: larger areas whose value is drawn as a line, where they have one.
        period: the period in words.
        source: the line under the chart.
        by_value: False keeps the places in the order given, where areas are not to be ranked.

    Returns:
        The rows with values, highest first and then by name, then those without, by name.
    """
    named = set(focus)
    rows = [
        _row(place, published.get(place.code), "focus" if place.code in named else "background")
        for place in places
    ]
    if by_value:
        rows.sort(key=lambda row: (row.value is None, -(row.value or 0.0), row.name))
    return RankedStrip(
        id=f"ranked-{metric.id}",
        title=title,
        summary=summary,
        unit=chart_unit(metric.unit),
        rows=tuple(rows),
        references=tuple(
            Reference(place.code, place.name, figure.value)
            for place in references
            if (figure := published.get(place.code)) is not None and figure.value is not None
        ),
        period=period,
        source=source,
        by_value=by_value,
    )


def _row(place: Place, figure: Published | None, prominence: Prominence) -> StripRow:
    if figure is None:
        return StripRow(place.code, place.name, prominence, None, note=NEVER_PUBLISHED)
    return StripRow(
        place.code,
        place.name,
        prominence,
        figure.value,
        figure.lower,
        figure.upper,
        figure.why_missing or ", ".join(figure.qualifiers),
    )


def map_chart(
    metric: Metric,
    title: str,
    summary: str,
    published: Mapping[str, Published],
    places: Sequence[Place],
    tier: Tier,
    outlined: Iterable[str],
    period: str,
    source: str = "",
) -> MapChart | None:
    """Describe the areas of a tier on a map; None for a tier that has no boundaries.

    Areas without a figure are part of the map and say why they have none.
    """
    level = MAP_LEVELS.get(tier)
    if level is None:
        return None
    return MapChart(
        id=f"map-{metric.id}",
        title=title,
        summary=summary,
        unit=chart_unit(metric.unit),
        level=level,
        areas=tuple(
            MapArea(place.code, place.name, row.value, row.note)
            for place in places
            for row in (_row(place, published.get(place.code), "background"),)
        ),
        outlined=tuple(outlined),
        better=better_end(metric),
        period=period,
        source=source,
    )


def better_end(metric: Metric) -> Literal["higher", "lower", ""]:
    """Which end of the scale is better, as declared; empty when neither is."""
    if metric.polarity is Polarity.HIGHER:
        return "higher"
    return "lower" if metric.polarity is Polarity.LOWER else ""
