"""The members of a combined authority, and how each stands beside England on headline measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, ENGLAND
from data.reads import Area
from data.series_reads import Group, read_groups_with_members, read_measures_of_areas
from layouts.page import Region
from layouts.pages.group_choices import NON_CONSTITUENT_GROUP, members_of
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.measures.results import AreaFacts, Direction, Quality
from metrics.wording import by_chance

TITLES = {
    "wmca-constituent": "Constituent members",
    NON_CONSTITUENT_GROUP: "Non-constituent authorities",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One member: on how many headline measures it differs from England, and how."""

    code: str
    name: str
    better: int
    worse: int
    similar: int
    untested: int
    missing: int
    # Of those tested, how many by a margin of error.
    by_error: int


@dataclass(frozen=True, slots=True)
class Members:
    """One group of members with its heading and id."""

    id: str
    title: str
    rows: tuple[Standing, ...]


def members_of_authority(store: Connection, catalogue: Catalogue, area: Area) -> list[Region]:
    """The members of a combined authority as a table; nothing for another kind of area."""
    if area.type != "combined authority":
        return []
    wanted = [members_of(area.code)]
    if area.code == COMBINED_AUTHORITY:
        wanted.append(NON_CONSTITUENT_GROUP)
    groups = read_groups_with_members(store, wanted)
    if not groups:
        return []
    subjects = headline_subjects(catalogue)
    codes = [code for group in groups for code, _ in group.members]
    stored = read_measures_of_areas(store, "area_facts", subjects, codes)
    facts: dict[str, list[AreaFacts]] = {}
    for (_, code), text in stored.items():
        facts.setdefault(code, []).append(AreaFacts.model_validate_json(text))
    told = [_members(group, facts, len(subjects)) for group in groups]
    html = render(
        "area_members.html",
        groups=told,
        measures=len(subjects),
        chance=by_chance(sum(row.by_error for one in told for row in one.rows)).strip(),
        unverified=area.code == COMBINED_AUTHORITY,
    )
    return [Region("area-members", html)]


def headline_subjects(catalogue: Catalogue) -> list[str]:
    """The series of the headline measures that an area can be compared with England on."""
    return [
        f"{metric.id}|{series.breakdown}"
        for metric in catalogue.metrics.values()
        if metric.role.value == "headline"
        and metric.figures == "held"
        and metric.aggregation.rule != "sum"
        and metric.coverage is not None
        and metric.coverage.boroughs
        for series in metric.series
    ]


def _members(group: Group, facts: dict[str, list[AreaFacts]], measures: int) -> Members:
    return Members(
        group.id,
        TITLES.get(group.id, "Members"),
        tuple(standing(code, name, facts.get(code, []), measures) for code, name in group.members),
    )


def standing(code: str, name: str, facts: Sequence[AreaFacts], measures: int) -> Standing:
    """Count how the stored comparisons with England come out.

    Args:
        code, name: of the area.
        facts: what is known of it, one for each series that is held.
        measures: how many series there are; those without a comparison are missing.
    """
    gaps = [gap for one in facts for gap in one.gaps if gap.to == ENGLAND]
    counts = {
        "better": sum(gap.quality is Quality.BETTER for gap in gaps),
        "worse": sum(gap.quality is Quality.WORSE for gap in gaps),
        "similar": sum(gap.direction in (Direction.NOT_CLEAR, Direction.SAME) for gap in gaps),
    }
    untested = len(gaps) - sum(counts.values())
    missing = measures - len(gaps)
    by_error = sum(gap.lower is not None for gap in gaps)
    return Standing(code, name, **counts, untested=untested, missing=missing, by_error=by_error)
