"""The fair ways to read a series for one area: every baseline, larger area, group and period that
the other side could bring forward, each with why it is defensible."""

from __future__ import annotations

from collections.abc import Mapping

from data.areas import ENGLAND
from data.periods import TimePeriod
from metrics.definition import Evidence, Metric
from metrics.least_favourable import FairReading, FigureKey
from metrics.like_areas import LikeAreas, among_sentence
from metrics.measures.baselines import BASELINE_WORDS, why_not_comparable
from metrics.measures.change import against_benchmark, difference, quality
from metrics.measures.comparisons import change_sentence, gap_sentence, measured_figure
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure, Quality

Own = Mapping[TimePeriod, Figure]
# The key of the change over the longest stretch that one method covers.
LONGEST = "longest"
# What the margins of error of counts are worked out from is not at hand for single periods.
_NEEDS_STORED = (Evidence.COUNTS,)


def from_facts(facts: AreaFacts) -> list[FairReading]:
    """The readings that are stored: since either baseline, and beside each larger area."""
    return [
        *(_since(facts, change) for change in facts.changes),
        *(_beside(facts, gap) for gap in facts.gaps),
    ]


def _key(code: str, figure: Figure | None) -> FigureKey | None:
    return (code, figure.start, figure.end) if figure is not None else None


def _since(facts: AreaFacts, change: Comparison) -> FairReading:
    words = BASELINE_WORDS.get(change.to, "a baseline")
    return FairReading(
        "change",
        change.to,
        facts.code,
        change.direction,
        change.quality,
        change.difference,
        f"since {change.label}" if change.label else f"since {words}",
        change.sentence,
        f"It counts from {words}: no wording of a mission rules that start out.",
        _key(facts.code, facts.latest),
        _key(facts.code, change.other),
    )


def _beside(facts: AreaFacts, gap: Comparison) -> FairReading:
    return FairReading(
        "larger area",
        gap.to,
        facts.code,
        gap.direction,
        gap.quality,
        gap.difference,
        f"beside {gap.label}",
        gap.sentence,
        f"{gap.label} is a larger area around it, with a figure for the same period from the same "
        "publisher.",
        _key(facts.code, facts.latest),
        _key(gap.to, gap.other),
    )


def since_the_start(metric: Metric, code: str, own: Own, facts: AreaFacts) -> FairReading | None:
    """The change over the longest stretch that one method covers.

    None where that begins at one of the stored baselines, where there is no earlier figure, and
    for counts, whose margins of error are worked out for the stored comparisons only.
    """
    latest, coverage = facts.latest, metric.coverage
    if latest is None or coverage is None or metric.evidence in _NEEDS_STORED:
        return None
    newest = TimePeriod(latest.start, latest.end)
    held = sorted(period for period, figure in own.items() if figure.value is not None)
    first = next(
        (
            period
            for period in held
            if not _crosses_a_break(period, newest, metric)
            and not why_not_comparable(period, newest, metric.breaks, coverage.period)
        ),
        None,
    )
    taken = {(one.other.start, one.other.end) for one in facts.changes if one.other}
    if first is None or first >= newest or (first.start, first.end) in taken:
        return None
    before = own[first]
    found = difference(
        measured_figure(latest), measured_figure(before), metric.evidence, metric.rounding
    )
    nominal = metric.money == "nominal"
    return FairReading(
        "change",
        LONGEST,
        code,
        found.direction,
        Quality.NONE if nominal else quality(found.direction, metric.polarity),
        found.size,
        f"since {before.period}",
        change_sentence(metric, found, before),
        f"{before.period[:1].upper()}{before.period[1:]} is the first figure that can be compared "
        "with the newest: it is the longest stretch held here.",
        _key(code, latest),
        _key(code, before),
    )


def _crosses_a_break(earlier: TimePeriod, later: TimePeriod, metric: Metric) -> bool:
    """Whether a change of method lies between, linked or not: the stretch is of one method."""
    return any(earlier.start < mark.starts <= later.end for mark in metric.breaks)


def in_the_period_before(
    metric: Metric, code: str, own: Own, england: Own, facts: AreaFacts
) -> FairReading | None:
    """The area beside England in the period before its newest.

    None for England itself, totals, and counts, and where either has no figure for that period.
    """
    latest = facts.latest
    if latest is None or code == ENGLAND or metric.aggregation.rule == "sum":
        return None
    if metric.evidence in _NEEDS_STORED:
        return None
    newest = TimePeriod(latest.start, latest.end)
    both = [
        period
        for period, figure in own.items()
        if period < newest
        and figure.value is not None
        and period in england
        and england[period].value is not None
    ]
    if not both:
        return None
    period = max(both)
    then, theirs = own[period], england[period]
    found = against_benchmark(
        measured_figure(then), theirs.value or 0.0, metric.evidence, metric.rounding
    )
    said = gap_sentence(metric, found, "England", theirs)
    return FairReading(
        "earlier period",
        ENGLAND,
        code,
        found.direction,
        quality(found.direction, metric.polarity),
        found.size,
        f"beside England in {then.period}",
        f"In {then.period}: {said[:1].lower()}{said[1:]}",
        "It is the period before the newest, which one unusual period cannot have made.",
        _key(code, then),
        _key(ENGLAND, theirs),
    )


def among_like(metric: Metric, facts: AreaFacts, found: LikeAreas, place: str) -> FairReading:
    """The area among those of a group: better or worse where most of them are the contrary."""
    period = facts.latest.period if facts.latest else ""
    tested = found.direction is not Direction.CANNOT_TEST
    return FairReading(
        "like areas",
        found.group,
        facts.code,
        found.direction,
        found.quality,
        found.from_middle if tested else None,
        f"among “{found.title}”",
        among_sentence(found, metric, place, period),
        "They are areas of the same kind, grouped by others and not for this case. It counts as "
        "better or worse than them where most of those that can be tested are clearly the "
        "contrary.",
        _key(facts.code, facts.latest),
    )
