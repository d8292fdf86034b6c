"""Addresses of pages, for the links between them."""

from __future__ import annotations

from layouts.request import write_query
from metrics.definition import Metric
from metrics.mission import Mission


def mission_address(mission: Mission) -> str:
    """The page of a mission."""
    return f"/missions/{mission.slug}"


def metric_address(metric: Metric, breakdown: str = "") -> str:
    """The page of a metric, showing one of its series; the first when none is named."""
    first = metric.series[0].breakdown if metric.series else ""
    query = write_query({"breakdown": breakdown if breakdown != first else ""})
    return f"/metrics/{metric.id}?{query}" if query else f"/metrics/{metric.id}"
