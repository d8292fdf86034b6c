"""Sentences that answer how the region stands, composed from verdicts and comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.areas import ENGLAND
from layouts.tokens import VERDICT_STYLES
from metrics.measures.results import (
    AreaFacts,
    ClauseSummary,
    Comparison,
    Direction,
    Quality,
    Verdict,
)
from metrics.wording import write_list

# How each verdict reads after "of the statements, N ...": one, then several.
_PHRASES = {
    Verdict.MET: ("is met", "are met"),
    Verdict.MET_WITHIN_MARGIN: (
        "is met within the margin of error",
        "are met within the margin of error",
    ),
    Verdict.ON_COURSE: ("is on course", "are on course"),
    Verdict.TOO_SLOWLY: ("is improving too slowly", "are improving too slowly"),
    Verdict.NO_CLEAR_CHANGE: ("shows no clear change", "show no clear change"),
    Verdict.MOVING_AWAY: ("is moving away", "are moving away"),
    Verdict.MISSED: ("was missed", "were missed"),
    Verdict.CANNOT_BE_SHOWN: ("cannot be shown either way", "cannot be shown either way"),
    Verdict.NO_DATA: ("has no data", "have no data"),
    Verdict.NOT_MEASURABLE: ("is not measurable as worded", "are not measurable as worded"),
    None: (
        "is judged differently by different metrics",
        "are judged differently by different metrics",
    ),
}
# A clause whose metrics disagree has no verdict of its own.
DIFFERING_WORDS = "See each metric"
MEANINGS: tuple[tuple[Verdict, str], ...] = (
    (Verdict.MET, "What the words ask for is so now, beyond the margin of error."),
    (
        Verdict.MET_WITHIN_MARGIN,
        "The figure is where the words ask for, but the margin of error reaches beyond it.",
    ),
    (Verdict.ON_COURSE, "At the present pace it will be so by the date."),
    (Verdict.TOO_SLOWLY, "It is improving, but not fast enough to be so by the date."),
    (
        Verdict.NO_CLEAR_CHANGE,
        "No change can be told from chance, and the change that is needed would have been seen.",
    ),
    (Verdict.MOVING_AWAY, "It is getting worse, beyond the margin of error."),
    (Verdict.MISSED, "The date has passed and it was not so."),
    (
        Verdict.CANNOT_BE_SHOWN,
        "Figures are held, but they do not settle it. The reason is given each time.",
    ),
    (Verdict.NO_DATA, "No figures that measure what the words say are held here."),
    (Verdict.NOT_MEASURABLE, "The words set no test that figures could meet or miss."),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a verdict was reached."""

    verdict: Verdict | None
    count: int

    @property
    def words(self) -> str:
        """The verdict's word."""
        return self.verdict.value if self.verdict else DIFFERING_WORDS


def tally(summaries: Iterable[ClauseSummary]) -> tuple[Tally, ...]:
    """The verdicts reached, in the order in which the product lists them, with their counts."""
    counts = Counter(summary.verdict for summary in summaries)
    order: list[Verdict | None] = [*VERDICT_STYLES, None]
    return tuple(Tally(verdict, counts[verdict]) for verdict in order if counts[verdict])


def verdicts_sentence(subject: str, summaries: Sequence[ClauseSummary]) -> str:
    """The counts as one sentence.

    Args:
        subject: what the statements belong to: `the 12 missions`, `this mission`.
        summaries: one for each statement.
    """
    if not summaries:
        return f"Nothing that {subject} says has been measured."
    verb = "make" if subject.endswith("s") and not subject.startswith("this") else "makes"
    counted = tally(summaries)
    if len(counted) == 1:
        number = len(summaries)
        every = {1: "The one statement", 2: "Both statements"}.get(
            number, f"All {number} statements"
        )
        return f"{every} that {subject} {verb} {_PHRASES[counted[0].verdict][number > 1]}."
    told = [f"{one.count} {_PHRASES[one.verdict][one.count > 1]}" for one in counted]
    return f"Of the {len(summaries)} statements that {subject} {verb}, {write_list(told)}."


