"""How a derived figure that is cited was made: by what rule, of which members and weights."""

from __future__ import annotations

from dataclasses import dataclass

from data.series_reads import read_known_areas
from layouts.pages.metric_groups import read_derived
from layouts.request import PageRequest
from metrics.area_names import area_label
from metrics.figure import Figure


@dataclass(frozen=True, slots=True)
class Derivation:
    """The making of a derived figure; `members` are codes with what they are called."""

    how: str
    members: tuple[tuple[str, str], ...]
    interval: str


def derivation_of(request: PageRequest, figure: Figure) -> Derivation | None:
    """How a figure is derived by today's rule; None for a published one, or one that no rule gives
    any more.
    """
    if figure.basis != "derived":
        return None
    groups = read_derived(request.store, figure.metric, figure.breakdown)
    own = next((one for one in groups if (one.code or one.group) == figure.area), None)
    if own is None or not own.how:
        return None
    areas = read_known_areas(request.store)
    members = tuple(
        (code, area_label(areas[code].name, areas[code].type) if code in areas else code)
        for code in own.members
    )
    return Derivation(own.how, members, own.interval)
