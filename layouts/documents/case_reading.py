"""What the case of a proposition needs of the store, and the fair readings that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, ENGLAND
from data.periods import TimePeriod
from data.reads import read_measures
from data.series_reads import (
    Group,
    KnownArea,
    read_area_measures,
    read_groups_with_members,
    read_known_areas,
)
from layouts.documents.citing_figures import FigureBook
from layouts.documents.content import CitedFigure
from layouts.pages.group_choices import has_neighbours, neighbours_of
from metrics.area_names import area_in_text, area_label
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.fair_readings import (
    among_like,
    from_facts,
    in_the_period_before,
    since_the_start,
)
from metrics.least_favourable import FairReading
from metrics.like_areas import LikeAreas, among, same_kind
from metrics.measures.change import Measured
from metrics.measures.comparisons import measured_figure
from metrics.measures.results import AreaFacts, GapSeries
from metrics.openings import subject
from metrics.origin import SeriesLabel
from metrics.proposition import Proposition
from metrics.side_by_side import Side

# The areas that a proposition names one by one are set beside its own, but are no group that
# others have drawn up.
NAMED = "named"
OTHER_AUTHORITIES = "other-combined-authorities"
CORE_CITIES = ("core-cities-england", "core-cities-uk")


@dataclass(frozen=True, slots=True)
class Places:
    """The areas of a case with their names, and the groups that each can be set among."""

    areas: Mapping[str, KnownArea]
    groups: Mapping[str, Group]

    def name(self, code: str) -> str:
        """The name on a heading."""
        area = self.areas.get(code)
        return area_label(area.name, area.type) if area else code

    def in_text(self, code: str) -> str:
        """The name within a sentence."""
        area = self.areas.get(code)
        return area_in_text(area.name, area.type) if area else code

    def groups_of(self, code: str) -> list[Group]:
        """The groups that an area may be set among, those of the proposition first."""
        return [group for group in self.groups.values() if self._fits(group.id, code)]

    def _fits(self, group: str, code: str) -> bool:
        if group == NAMED:
            return any(same_kind(code, other) for other, _ in self.groups[group].members)
        if group.startswith("neighbours-"):
            return group == neighbours_of(code)
        members = [member for member, _ in self.groups[group].members]
        if group in CORE_CITIES:
            return code in members
        return any(same_kind(code, other) for other in members)


def read_places(store: Connection, proposition: Proposition) -> Places:
    """The areas, and the groups: those that are named, and those that an area lies in anyway."""
    areas = read_known_areas(store)
    named = [code for code in proposition.comparators if code in areas]
    wanted = [one for one in proposition.comparators if one not in areas]
    if any(code.startswith("E47") for code in proposition.areas):
        wanted.append(OTHER_AUTHORITIES)
    wanted += [CORE_CITIES[0]]
    wanted += [
        neighbours_of(code)
        for code in proposition.areas
        if code in areas and has_neighbours(areas[code])
    ]
    groups = {group.id: group for group in read_groups_with_members(store, wanted)}
    if named:
        members = tuple((code, areas[code].name) for code in named)
        groups[NAMED] = Group(NAMED, "Other areas that the proposition names", members)
    return Places(areas, groups)


@dataclass(frozen=True, slots=True)
class CaseSeries:
    """One series of a case.

    Attributes:
        facts: what is known of each area, by code; also of the areas of groups and of England.
        groups: for each of the proposition's areas, how it stands among those of its groups.
        readings: every fair way to read the series for one of the proposition's areas.
        gap: the gap among all areas, where it is measured.
        book: its figures as they can be cited.
    """

    metric: Metric
    label: SeriesLabel
    facts: Mapping[str, AreaFacts]
    groups: Mapping[str, tuple[LikeAreas, ...]]
    readings: tuple[FairReading, ...]
    gap: GapSeries | None
    book: FigureBook

    @property
    def key(self) -> str:
        """The series as an id of an element."""
        return f"{self.metric.id}-{self.label.breakdown}".replace("=", "-").rstrip("-")

    @property
    def title(self) -> str:
        """What is measured, as a heading."""
        words = subject(self.metric, self.label)
        return f"{words[:1].upper()}{words[1:]}"

    @property
    def is_total(self) -> bool:
        """Whether a value is a total, which is set beside no other area's."""
        return self.metric.aggregation.rule == "sum"

    def latest(self, code: str) -> AreaFacts | None:
        """What is known of an area that has a value; None for one that has none."""
        found = self.facts.get(code)
        held = found is not None and found.latest is not None and found.latest.value is not None
        return found if held else None

    def derived(self, code: str) -> CitedFigure | None:
        """What is derived here for an area without any published figure; None for any other."""
        return None if self.latest(code) else self.book.cited_derived(code)


