"""What was worked out for a group of areas on the day of each vintage, so that it can be cited.

A derived figure is in no vintage. It is derived again from what each vintage of its dataset knew,
by the rule, the members and the weights of today, so that an address of one proves itself.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from data.figure_reads import HeldFigure, read_dataset_vintages
from data.periods import TimePeriod
from data.reads import read_series, read_successors
from data.reference_data import REFERENCE
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.denominators import Denominators
from metrics.figure import Figure
from metrics.grouping import derived_groups
from metrics.measure_inputs import Inputs
from metrics.measures.evidence import Series
from metrics.measures.group_results import DerivedFigure

# A sum of decimals has digits that no publisher printed.
MORE_DECIMALS = 2


def rounded_as_cited(metric: Metric, number: float | None) -> float | None:
    """A derived number with two decimal places more than the unit declares, as it is cited."""
    return None if number is None else round(number, metric.unit.decimals + MORE_DECIMALS)


def read_derived_history(
    connection: Connection, catalogue: Catalogue, figure: Figure
) -> list[HeldFigure]:
    """Every value that the vintages gave for a derived figure's group and period, oldest first.

    Values are rounded to two decimal places more than the unit declares. Nothing for a metric
    that is not declared, for a group that is none, and for days on which none could be derived or
    the publisher gave a figure itself.
    """
    metric = catalogue.metrics.get(figure.metric)
    if metric is None or metric.source is None or metric.source.dataset != figure.dataset:
        return []
    inputs = Inputs(connection, catalogue, REFERENCE)
    weighted = metric.aggregation.rule == "weighted_mean"
    weights = inputs.denominators if weighted else Denominators({}, {})
    successors = read_successors(connection)
    found: list[HeldFigure] = []
    for vintage in read_dataset_vintages(connection, figure.dataset):
        day = vintage.known_on
        frame = read_series(connection, metric.id, figure.breakdown, as_of=day)
        start, end = figure.days
        frame = frame[(frame["period_start"] == start) & (frame["period_end"] == end)]
        given = None
        if not frame.empty:
            series = Series.of(metric, figure.breakdown, frame, successors)
            given = _given(series, inputs, weights, figure.area, TimePeriod(start, end))
        _append(found, given, metric, day)
    return found


def _given(
    series: Series, inputs: Inputs, weights: Denominators, group: str, period: TimePeriod
) -> DerivedFigure | None:
    """What is derived for a group, named by its code or, without one, by its id."""
    for one in derived_groups(series, inputs.groups, weights):
        if group == (one.code or one.group):
            return next(
                (
                    figure
                    for figure in one.standing_in
                    if (figure.start, figure.end) == (period.start, period.end)
                ),
                None,
            )
    return None


def _append(
    found: list[HeldFigure], given: DerivedFigure | None, metric: Metric, day: date
) -> None:
    """Add what a day gave, or end what was given before where it gave something else."""

    last = found[-1] if found and found[-1].known_to is None else None
    now = None
    if given is not None and metric.source is not None:
        now = HeldFigure(
            metric.source.dataset,
            rounded_as_cited(metric, given.value),
            rounded_as_cited(metric, given.lower),
            rounded_as_cited(metric, given.upper),
            "",
            "",
            day,
            None,
        )
    if last is not None and now is not None and now._replace(known_from=last.known_from) == last:
        return
    if last is not None:
        found[-1] = last._replace(known_to=day)
    if now is not None:
        found.append(now)
