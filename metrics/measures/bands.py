"""How all areas of a series spread in each period, as quantiles: the backdrop of a line."""

from __future__ import annotations

import numpy as np

from metrics.measures.evidence import Series
from metrics.measures.results import BandPoint, Bands
from metrics.measures.scope import in_scope, places_by_period, still_existing

# Tenths of fewer areas than this are single areas.
FEWEST = 20
_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def bands(series: Series) -> Bands | None:
    """The tenth, quarter, half, three quarters and nine tenths of areas in each period.

    Among the areas of the tier that the series has most of, each counted once whatever its size,
    and as they exist today. Quantiles lie between two areas' values where they fall there
    (linear). A period with fewer than 20 areas is left out; None where all are.
    """
    scope = series.tier
    if scope is None:
        return None
    rows = in_scope(still_existing(series.frame), scope)
    rows = rows[rows["value"].notna()]
    known, places = rows["value"].to_numpy(dtype="float64"), places_by_period(rows)
    nowhere = np.array([], dtype=np.intp)
    points = []
    for period in series.periods:
        values = known[places.get((period.start, period.end), nowhere)]
        if len(values) < FEWEST:
            continue
        tenth, quarter, half, three_quarters, nine_tenths = np.quantile(values, _QUANTILES).tolist()
        points.append(
            BandPoint(
                start=period.start,
                end=period.end,
                areas=len(values),
                tenth=tenth,
                quarter=quarter,
                median=half,
                three_quarters=three_quarters,
                nine_tenths=nine_tenths,
            )
        )
    if not points:
        return None
    return Bands(
        metric=series.metric.id, breakdown=series.breakdown, tier=scope, points=tuple(points)
    )
