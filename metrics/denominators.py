"""The people behind a rate, by area and year, and what a gap between two rates means in heads.

A denominator is matched by its declared words and by the year, and never carried to another: ages
are held for mid-2023 only, so a rate of any other year has none. Held are the residents of all
ages (England and Wales, 2011 to 2023), those aged 16 to 64 and those aged 16 and over (2023). Not
held is every other denominator that definitions name, such as adults aged 18 and over, pupils,
households or dwellings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import ENGLAND
from data.reads import read_groups, read_members
from metrics.definition import Metric
from metrics.devolution import POPULATION
from metrics.measures.evidence import Series
from metrics.measures.people import gap_in_people
from metrics.measures.results import AreaFacts, Comparison, Figure, Quality

# The declared words of a denominator, and the breakdown of the population that it is.
HELD = {
    "residents of all ages": "",
    "residents aged 16 to 64": "age=16-64",
    "people aged 16 and over": "age=16-and-over",
}
_PER_CENT = 100.0
_GROUP = "combined-authority-"


@dataclass(frozen=True, slots=True)
class People:
    """How many there are; `derived` where they were added up over the members of a group."""

    number: float
    derived: bool


@dataclass(frozen=True, slots=True)
class Denominators:
    """People by breakdown, year and area; `members` for areas that have no row of their own."""

    people: Mapping[str, Mapping[int, Mapping[str, float]]]
    members: Mapping[str, tuple[str, ...]]

    def of(self, metric: Metric, code: str, figure: Figure) -> People | None:
        """The people that a figure is a share or a rate of; None where they are not held.

        The figure's period must be one year at most, and hold the 30 June of which people are
        held. A group whose member lacks a number has none.
        """
        breakdown = HELD.get(metric.denominator)
        if breakdown is None or (figure.end - figure.start).days > 366:
            return None
        middle = figure.start.replace(month=6, day=30)
        if not figure.start <= middle <= figure.end:
            return None
        known = self.people.get(breakdown, {}).get(middle.year, {})
        if code in known:
            return People(known[code], derived=False)
        own = [known.get(member) for member in self.members.get(code, ())]
        if not own or None in own:
            return None
        return People(float(sum(one or 0.0 for one in own)), derived=True)

    def by_year(self, words: str) -> Mapping[int, Mapping[str, float]]:
        """The numbers that a denominator's words stand for, by year and area; none held: empty."""
        return self.people.get(HELD[words], {}) if words in HELD else {}


def denominators_of(connection: Connection, held: Mapping[str, Sequence[Series]]) -> Denominators:
    """The denominators that the store holds, with the members of each combined authority."""
    people: dict[str, dict[int, dict[str, float]]] = {}
    for series in held.get(POPULATION, ()):
        by_year = people.setdefault(series.breakdown, {})
        for period in series.periods:
            values = series.valued(period)["value"]
            by_year[period.end.year] = dict(zip(values.index, values.tolist(), strict=True))
    groups = [str(group) for group in read_groups(connection, "combined authority")["id"]]
    whole = [one for one in groups if one.startswith(_GROUP) and not one.endswith("-lower-tier")]
    members = {
        group.removeprefix(_GROUP).upper(): tuple(
            code for code, _ in read_members(connection, group)
        )
        for group in whole
    }
    return Denominators(people, members)


def with_people(facts: AreaFacts, metric: Metric, held: Denominators) -> AreaFacts:
    """Facts whose comparison with England says what the gap means in people.

    Only where the metric is a percentage that declares the noun, the comparison is better or
    worse, and the people of that area and year are held; otherwise the facts as they are.
    """
    if not metric.people or facts.latest is None:
        return facts
    people = held.of(metric, facts.code, facts.latest)
    if people is None:
        return facts
    gaps = tuple(_in_people(gap, facts.latest, metric, people) for gap in facts.gaps)
    return facts if gaps == facts.gaps else facts.model_copy(update={"gaps": gaps})


def _in_people(gap: Comparison, latest: Figure, metric: Metric, people: People) -> Comparison:
    other = gap.other.value if gap.other else None
    if gap.to != ENGLAND or gap.quality is Quality.NONE or other is None or latest.value is None:
        return gap
    found = gap_in_people(latest.value, other, people.number, _PER_CENT)
    if found is None:
        return gap
    told = found.sentence("England", metric.people)
    if people.derived:
        told += " Its number of people is the sum of its members'."
    return gap.model_copy(update={"people": found.people, "sentence": f"{gap.sentence} {told}"})
