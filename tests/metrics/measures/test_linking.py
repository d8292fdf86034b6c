"""Figures on either side of a change of method, linked by a declared factor: worked by hand."""

from datetime import date

import pytest
from pydantic import ValidationError

from data.periods import PeriodShape, TimePeriod
from metrics.definition import Break
from metrics.judging import judge_series
from metrics.measures.baselines import why_not_comparable
from metrics.measures.ends import area_ends
from metrics.measures.facts import area_facts
from metrics.measures.linking import link_between
from metrics.measures.results import Cause, Direction, Verdict
from tests.metrics.measures.builders import make_clause, make_metric, make_series, row, year

LINK = {
    "factor": 1.02,
    "applies_to": "before",
    "named": "the publisher's factor",
    "url": "https://example.org/link",
    "reason": "Both ways were used in 2020, and gave 2% apart.",
}
WORDS = "linked across the break of 2021 by the publisher's factor 1.02"
BIRMINGHAM = "E08000025"
ON = date(2026, 6, 18)


def broken(**link):
    """A break on 1 January 2021, linked where keys of a link are given."""
    return {
        "starts": date(2021, 1, 1),
        "reason": "People were asked in another way.",
        **({"link": {**LINK, **link}} if link else {}),
    }


def linked(**changes):
    return broken(**{"factor": 1.02, **changes})


def period(first, last=None):
    return TimePeriod(year(first)[0], year(last or first)[1])


def breaks(*declared):
    return tuple(Break.model_validate(one) for one in declared)


def test_a_factor_for_figures_before_multiplies_them_and_one_for_those_after_divides():
    before = link_between(period(2019), period(2023), breaks(linked()))
    after = link_between(period(2019), period(2023), breaks(linked(applies_to="after")))
    assert before.factor == 1.02
    assert after.factor == pytest.approx(1 / 1.02)
    assert before.words == after.words == WORDS


def test_two_breaks_are_linked_by_both_factors_and_both_are_told():
    second = {**linked(factor=0.5), "starts": date(2022, 1, 1)}
    found = link_between(period(2019), period(2023), breaks(second, linked()))
    assert found.factor == pytest.approx(0.51)
    assert found.words == (
        "linked across the break of 2021 by the publisher's factor 1.02 and the break of 2022 by "
        "the publisher's factor 0.5"
    )


def test_figures_on_the_same_side_are_left_alone():
    for earlier, later in ((2018, 2020), (2021, 2023)):
        found = link_between(period(earlier), period(later), breaks(linked()))
        assert (found.factor, found.words) == (1.0, "")


@pytest.mark.parametrize(
    ("declared", "earlier", "kept_apart"),
    [
        (broken(), period(2019), True),
        (linked(), period(2019), False),
        # Made in both ways: no factor brings it onto one.
        (linked(), period(2019, 2021), True),
    ],
)
def test_what_a_link_lets_be_compared(declared, earlier, kept_apart):
    shape = PeriodShape.CALENDAR_YEAR
    why = why_not_comparable(earlier, period(2023), breaks(declared), shape)
    assert ("method changed" in why) is kept_apart


def test_a_change_is_counted_from_the_linked_figure_and_shows_the_published_one():
    rows = [row(BIRMINGHAM, 2019, 50.0, 1.0), row(BIRMINGHAM, 2023, 54.0, 1.0)]
    (facts,) = area_facts(make_series(rows, breaks=[linked()]))
    change = facts.changes[0]
    # 54 - 50 * 1.02 = 3; the interval of the earlier figure is wider by the same factor:
    # sqrt(1 + 1.02^2) = 1.4284.
    assert change.difference == pytest.approx(3.0)
    assert change.upper - change.lower == pytest.approx(2 * 1.4284, abs=1e-3)
    assert change.direction is Direction.HIGHER
    assert change.other.value == 50.0
    assert change.linked == pytest.approx(51.0)
    assert change.sentence == (
        "Up 3.0 percentage points from 51.0% in 2019 (95% interval of the change 1.6 to 4.4): "
        f"a clear rise ({WORDS})."
    )


def test_without_a_link_the_same_change_is_refused():
    rows = [row(BIRMINGHAM, 2019, 50.0, 1.0), row(BIRMINGHAM, 2023, 54.0, 1.0)]
    (facts,) = area_facts(make_series(rows, breaks=[broken()]))
    assert facts.changes[0].difference is None
    assert "method changed" in facts.changes[0].sentence


def test_a_rise_that_is_only_the_change_of_method_is_no_rise():
    rows = [row(BIRMINGHAM, 2019, 50.0, 0.2), row(BIRMINGHAM, 2023, 51.0, 0.2)]
    (facts,) = area_facts(make_series(rows, breaks=[linked()]))
    assert facts.changes[0].direction in (Direction.NOT_CLEAR, Direction.SAME)
    assert facts.changes[0].difference == pytest.approx(0.0)


