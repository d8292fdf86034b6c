"""How far places differ, between regions and within them, and which end of a gap moved."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY
from data.reads import read_measures
from layouts.page import Region
from layouts.templating import render
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition, EndMovements, SplitPoint
from metrics.measures.split_words import size_in_words, spread
from metrics.wording import write_number, write_value


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One period, every number as it is written."""

    period: str
    areas: str
    whole: str
    between: str
    within: str
    corrected: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One region or borough in the newest period; shares are of the whole difference."""

    name: str
    code: str
    mean: str
    weight: str
    between: str
    within: str


def splits_of_metric(store: Connection, metric: Metric, breakdown: str) -> list[Region]:
    """The splits and the moving ends of a series, where any are stored."""
    subject = f"{metric.id}|{breakdown}"
    stored = read_measures(store, "decomposition", subjects=[subject])
    splits = {code: Decomposition.model_validate_json(text) for (_, code), text in stored.items()}
    moving = read_measures(store, "ends", subjects=[subject])
    ends = {code: EndMovements.model_validate_json(text) for (_, code), text in moving.items()}
    nation, boroughs = splits.get(""), splits.get(COMBINED_AUTHORITY)
    if nation is None:
        return []
    return [
        Region(
            "metric-splits",
            render(
                "metric_splits.html",
                metric=metric,
                nation=nation,
                rows=[_row(nation, metric, point) for point in reversed(nation.points)],
                parts=_parts(nation, metric),
                noise=any(point.noise_share is not None for point in nation.points),
                boroughs=boroughs,
                borough_parts=_parts(boroughs, metric) if boroughs else [],
                ends=ends.get(""),
                own_ends=ends.get(COMBINED_AUTHORITY),
            ),
        )
    ]


def _row(found: Decomposition, metric: Metric, point: SplitPoint) -> SplitRow:
    theil = found.method == "theil_t"
    return SplitRow(
        point.period,
        write_number(point.areas, 0),
        write_number(point.total, 4) if theil else spread(found, metric, point),
        _share(point.between_share),
        _share(None if point.between_share is None else 1 - point.between_share),
        _share(point.between_share_corrected),
    )


def _parts(found: Decomposition, metric: Metric) -> list[PartRow]:
    if not found.points:
        return []
    total = found.points[-1].total
    points = found.scale != metric.unit.difference
    return [
        PartRow(
            part.name,
            part.code,
            size_in_words(part.mean, metric, points)
            if points
            else write_value(part.mean, metric.unit),
            _share(part.weight),
            _share(part.between / total if total > 0 else None),
            _share(part.within / total if total > 0 else None),
        )
        for part in sorted(found.parts, key=lambda part: -part.mean)
    ]


def _share(share: float | None) -> str:
    return "" if share is None else f"{write_number(share * 100, 0)}%"
