"""Figures for groups: lawful rules by hand, and every refusal by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.measures.derived import Counted, Derived, NotDerived, derive
from tests.metrics.measures.builders import make_metric

NAMES = {"A": "Alpha", "B": "Beta", "C": "Gamma"}
REASON = "Shares can be averaged by the people they are shares of."


def metric(rule, weight=""):
    return make_metric(aggregation={"rule": rule, "weight": weight, "reason": REASON})


def test_a_sum_is_the_sum_of_its_members():
    found = derive(metric("sum"), {"A": 1.0, "B": 2.0, "C": 4.0}, ["A", "B", "C"], NAMES)
    assert found == Derived(7.0, ("A", "B", "C"), "the sum of 3 authorities")


def test_a_weighted_mean_by_hand():
    # (10 * 1 + 20 * 3) / 4 = 17.5
    found = derive(
        metric("weighted_mean", "residents"),
        {"A": 10.0, "B": 20.0},
        ["A", "B"],
        NAMES,
        {"A": 1.0, "B": 3.0},
    )
    assert isinstance(found, Derived)
    assert found.value == 17.5
    assert found.how == "the average of 2 authorities, weighted by residents"


@pytest.mark.parametrize(
    ("rule", "values", "weights", "words"),
    [
        ("published_only", {"A": 1.0, "B": 1.0}, None, "shares can be averaged"),
        ("recompute", {"A": 1.0, "B": 1.0}, None, "counts behind it"),
        ("sum", {"A": 1.0, "B": None}, None, "Beta has no figure for the"),
        ("sum", {"A": 1.0}, None, "Beta has no figure for the"),
        ("weighted_mean", {"A": 1.0, "B": 1.0}, None, "the weight (residents) is not held for"),
        ("weighted_mean", {"A": 1.0, "B": 1.0}, {"A": 5.0}, "(residents) of Beta is not held"),
        *(
            (
                "weighted_mean",
                {"A": 1.0, "B": 1.0},
                {"A": 5.0, "B": weight},
                "(residents) of Beta is not held",
            )
            for weight in (0.0, -1.0, float("nan"), float("inf"))
        ),
        ("sum", {"A": 1.0, "B": float("nan")}, None, "Beta has no figure for the"),
        ("weighted_mean", {"A": float("nan"), "B": 1.0}, {"A": 1.0, "B": 1.0}, "Alpha has no"),
    ],
)
def test_what_is_refused_and_why(rule, values, weights, words):
    found = derive(metric(rule, "residents"), values, ["A", "B"], NAMES, weights)
    assert isinstance(found, NotDerived)
    assert words in found.reason


@pytest.mark.parametrize("count", [Counted(float("nan"), 10.0), Counted(1.0, float("nan"))])
def test_a_count_that_is_no_number_is_a_count_that_is_missing(count):
    share = make_metric(
        proportion=True, aggregation={"rule": "recompute", "weight": "", "reason": REASON}
    )
    counts = {"A": Counted(1.0, 4.0), "B": count}
    found = derive(share, {}, ["A", "B"], NAMES, counts=counts)
    assert isinstance(found, NotDerived)
    assert "Beta has no count for the period" in found.reason


def test_members_that_lie_within_other_members_are_never_added_up():
    found = derive(metric("sum"), {"A": 1.0, "B": 1.0}, ["A", "B"], NAMES, contained={"B": "A"})
    assert found == NotDerived("Not derived: Beta lies within Alpha, and would count twice.")


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 1e6)), min_size=1, max_size=10))
def test_a_weighted_mean_lies_between_its_members_and_scales_with_no_weight(rows):
    codes = [f"E{index}" for index in range(len(rows))]
    values = {code: value for code, (value, _) in zip(codes, rows, strict=True)}
    weights = {code: weight for code, (_, weight) in zip(codes, rows, strict=True)}
    rule = metric("weighted_mean", "residents")
    found = derive(rule, values, codes, {}, weights)
    doubled = derive(rule, values, codes, {}, {code: 2 * one for code, one in weights.items()})
    assert isinstance(found, Derived)
    assert isinstance(doubled, Derived)
    assert min(values.values()) - 1e-9 <= found.value <= max(values.values()) + 1e-9
    assert doubled.value == pytest.approx(found.value)
