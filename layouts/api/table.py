"""Every address of the API, in the order in which it lists them."""

from __future__ import annotations

from layouts.api import (
    area_answers,
    catalogue_answers,
    figure_answers,
    observation_answers,
    vintage_answers,
)
from layouts.api.endpoints import Endpoint
from layouts.api.figure_records import (
    FigureDetailRecord,
    FigureRecord,
    HeldRecord,
    ObservationRecord,
)
from layouts.api.parameters import (
    AREA,
    AREA_TYPE,
    AS_OF,
    BREAKDOWN,
    DATASET,
    ENDS,
    FIGURE_LIMIT,
    LIMIT,
    METRIC,
    OFFSET,
    STARTS,
)
from layouts.api.place_records import AreaDetailRecord, AreaRecord, VintageRecord
from layouts.api.records import (
    ClauseRecord,
    MetricDetailRecord,
    MetricRecord,
    MissionRecord,
    SeriesRecord,
)

ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        path="missions",
        name="Missions",
        summary="The 12 missions with their clauses and the verdicts on them, as known now.",
        parameters=(),
        item=MissionRecord,
        several=True,
        answer=catalogue_answers.missions,
        row=ClauseRecord,
        table="clauses",
    ),
    Endpoint(
        path="metrics",
        name="Metrics",
        summary="Every metric declared, with its dataset and the day on which that became known.",
        parameters=(AS_OF,),
        item=MetricRecord,
        several=True,
        answer=catalogue_answers.metrics,
        row=MetricRecord,
    ),
    Endpoint(
        path="metrics/{id}",
        name="Metric",
        summary="One metric with everything that is declared of it. As CSV: its series.",
        parameters=(AS_OF,),
        item=MetricDetailRecord,
        several=False,
        answer=catalogue_answers.metric,
        row=SeriesRecord,
        table="series",
    ),
    Endpoint(
        path="metrics/{id}/observations",
        name="Observations",
        summary="What is held of a metric, page by page; blanks with their reasons.",
        parameters=(AREA, BREAKDOWN, STARTS, ENDS, AS_OF, LIMIT, OFFSET),
        item=ObservationRecord,
        several=True,
        answer=observation_answers.observations,
        row=ObservationRecord,
    ),
    Endpoint(
        path="areas",
        name="Areas",
        summary="The areas of the UK, today's and earlier ones, page by page.",
        parameters=(AREA_TYPE, LIMIT, OFFSET),
        item=AreaRecord,
        several=True,
        answer=area_answers.areas,
        row=AreaRecord,
    ),
    Endpoint(
        path="areas/{code}",
        name="Area",
        summary="One area with its newest figure in each series. As CSV: these figures.",
        parameters=(AS_OF,),
        item=AreaDetailRecord,
        several=False,
        answer=area_answers.area,
        row=ObservationRecord,
        table="figures",
    ),
    Endpoint(
        path="figures",
        name="Figures",
        summary="Figures with the sentence, source and address by which they are cited: those of "
        "a metric, or the newest ones of areas.",
        parameters=(METRIC, AREA, BREAKDOWN, AS_OF, FIGURE_LIMIT, OFFSET),
        item=FigureRecord,
        several=True,
        answer=figure_answers.figures,
        row=FigureRecord,
    ),
    Endpoint(
        path="figures/{id}",
        name="Figure",
        summary="One cited figure then and now; its facts stand in the query string. As CSV: "
        "every value held for its area and period.",
        parameters=(),
        item=FigureDetailRecord,
        several=False,
        answer=figure_answers.figure,
        row=HeldRecord,
        table="history",
        carries_facts=True,
    ),
    Endpoint(
        path="vintages",
        name="Vintages",
        summary="What was loaded when: every vintage of every dataset, the newest first.",
        parameters=(DATASET, AS_OF),
        item=VintageRecord,
        several=True,
        answer=vintage_answers.vintages,
        row=VintageRecord,
    ),
)
