"""Which reading helps an argument least: by hand, and the same in whatever order they come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definition import Polarity
from metrics.least_favourable import FairReading, Support, least_favourable, support
from metrics.measures.results import Direction, Quality
from metrics.proposition import Argument

BEHIND = FairReading(
    "larger area",
    "E92000001",
    "E08000025",
    Direction.LOWER,
    Quality.WORSE,
    -2.6,
    "beside England",
    "2.6 years below England.",
    "",
)
ALIKE = replace(
    BEHIND,
    kind="like areas",
    key="neighbours-e08000025",
    direction=Direction.NOT_CLEAR,
    quality=Quality.NONE,
    difference=1.4,
)
RISEN = replace(
    BEHIND,
    kind="change",
    key="longest",
    direction=Direction.HIGHER,
    quality=Quality.BETTER,
    difference=0.7,
)
UNTESTED = replace(BEHIND, key="K02000001", direction=Direction.CANNOT_TEST, quality=Quality.NONE)
ALL = (BEHIND, ALIKE, RISEN, UNTESTED)


@pytest.mark.parametrize(
    ("one", "of_need", "of_progress"),
    [
        (BEHIND, Support.FOR, Support.AGAINST),
        (RISEN, Support.AGAINST, Support.FOR),
        (ALIKE, Support.NEITHER, Support.NEITHER),
        (replace(ALIKE, direction=Direction.SAME), Support.NEITHER, Support.NEITHER),
        (UNTESTED, None, None),
        (replace(BEHIND, difference=None), None, None),
        # Clearly lower, where nobody calls lower better or worse.
        (replace(BEHIND, quality=Quality.NONE), None, None),
    ],
)
def test_what_a_reading_does_for_an_argument(one, of_need, of_progress) -> None:
    assert support(one, Argument.NEED) is of_need
    assert support(one, Argument.PROGRESS) is of_progress


def test_what_speaks_against_comes_before_what_says_nothing() -> None:
    assert least_favourable(ALL, Argument.NEED, Polarity.HIGHER) is RISEN
    assert least_favourable(ALL, Argument.PROGRESS, Polarity.HIGHER) is BEHIND
    assert least_favourable((BEHIND, ALIKE), Argument.NEED, Polarity.HIGHER) is ALIKE
    assert least_favourable((BEHIND, UNTESTED), Argument.NEED, Polarity.HIGHER) is BEHIND


def test_among_equals_the_difference_that_helps_least_is_taken() -> None:
    further = replace(BEHIND, key="E12000005", difference=-1.9)
    # Of two that show a need, the smaller shortfall; of two against progress, the larger one.
    assert least_favourable((BEHIND, further), Argument.NEED, Polarity.HIGHER) is further
    assert least_favourable((BEHIND, further), Argument.PROGRESS, Polarity.HIGHER) is BEHIND


def test_where_lower_is_better_a_shortfall_is_an_excess() -> None:
    much = replace(BEHIND, direction=Direction.HIGHER, difference=4.0)
    little = replace(much, key="E12000005", difference=1.0)
    assert least_favourable((much, little), Argument.NEED, Polarity.LOWER) is little
    assert least_favourable((much, little), Argument.PROGRESS, Polarity.LOWER) is much


def test_nothing_can_be_said_where_nothing_can_be_weighed() -> None:
    assert least_favourable((UNTESTED,), Argument.NEED, Polarity.HIGHER) is None
    assert least_favourable((), Argument.NEED, Polarity.HIGHER) is None


def readings() -> st.SearchStrategy[FairReading]:
    outcomes = st.sampled_from(
        [
            (Direction.LOWER, Quality.WORSE, -1.0),
            (Direction.HIGHER, Quality.BETTER, 1.0),
            (Direction.NOT_CLEAR, Quality.NONE, 1.0),
            (Direction.NOT_CLEAR, Quality.NONE, -1.0),
            (Direction.CANNOT_TEST, Quality.NONE, 1.0),
        ]
    )
    return st.builds(
        lambda kind, key, area, outcome, size: replace(
            BEHIND,
            kind=kind,
            key=key,
            area=area,
            direction=outcome[0],
            quality=outcome[1],
            difference=outcome[2] * size,
        ),
        st.sampled_from(["change", "larger area", "like areas", "earlier period"]),
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["E08000025", "E08000026"]),
        outcomes,
        st.integers(0, 3).map(float),
    )


@given(st.lists(readings(), max_size=8), st.randoms(), st.sampled_from(Argument))
def test_the_choice_depends_on_no_order_and_none_is_worse(several, random, argument) -> None:
    chosen = least_favourable(several, argument, Polarity.HIGHER)
    shuffled = list(several)
    random.shuffle(shuffled)
    again = least_favourable(shuffled, argument, Polarity.HIGHER)
    weighed = [support(one, argument) for one in several]
    told = [one for one in weighed if one is not None]
    if not told:
        assert chosen is None
        return
    assert chosen is not None
    assert again is not None
    # Two readings may agree in all that they are chosen by, and differ in words alone.
    assert (again.kind, again.key, again.area, again.difference) == (
        chosen.kind,
        chosen.key,
        chosen.area,
        chosen.difference,
    )
    assert support(chosen, argument) is min(told)