def read_case_series(
    store: Connection, catalogue: Catalogue, proposition: Proposition, places: Places
) -> list[CaseSeries]:
    """Every series with figures of the proposition's metrics, in its own order."""
    around = {proposed: places.groups_of(proposed) for proposed in proposition.areas}
    members = [
        code for several in around.values() for group in several for code, _ in group.members
    ]
    regions = [
        area.region_code or "" for code in proposition.areas if (area := places.areas.get(code))
    ]
    declared = [catalogue.metrics[name].coverage for name in proposition.metrics]
    nations = [coverage.united_kingdom for coverage in declared if coverage]
    larger = [ENGLAND, COMBINED_AUTHORITY, *nations, *regions]
    codes = [code for code in dict.fromkeys((*proposition.areas, *larger, *members)) if code]
    found = []
    for name in proposition.metrics:
        metric = catalogue.metrics[name]
        for label in metric.series:
            one = _read_one(store, proposition, places, around, codes, metric, label)
            if one.facts:
                found.append(one)
    return found


def _read_one(
    store: Connection,
    proposition: Proposition,
    places: Places,
    around: Mapping[str, Sequence[Group]],
    codes: Sequence[str],
    metric: Metric,
    label: SeriesLabel,
) -> CaseSeries:
    series_subject = f"{metric.id}|{label.breakdown}"
    stored = read_area_measures(store, "area_facts", series_subject, codes)
    facts = {code: AreaFacts.model_validate_json(text) for code, text in stored.items()}
    gaps = read_measures(store, "gap", subjects=[series_subject])
    gap = next((GapSeries.model_validate_json(text) for text in gaps.values()), None)
    book = FigureBook.read(store, metric, label, codes, places.name, places.in_text)
    groups = {
        code: tuple(_among(metric, facts, places, code, group) for group in around[code])
        for code in proposition.areas
        if code in facts and metric.aggregation.rule != "sum"
    }
    readings: list[FairReading] = []
    for code in proposition.areas:
        if code in facts:
            own = facts[code]
            readings += from_facts(own)
            readings += [
                one
                for one in (
                    since_the_start(metric, code, book.of(code), own),
                    in_the_period_before(metric, code, book.of(code), book.of(ENGLAND), own),
                )
                if one is not None
            ]
            readings += [
                among_like(metric, own, one, places.in_text(code))
                for one in groups.get(code, ())
                if one.group != NAMED
            ]
    return CaseSeries(metric, label, facts, groups, tuple(readings), gap, book)


def _among(
    metric: Metric, facts: Mapping[str, AreaFacts], places: Places, code: str, group: Group
) -> LikeAreas:
    """An area among those of a group, in the period of its own newest figure."""
    latest = facts[code].latest
    period = TimePeriod(latest.start, latest.end) if latest else None
    others = [
        (places.name(other), _side(facts, places, other, period))
        for other, _ in group.members
        if other != code and same_kind(code, other)
    ]
    return among(metric, _side(facts, places, code, period), others, group.id, group.title)


def _side(
    facts: Mapping[str, AreaFacts], places: Places, code: str, period: TimePeriod | None
) -> Side:
    known, area = facts.get(code), places.areas.get(code)
    measured: Measured | None = None
    if known and known.latest and known.latest.value is not None:
        latest = known.latest
        if period == TimePeriod(latest.start, latest.end):
            measured = measured_figure(latest)
    return Side(
        code,
        measured,
        (area.region_code or "") if area else "",
        (area.country_code or "") if area else "",
    )
