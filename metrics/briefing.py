"""What became of the figures of some areas since a day: moved, revised, withheld, first held.

A figure has moved beyond noise when the newest one differs clearly from the newest one known on
the day. Where the earlier one has been revised since, it must differ clearly, and the same way,
from what that figure is now too: a revision is no movement. Only published figures count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.brief_reads import Key
from data.periods import PeriodShape, TimePeriod
from data.series_reads import FigureRow
from data.since_reads import VersionRow
from metrics.briefing_results import (
    FirstHeld,
    Lost,
    Movement,
    Outcome,
    Revised,
    SinceThen,
)
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.baselines import why_not_comparable
from metrics.measures.change import (
    Difference,
    Measured,
    against_benchmark,
    difference,
    quality,
)
from metrics.measures.linking import Linked, link_between
from metrics.measures.results import Direction, Quality
from metrics.revisions import Kind, Revision, Revisions

Held = Mapping[Key, Mapping[TimePeriod, FigureRow]]
CLEAR = (Direction.HIGHER, Direction.LOWER)
WITHDRAWN_SINCE = "the figure known then has been withdrawn"
REVISION_DECIDES = (
    "the earlier figure was revised, and as it stands now the difference is not clear"
)


def since_then(
    catalogue: Catalogue,
    then: Held,
    changes: Iterable[Revisions],
    older_codes: Mapping[str, str] | None = None,
) -> SinceThen:
    """What became of the figures of some areas since a day.

    Args:
        catalogue: the definitions; a series that none declares is left out.
        then: the figures as known on the day.
        changes: what changed since, as `metrics.revisions.revisions` gives it.
        older_codes: earlier codes of places with today's, where figures have them.

    Returns:
        Movements with those that have moved first, worse before better; revisions with the
        figures that were the newest on the day first, then those beyond their interval.
    """
    home = older_codes or {}
    by_key: dict[Key, dict[TimePeriod, Revision]] = {}
    for series in changes:
        metric = catalogue.metrics.get(series.metric_id)
        if metric is None or metric.coverage is None:
            continue
        if all(label.breakdown != series.breakdown for label in metric.series):
            continue
        for change in series.changes:
            code = change.figure.code
            key = (series.metric_id, series.breakdown, home.get(code, code))
            held = by_key.setdefault(key, {})
            # Of a place under two codes, today's counts.
            if change.period not in held or code not in home:
                held[change.period] = change
    movements: list[Movement] = []
    revised: list[Revised] = []
    lost: list[Lost] = []
    first: dict[tuple[str, str], list[str]] = {}
    for key, own in by_key.items():
        metric = catalogue.metrics[key[0]]
        valued = {p: row for p, row in then.get(key, {}).items() if row.value is not None}
        newest = max(valued, key=lambda one: (one.end, one.start), default=None)
        if newest is None:
            if any(one.after is not None and one.after.value is not None for one in own.values()):
                first.setdefault(key[:2], []).append(key[2])
            continue
        movement = _movement(metric, key, newest, valued[newest], own)
        if movement is not None:
            movements.append(movement)
        missing = _missing(metric, key, newest, valued[newest], own)
        if missing is not None and movement is None:
            lost.append(missing)
        for period, change in own.items():
            _sort_out(metric, key, period, change, period == newest, revised, lost)
    return SinceThen(
        tuple(sorted(movements, key=_movement_order)),
        tuple(sorted(revised, key=_revised_order)),
        tuple(sorted(lost, key=lambda one: (series_order(one.metric, one.breakdown), one.code))),
        tuple(
            FirstHeld(catalogue.metrics[metric_id], breakdown, tuple(sorted(codes)))
            for (metric_id, breakdown), codes in sorted(
                first.items(),
                key=lambda one: series_order(catalogue.metrics[one[0][0]], one[0][1]),
            )
        ),
    )


def _measured(row: FigureRow | VersionRow) -> Measured:
    return Measured(row.value if row.value is not None else 0.0, row.lower_95, row.upper_95)


def _movement(
    metric: Metric,
    key: Key,
    newest: TimePeriod,
    known: FigureRow,
    own: Mapping[TimePeriod, Revision],
) -> Movement | None:
    later = {
        period: change.after
        for period, change in own.items()
        if change.after is not None and change.after.value is not None and period.end > newest.end
    }
    if not later:
        return None
    period = max(later, key=lambda one: (one.end, one.start))
    then, now = _measured(known), _measured(later[period])
    kept = then
    link = Linked()
    reason = why_not_comparable(newest, period, metric.breaks, _shape(metric))
    if not reason and newest in own:
        after = own[newest].after
        if after is None or after.value is None:
            reason = WITHDRAWN_SINCE
        else:
            kept = _measured(after)
    if reason:
        found, outcome = None, Outcome.UNTESTED
    else:
        link = link_between(newest, period, metric.breaks)
        found, outcome, reason = _tested(metric, link.figure(then), link.figure(kept), now)
    value = Quality.NONE
    if outcome is Outcome.MOVED and found is not None and metric.money != "nominal":
        value = quality(found.direction, metric.polarity)
    return Movement(
        *(metric, key[1], key[2], newest, period, then, now),
        *(found, outcome, value, reason, link.words),
    )


def _tested(
    metric: Metric, then: Measured, kept: Measured, now: Measured
) -> tuple[Difference, Outcome, str]:
    """The difference from what was known, claimed only where it stands beside what is known now."""
    found = difference(now, then, metric.evidence, metric.rounding)
    beside_now = difference(now, kept, metric.evidence, metric.rounding)
    for one in (found, beside_now):
        if one.direction is Direction.CANNOT_TEST:
            return found, Outcome.UNTESTED, one.reason
    if found.direction not in CLEAR:
        return found, Outcome.WITHIN, ""
    if beside_now.direction is not found.direction:
        return found, Outcome.WITHIN, REVISION_DECIDES
    return found, Outcome.MOVED, ""


def _missing(
    metric: Metric,
    key: Key,
    newest: TimePeriod,
    known: FigureRow,
    own: Mapping[TimePeriod, Revision],
) -> Lost | None:
    """The newest period since, where it was published without a value."""
    blank = [
        (period, change.after)
        for period, change in own.items()
        if period.end > newest.end
        and change.kind is Kind.ADDED
        and change.after is not None
        and change.after.value is None
    ]
    if not blank:
        return None
    period, after = max(blank, key=lambda one: one[0].end)
    return Lost(metric, key[1], key[2], period, "missing", known, after, after.turned_on)


def _sort_out(
    metric: Metric,
    key: Key,
    period: TimePeriod,
    change: Revision,
    newest_then: bool,
    revised: list[Revised],
    lost: list[Lost],
) -> None:
    """Put a change of a figure that had a value on the day among the revised or the lost."""
    before, after = change.before, change.after
    if before is None or before.value is None:
        return
    if after is None:
        lost.append(
            Lost(metric, key[1], key[2], period, "withdrawn", before, None, before.turned_on)
        )
    elif after.value is None:
        lost.append(
            Lost(metric, key[1], key[2], period, "withheld", before, after, after.turned_on)
        )
    elif change.kind is Kind.REVISED:
        found = against_benchmark(_measured(before), after.value, metric.evidence, metric.rounding)
        untold = found.direction is Direction.CANNOT_TEST
        beyond = None if untold else found.direction in CLEAR
        revised.append(
            Revised(metric, key[1], key[2], period, change, newest_then, beyond, found.reason)
        )


def _shape(metric: Metric) -> PeriodShape:
    if metric.coverage is None:
        raise ValueError(f"{metric.id} holds no figures")
    return metric.coverage.period


def series_order(metric: Metric, breakdown: str) -> tuple[int, str, str]:
    """Missions first, in their order; context last."""
    return metric.mission or 99, metric.title, breakdown


_OUTCOMES = {Outcome.MOVED: 0, Outcome.WITHIN: 1, Outcome.UNTESTED: 2}
_QUALITIES = {Quality.WORSE: 0, Quality.BETTER: 1, Quality.NONE: 2}


def _movement_order(one: Movement) -> tuple[int, int, tuple[int, str, str], str]:
    return (
        _OUTCOMES[one.outcome],
        _QUALITIES[one.quality],
        series_order(one.metric, one.breakdown),
        one.code,
    )


def _revised_order(
    one: Revised,
) -> tuple[bool, bool, tuple[int, str, str], float, str]:
    return (
        not one.newest_then,
        not one.beyond,
        series_order(one.metric, one.breakdown),
        -abs(one.change.difference or 0.0),
        one.code,
    )