def beside_england(facts: AreaFacts | None) -> Comparison | None:
    """The stored comparison of an area with England, where both have a figure."""
    if facts is None or facts.latest is None or facts.latest.value is None:
        return None
    return next(
        (gap for gap in facts.gaps if gap.to == ENGLAND and gap.difference is not None), None
    )


@dataclass(frozen=True, slots=True)
class BesideCounts:
    """How many figures stand how beside England's."""

    worse: int
    better: int
    alike: int
    # Clearly higher or lower, where neither is called better.
    uncalled: int
    untested: int
    absent: int
    # Of all that were tested, those by a margin of error, which chance alone can call clear.
    by_error: int


def count_beside(series: Sequence[AreaFacts | None]) -> BesideCounts:
    """How many figures stand how beside England's, as the stored comparisons say."""
    compared = [beside_england(facts) for facts in series]
    held = [one for one in compared if one is not None]
    worse = sum(1 for one in held if one.quality is Quality.WORSE)
    better = sum(1 for one in held if one.quality is Quality.BETTER)
    alike = sum(1 for one in held if one.direction in (Direction.SAME, Direction.NOT_CLEAR))
    uncalled = sum(
        1
        for one in held
        if one.quality is Quality.NONE and one.direction in (Direction.HIGHER, Direction.LOWER)
    )
    untested = len(held) - worse - better - alike - uncalled
    absent = len(compared) - len(held)
    by_error = sum(1 for one in held if one.lower is not None)
    return BesideCounts(worse, better, alike, uncalled, untested, absent, by_error)


def comparison_in_short(series: Sequence[AreaFacts | None]) -> str:
    """The comparison with England in a few words: `Beside England: worse on 2, better on 1`.

    Empty where there is no figure to compare.
    """
    beside = count_beside(series)
    told = [
        f"{words} {count}"
        for words, count in (
            ("worse on", beside.worse),
            ("better on", beside.better),
            ("similar on", beside.alike),
            ("different on", beside.uncalled),
            ("no test on", beside.untested),
        )
        if count
    ]
    return f"Beside England: {', '.join(told)}" if told else ""


def comparison_sentence(series: Sequence[AreaFacts | None], what: str) -> str:
    """How the combined authority compares with England over several series.

    Better and worse are only what the stored comparisons claim. Empty when there is no series.

    Args:
        series: what is known of the combined authority in each; None where it has no figure.
        what: what the series are: `figures on this page`.
    """
    if not series:
        return ""
    beside = count_beside(series)
    if beside.absent == len(series):
        which = f"any of the {len(series)}" if len(series) > 1 else "the"
        name = "West Midlands Combined Authority (WMCA)"
        return f"The {name} has no published figure in {which} {what}."
    counted = [
        (words, than, count)
        for words, than, count in (
            ("worse", "than", beside.worse),
            ("better", "than", beside.better),
            ("similar", "to", beside.alike),
            ("different", "from", beside.uncalled),
        )
        if count
    ]
    # England is named once, with the first of them.
    told = [
        f"{words} on {count}" if place else f"{words} {than} England on {count}"
        for place, (words, than, count) in enumerate(counted)
    ]
    sentences = []
    if told:
        sentences.append(
            f"On the {len(series)} {what}, the West Midlands Combined Authority (WMCA) is "
            f"{write_list(told)}."
        )
    rest = []
    if beside.untested:
        rest.append(f"on {beside.untested} the difference cannot be tested")
    if beside.absent:
        name = "it" if told else "the West Midlands Combined Authority (WMCA)"
        rest.append(f"on {beside.absent} {name} has no published figure to compare")
    if rest:
        text = write_list(rest)
        sentences.append(f"{text[0].upper()}{text[1:]}.")
    return " ".join(sentences)
