"""What must be so of every rule, whatever the figures: order, units, polarity, blanks, noise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.definition import Evidence
from metrics.judging import judge_series
from metrics.measures.change import Measured, difference
from metrics.measures.everywhere import count_changes
from metrics.measures.facts import area_facts
from metrics.measures.gaps import EXTREMES, gap_in
from metrics.measures.results import Direction, Quality, Verdict
from tests.metrics.measures.builders import make_clause, make_series, row

ON = date(2026, 6, 18)
AREAS = [f"E08{number:06d}" for number in range(1, 22)]
YEARS = (2018, 2019, 2021, 2022, 2023)
KINDS = ("rises_everywhere", "gap_closes", "gap_between_extremes_closes", "worst_improve_most")
# Every example judges four clauses over a hundred rows.
few = settings(max_examples=8, deadline=None)
numbers = st.lists(st.floats(-8, 8), min_size=21, max_size=21)


def rows_of(starts, changes, half_width=1.0, scale=1.0, codes=AREAS):
    """Each area near its start up to 2021, and moved by its change in 2022 and 2023."""
    return [
        row(
            code,
            year,
            scale * (60 + start + (change if year > 2021 else 0.0) + 0.1 * (year % 3)),
            scale * half_width,
        )
        for code, start, change in zip(codes, starts, changes, strict=True)
        for year in YEARS
    ]


def verdicts(series):
    return {kind: judge_series(make_clause(kind), series, ON) for kind in KINDS}


def words(series):
    return {kind: one.words for kind, one in verdicts(series).items()}


@few
@given(numbers, numbers, st.randoms())
def test_the_order_of_rows_never_matters(starts, changes, random):
    rows = rows_of(starts, changes)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert verdicts(make_series(rows)) == verdicts(make_series(shuffled))
    assert area_facts(make_series(rows)) == area_facts(make_series(shuffled))


@few
@given(numbers, numbers, st.sampled_from([0.25, 4.0, 1024.0]))
def test_another_unit_scales_gaps_and_leaves_verdicts(starts, changes, scale):
    # Powers of two, so that scaling rounds nothing and no knife edge is crossed.
    once = make_series(rows_of(starts, changes))
    again = make_series(rows_of(starts, changes, scale=scale))
    assert words(once) == words(again)
    first, second = (gap_in(one, "lower_tier", EXTREMES, one.periods[-1]) for one in (once, again))
    assert first is not None
    assert second is not None
    assert second.plain.size == pytest.approx(first.plain.size * scale)


@few
@given(numbers, numbers)
def test_polarity_turns_better_into_worse_and_changes_nothing_else(starts, changes):
    rows = rows_of(starts, changes)
    up, down = (
        area_facts(make_series(rows, polarity=polarity), trends=True)
        for polarity in ("higher_is_better", "lower_is_better")
    )
    turned = {Quality.BETTER: Quality.WORSE, Quality.WORSE: Quality.BETTER}
    for first, second in zip(up, down, strict=True):
        assert (first.latest, first.trend) == (second.latest, second.trend)
        for one, other in zip(
            (*first.changes, *first.gaps), (*second.changes, *second.gaps), strict=True
        ):
            assert other.quality is turned.get(one.quality, one.quality)
            assert one.difference == other.difference
            assert one.direction is other.direction
        if first.rank and second.rank:
            assert first.rank.lowest == first.rank.areas + 1 - second.rank.highest


@few
@given(numbers, numbers)
def test_turning_the_scale_round_with_its_polarity_leaves_every_verdict(starts, changes):
    # A share of people who have something, and the share of people who do not.
    rows = rows_of(starts, changes)
    turned = [
        one
        | {
            "value": 200 - one["value"],
            "lower_95": 200 - one["upper_95"],
            "upper_95": 200 - one["lower_95"],
        }
        for one in rows
    ]
    assert words(make_series(rows)) == words(make_series(turned, polarity="lower_is_better"))


@few
@given(numbers, numbers)
def test_an_area_with_a_blank_changes_no_figure(starts, changes):
    rows = rows_of(starts, changes)
    blank = [row("E08000099", year, None) for year in YEARS]
    without, with_blank = make_series(rows), make_series([*rows, *blank])
    for kind in KINDS[1:]:
        clause = make_clause(kind)
        first, second = (judge_series(clause, one, ON) for one in (without, with_blank))
        assert first == second
    facts = {one.code: one for one in area_facts(with_blank)}
    assert [facts[one.code] for one in area_facts(without)] == area_facts(without)
    periods = (without.periods[1], without.periods[-1])
    first, second = (count_changes(one, "lower_tier", *periods) for one in (without, with_blank))
    assert (first.better, first.worse, first.tested) == (second.better, second.worse, second.tested)
    assert second.no_figure == first.no_figure + 1


@given(
    st.floats(-50, 50), st.floats(-50, 50), st.floats(0.01, 20), st.floats(0.01, 20),
    st.floats(1, 10),
)  # fmt: skip
def test_wider_intervals_never_turn_no_claim_into_a_claim(later, earlier, first, second, wider):
    def claim(factor):
        found = difference(
            Measured(later, later - factor * first, later + factor * first),
            Measured(earlier, earlier - factor * second, earlier + factor * second),
            Evidence.INTERVALS,
            0.1,
        )
        return found.direction

    if claim(1.0) is Direction.NOT_CLEAR:
        assert claim(wider) is Direction.NOT_CLEAR


CLAIMS = {Verdict.MET, Verdict.ON_COURSE, Verdict.TOO_SLOWLY, Verdict.MOVING_AWAY, Verdict.MISSED}


@few
@given(numbers, numbers, st.floats(1.0, 5.0))
def test_wider_intervals_never_turn_cannot_be_shown_into_everywhere_or_worst(
    starts, changes, wider
):
    narrow = verdicts(make_series(rows_of(starts, changes)))
    broad = verdicts(make_series(rows_of(starts, changes, half_width=wider)))
    for kind in ("rises_everywhere", "worst_improve_most"):
        for before, after in zip(narrow[kind].baselines, broad[kind].baselines, strict=True):
            if before.verdict not in CLAIMS:
                assert after.verdict not in CLAIMS


@few
@given(numbers, numbers, st.integers(0, 20))
def test_the_same_series_under_an_old_and_a_new_code_counts_once(starts, changes, place):
    rows = rows_of(starts, changes)
    old = [
        one | {"ref_area": "E08000777", "recoded_to": AREAS[place], "end_on": date(2022, 3, 31)}
        for one in rows
        if one["ref_area"] == AREAS[place]
    ]
    assert verdicts(make_series(rows)) == verdicts(make_series([*rows, *old]))
    assert area_facts(make_series(rows)) == area_facts(make_series([*rows, *old]))
    # Under the old code alone up to 2021 and the new one since, it is one series all the same.
    split = [
        one for one in rows if one["ref_area"] != AREAS[place] or one["period_start"].year > 2021
    ]
    early = [one for one in old if one["period_start"].year <= 2021]
    assert words(make_series(rows)) == words(make_series([*split, *early]))
