"""Questions that the figures raise: each follows from facts that a test has settled, by a rule.

No question is asked on the ground of a difference that could be chance, and none is put by hand.
The rules, in the order in which questions stand:

1. An area has clearly worsened since the day, and is worse than England.
2. Its new figure is worse than England's, and clearly worse than at every baseline that can be
   compared with it.
3. The figure that was the newest on the day was revised by more than its margin of error.
4. That figure was withdrawn, or a blank stands in its place.
5. Its new figure is clearly worse than that of every area most like it, of at least five.
6. Newer figures are overdue.
7. A verdict on a measure with new figures depends on the baseline.
8. An area has clearly improved since the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from data.areas import ENGLAND
from data.periods import TimePeriod
from metrics.briefing_known import Cited, Ground, Known, Question, capital, period_of, subject_of
from metrics.briefing_results import Movement, Outcome
from metrics.briefing_standing import (
    baselines_questions,
    lost_questions,
    overdue_questions,
    revised_questions,
)
from metrics.measures.change import difference, quality
from metrics.measures.results import Comparison, Direction, Quality
from metrics.openings import with_article
from metrics.wording import write_difference, write_list, write_value

FEWEST_ALIKE = 5


def questions(known: Known) -> tuple[Question, ...]:
    """The questions that the figures raise, in the order of the rules."""
    worsened = [
        one
        for one in known.since.of(Outcome.MOVED)
        if one.quality is Quality.WORSE and _worse_than_england(one, known) is not None
    ]
    asked = {one.key for one in worsened}
    longer = [
        one
        for one in known.since.movements
        if one.key not in asked
        and _worse_than_england(one, known) is not None
        and _worse_changes(one, known)
    ]
    return (
        *_each_series(worsened, lambda own: _worsened(own, known)),
        *_each_series(longer, lambda own: _since_baseline(own, known)),
        *revised_questions(known),
        *lost_questions(known),
        *_each_series(
            [one for one in known.since.movements if _worse_than_all_alike(one, known)],
            lambda own: _alike(own, known),
        ),
        *overdue_questions(known),
        *baselines_questions(known),
        *_each_series(
            [one for one in known.since.of(Outcome.MOVED) if one.quality is Quality.BETTER],
            lambda own: _improved(own, known),
        ),
    )


def _each_series(
    movements: Iterable[Movement], ask: Callable[[Sequence[Movement]], Question]
) -> list[Question]:
    """One question for each series and pair of periods, with the areas in the order given."""
    grouped: dict[tuple[str, str, TimePeriod, TimePeriod], list[Movement]] = {}
    for one in movements:
        key = (one.metric.id, one.breakdown, one.period_then, one.period_now)
        grouped.setdefault(key, []).append(one)
    return [ask(own) for own in grouped.values()]


def _cites(movements: Iterable[Movement], beside: str = "") -> tuple[Cited, ...]:
    return tuple(
        Cited(one.metric.id, one.breakdown, one.code, one.period_now.start, beside)
        for one in movements
    )


def _england(one: Movement, known: Known) -> Comparison | None:
    """The stored comparison of the new figure with England's, where it is of that figure."""
    facts = known.facts.get(one.key)
    if facts is None or facts.latest is None:
        return None
    latest = facts.latest
    if TimePeriod(latest.start, latest.end) != one.period_now:
        return None
    return next((gap for gap in facts.gaps if gap.to == ENGLAND), None)


def _worse_than_england(one: Movement, known: Known) -> Comparison | None:
    gap = _england(one, known)
    return gap if gap is not None and gap.quality is Quality.WORSE else None


def _worse_changes(one: Movement, known: Known) -> tuple[Comparison, ...]:
    """The changes since the baselines, where all that can be tested are for the worse."""
    facts = known.facts.get(one.key)
    tested = [
        change
        for change in (facts.changes if facts else ())
        if change.direction is not Direction.CANNOT_TEST
    ]
    if not tested or any(change.quality is not Quality.WORSE for change in tested):
        return ()
    return tuple(tested)


def _from_to(one: Movement, known: Known) -> str:
    unit = one.metric.unit
    words = (
        f"{known.names[one.code]} from {write_value(one.then.value, unit)} to "
        f"{write_value(one.now.value, unit)}"
    )
    return f"{words} ({one.linked})" if one.linked else words


def _between(one: Movement) -> str:
    then, now = (period_of(one.metric, each) for each in (one.period_then, one.period_now))
    return f"between {then} and {now}"


def _clearly(one: Movement) -> str:
    """A complete count leaves nothing to chance, so there is nothing to be clear about."""
    return "clearly " if one.by_chance else ""


def _englands(own: Sequence[Movement], known: Known) -> str:
    gap = _england(own[0], known)
    other = gap.other if gap else None
    return f"England's {write_value(other.value if other else None, own[0].metric.unit)}"


def _worsened(own: Sequence[Movement], known: Known) -> Question:
    one = own[0]
    told = write_list([_from_to(each, known) for each in own])
    return Question(
        Ground.WORSENED,
        f"{capital(subject_of(one.metric, one.breakdown))}, {_clearly(one)}worse {_between(one)}: "
        f"{told}. That is worse than {_englands(own, known)}. What lies behind it, and what is "
        "being done?",
        _cites(own, ENGLAND),
    )


def _since_baseline(own: Sequence[Movement], known: Known) -> Question:
    one = own[0]
    told = []
    for each in own:
        change = _worse_changes(each, known)[0]
        size = write_difference(change.difference or 0.0, each.metric.unit)
        told.append(
            f"{known.names[each.code]} {write_value(each.now.value, each.metric.unit)}, "
            f"worse by {size} than in {with_article(change.label)}"
        )
    return Question(
        Ground.WORSE_SINCE_BASELINE,
        f"{capital(subject_of(one.metric, one.breakdown))}: the new figures, for "
        f"{period_of(one.metric, one.period_now)}, are worse than {_englands(own, known)} and "
        f"{_clearly(one)}worse than they were: {'; '.join(told)}. What would turn this round?",
        _cites(own, ENGLAND),
    )


def _improved(own: Sequence[Movement], known: Known) -> Question:
    one = own[0]
    told = write_list([_from_to(each, known) for each in own])
    return Question(
        Ground.IMPROVED,
        f"{capital(subject_of(one.metric, one.breakdown))}, {_clearly(one)}better {_between(one)}: "
        f"{told}. What lies behind it, and will it last?",
        _cites(own),
    )


def _worse_than_all_alike(one: Movement, known: Known) -> bool:
    others = known.alike.get(one.key, ())
    if len(others) < FEWEST_ALIKE or one.metric.not_ranked or one.metric.aggregation.rule == "sum":
        return False
    found = (
        difference(one.now, other, one.metric.evidence, one.metric.rounding) for other in others
    )
    return all(quality(each.direction, one.metric.polarity) is Quality.WORSE for each in found)


def _alike(own: Sequence[Movement], known: Known) -> Question:
    one = own[0]
    told = [
        f"{known.names[each.code]} ({write_value(each.now.value, each.metric.unit)}; "
        f"{len(known.alike[each.key])} areas)"
        for each in own
    ]
    return Question(
        Ground.ALIKE,
        f"{capital(subject_of(one.metric, one.breakdown))}: the figures for "
        f"{period_of(one.metric, one.period_now)} are {_clearly(one)}worse than in "
        f"every one of the areas statistically most like it, in {write_list(told)}. What do "
        "those areas do otherwise?",
        _cites(own),
    )
