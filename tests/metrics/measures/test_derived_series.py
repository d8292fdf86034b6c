"""Figures derived for a group over time: lawful ones by hand, all others refused by name."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.measures.derived import Counted
from metrics.measures.derived_series import (
    COMPLETE,
    INDEPENDENT,
    NONE_PUBLISHED,
    NOT_ALL,
    Behind,
    GovernedGroup,
    Known,
    derive_series,
)
from tests.metrics.measures.builders import make_series, row, year

A, B, OWN = "E08000001", "E08000002", "E47000007"
GROUP = GovernedGroup("two", "The two", (A, B), OWN)
NAMES = {A: "Alpha", B: "Beta"}
RESIDENTS = "residents of all ages"
MEAN = {"rule": "weighted_mean", "weight": RESIDENTS, "tolerance": 0.5, "reason": "Made up."}
BEHIND = Behind({2022: {A: 1.0, B: 3.0}, 2023: {A: 2.0, B: 2.0}}, names=NAMES)


def derived(rows, behind=BEHIND, group=GROUP, **changes):
    series = make_series(rows, **{"aggregation": MEAN, **changes})
    return derive_series(Known.of(series, {*group.members, group.code}), group, behind)


def test_every_period_takes_the_weights_of_its_own_year():
    rows = [row(A, 2022, 10.0), row(B, 2022, 20.0), row(A, 2023, 10.0), row(B, 2023, 20.0)]
    found = derived(rows)
    # (10 * 1 + 20 * 3) / 4 = 17.5; (10 * 2 + 20 * 2) / 4 = 15.
    assert [figure.value for figure in found.figures] == [17.5, 15.0]
    assert found.how == "the average of 2 authorities, weighted by residents of all ages"
    assert found.refused == ""
    assert found.standing_in == found.figures


def test_a_year_without_weights_is_refused_and_named():
    rows = [row(A, 2023, 10.0), row(B, 2023, 20.0), row(A, 2024, 10.0), row(B, 2024, 20.0)]
    first, second = derived(rows).figures
    assert first.value == 15.0
    assert second.value is None
    assert second.reason == (
        "Not derived: the weight (residents of all ages) is not held for that time."
    )


def test_a_weight_that_one_member_lacks_is_refused_and_the_member_named():
    rows = [row(A, 2023, 10.0), row(B, 2023, 20.0)]
    found = derived(rows, Behind({2023: {A: 2.0}}, names=NAMES))
    assert found.refused == "Not derived: the weight (residents of all ages) of Beta is not held."


def test_a_period_of_several_years_has_no_weight_of_one_year():
    window = (date(2021, 1, 1), date(2023, 12, 31))
    found = derived([row(A, window, 10.0), row(B, window, 20.0)])
    assert "is not held for that time" in found.refused


@pytest.mark.parametrize("value", [None, "absent"])
def test_a_member_without_a_figure_is_named(value):
    rows = [row(A, 2022, 1.0), row(B, 2022, 1.0), row(A, 2023, 10.0)]
    rows += [] if value == "absent" else [row(B, 2023, None)]
    assert derived(rows).figures[-1].reason == ("Not derived: Beta has no figure for the period.")


def test_members_without_any_figure_are_counted_not_listed():
    found = derived([row(OWN, 2023, 5.0)])
    assert found.refused == "Not derived: none of its 2 members has a figure for the period."
    assert found.standing_in == ()


def test_overlapping_members_are_never_added_up_and_the_overlap_is_named():
    rows = [row(A, 2023, 10.0), row(B, 2023, 20.0)]
    found = derived(rows, Behind(BEHIND.weights, names=NAMES, contained={B: A}))
    assert found.refused == "Not derived: Beta lies within Alpha, and would count twice."
    assert found.figures == ()


def test_the_published_figure_stands_beside_the_derived_one():
    rows = [row(A, 2023, 10.0), row(B, 2023, 20.0), row(OWN, 2023, 15.25)]
    found = derived(rows)
    assert found.differences == (-0.25,)
    assert found.tolerance == 0.5
    assert found.standing_in == ()


def test_the_interval_of_a_mean_of_independent_samples():
    rows = [row(A, 2023, 10.0, 3.0), row(B, 2023, 20.0, 4.0)]
    found = derived(rows)
    (figure,) = found.figures
    # Half widths of 3 and 4 with shares of a half: sqrt(1.5^2 + 2^2) = 2.5.
    assert (figure.lower, figure.upper) == pytest.approx((12.5, 17.5), abs=1e-9)
    assert found.interval == INDEPENDENT


@pytest.mark.parametrize(
    ("half_width", "evidence", "words"),
    [
        (None, "intervals", NOT_ALL),
        (3.0, "full_enumeration", COMPLETE),
        (None, "model_without_intervals", NONE_PUBLISHED),
    ],
)
def test_without_intervals_there_is_none_and_that_is_said(half_width, evidence, words):
    rows = [row(A, 2023, 10.0, 3.0), row(B, 2023, 20.0, half_width)]
    found = derived(rows, evidence=evidence)
    assert found.figures[0].lower is None
    assert found.interval == words


def test_a_share_is_worked_out_again_from_its_counts():
    # (10 + 5) of (50 + 100) is 10%.
    period = make_series([row(A, 2023, 20.0)]).periods[0]
    counts = {period: {A: Counted(10, 50), B: Counted(5, 100)}}
    rule = {"rule": "recompute", "reason": "Made up."}
    rows = [row(A, 2023, 20.0), row(B, 2023, 5.0)]
    found = derived(rows, Behind(counts=counts, names=NAMES), aggregation=rule)
    assert found.figures[0].value == pytest.approx(10.0)
    assert found.how == "worked out again from the counts of 2 authorities"
    lacking = {period: {A: Counted(10, 50)}}
    refused = derived(rows, Behind(counts=lacking, names=NAMES), aggregation=rule)
    assert refused.refused == "Not derived: Beta has no count for the period."
    assert "which are not held" in derived(rows, Behind(), aggregation=rule).refused


def test_a_tolerance_without_a_rule_is_a_fault():
    rule = {"rule": "published_only", "tolerance": 1.0, "reason": "Made up."}
    with pytest.raises(ValueError, match="nothing is derived"):
        derived([], aggregation=rule)


SUM = {"rule": "sum", "reason": "Made up."}
many = st.dictionaries(
    st.sampled_from([f"E080000{number:02d}" for number in range(1, 40)]),
    st.floats(0, 1e6),
    min_size=1,
    max_size=12,
)


@given(many, st.randoms(use_true_random=False))
def test_a_sum_is_that_of_its_members_in_any_order_and_whoever_else_is_there(values, chance):
    group = GovernedGroup("several", "Several", tuple(values))
    rows = [row(code, 2023, value) for code, value in values.items()]
    found = derived(rows, Behind(), group, aggregation=SUM)
    assert found.figures[0].value == pytest.approx(sum(values.values()))
    others = [*rows, row("E08000099", 2023, None), row("E06000001", 2023, 7.0)]
    chance.shuffle(others)
    assert derived(others, Behind(), group, aggregation=SUM) == found


def test_a_member_under_its_old_and_its_new_code_counts_once():
    old = row("E08000016", 2023, 20.0, recoded_to=B)
    rows = [row(A, 2023, 10.0), row(B, 2023, 20.0)]
    assert derived([*rows, old], aggregation=SUM).figures[0].value == 30.0
    # Where the publisher gives the old code only, that is the place.
    assert derived([rows[0], old], aggregation=SUM).figures[0].value == 30.0


def test_the_words_of_a_period_are_the_publishers():
    rows = [row(A, year(2023), 10.0), row(B, year(2023), 20.0)]
    assert derived(rows).figures[0].period == "2023"
