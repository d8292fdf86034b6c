"""What the store says of one area in one metric, in words: the same facts as the pages show."""

from __future__ import annotations

from sqlalchemy import Connection

from data.reads import read_area, read_measures
from metrics.area_names import area_label
from metrics.area_readings import area_readings, cohorts_of
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.devolution_areas import AreaDeal
from metrics.measures.results import AreaFacts, ClauseSummary, Figure
from metrics.wording import write_interval, write_value, write_when


class NotInStoreError(LookupError):
    """The store knows no such area, or holds no facts of it for the metric."""


def stored_facts(connection: Connection, metric: Metric, code: str) -> list[AreaFacts]:
    """The stored facts of an area, one for each series of a metric.

    Raises:
        NotInStoreError: the area is unknown, or the metric has nothing for it.
    """
    if read_area(connection, code) is None:
        raise NotInStoreError(
            f"There is no area {code}. Areas are named by GSS code, such as E08000025."
        )
    subjects = [f"{metric.id}|{label.breakdown}" for label in metric.series]
    found = read_measures(connection, "area_facts", area_code=code, subjects=subjects)
    if not found:
        why = metric.figures_note or "The source publishes no figure for this area."
        raise NotInStoreError(f"{metric.title}: nothing is held for {code}. {why}")
    return [
        AreaFacts.model_validate_json(found[subject, code])
        for subject in subjects
        if (subject, code) in found
    ]


def describe_facts(
    connection: Connection, catalogue: Catalogue, metric: Metric, facts: list[AreaFacts]
) -> list[tuple[str, str]]:
    """Headings and sentences for what is held of an area, in the order of a page."""
    area = read_area(connection, facts[0].code)
    told = [("Metric", metric.title)]
    if area is not None:
        told.append(("Area", f"{area_label(area.name, area.type)}, {area.code}"))
    titles = {label.breakdown: label.title for label in metric.series}
    for one in facts:
        if len(facts) > 1:
            told.append(("Series", titles.get(one.breakdown, one.breakdown)))
        told.extend(_figures(metric, one))
        told.extend(("Since then", change.sentence) for change in one.changes)
        told.extend(("Beside", gap.sentence) for gap in one.gaps)
        if one.rank is not None:
            told.append(("Rank", one.rank.sentence))
        elif metric.not_ranked:
            told.append(("Rank", f"No place is given. {metric.not_ranked}"))
    # A clause may be served by other metrics too: their facts of this area count with it.
    stored = read_measures(connection, "area_facts", area_code=facts[0].code)
    everything = [AreaFacts.model_validate_json(payload) for payload in stored.values()]
    national = read_measures(connection, "clause", subjects=metric.serves)
    cohorts = cohorts_of(ClauseSummary.model_validate_json(text) for text in national.values())
    deals = read_measures(connection, "devolution", area_code=facts[0].code)
    deal = next((AreaDeal.model_validate_json(text) for text in deals.values()), None)
    readings = area_readings(catalogue, everything, facts[0].code, cohorts, deal)
    for clause_id in metric.serves:
        clause, summary = catalogue.clauses[clause_id], readings[clause_id]
        verdict = "No verdict for one area" if summary.verdict is None else summary.words
        told.append(("Clause", f"{clause.title}: {verdict}. {summary.sentence}"))
    return told


def _figures(metric: Metric, facts: AreaFacts) -> list[tuple[str, str]]:
    told = []
    if facts.latest is not None:
        told.append(("Newest", _figure(metric, facts.latest)))
    if facts.newest_missing is not None:
        missing = facts.newest_missing
        told.append(("Missing", f"No figure for {missing.period}. {missing.note}".strip()))
    return told


def _figure(metric: Metric, figure: Figure) -> str:
    interval = write_interval(figure.lower, figure.upper, metric.unit)
    bracket = f" ({interval})" if interval else ""
    return f"{write_value(figure.value, metric.unit)}{bracket} {write_when(figure.period)}."
