"""What the store has measured, read for a page in a few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY
from data.reads import DatasetFacts, read_datasets, read_measures
from layouts.pages.standing_in import read_derived_of, read_same_places
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.group_results import DerivedGroup
from metrics.measures.results import AreaFacts, ClauseSummary, SeriesOverview, Verdict
from metrics.mission import Clause

NOT_MEASURED = "Nothing has been measured for this yet: the store holds no verdict."


@dataclass(frozen=True, slots=True)
class Held:
    """Stored measures: clauses by id, the others by metric id and breakdown.

    `combined` is what is known of the combined authority.
    """

    clauses: dict[str, ClauseSummary]
    overviews: dict[tuple[str, str], SeriesOverview]
    combined: dict[tuple[str, str], AreaFacts]
    datasets: dict[str, DatasetFacts]
    # Where the authority has no published figure: what is derived, and what the same places have.
    derived: dict[tuple[str, str], DerivedGroup]
    same_places: dict[tuple[str, str], AreaFacts]

    def summary(self, clause: Clause) -> ClauseSummary:
        """The verdict on a clause; *No data* where the store has none."""
        return self.clauses.get(clause.id) or ClauseSummary(
            clause=clause.id, verdict=Verdict.NO_DATA, sentence=NOT_MEASURED, readings=()
        )

    def dataset(self, metric: Metric) -> DatasetFacts | None:
        """Where the metric's figures come from, where any are held."""
        return self.datasets.get(metric.source.dataset) if metric.source else None


def read_held(connection: Connection, metrics: Iterable[Metric]) -> Held:
    """The national verdicts, and what is known of the series of some metrics."""
    subjects = {
        f"{metric.id}|{series.breakdown}": (metric.id, series.breakdown)
        for metric in metrics
        for series in metric.series
    }
    clauses = read_measures(connection, "clause", area_code="")
    overviews = read_measures(connection, "overview", area_code="", subjects=subjects)
    facts = read_measures(connection, "area_facts", area_code=COMBINED_AUTHORITY, subjects=subjects)
    return Held(
        {name: ClauseSummary.model_validate_json(text) for (name, _), text in clauses.items()},
        {
            subjects[name]: SeriesOverview.model_validate_json(text)
            for (name, _), text in overviews.items()
        },
        {subjects[name]: AreaFacts.model_validate_json(text) for (name, _), text in facts.items()},
        read_datasets(connection),
        read_derived_of(connection, COMBINED_AUTHORITY),
        read_same_places(connection, COMBINED_AUTHORITY),
    )


def board_metrics(catalogue: Catalogue, mission: int) -> list[Metric]:
    """The metrics that stand for a mission: its headline ones, or those its clauses rest on."""
    metrics = catalogue.metrics_of(mission)
    headline = [metric for metric in metrics if metric.role.value == "headline"]
    serving = [metric for metric in metrics if metric.serves]
    return headline + [metric for metric in serving if metric not in headline]
