"""The ranks of a series in its newest period, ready to be stored with each area's facts."""

from __future__ import annotations

import numpy as np

from metrics.definition import Evidence, Polarity
from metrics.measures.evidence import Series
from metrics.measures.ranks import rank_in_words, ranks
from metrics.measures.results import RankFacts
from metrics.measures.scope import in_scope, still_existing, widest_scope


def ranks_of(series: Series) -> dict[str, RankFacts]:
    """The ranks of the newest period among the areas of the finest tier that exist today.

    None without a margin of error or a complete count, or where the metric declares why areas
    are not ranked; an area without a usable interval has no rank.
    """
    if series.metric.not_ranked:
        return {}
    rows = still_existing(series.valued(series.periods[-1]))
    scope = widest_scope(rows)
    if scope is None or series.metric.polarity is Polarity.NONE:
        return {}
    rows = in_scope(rows, scope)
    errors = series.errors(rows)
    if errors is None:
        return {}
    if series.metric.evidence is Evidence.FULL_ENUMERATION:
        errors = np.zeros(len(rows))
    known = ~np.isnan(errors)
    found = ranks(
        [code for code, usable in zip(rows["ref_area"], known, strict=True) if usable],
        rows["value"].to_numpy(dtype="float64")[known],
        errors[known],
        series.metric.polarity,
    )
    return {
        code: RankFacts(
            rank=rank.rank,
            lowest=rank.lowest,
            highest=rank.highest,
            areas=rank.areas,
            not_separable=rank.not_separable,
            sentence=rank_in_words(rank),
        )
        for code, rank in found.items()
    }
