"""The observations of one metric, page by page."""

from __future__ import annotations

from data.observation_reads import (
    ObservationRow,
    Wanted,
    count_observations,
    read_observations,
)
from data.periods import PeriodShape, TimePeriod, period_in_iso
from data.reads import read_datasets
from layouts.api.about import about_datasets
from layouts.api.catalogue_answers import known_metric
from layouts.api.endpoints import Answer, Asked
from layouts.api.figure_records import ObservationRecord
from layouts.api.parameters import BREAKDOWN, refuse
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.figure import Figure, canonical_number, figure_id

WHOLE = "none"


def observations(asked: Asked) -> Answer:
    """A page of what is held of a metric as known on a day, blanks with their reasons included."""
    metric = known_metric(asked.catalogue, asked.parts["id"])
    values = asked.values
    wanted = Wanted(
        metric=metric.id,
        breakdown=_breakdown(metric, values["breakdown"]),
        one_breakdown=bool(values["breakdown"]),
        codes=values["area"],
        starts=values["from"],
        ends=values["to"],
        as_of=values["as_of"],
    )
    datasets = read_datasets(asked.store, as_of=values["as_of"])
    own = (
        [datasets[metric.source.dataset]]
        if metric.source and (metric.source.dataset in datasets)
        else []
    )
    rows = read_observations(asked.store, wanted, values["limit"], values["offset"])
    return Answer(
        about_datasets(own, values["as_of"]),
        [observation(row, asked.catalogue) for row in rows],
        total=count_observations(asked.store, wanted),
    )


def _breakdown(metric: Metric, given: str) -> str:
    """The breakdown asked for; `none` is the metric as a whole.

    Raises:
        ProblemError: the metric has no such breakdown.
    """
    breakdown = "" if given == WHOLE else given
    known = [one.breakdown for one in metric.series]
    if given and breakdown not in known:
        valid = ", ".join(one or WHOLE for one in known) or "nothing: no figures are held"
        raise refuse(BREAKDOWN, given, f"one of: {valid}")
    return breakdown


def observation(row: ObservationRow, catalogue: Catalogue) -> ObservationRecord:
    """One row of the store as it is answered, with the figure that it is."""
    figure = figure_of(row)
    metric = catalogue.metrics.get(row.metric)
    shape = metric.coverage.period if metric and metric.coverage else None
    # The store has held these to its own rules already; a page has thousands of them.
    return ObservationRecord.model_construct(
        figure_id=figure_id(figure),
        metric=row.metric,
        breakdown=row.breakdown,
        ref_area=row.code,
        area_name=row.area_name,
        area_type=row.area_type,
        recoded_to=row.recoded_to or "",
        time_period=_time_period(row, shape),
        period_start=row.period_start,
        period_end=row.period_end,
        obs_value=row.value,
        lower_95=row.lower_95,
        upper_95=row.upper_95,
        obs_status=row.status,
        unit_measure=row.unit_measure,
        note=row.note,
        basis="published",
        dataset=row.dataset,
        known_since=row.known_from,
    )


def figure_of(row: ObservationRow) -> Figure:
    """The figure that a row of the store is, as it can be cited."""
    return Figure(
        metric=row.metric,
        area=row.code,
        period=f"{row.period_start}/{row.period_end}",
        dataset=row.dataset,
        value=_written(row.value),
        lower=_written(row.lower_95),
        upper=_written(row.upper_95),
        breakdown=row.breakdown,
        status=row.status,
    )


def _written(number: float | None) -> str | None:
    return None if number is None else canonical_number(number)


def _time_period(row: ObservationRow, shape: PeriodShape | None) -> str:
    """The period as data files have it; as two days for a metric that is declared no more."""
    period = TimePeriod(row.period_start, row.period_end)
    if shape is None:
        return f"{period.start.isoformat()}/{period.end.isoformat()}"
    return period_in_iso(period, shape)
