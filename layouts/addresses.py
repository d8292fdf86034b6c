"""Addresses of pages, for the links between them."""

from __future__ import annotations

import os
import re
from datetime import date

from layouts.request import write_query
from metrics.definition import Metric
from metrics.mission import Mission, Workstream
from metrics.proposition import Proposition


def mission_address(mission: Mission) -> str:
    """The page of a mission."""
    return f"/missions/{mission.slug}"


def workstream_address(workstream: Workstream) -> str:
    """The page of a workstream."""
    return f"/workstreams/{workstream.slug}"


def proposition_address(proposition: Proposition) -> str:
    """The page of a proposition."""
    return f"/propositions/{proposition.slug}"


def metric_address(metric: Metric, breakdown: str = "") -> str:
    """The page of a metric, showing one of its series; the first when none is named."""
    first = metric.series[0].breakdown if metric.series else ""
    query = write_query({"breakdown": breakdown if breakdown != first else ""})
    return f"/metrics/{metric.id}?{query}" if query else f"/metrics/{metric.id}"


def cite_address(
    metric: str,
    breakdown: str,
    area: str,
    starts: date,
    beside: str = "",
    *,
    derived: bool = False,
) -> str:
    """The short address that leads to the citation of a figure that is held now.

    Args:
        area: code of the area; id of the group for a derived figure of one without a code.
        starts: the first day of the figure's period.
        beside: code of the area that the figure is set beside.
    """
    query = write_query(
        {
            "metric": metric,
            "area": area,
            "period": starts.isoformat(),
            "breakdown": breakdown,
            "beside": beside,
            "basis": "derived" if derived else "",
        }
    )
    return f"/cite?{query}"


def home_address() -> str:
    """Where readers find the dashboard, from `PUBLIC_ADDRESS`: `https://missions.example.org`.

    Empty where it is not set or is no such address, so that citations carry a path alone.
    """
    told = os.environ.get("PUBLIC_ADDRESS", "").rstrip("/")
    return told if re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?", told) else ""
