"""Metrics whose counts are held are tested by the intervals that chance gives them."""

import pytest
from pydantic import ValidationError

from metrics.count_intervals import with_count_intervals
from metrics.denominators import Denominators
from metrics.measures.facts import area_facts
from metrics.measures.results import Direction
from tests.metrics.measures.builders import make_metric, make_series, row

BIRMINGHAM = "E08000025"
NOBODY = Denominators({}, {})
COUNTED = {"evidence": "counts", "proportion": False, "rounding": 0}


def direction(series, denominators=NOBODY):
    held = with_count_intervals({"example": [series]}, denominators)["example"][0]
    (facts,) = area_facts(held)
    return facts.changes[-1]


def counted(then, now, **counts):
    rows = [row(BIRMINGHAM, 2021, then), row(BIRMINGHAM, 2023, now)]
    return make_series(rows, **COUNTED, **counts)


def test_twice_as_many_of_few_events_is_no_clear_change_and_of_many_it_is():
    # 6 against 12: exact limits 2.2 to 13.1 and 6.2 to 21.0. 60 against 120: 46 to 77, 99 to 143.
    few = counted(6.0, 12.0, counts={"chance": "poisson", "per": 0})
    many = counted(60.0, 120.0, counts={"chance": "poisson", "per": 0})
    assert direction(few).direction is Direction.NOT_CLEAR
    assert direction(many).direction is Direction.HIGHER


def test_a_rate_is_tested_by_the_people_of_its_own_year():
    rates = {
        "counts": {"chance": "poisson", "per": 100_000},
        "denominator": "residents of all ages",
    }
    people = Denominators({"": {2021: {BIRMINGHAM: 1e6}, 2023: {BIRMINGHAM: 1e6}}}, {})
    clear = direction(counted(6.0, 12.0, **rates), people)
    assert clear.direction is Direction.HIGHER
    one_year = Denominators({"": {2023: {BIRMINGHAM: 1e6}}}, {})
    refused = direction(counted(6.0, 12.0, **rates), one_year)
    assert refused.direction is Direction.CANNOT_TEST
    assert "has no 95% interval" in refused.sentence


def test_other_metrics_keep_what_is_published():
    series = make_series([row(BIRMINGHAM, 2023, 60.0, 2.0)])
    assert with_count_intervals({"example": [series]}, NOBODY)["example"][0] is series


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"evidence": "counts"}, "needs the table"),
        ({"counts": {"chance": "poisson", "per": 0}}, "needs the table"),
        ({"evidence": "counts", "counts": {"chance": "poisson", "per": 10}}, "denominator"),
        ({"evidence": "counts", "counts": {"chance": "binomial", "per": 0}}, "share of"),
    ],
)
def test_a_definition_that_cannot_be_counted_is_refused(changes, fault):
    with pytest.raises(ValidationError, match=fault):
        make_metric(**changes)
