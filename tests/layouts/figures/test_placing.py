"""Labels never overlap, keep their order and move no further than they must."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layouts.figures.description import Unit
from layouts.figures.placing import in_tiers, push_apart, rows_without_overlap
from layouts.figures.scales import Scale, cut, text_width, tick_labels, ticks, wrap

positions = st.lists(st.floats(0, 300), min_size=1, max_size=12).map(sorted)


def test_labels_with_room_stay_where_they_are():
    assert push_apart([10, 30, 50], [10, 10, 10], 0, 100) == [10, 30, 50]


def test_neighbours_move_apart_evenly_around_their_middle():
    assert push_apart([50, 52], [10, 10], 0, 100) == [46, 56]
    # The block of three around 50, 51 and 52 then meets the fourth label at 70 and takes it in:
    # starts wanted in the block 45, 36, 27 and 35, so it begins at 35.75.
    assert push_apart([50, 51, 52, 70], [10] * 4, 0, 100) == [40.75, 50.75, 60.75, 70.75]


def test_edges_hold():
    assert push_apart([1, 2], [10, 10], 0, 100) == [5, 15]
    assert push_apart([99, 99], [10, 10], 0, 100) == [85, 95]


@given(positions, st.floats(4, 40))
def test_none_overlaps_and_the_order_is_kept(wanted, size):
    places = push_apart(wanted, [size] * len(wanted), 0, 300)
    assert len(places) == len(wanted)
    assert all(b - a >= size - 1e-6 for a, b in pairwise(places))
    assert places[0] >= size / 2 - 1e-6
    if size * len(wanted) <= 300:
        assert places[-1] <= 300 - size / 2 + 1e-6


@given(positions, st.floats(20, 120))
def test_tiers_keep_labels_and_passing_leaders_apart(wanted, size):
    routes, tiers = in_tiers(wanted, [size] * len(wanted), 0, 320)
    for tier in range(tiers):
        here = [
            (route.passes[tier], size if route.tier == tier else 6.0)
            for route in routes
            if route.tier >= tier
        ]
        assert all(
            b - a >= (half_a + half_b) / 2 - 1e-6 for (a, half_a), (b, half_b) in pairwise(here)
        )


def test_rows_are_taken_from_the_first_with_room():
    assert rows_without_overlap([(0, 10), (5, 15), (12, 20)], 1) == [0, 1, 0]


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 100, 6, [0, 20, 40, 60, 80, 100]),
        (47.7, 73.9, 6, [50, 55, 60, 65, 70]),
        (0.12, 0.19, 4, [0.12, 0.14, 0.16, 0.18]),
        (-3, 3, 5, [-2, 0, 2]),
        (5, 5, 5, [5]),
        # A step of 5 would leave 60 alone, and one of 2 gives three.
        (58.2, 64.9, 2, [60, 64]),
        # A step of 1 would leave none.
        (1.1, 1.9, 2, [1.2, 1.8]),
    ],
)
def test_ticks_are_round(low, high, most, expected):
    assert ticks(low, high, most) == pytest.approx(expected)


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12), st.integers(2, 8))
def test_ticks_are_few_but_not_alone_and_inside(low, span, most):
    found = ticks(low, low + span, most)
    alone = span < abs(low + span) * 1e-9
    assert (1 if alone else 2) <= len(found) <= most
    assert all(low - span * 1e-6 <= tick <= low + span * (1 + 1e-6) for tick in found)


def test_tick_labels_have_the_decimals_of_their_step_and_their_unit():
    pounds = Unit("Pounds", prefix="£", decimals=2)
    assert tick_labels([0, 5, 10], pounds) == ["£0", "£5", "£10"]
    assert tick_labels([0, 2.5, 5], pounds) == ["£0.0", "£2.5", "£5.0"]
    assert tick_labels([58.5, 59.5], pounds) == ["£58.5", "£59.5"]
    assert tick_labels([0, 2e6, 4e6], pounds) == ["£0m", "£2m", "£4m"]
    assert tick_labels([50, 55], Unit("Years", suffix=" years", decimals=1)) == ["50", "55"]
    assert tick_labels([-10, 0], Unit("Percent", suffix="%")) == ["−10%", "0%"]


def test_a_scale_over_one_value_puts_it_in_the_middle_and_huge_ones_stay_finite():
    assert Scale(5, 5, 0, 100)(5) == 50
    assert Scale(-1.5e308, 1.5e308, 0, 100)(1.5e308) == 100


@given(st.text(max_size=60), st.floats(20, 200))
def test_cut_and_wrapped_words_fit(words, room):
    assert text_width(cut(words, 12, room), 12) <= room
    lines = wrap(words, 12, room, 2)
    assert len(lines) <= 2
    assert all(text_width(line, 12) <= room for line in lines)
