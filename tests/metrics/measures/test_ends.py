"""Which end of a gap moved: by hand, tested where it can be, and refused by name."""

from datetime import date

import pytest

from metrics.judging import judge_series
from metrics.measures.ends import End, area_ends, gap_ends, moved
from metrics.measures.gaps import EXTREMES, TOP_AND_REST
from metrics.measures.results import Verdict
from tests.metrics.measures.builders import make_clause, make_series, row

CODES = [f"E08{number:06d}" for number in range(20)]
BIRMINGHAM = "E08000025"


def of_twenty(before, after, half_width=0.1, **changes):
    """Twenty areas in 2019 and 2023; the last two are the top tenth."""
    rows = []
    for year, (top, rest) in ((2019, before), (2023, after)):
        rows += [row(code, year, rest, half_width) for code in CODES[:18]]
        rows += [row(code, year, top, half_width) for code in CODES[18:]]
    return make_series(rows, **changes)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        # We rose: 70 - 60 = 10, then 70 - 64 = 6.
        ((70, 60), (70, 64), "the gap closed by 4.0 percentage points: the best tenth stayed where "
         "it was and the rest rose by 4.0 percentage points"),
        ((70, 60), (66, 60), "the gap closed by 4.0 percentage points: the best tenth fell by 4.0 "
         "percentage points and the rest stayed where it was"),
        ((70, 60), (75, 61), "the gap widened by 4.0 percentage points: the best tenth rose by 5.0 "
         "percentage points and the rest rose by 1.0 percentage point"),
        ((70, 60), (72, 62), "the gap stayed as it was: the best tenth rose by 2.0 percentage "
         "points and the rest rose by 2.0 percentage points"),
    ],
)  # fmt: skip
def test_which_end_moved(before, after, words):
    (found,) = gap_ends(of_twenty(before, after), "lower_tier", TOP_AND_REST).movements
    assert found.sentence == f"Between 2019 and 2023 {words}."
    assert found.change == pytest.approx(found.top - found.other)


def test_where_lower_is_better_the_gap_is_the_rest_less_the_best():
    # The best tenth has the low values: 20 - 10 = 10, then 20 - 14 = 6.
    series = of_twenty((10, 20), (14, 20), polarity="lower_is_better")
    (found,) = gap_ends(series, "lower_tier", TOP_AND_REST).movements
    assert (found.change, found.top, found.other) == pytest.approx((-4, 4, 0))
    assert "the gap closed by 4.0 percentage points: the best tenth rose" in found.sentence


def test_the_highest_and_the_lowest_tenth():
    found = gap_ends(of_twenty((70, 60), (75, 60)), "lower_tier", EXTREMES)
    assert (found.top_name, found.other_name) == ("the highest tenth", "the lowest tenth")


def test_a_movement_within_its_margin_of_error_is_not_claimed():
    # Two areas with a half width of 20: the error of their mean is 20 / 1.96 / sqrt(2) = 7.2.
    (found,) = gap_ends(of_twenty((70, 60), (75, 60), 20.0), "lower_tier", TOP_AND_REST).movements
    assert found.top_clear is False
    assert found.change_clear is False
    assert "did not clearly change (larger by 5.0 percentage points)" in found.sentence
    assert "the best tenth did not clearly move (up 5.0 percentage points)" in found.sentence


def test_a_gap_that_widens_only_by_noise_is_not_told_as_wider():
    # The spread of the truth stays as it is; the luck of the extremes grows with their errors.
    codes, rows = [f"E08{number:06d}" for number in range(40)], []
    for index, code in enumerate(codes):
        place = (index - 19.5) / 19.5
        luck = 0.0 if abs(place) < 0.85 else (1.3 if place > 0 else -1.3)
        for number, error in ((2019, 1.0), (2023, 6.0)):
            rows.append(row(code, number, 60 + place * 6 + luck * error, 1.96 * error))
    (found,) = gap_ends(make_series(rows), "lower_tier", EXTREMES).movements
    assert found.change_clear is False
    assert "the gap as published widened by 9.8 percentage points, but not clearly without" in (
        found.sentence
    )


def test_areas_that_have_vanished_close_no_gap():
    # 60 is the rest throughout; the two areas at 80 have no figure any more.
    rows = [row(code, year, 60.0, 0.1) for code in CODES for year in (2019, 2023)]
    rows += [row(f"E08{number}", 2019, 80.0, 0.1) for number in (900001, 900002)]
    series = make_series(rows)
    (found,) = gap_ends(series, "lower_tier", TOP_AND_REST).movements
    assert (found.change_clear, found.top_clear, found.other_clear) == (None, None, None)
    assert found.sentence.endswith(
        "How much of this is a movement cannot be told: more than one area in twenty has a figure "
        "in only one of the two periods."
    )
    judged = judge_series(make_clause("gap_closes"), series, date(2026, 6, 18))
    assert judged.words == "Cannot be shown: too few points"
    assert "only one of the two periods" in judged.sentence


