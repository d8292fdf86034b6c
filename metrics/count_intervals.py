"""Margins of error worked out here, for metrics that declare how chance moves their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from metrics.definition import Counts
from metrics.denominators import Denominators
from metrics.measures.chance import interval_of
from metrics.measures.evidence import Series


def with_count_intervals(
    held: Mapping[str, Sequence[Series]], denominators: Denominators
) -> dict[str, list[Series]]:
    """The series, those of metrics that declare `[counts]` with an interval for each figure.

    Beside it stands `counted_of`, the number that the figure is a rate or a share of, or NaN.

    A figure whose denominator is not held for its area and year keeps none, and nothing is then
    claimed of it.
    """
    return {
        metric: [_with_intervals(one, one.metric.counts, denominators) for one in several]
        for metric, several in held.items()
    }


def _with_intervals(series: Series, counts: Counts | None, denominators: Denominators) -> Series:
    if counts is None:
        return series

    def filled(frame: pd.DataFrame) -> pd.DataFrame:
        bounds, wholes = [], []
        for row in frame.to_dict("records"):
            figure = series.figure(row)
            people = None
            if counts.per:
                people = denominators.of(series.metric, str(row["ref_area"]), figure)
            found = None
            if figure.value is not None:
                found = interval_of(figure.value, counts, people.number if people else None)
            bounds.append(found or (float("nan"), float("nan")))
            wholes.append(people.number if found and people else float("nan"))
        lower = [one[0] for one in bounds]
        upper = [one[1] for one in bounds]
        return frame.assign(lower_95=lower, upper_95=upper, counted_of=wholes)

    return replace(series, frame=filled(series.frame), as_published=filled(series.as_published))
