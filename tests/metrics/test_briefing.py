"""What became of figures since a day, worked by hand.

Half an interval of 1 is a standard error of 2 / 3.92 = 0.51; of the difference of two such
figures 0.72, so that a difference is clear from 1.96 x 0.72 = 1.41 on.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.briefing import REVISION_DECIDES, WITHDRAWN_SINCE, since_then
from metrics.briefing_results import Outcome, SinceThen
from metrics.measures.change import CRITICAL_Z
from metrics.measures.results import Quality
from metrics.revisions import revisions
from tests.metrics.briefing_examples import (
    BIRMINGHAM,
    COVENTRY,
    TURNED,
    held,
    row,
    since,
    version,
    year,
    yearly_metric,
)


def only(found):
    (one,) = found.movements
    return one


@pytest.mark.parametrize(
    ("now", "outcome", "value"),
    [
        (61.5, Outcome.MOVED, Quality.BETTER),
        (58.5, Outcome.MOVED, Quality.WORSE),
        (61.4, Outcome.WITHIN, Quality.NONE),
        (58.6, Outcome.WITHIN, Quality.NONE),
        (60.0, Outcome.WITHIN, Quality.NONE),
    ],
)
def test_only_a_clear_difference_has_moved(now, outcome, value) -> None:
    one = only(since([row(BIRMINGHAM, 2022, 60.0)], version(BIRMINGHAM, 2023, True, now)))
    assert (one.outcome, one.quality) == (outcome, value)
    assert (one.period_then, one.period_now) == (year(2022), year(2023))
    assert one.found.size == pytest.approx(now - 60.0)


def test_the_newest_is_set_beside_the_newest_known_then_and_none_between() -> None:
    found = since(
        [row(BIRMINGHAM, 2020, 50.0), row(BIRMINGHAM, 2021, 60.0), row(BIRMINGHAM, 2022, None)],
        version(BIRMINGHAM, 2023, True, 70.0),
        version(BIRMINGHAM, 2024, True, 60.2),
    )
    one = only(found)
    assert (one.period_then, one.period_now, one.outcome) == (
        year(2021),
        year(2024),
        "within noise",
    )


def test_a_revision_is_no_movement() -> None:
    """The level was revised from 60 to 63, so that 63.2 is new only beside the old 60."""
    found = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2022, False, 60.0),
        version(BIRMINGHAM, 2022, True, 63.0),
        version(BIRMINGHAM, 2023, True, 63.2),
    )
    one = only(found)
    assert (one.outcome, one.reason) == (Outcome.WITHIN, REVISION_DECIDES)
    assert [(each.period, each.newest_then, each.beyond) for each in found.revised] == [
        (year(2022), True, True)
    ]


def test_beside_a_withdrawn_figure_nothing_is_tested() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2022, False, 60.0),
        version(BIRMINGHAM, 2023, True, 70.0),
    )
    assert (only(found).outcome, only(found).reason) == (Outcome.UNTESTED, WITHDRAWN_SINCE)
    assert [(one.what, one.on) for one in found.lost] == [("withdrawn", TURNED)]


@pytest.mark.parametrize(
    ("more", "half", "reason"),
    [
        ({"evidence": "sample_without_intervals"}, None, "without a margin of error"),
        ({"evidence": "intervals"}, None, "has no 95% interval"),
        (
            {"breaks": [{"starts": "2023-01-01", "reason": "Another survey."}]},
            1.0,
            "the method changed",
        ),
    ],
)
def test_what_cannot_be_tested_has_not_moved_and_says_why(more, half, reason) -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0, half)],
        version(BIRMINGHAM, 2023, True, 99.0, half),
        metric=yearly_metric(**more),
    )
    assert only(found).outcome is Outcome.UNTESTED
    assert reason in only(found).reason
    assert found.chance_tests == ()


def test_a_declared_factor_links_figures_across_a_change_of_method() -> None:
    """Twice 60 is 120 on the new basis, with half an interval of 2: 118 is not clearly less."""
    link = {
        "factor": 2.0,
        "applies_to": "before",
        "named": "the publisher's factor",
        "url": "https://example.org/factor",
        "reason": "Both were measured for a year.",
    }
    mark = {"starts": "2023-01-01", "reason": "Another survey.", "link": link}
    metric = yearly_metric(breaks=[mark])
    for now, outcome in ((118.0, Outcome.WITHIN), (110.0, Outcome.MOVED)):
        found = since(
            [row(BIRMINGHAM, 2022, 60.0)], version(BIRMINGHAM, 2023, True, now), metric=metric
        )
        one = only(found)
        assert (one.outcome, one.then.value) == (outcome, 60.0)
        assert one.found.size == pytest.approx(now - 120.0)
        assert "linked across the break of 2023 by the publisher's factor 2" in one.linked


def test_a_complete_count_has_moved_from_its_rounding_step_on() -> None:
    metric = yearly_metric(evidence="full_enumeration", rounding=0.1)
    for now, outcome in ((60.05, Outcome.WITHIN), (60.1, Outcome.MOVED)):
        found = since(
            [row(BIRMINGHAM, 2022, 60.0, None)],
            version(BIRMINGHAM, 2023, True, now, None),
            metric=metric,
        )
        assert only(found).outcome is outcome
        assert found.chance_tests == ()


def test_money_of_each_year_moves_without_being_better() -> None:
    metric = yearly_metric(money="nominal")
    found = since(
        [row(BIRMINGHAM, 2022, 60.0)], version(BIRMINGHAM, 2023, True, 70.0), metric=metric
    )
    assert (only(found).outcome, only(found).quality) == (Outcome.MOVED, Quality.NONE)


@pytest.mark.parametrize(
    ("after", "half", "beyond"),
    [(61.0, 1.0, False), (61.01, 1.0, True), (58.9, 0.1, True), (60.0, 3.0, False)],
)
def test_a_revision_is_clear_beyond_the_interval_published_then(after, half, beyond) -> None:
    found = since(
        [row(BIRMINGHAM, 2021, 60.0), row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2021, False, 60.0),
        version(BIRMINGHAM, 2021, True, after, half),
    )
    (one,) = found.revised
    assert (one.beyond, one.newest_then) == (beyond, False)
    assert found.movements == ()


def test_without_a_margin_of_error_a_revision_cannot_be_called_clear() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0, None)],
        version(BIRMINGHAM, 2022, False, 60.0, None),
        version(BIRMINGHAM, 2022, True, 90.0, None),
    )
    (one,) = found.revised
    assert (one.beyond, one.reason) == (None, "the figure has no 95% interval")


def test_a_blank_in_the_place_of_a_value_and_a_newer_blank_are_told() -> None:
    withheld = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2022, False, 60.0),
        version(BIRMINGHAM, 2022, True, None),
    )
    assert [(one.what, one.figure.value) for one in withheld.lost] == [("withheld", 60.0)]
    missing = since([row(BIRMINGHAM, 2022, 60.0)], version(BIRMINGHAM, 2023, True, None))
    assert [(one.what, one.period) for one in missing.lost] == [("missing", year(2023))]
    later = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2023, True, None),
        version(BIRMINGHAM, 2024, True, 60.0),
    )
    assert later.lost == ()


def test_another_mark_and_a_blank_of_an_area_without_figures_are_nothing() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0), row(COVENTRY, 2022, None)],
        version(BIRMINGHAM, 2022, False, 60.0),
        version(BIRMINGHAM, 2022, True, 60.0, note="provisional"),
        version(COVENTRY, 2023, True, None),
    )
    assert found == SinceThen()
    assert found.is_quiet


def test_what_no_figure_was_known_of_is_first_held_and_has_not_moved() -> None:
    found = since([], version(COVENTRY, 2023, True, 1.0), version(BIRMINGHAM, 2023, True, 9.0))
    (one,) = found.first
    assert one.codes == (BIRMINGHAM, COVENTRY)
    assert found.movements == ()


def test_a_place_under_an_older_code_is_one_place() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version("E08000099", 2023, True, 70.0),
        older={"E08000099": BIRMINGHAM},
    )
    assert only(found).code == BIRMINGHAM


def test_series_that_nothing_declares_are_left_out() -> None:
    metric = yearly_metric(series=[{"label": "M", "breakdown": "sex=male", "title": "Men"}])
    assert since([], version(BIRMINGHAM, 2023, True, 1.0), metric=metric).is_quiet
    nothing = SimpleNamespace(metrics={})
    changes = revisions([version(BIRMINGHAM, 2023, True, 1.0)])
    assert since_then(nothing, {}, changes).is_quiet


numbers = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 2))
halves = st.one_of(st.none(), st.floats(0.01, 20).map(lambda value: round(value, 2)))
EVIDENCE = ("intervals", "sample_without_intervals", "model_without_intervals", "counts")


@given(numbers, halves, numbers, halves, numbers, halves, st.booleans(), st.sampled_from(EVIDENCE))
def test_nothing_within_noise_is_called_moved(then, a, now, b, revised, c, is_revised, evidence):
    more = {"evidence": evidence}
    if evidence == "counts":
        more["counts"] = {"chance": "poisson", "per": 0.0}
    versions = [version(BIRMINGHAM, 2023, True, now, b)]
    if is_revised:
        versions += [
            version(BIRMINGHAM, 2022, False, then, a),
            version(BIRMINGHAM, 2022, True, revised, c),
        ]
    found = since([row(BIRMINGHAM, 2022, then, a)], *versions, metric=yearly_metric(**more))
    one = only(found)
    kept, of_kept = (revised, c) if is_revised else (then, a)
    if one.outcome is Outcome.MOVED:
        assert None not in (a, b, of_kept)
        for value, half in ((then, a), (kept, of_kept)):
            error = ((2 * half / 3.92) ** 2 + (2 * b / 3.92) ** 2) ** 0.5
            assert abs(now - value) > CRITICAL_Z * error * (1 - 1e-9)
        assert (now - then) * (now - kept) > 0
    else:
        assert one.quality is Quality.NONE


def test_the_order_is_worse_then_better_then_the_rest() -> None:
    then = [row(code, 2022, 60.0) for code in ("A", "B", "C")]
    found = since(
        then,
        *(version(code, 2023, True, value) for code, value in (("A", 60.1), ("B", 66), ("C", 50))),
    )
    assert [one.code for one in found.movements] == ["C", "B", "A"]
    assert held(*then).keys() == {one.key for one in found.movements}
