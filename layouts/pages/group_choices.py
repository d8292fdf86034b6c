"""The groups of areas that a reader can choose wherever areas can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.series_reads import KnownArea
from layouts.pages.metric_choices import label_of

CONSTITUENT_GROUP = "wmca-constituent"
NON_CONSTITUENT_GROUP = "wmca-non-constituent"
GROUP_TITLES = {
    CONSTITUENT_GROUP: "The seven constituent boroughs",
    NON_CONSTITUENT_GROUP: "The ten non-constituent authorities",
    "other-combined-authorities": "The other combined authorities",
    "core-cities-england": "English core cities",
    "core-cities-uk": "Core cities of the UK",
}
Offered = tuple[str, list[tuple[str, str]]]


def neighbours_of(code: str) -> str:
    """The group of the areas that are statistically most like an authority."""
    return f"neighbours-{code.lower()}"


def has_neighbours(area: KnownArea) -> bool:
    """Whether there is a group of the areas most like it: for authorities of today's lower tier."""
    return area.lower_tier and area.current


def members_of(code: str) -> str:
    """The group of the authorities that make up a combined authority."""
    return CONSTITUENT_GROUP if code == COMBINED_AUTHORITY else f"combined-authority-{code.lower()}"


def groups_offered(areas: Mapping[str, KnownArea], shown: Iterable[str] = ()) -> list[Offered]:
    """Headings, each with the ids and titles of its groups, as a list of choices offers them.

    The areas most like an authority are offered for the seven boroughs and for every authority
    that is shown already.
    """
    like = [
        (neighbours_of(code), f"Areas most like {label_of(areas[code])}")
        for code in dict.fromkeys((*CONSTITUENT, *shown))
        if code in areas and has_neighbours(areas[code])
    ]
    members = [
        (members_of(code), f"Members of {label_of(area)}")
        for code, area in areas.items()
        if area.type == "combined authority" and area.current and code != COMBINED_AUTHORITY
    ]
    return [
        ("Of the West Midlands, and like it", list(GROUP_TITLES.items())),
        ("Statistical neighbours", like),
        ("Other combined authorities", members),
    ]
