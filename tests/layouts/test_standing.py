"""Sentences composed from verdicts and comparisons."""

from __future__ import annotations

import pytest

from layouts.pages.standing import (
    MEANINGS,
    beside_england,
    comparison_in_short,
    comparison_sentence,
    tally,
    verdicts_sentence,
)
from layouts.tokens import VERDICT_STYLES
from metrics.measures.results import (
    AreaFacts,
    ClauseSummary,
    Comparison,
    Direction,
    Figure,
    Quality,
    Verdict,
)


def summaries(*verdicts):
    return [
        ClauseSummary(clause="1.x", verdict=verdict, sentence="-", readings=())
        for verdict in verdicts
    ]


def facts(direction, quality=Quality.NONE, difference=1.0, value=10.0):
    held = Figure(
        start="2024-01-01", end="2024-12-31", period="2024", short_period="2024", value=value
    )
    gap = Comparison(
        to="E92000001",
        label="England",
        other=held,
        difference=difference,
        direction=direction,
        quality=quality,
        sentence="-",
    )
    return AreaFacts(metric="m", breakdown="", code="E47000007", latest=held, gaps=(gap,))


WORSE = facts(Direction.LOWER, Quality.WORSE)
BETTER = facts(Direction.HIGHER, Quality.BETTER)
SIMILAR = facts(Direction.NOT_CLEAR)
SAME = facts(Direction.SAME)
UNTESTED = facts(Direction.CANNOT_TEST)
# Higher, where neither end is called better.
UNCALLED = facts(Direction.HIGHER)
ABSENT = facts(Direction.LOWER, Quality.WORSE, value=None)


def test_counts_are_told_in_the_order_of_the_verdicts():
    told = verdicts_sentence(
        "the 12 missions",
        summaries(Verdict.NO_DATA, Verdict.MET, Verdict.NO_DATA, Verdict.MOVING_AWAY, None),
    )
    assert told == (
        "Of the 5 statements that the 12 missions make, 1 is met, 1 is moving away, 2 have no "
        "data and 1 is judged differently by different metrics."
    )


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        ([Verdict.MET], "The one statement that this mission makes is met."),
        ([Verdict.MISSED] * 2, "Both statements that this mission makes were missed."),
        ([Verdict.NO_DATA] * 3, "All 3 statements that this mission makes have no data."),
        ([], "Nothing that this mission says has been measured."),
    ],
)
def test_one_verdict_for_all(verdicts, told):
    assert verdicts_sentence("this mission", summaries(*verdicts)) == told


@pytest.mark.parametrize("verdict", [*Verdict, None])
def test_every_verdict_has_words_for_one_and_for_several(verdict):
    one = verdicts_sentence("this mission", summaries(verdict, Verdict.MET, Verdict.NO_DATA))
    several = verdicts_sentence("this mission", summaries(*[verdict] * 4, Verdict.ON_COURSE))
    assert one.endswith(".")
    assert several.endswith(".")
    assert sum(one.count for one in tally(summaries(verdict, verdict))) == 2


def test_every_verdict_is_explained_once_and_in_order():
    assert [verdict for verdict, _ in MEANINGS] == list(VERDICT_STYLES)


def test_better_and_worse_are_only_what_the_comparison_claims():
    series = [WORSE, WORSE, BETTER, SIMILAR, SAME, UNTESTED, UNCALLED, ABSENT, None]
    assert comparison_sentence(series, "series below") == (
        "On the 9 series below, the West Midlands Combined Authority (WMCA) is worse than England "
        "on 2, better on 1, similar on 2 and different on 1. On 1 the difference cannot be tested "
        "and on 2 it has no published figure to compare."
    )
    assert (
        comparison_in_short(series)
        == "Beside England: worse on 2, better on 1, similar on 2, different on 1, no test on 1"
    )


def test_nothing_to_compare_claims_nothing():
    assert comparison_sentence([], "series") == ""
    assert comparison_sentence([None], "series below") == (
        "The West Midlands Combined Authority (WMCA) has no published figure in the series below."
    )
    assert comparison_sentence([None, ABSENT], "series below").endswith(
        "has no published figure in any of the 2 series below."
    )
    assert comparison_sentence([UNTESTED, None], "series") == (
        "On 1 the difference cannot be tested and on 1 the West Midlands Combined Authority (WMCA) "
        "has no published figure to compare."
    )
    assert comparison_in_short([None, ABSENT]) == ""


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (BETTER, "better than England on 1"),
        (SAME, "similar to England on 1"),
        (UNCALLED, "different from England on 1"),
    ],
)
def test_england_is_named_with_the_first_count(one, told):
    assert comparison_sentence([one], "series").endswith(f"(WMCA) is {told}.")


def test_a_comparison_needs_both_figures():
    assert beside_england(None) is None
    assert beside_england(facts(Direction.LOWER, difference=None)) is None
