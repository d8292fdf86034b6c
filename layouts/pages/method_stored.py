"""What the store has measured that examples of the method are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, POLICE_FORCE
from data.reads import read_measures
from data.series_reads import read_area_measures
from layouts.addresses import metric_address
from layouts.pages.standing_in import read_derived_of
from metrics.area_readings import area_readings
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition, DerivedGroup, EndMovements
from metrics.measures.results import (
    AreaFacts,
    ClauseSummary,
    Comparison,
    Figure,
    GapSeries,
    Reading,
)
from metrics.wording import write_interval, write_value

MEN = "healthy-life-expectancy-male|sex=male"
WOMEN = "healthy-life-expectancy-female|sex=female"
EMPLOYMENT = "employment-rate|"
PUPILS = "key-stage-2-reading-writing-maths|"
SATISFACTION = "life-satisfaction|"
PAY = "median-weekly-pay|"
HOMICIDE = "homicide-rate|"
GIGABIT = "gigabit-broadband|"
FUEL_POVERTY = "fuel-poverty|"
INCOME = "household-income-per-head|"
WMCA = "the West Midlands Combined Authority"
SUBJECTS = (MEN, WOMEN, EMPLOYMENT, PUPILS, SATISFACTION, PAY, HOMICIDE, GIGABIT)


@dataclass(frozen=True, slots=True)
class Example:
    """An example in sentences, and the page where its figures stand."""

    sentences: tuple[str, ...]
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class Stored:
    """The measures that examples are made of. `facts` are by subject and area code."""

    catalogue: Catalogue
    clauses: Mapping[str, ClauseSummary]
    facts: Mapping[tuple[str, str], AreaFacts]
    gaps: Mapping[str, GapSeries]
    # What is derived for the combined authority, by subject.
    derived: Mapping[str, DerivedGroup]
    splits: Mapping[tuple[str, str], Decomposition]
    ends: Mapping[str, EndMovements]

    def metric(self, subject: str) -> Metric:
        """The metric of a subject."""
        return self.catalogue.metrics[subject.split("|")[0]]

    def reading(self, clause: str, subject: str) -> Reading | None:
        """How a clause was judged by one series, for the nation."""
        wanted = tuple(subject.split("|"))
        readings = self.clauses[clause].readings if clause in self.clauses else ()
        return next((one for one in readings if (one.metric, one.breakdown) == wanted), None)

    def change(self, subject: str, code: str, baseline: str) -> Comparison | None:
        """An area's stored change since a baseline."""
        facts = self.facts.get((subject, code))
        changes = facts.changes if facts else ()
        return next((one for one in changes if one.to == baseline), None)

    def example(self, subject: str, *sentences: str) -> Example:
        """An example whose figures stand on the page of a metric."""
        metric, breakdown = self.metric(subject), subject.split("|")[1]
        return Example(sentences, metric_address(metric, breakdown), metric.title)

    def for_combined(self, clause: str, subject: str) -> Reading | ClauseSummary:
        """A clause as it stands for the combined authority: by one series, where that judges it."""
        facts = [one for (_, code), one in self.facts.items() if code == COMBINED_AUTHORITY]
        summary = area_readings(self.catalogue, facts, COMBINED_AUTHORITY)[clause]
        wanted = tuple(subject.split("|"))
        readings = (one for one in summary.readings if (one.metric, one.breakdown) == wanted)
        return next(readings, summary)


def read_stored(
    connection: Connection, catalogue: Catalogue, clauses: Mapping[str, ClauseSummary]
) -> Stored:
    """Read what the examples need."""
    codes = (COMBINED_AUTHORITY, POLICE_FORCE, *CONSTITUENT)
    facts = {
        (subject, code): AreaFacts.model_validate_json(text)
        for subject in SUBJECTS
        for code, text in read_area_measures(connection, "area_facts", subject, codes).items()
    }
    gaps = read_measures(connection, "gap", area_code="", subjects=SUBJECTS)
    splits = read_measures(connection, "decomposition", subjects=[INCOME])
    ends = read_measures(connection, "ends", area_code="", subjects=[MEN])
    derived = read_derived_of(connection, COMBINED_AUTHORITY)
    return Stored(
        catalogue,
        clauses,
        facts,
        {subject: GapSeries.model_validate_json(text) for (subject, _), text in gaps.items()},
        {"|".join(key): one for key, one in derived.items()},
        {key: Decomposition.model_validate_json(text) for key, text in splits.items()},
        {subject: EndMovements.model_validate_json(text) for (subject, _), text in ends.items()},
    )


def figure_words(metric: Metric, figure: Figure | None) -> str:
    """A figure with its unit, its period and its interval, as an example says it."""
    if figure is None:
        return "no figure"
    interval = write_interval(figure.lower, figure.upper, metric.unit)
    text = write_value(figure.value, metric.unit)
    if not (metric.unit.prefix or metric.unit.suffix):
        text += f" {metric.unit.label}"
    return f"{text} in {figure.period}" + (f" ({interval})" if interval else "")
