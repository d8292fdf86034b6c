"""What is due before a day: the datasets of which newer figures are expected by then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.brief_reads import Expected
from metrics.definition import Metric


class Awaited(StrEnum):
    """How a dataset stands to the day on which newer figures were expected."""

    OVERDUE = "overdue"
    LATE = "expected before today, not held yet"
    DUE = "due"


_TURN = {Awaited.OVERDUE: 0, Awaited.LATE: 1, Awaited.DUE: 2}


@dataclass(frozen=True, slots=True)
class Due:
    """A dataset of which newer figures are expected, with the metrics that it gives."""

    expected: Expected
    expected_by: date
    state: Awaited
    metrics: tuple[Metric, ...]


def due_by(
    until: date, today: date, expected: Mapping[str, Expected], metrics: Iterable[Metric]
) -> tuple[Due, ...]:
    """The datasets of some metrics of which newer figures are expected by a day.

    Args:
        until: the last day that counts.
        today: the day of asking, which tells the overdue from the due.
        expected: by dataset, what `data.brief_reads.read_expected` gives.
        metrics: those that the areas have figures for.

    Returns:
        The overdue first, then by day. A dataset without an expected day is left out: nothing
        more of it is coming, or nobody says when.
    """
    given: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.source is not None:
            given.setdefault(metric.source.dataset, []).append(metric)
    found = []
    for name, several in given.items():
        one = expected.get(name)
        if one is None or one.expected_by is None or one.expected_by > until:
            continue
        state = Awaited.DUE
        if one.overdue_after is not None and today > one.overdue_after:
            state = Awaited.OVERDUE
        elif today > one.expected_by:
            state = Awaited.LATE
        found.append(Due(one, one.expected_by, state, tuple(several)))
    found.sort(key=lambda due: (_TURN[due.state], due.expected_by, due.expected.title))
    return tuple(found)
