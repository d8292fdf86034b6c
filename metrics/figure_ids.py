"""Finding figures by their ids alone among many rows of the store.

An id is a hash, which nothing can be looked up by: every row is hashed. What all rows of a series
have in common is written once, and each number is brought to its canonical form once.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence

import pandas as pd

from metrics.figure import FACTS_WRITTEN, canonical_number, facts_digest, id_of_digest

# Of a hash: as many whole bytes as the letters of an id give.
_BYTES = 7
_OF_A_ROW = ("area", "period", "value", "lower", "upper", "status")


def rows_with_ids(
    frame: pd.DataFrame,
    metric: str,
    breakdown: str,
    dataset: str,
    ids: Collection[str],
    comparators: Sequence[str] = ("",),
) -> list[tuple[int, str]]:
    """The rows of a series whose published figure has one of some ids.

    Args:
        frame: as `metrics.figure.figures_of` takes it.
        metric, breakdown, dataset: what all rows have in common.
        ids: the ids that are looked for.
        comparators: each is tried; empty for none.

    Returns:
        The position of each row that has one, with the comparator that gives it.
    """
    wanted = frozenset(ids)
    starts = {base64.b32decode(f"{one.upper():A<16}")[:_BYTES] for one in wanted}
    alike = {"metric": metric, "breakdown": breakdown, "dataset": dataset, "basis": "published"}
    escaped = {name: text.replace("%", "%%") for name, text in alike.items()}
    of_rows = dict.fromkeys(_OF_A_ROW, "%s")
    forms = [
        (comparator, FACTS_WRITTEN.format_map({**escaped, **of_rows, "comparator": comparator}))
        for comparator in comparators
    ]
    periods = frame["period_start"].astype(str) + "/" + frame["period_end"].astype(str)
    facts = zip(
        frame["ref_area"].tolist(),
        periods.tolist(),
        *(_canonical(frame[name]) for name in ("value", "lower_95", "upper_95")),
        frame["status"].tolist(),
        strict=True,
    )
    return [
        (row, comparator)
        for row, told in enumerate(facts)
        for comparator, form in forms
        # Seldom more than a glance: few rows begin like one that is looked for.
        if (digest := facts_digest(form % told))[:_BYTES] in starts
        and id_of_digest(digest) in wanted
    ]


def _canonical(numbers: pd.Series) -> list[str]:
    """Each number as an id writes it; a blank is empty."""
    codes, distinct = pd.factorize(numbers)
    written = [canonical_number(number) for number in distinct.tolist()]
    # A blank has the code -1, and so the last of the texts.
    written.append("")
    return [written[code] for code in codes.tolist()]
