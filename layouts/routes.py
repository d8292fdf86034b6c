"""Which page answers which address."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from layouts.page import Page
from layouts.pages import (
    accessibility,
    area,
    area_index,
    board,
    brief,
    compare,
    data,
    disparities,
    figure,
    method,
    metric,
    mission,
    presentation,
    proposition,
    propositions,
    search,
    workstream,
    workstreams,
)
from layouts.request import PageRequest

Build = Callable[[PageRequest], Page]


@dataclass(frozen=True, slots=True)
class Route:
    """A kind of page: its address with the variable part in angle brackets, and its builder."""

    address: str
    build: Build

    def match(self, path: str) -> Mapping[str, str] | None:
        """The variable parts of a path of this kind, or None for another kind of path."""
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", self.address)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


ROUTES: tuple[Route, ...] = (
    Route("/", board.build),
    Route("/missions/<slug>", mission.build),
    Route("/metrics/<id>", metric.build),
    Route("/areas", area_index.build),
    Route("/areas/<code>", area.build),
    Route("/figures/<id>", figure.build),
    Route("/cite", figure.cite),
    Route("/compare", compare.build),
    Route("/brief", brief.build),
    Route("/disparities", disparities.build),
    Route("/workstreams", workstreams.build),
    Route("/workstreams/<slug>", workstream.build),
    Route("/propositions", propositions.build),
    Route("/propositions/<slug>", proposition.build),
    Route("/present", presentation.build),
    Route("/present/<slug>", presentation.build),
    Route("/present/<slug>/<id>", presentation.build),
    Route("/search", search.build),
    Route("/method", method.build),
    Route("/data", data.build),
    Route("/accessibility", accessibility.build),
)
ADDRESSES = frozenset(route.address for route in ROUTES)


def find_route(routes: Sequence[Route], path: str) -> tuple[Build, Mapping[str, str]] | None:
    """The builder for a path and the variable parts of the path, or None.

    A path with control characters is no address: databases differ in what they make of them.
    """
    if not path.isprintable():
        return None
    for route in routes:
        parameters = route.match(path)
        if parameters is not None:
            return route.build, parameters
    return None