def uk(values, half_width=0.196, first=2019, **metric):
    rows = [row("K02000001", first + place, one, half_width) for place, one in enumerate(values)]
    return make_series(rows, **metric)


def test_a_pace_is_measured_over_linked_figures():
    # 80 and 81 before the break of 2021, at 1.02: 81.6 and 82.62; then 83.64, 84.66 and 85.68.
    # The whole is a rise of 1.02 a year, which the published figures would overstate.
    clause = make_clause(
        "reaches", scope="United Kingdom", threshold=90, threshold_kind="level", baseline="none"
    )
    values = [80.0, 81.0, 83.64, 84.66, 85.68]
    found = judge_series(clause, uk(values, breaks=[linked()]), ON)
    assert found.numbers["observed_a_year"] == pytest.approx(1.02, abs=0.002)
    assert found.sentence.endswith(f"Its figures are {WORDS}.")
    alone = judge_series(clause, uk(values, breaks=[broken()]), ON)
    assert alone.numbers["points"] == 3.0
    assert alone.cause is Cause.FEW_POINTS


def test_a_rise_by_a_share_is_asked_of_the_linked_start():
    clause = make_clause(
        "rises_by", scope="United Kingdom", threshold=0.1, threshold_kind="relative"
    )
    # A tenth more than 50 is 55, which 55.5 passes; than 51 it is 56.1, which it does not.
    unlinked = judge_series(clause, uk([50.0, 55.5]), ON)
    found = judge_series(clause, uk([50.0, 52.0, 55.5], breaks=[linked()]), ON)
    assert unlinked.baselines[0].verdict is Verdict.MET
    assert found.baselines[0].verdict is not Verdict.MET
    assert "51.0% in 2019" in found.baselines[0].sentence
    assert WORDS in found.baselines[0].sentence


def areas(half_width=0.1):
    """Forty areas from 40.0 to 59.5 before the break, and the same figures times 1.02 after it."""
    codes = [f"E08{place:06d}" for place in range(40)]
    return [
        row(code, when, (40.0 + 0.5 * place) * factor, half_width * factor)
        for when, factor in ((2019, 1.0), (2023, 1.02))
        for place, code in enumerate(codes)
    ]


def test_a_gap_that_only_the_new_method_widened_has_not_changed():
    found = judge_series(make_clause("gap_closes"), make_series(areas(), breaks=[linked()]), ON)
    assert found.verdict is Verdict.NO_CLEAR_CHANGE
    assert WORDS in found.sentence
    # Taken as published it would have seemed to widen.
    published = judge_series(make_clause("gap_closes"), make_series(areas(0.01)), ON)
    assert published.verdict is Verdict.MOVING_AWAY


def test_no_area_has_risen_where_only_the_method_changed():
    clause = make_clause("rises_everywhere")
    found = judge_series(clause, make_series(areas(), breaks=[linked()]), ON)
    assert "clearly risen in 0 and clearly fallen in 0 of 40 areas" in found.sentence
    assert WORDS in found.sentence
    published = judge_series(clause, make_series(areas()), ON)
    assert "clearly risen in 40" in published.sentence


def test_the_ends_of_a_gap_move_from_the_linked_figures():
    rows = [
        row("E92000001", 2019, 60.0, 0.5),
        row("E92000001", 2023, 63.2, 0.5),
        row(BIRMINGHAM, 2019, 50.0, 0.5),
        row(BIRMINGHAM, 2023, 53.0, 0.5),
    ]
    found = area_ends(make_series(rows, breaks=[linked()]), BIRMINGHAM, "Birmingham")
    moved = found.movements[0]
    # England 63.2 - 61.2 = 2.0, Birmingham 53 - 51 = 2.0: the gap is the same 10.2.
    assert (moved.top, moved.other) == (pytest.approx(2.0), pytest.approx(2.0))
    assert moved.change == pytest.approx(0.0)
    assert WORDS in moved.sentence


@pytest.mark.parametrize(
    "wrong",
    [
        {"factor": 0},
        {"factor": -1.0},
        {"factor": float("inf")},
        {"applies_to": "during"},
        {"named": ""},
        {"url": "not an address"},
        {"reason": " "},
        {"fcator": 1.1},
    ],
)
def test_a_link_is_declared_in_full_or_refused(wrong):
    with pytest.raises(ValidationError):
        make_metric(breaks=[linked(**wrong)])


@pytest.mark.parametrize("key", sorted(LINK))
def test_no_part_of_a_link_may_be_left_out(key):
    link = {name: value for name, value in LINK.items() if name != key}
    with pytest.raises(ValidationError, match=key):
        make_metric(breaks=[{**broken(), "link": link}])


def test_two_breaks_on_one_day_are_refused():
    with pytest.raises(ValidationError, match="same day"):
        make_metric(breaks=[broken(), linked()])
