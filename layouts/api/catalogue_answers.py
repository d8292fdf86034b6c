"""Missions with their verdicts, and metrics as they are declared."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.observation_reads import Span, read_spans
from data.periods import TimePeriod, period_in_iso
from data.reads import DatasetFacts, newest_known_on, read_datasets, read_measures
from layouts.addresses import mission_address
from layouts.api.about import about_datasets, about_framework
from layouts.api.endpoints import ROOT, Answer, Asked
from layouts.api.problems import not_found
from layouts.api.records import (
    BreakRecord,
    ClauseRecord,
    LinkRecord,
    MetricDetailRecord,
    MetricRecord,
    MissionRecord,
    SeriesRecord,
)
from layouts.near import near
from metrics.catalogue import Catalogue
from metrics.definition import Break, Metric
from metrics.measures.results import ClauseSummary
from metrics.mission import Clause, Mission

LONGEST_NAME = 60
NOT_MEASURED = "Nothing has been measured for this yet: the store holds no verdict."
Spans = dict[tuple[str, str], Span]


def missions(asked: Asked) -> Answer:
    """The twelve missions, each with its clauses and the verdicts on them."""
    catalogue = asked.catalogue
    stored = read_measures(asked.store, "clause", area_code="")
    summaries = {
        subject: ClauseSummary.model_validate_json(text) for (subject, _), text in stored.items()
    }
    return Answer(
        about_framework(catalogue, newest_known_on(asked.store)),
        [_mission(one, catalogue, summaries) for one in catalogue.missions.values()],
    )


def _mission(
    mission: Mission, catalogue: Catalogue, summaries: dict[str, ClauseSummary]
) -> MissionRecord:
    return MissionRecord(
        number=mission.number,
        slug=mission.slug,
        title=mission.title,
        focus_area=mission.focus_area,
        wording=mission.wording,
        page=mission_address(mission),
        metrics=[metric.id for metric in catalogue.metrics_of(mission.number)],
        clauses=[_clause(one, catalogue, summaries.get(one.id)) for one in mission.clauses],
    )


def _clause(clause: Clause, catalogue: Catalogue, summary: ClauseSummary | None) -> ClauseRecord:
    return ClauseRecord(
        mission=clause.mission,
        id=clause.id,
        title=clause.title,
        words=clause.words,
        kind=clause.kind.value,
        scope=clause.scope,
        deadline=clause.deadline,
        reading=clause.reading,
        verdict=summary.verdict.value if summary and summary.verdict else None,
        cause=summary.cause.value if summary else "",
        sentence=summary.sentence if summary else NOT_MEASURED,
        metrics=[metric.id for metric in catalogue.serving(clause.id)],
    )


def metrics(asked: Asked) -> Answer:
    """Every metric declared, and when what is held of it became known."""
    as_of: date | None = asked.values["as_of"]
    datasets = read_datasets(asked.store, as_of=as_of)
    declared = asked.catalogue.metrics.values()
    return Answer(
        about_datasets(datasets.values(), as_of),
        [MetricRecord(**_facts(metric, datasets)) for metric in declared],
    )


def metric(asked: Asked) -> Answer:
    """One metric with everything that is declared of it."""
    one = known_metric(asked.catalogue, asked.parts["id"])
    as_of: date | None = asked.values["as_of"]
    datasets = read_datasets(asked.store, as_of=as_of)
    spans = read_spans(asked.store, one.id, as_of=as_of)
    own = [datasets[one.source.dataset]] if one.source and one.source.dataset in datasets else []
    coverage = one.coverage
    record = MetricDetailRecord(
        **_facts(one, datasets),
        decimals=one.unit.decimals,
        money=one.money,
        proportion=one.proportion,
        rounding=one.rounding,
        denominator=one.denominator,
        aggregation=one.aggregation.rule,
        aggregation_reason=one.aggregation.reason,
        countries=list(coverage.countries) if coverage else [],
        area_types=list(coverage.area_types) if coverage else [],
        caveats=list(one.caveats),
        breaks=[break_record(cut) for cut in one.breaks],
        series=_series(one, spans),
    )
    return Answer(about_datasets(own, as_of), [record])


def break_record(cut: Break) -> BreakRecord:
    """A declared change of method, with its link where one is declared."""
    link = LinkRecord(**cut.link.model_dump()) if cut.link else None
    return BreakRecord(starts=cut.starts, reason=cut.reason, link=link)


def known_metric(catalogue: Catalogue, asked: str) -> Metric:
    """The metric of an id.

    Raises:
        ProblemError: there is none; near matches are named.
    """
    found = catalogue.metrics.get(asked)
    if found is None:
        raise not_found("id", asked, valid_metrics(catalogue, asked))
    return found


def valid_metrics(catalogue: Catalogue, asked: str) -> str:
    """Which ids there are, the nearest to one that there is not named first."""
    titles = {metric.id: metric.title for metric in catalogue.metrics.values()}
    # Likeness takes longer the longer the word is, and no id is so long.
    offers = near(asked[:LONGEST_NAME], titles)
    meant = f"; did you mean {' or '.join(offers)}?" if offers else ""
    return f"one of the {len(titles)} ids at {ROOT}/metrics{meant}"


def _facts(metric: Metric, datasets: dict[str, DatasetFacts]) -> dict[str, Any]:
    source = metric.source
    held = datasets.get(source.dataset) if source else None
    return {
        "id": metric.id,
        "title": metric.title,
        "short_title": metric.short_title,
        "description": metric.description,
        "mission": metric.mission,
        "role": metric.role.value,
        "role_verified": metric.role_verified,
        "serves": list(metric.serves),
        "workstreams": list(metric.workstreams),
        "figures": metric.figures,
        "figures_note": metric.figures_note,
        "unit_measure": metric.unit.label,
        "polarity": metric.polarity.value,
        "evidence": metric.evidence.value,
        "dataset": source.dataset if source else "",
        "source": f"{source.producer}: {source.landing_page}" if source else "",
        "licence": source.licence if source else "",
        "known_on": held.known_on if held else None,
        "page": f"/metrics/{metric.id}",
    }


def _series(metric: Metric, spans: Spans) -> list[SeriesRecord]:
    """The series of a metric, with what is held of each."""
    told = []
    for one in metric.series:
        span = spans.get((metric.id, one.breakdown))
        first = newest = ""
        if span is not None and metric.coverage is not None:
            shape = metric.coverage.period
            first = period_in_iso(TimePeriod(span.first_start, span.first_end), shape)
            newest = period_in_iso(TimePeriod(span.newest_start, span.newest_end), shape)
        told.append(
            SeriesRecord(
                metric=metric.id,
                breakdown=one.breakdown,
                title=one.title,
                source_label=one.label,
                values=span.values if span else 0,
                blanks=span.blanks if span else 0,
                first_period=first,
                newest_period=newest,
            )
        )
    return told
