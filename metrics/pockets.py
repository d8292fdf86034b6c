"""The neighbourhoods of the store, brought together with the metrics whose dataset they are in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from data.areas import ENGLAND
from data.neighbourhood_reads import datasets_with_neighbourhoods, read_neighbourhoods
from data.periods import TimePeriod
from data.reads import read_areas
from metrics.definition import Metric
from metrics.measures.evidence import Series
from metrics.measures.pockets import Pockets, pockets


def pockets_of(
    connection: Connection, held: Mapping[str, Sequence[Series]], metrics: Iterable[Metric]
) -> Iterator[Pockets]:
    """The spread within every authority that has neighbourhoods, beside England's figure.

    Only the series of those `metrics` are asked for whose dataset has neighbourhoods.
    An authority that only got a new code is under its new one. A dataset is passed over where its
    metric has no figure for England in the same period.
    """
    areas = read_areas(connection)
    recoded = areas[areas["recoded_to"].notna()]
    current = dict(zip(recoded["code"].tolist(), recoded["recoded_to"].tolist(), strict=True))
    known = list(metrics)
    for dataset in datasets_with_neighbourhoods(connection):
        found = read_neighbourhoods(connection, dataset)
        period = TimePeriod(found["period_start"].iloc[0], found["period_end"].iloc[0])
        authorities = found["local_authority"].replace(current)
        shares = {str(code): part.tolist() for code, part in found["share"].groupby(authorities)}
        for series in _series_of(dataset, held, known):
            national = series.valued(period)["value"].get(ENGLAND)
            if national is None:
                continue
            for code, own in sorted(shares.items()):
                metric = series.metric.id
                spread = pockets(metric, "", code, series.words(period), own, float(national))
                if spread is not None:
                    yield spread


def _series_of(
    dataset: str, held: Mapping[str, Sequence[Series]], metrics: Iterable[Metric]
) -> Iterator[Series]:
    for metric in metrics:
        if metric.source is not None and metric.source.dataset == dataset:
            yield from (series for series in held.get(metric.id, ()) if not series.breakdown)
