"""The arithmetic of the measured figures, by hand."""

from __future__ import annotations

import pytest

from tests.bench.figures import BenchError, Figure, percentile, spread


@pytest.mark.parametrize(
    ("percent", "expected"), [(5, 1.0), (50, 10.0), (94, 19.0), (95, 19.0), (96, 20.0), (100, 20.0)]
)
def test_percentile_is_a_measured_value(percent: float, expected: float) -> None:
    # Twenty values 1 to 20: 95% of them are nineteen, so the nineteenth is the answer.
    assert percentile([float(n) for n in range(20, 0, -1)], percent) == expected


def test_percentile_of_one_value() -> None:
    assert percentile([3.0], 95) == 3.0


def test_spread_sets_the_target_on_the_slow_end() -> None:
    middle, slow = spread("page", "answer", [1.0, 2.0, 9.0], "ms", target=5.0)
    assert (middle.value, middle.times, middle.holds) == (2.0, 3, None)
    assert (slow.value, slow.times, slow.holds) == (9.0, 3, False)


def test_nothing_measured_is_an_error() -> None:
    with pytest.raises(BenchError, match="page: nothing was measured for answer"):
        spread("page", "answer", [], "ms")


def test_target_is_kept_when_just_met() -> None:
    assert Figure("page", "largest", 30.0, "kB", target=30.0).holds


@pytest.mark.parametrize(("value", "holds"), [(199.0, False), (200.0, True), (201.0, True)])
def test_of_some_figures_more_is_better(value: float, holds: bool) -> None:
    assert Figure("app", "pages", value, "a second", 1, 200.0, more_is_better=True).holds is holds