def test_one_area_in_twenty_may_come_or_go_and_is_told():
    rows = [row(code, year, 60.0, 0.1) for code in CODES for year in (2019, 2023)]
    series = make_series([*rows, row("E08900001", 2023, 60.0, 0.1)])
    judged = judge_series(make_clause("gap_closes"), series, date(2026, 6, 18))
    assert judged.verdict is Verdict.NO_CLEAR_CHANGE
    assert "1 area has a figure in only one of the two periods." in judged.sentence


def test_money_of_a_year_without_a_national_figure_above_zero_has_no_gap():
    rows = [row(code, year, 60.0, 0.1) for code in CODES for year in (2019, 2023)]
    rows += [row("K02000001", year, 0.0, 0.1) for year in (2019, 2023)]
    (found,) = gap_ends(make_series(rows, money="nominal"), "lower_tier", TOP_AND_REST).movements
    assert (found.change, found.sentence[:21]) == (None, "Since 2019: not told,")


def test_without_margins_of_error_nothing_is_claimed():
    series = of_twenty((70, 60), (75, 60), None, evidence="model_without_intervals")
    (found,) = gap_ends(series, "lower_tier", TOP_AND_REST).movements
    assert found.top_clear is None
    assert "Whether any of this is more than chance cannot be tested" in found.sentence


def test_nothing_is_told_across_a_change_of_method():
    mark = {"starts": "2021-01-01", "reason": "Another survey."}
    series = of_twenty((70, 60), (75, 60), breaks=[mark])
    (found,) = gap_ends(series, "lower_tier", TOP_AND_REST).movements
    assert found.change is None
    assert found.sentence == (
        "Since 2019: not told, because the method changed between 2019 and 2023: Another survey."
    )


def of_two(before, after, **changes):
    rows = []
    for year, (own, england) in ((2019, before), (2023, after)):
        rows += [row(BIRMINGHAM, year, own, 0.1), row("E92000001", year, england, 0.1)]
    return make_series(rows, **changes)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ((60, 70), (64, 70), "the gap closed by 4.0 percentage points: England stayed where it was "
         "and Birmingham rose by 4.0 percentage points"),
        ((60, 70), (74, 70), "the two changed places: England stayed where it was and Birmingham "
         "rose by 14.0 percentage points"),
    ],
)  # fmt: skip
def test_an_area_and_england(before, after, words):
    found = area_ends(of_two(before, after), BIRMINGHAM, "Birmingham")
    assert found is not None
    assert found.code == BIRMINGHAM
    assert words in found.movements[0].sentence


@pytest.mark.parametrize(
    ("half_width", "claimed", "words"),
    [
        # 60.4 beside 60, then 59.6 beside 60: apart by four errors each time, or by less than one.
        (0.1, True, "the two changed places: "),
        (1.0, False, "the two figures changed places, by no more than chance explains: "),
    ],
)
def test_places_are_changed_only_where_each_was_clearly_ahead(half_width, claimed, words):
    rows = [
        row(code, year, value, half_width)
        for year, values in ((2019, (60.4, 60.0)), (2023, (59.6, 60.0)))
        for code, value in zip((BIRMINGHAM, "E92000001"), values, strict=True)
    ]
    found = area_ends(make_series(rows), BIRMINGHAM, "Birmingham")
    assert found is not None
    assert words in found.movements[0].sentence
    assert found.movements[0].change_clear is claimed


def test_money_of_the_year_is_set_against_the_uk():
    # 50 of 100, then 110 of 200: 50 points, then 55. England keeps 100 points.
    rows = [
        row(code, year, value, None, **({"area_type": "country"} if code[0] == "K" else {}))
        for year, values in ((2019, (50, 100, 100)), (2023, (110, 200, 200)))
        for code, value in zip((BIRMINGHAM, "E92000001", "K02000001"), values, strict=True)
    ]
    series = make_series(rows, money="nominal", evidence="full_enumeration", rounding=0.0)
    found = area_ends(series, BIRMINGHAM, "Birmingham")
    assert found is not None
    assert found.scale == "points, with the UK as 100"
    assert (found.movements[0].top, found.movements[0].other) == pytest.approx((0, 5))


def test_an_area_without_a_figure_has_no_movement():
    assert area_ends(of_two((60, 70), (None, 70)), BIRMINGHAM, "Birmingham") is None


def test_every_end_counts_in_the_test_of_a_gap():
    # The error of a difference of two ends over two periods is that of four figures.
    found = moved([End(0, 1.0), End(0, 1.0)], [End(0, 1.0), End(0, 1.0)], 3.9)
    assert found.clear is False
    assert moved([End(0, 1.0), End(0, 1.0)], [End(0, 1.0), End(0, 1.0)], 3.95).clear is True
    assert moved([End(0, None)], [End(0, 1.0)], 100.0).clear is None
