"""One area beside another, worked by hand."""

from __future__ import annotations

import pytest

from metrics.catalogue import load_catalogue
from metrics.measures.change import Measured
from metrics.measures.results import Direction, Quality
from metrics.side_by_side import Side, beside, larger

METRICS = load_catalogue().metrics
LIFE = METRICS["healthy-life-expectancy-male"]
SCHOOLS = METRICS["key-stage-2-reading-writing-maths"]
BIRMINGHAM, SOLIHULL, ENGLAND = "E08000025", "E08000029", "E92000001"
WEST_MIDLANDS, UK, CARDIFF = "E12000005", "K02000001", "W06000015"


def side(code, value=None, half=None, region=WEST_MIDLANDS, country=ENGLAND):
    if value is None:
        return Side(code, None, region, country)
    ends = (None, None) if half is None else (value - half, value + half)
    return Side(code, Measured(value, *ends), region, country)


# Half widths of 1.96 are standard errors of 1: the difference of two has an error of 1.414, so
# that 2.8 are clear (z = 1.98) and 2.7 are not (z = 1.91).
@pytest.mark.parametrize(
    ("value", "direction", "words"),
    [
        (62.8, Direction.HIGHER, "clearly higher, by 2.8 years (better)"),
        (62.7, Direction.NOT_CLEAR, "cannot be told apart"),
        (60.0, Direction.NOT_CLEAR, "cannot be told apart"),
        (57.2, Direction.LOWER, "clearly lower, by 2.8 years (worse)"),
    ],
)
def test_two_boroughs_are_told_apart_by_the_test_of_a_difference(value, direction, words) -> None:
    found = beside(LIFE, side(SOLIHULL, value, 1.96), side(BIRMINGHAM, 60.0, 1.96))
    assert found.difference is not None
    assert found.difference.direction is direction
    assert found.words == words


# Beside the country only the area's own interval counts: 58.1 to 61.9 for one, as on its page.
@pytest.mark.parametrize(("value", "words"), [(61.9, "cannot be told apart"), (62.0, "clearly")])
def test_a_larger_area_is_a_benchmark_whichever_comes_first(value, words) -> None:
    england = Side(ENGLAND, Measured(value, value - 9, value + 9))
    borough = side(BIRMINGHAM, 60.0, 1.95)
    one, other = beside(LIFE, borough, england), beside(LIFE, england, borough)
    assert one.words.startswith(words)
    assert other.words.startswith(words)
    if words == "clearly":
        assert one.words == "clearly lower, by 2.0 years (worse)"
        assert other.words == "clearly higher, by 2.0 years (better)"
        assert other.difference is not None
        assert other.difference.size == pytest.approx(2.0)
        # Turned round, an interval keeps its order.
        assert other.difference.lower <= other.difference.size <= other.difference.upper


def test_what_counts_as_larger() -> None:
    borough, cardiff = side(BIRMINGHAM), side(CARDIFF, region="W92000004", country="W92000004")
    for code in (ENGLAND, UK, WEST_MIDLANDS, "E47000007"):
        assert larger(LIFE, Side(code, None), borough)
        assert not larger(LIFE, borough, Side(code, None))
    assert not larger(LIFE, side(SOLIHULL), borough)
    assert not larger(LIFE, Side("E12000002", None), borough)
    assert not larger(LIFE, Side(ENGLAND, None), cardiff)
    assert not larger(LIFE, Side(ENGLAND, None), Side(ENGLAND, None))


def test_a_complete_count_is_not_called_clear_and_equal_counts_are_the_same() -> None:
    found = beside(SCHOOLS, side(SOLIHULL, 67.0), side(BIRMINGHAM, 63.0))
    assert found.words == "higher, by 4 percentage points (better)"
    assert beside(SCHOOLS, side(SOLIHULL, 63.0), side(BIRMINGHAM, 63.0)).words == "the same"


def test_without_a_margin_of_error_nothing_is_claimed() -> None:
    found = beside(LIFE, side(SOLIHULL, 67.0), side(BIRMINGHAM, 60.0, 1.0))
    assert found.words == "higher by 7.0 years, not tested"
    assert found.quality is Quality.NONE
    close = beside(LIFE, side(SOLIHULL, 60.04), side(BIRMINGHAM, 60.0, 1.0))
    assert close.words == "the same once rounded, not tested"


def test_a_missing_figure_and_a_total_are_not_compared() -> None:
    assert beside(LIFE, side(SOLIHULL), side(BIRMINGHAM, 60.0, 1.0)).difference is None
    assert beside(LIFE, side(SOLIHULL, 60.0, 1.0), side(BIRMINGHAM)).words == ""
    total = next(metric for metric in METRICS.values() if metric.aggregation.rule == "sum")
    told = beside(total, side(SOLIHULL, 10.0), side(BIRMINGHAM, 20.0))
    assert told.difference is None
    assert told.words == "not compared: a total, which follows the size of the area"
