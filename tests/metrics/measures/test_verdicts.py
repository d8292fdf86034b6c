"""Each kind of clause judged on figures made for it, with its reason and its refusals."""

from datetime import date

import pytest

from metrics.judging import judge_series
from metrics.measures.results import Cause, Verdict
from tests.metrics.measures.builders import make_clause, make_series, row

ON = date(2026, 6, 18)
AREAS = [f"E08{number:06d}" for number in range(1, 41)]


def everywhere(changes, half_width=0.5, **metric):
    """Forty areas at 60 in 2019 and 2021, and at 60 plus their change in 2023."""
    rows = []
    for code, change in zip(AREAS, changes, strict=True):
        rows += [
            row(code, 2019, 60.0, half_width),
            row(code, 2021, 60.0, half_width),
            row(code, 2023, 60.0 + change, half_width),
        ]
    return make_series(rows, **metric)


def judge(kind, series, **clause):
    return judge_series(make_clause(kind, **clause), series, ON)


def test_a_clear_rise_in_every_area_is_met():
    reading = judge("rises_everywhere", everywhere([5.0] * 40))
    assert reading.verdict is Verdict.MET
    assert "clearly risen in 40 and clearly fallen in 0 of 40 areas" in reading.sentence


def test_one_clear_fall_is_moving_away():
    reading = judge("rises_everywhere", everywhere([5.0] * 39 + [-5.0]))
    assert reading.verdict is Verdict.MOVING_AWAY


def test_one_unclear_area_keeps_it_from_being_met():
    reading = judge("rises_everywhere", everywhere([5.0] * 39 + [0.1]))
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL)
    assert "in 1 the margin of error hides any change" in reading.sentence


def test_an_area_without_a_figure_keeps_it_from_being_met_and_is_counted():
    series = everywhere([5.0] * 40)
    gone = (series.frame["ref_area"] == AREAS[0]) & (
        series.frame["period_start"] == date(2023, 1, 1)
    )
    series.frame.loc[gone, "value"] = float("nan")
    reading = judge("rises_everywhere", series)
    assert reading.verdict is Verdict.CANNOT_BE_SHOWN
    assert "1 area has no figure for both" in reading.sentence


def test_falls_by_chance_do_not_survive_the_correction_for_many_tests():
    # z = 0.75 / (sqrt(2) * 0.5 / 1.96) = 2.08: clear alone, not among forty.
    reading = judge("rises_everywhere", everywhere([-0.75] + [0.0] * 39))
    assert reading.verdict is Verdict.CANNOT_BE_SHOWN
    assert "clearly fallen in 0 of 40 areas" in reading.sentence
    assert "Taken one by one 0 had risen and 1 fallen" in reading.sentence
    assert "about 1 of each" in reading.sentence


def test_polarity_turns_a_rise_into_a_worsening():
    reading = judge("rises_everywhere", everywhere([5.0] * 40, polarity="lower_is_better"))
    assert reading.verdict is Verdict.MOVING_AWAY
    assert "clearly fallen in 0 and clearly risen in 40" in reading.sentence


def test_money_of_the_year_cannot_be_shown():
    reading = judge("rises_everywhere", everywhere([5.0] * 40, money="nominal"))
    assert reading.words == "Cannot be shown: nominal"


def test_two_baselines_that_disagree_are_both_given():
    rows = []
    for code in AREAS:
        rows += [row(code, 2019, 70.0, 0.5), row(code, 2021, 60.0, 0.5), row(code, 2023, 65.0, 0.5)]
    reading = judge("rises_everywhere", make_series(rows))
    assert reading.words == "Cannot be shown: depends on the baseline"
    assert [one.verdict for one in reading.baselines] == [Verdict.MOVING_AWAY, Verdict.MET]
    assert "moving away since 2019, but met since 2021" in reading.sentence


def test_a_single_baseline_is_named_as_the_only_one():
    rows = []
    for code in AREAS:
        rows += [row(code, 2021, 60.0, 0.5), row(code, 2023, 65.0, 0.5)]
    reading = judge("rises_everywhere", make_series(rows))
    assert reading.verdict is Verdict.MET
    assert "Only one baseline can be used" in reading.sentence


def test_no_baseline_at_all():
    rows = [row(code, 2023, 60.0, 0.5) for code in AREAS]
    reading = judge("rises_everywhere", make_series(rows))
    assert reading.words == "Cannot be shown: no baseline"


def test_a_declared_break_refuses_the_comparison_and_says_why():
    reading = judge(
        "rises_everywhere",
        everywhere(
            [5.0] * 40, breaks=[{"starts": date(2022, 1, 1), "reason": "The questions changed."}]
        ),
    )
    assert reading.cause is Cause.BREAK
    assert "The questions changed" in reading.baselines[0].sentence


def test_models_without_intervals_cannot_be_judged():
    reading = judge("rises_everywhere", everywhere([5.0] * 40, evidence="model_without_intervals"))
    assert reading.words == "Cannot be shown: no margin of error published"


def reaches(value, half_width, **metric):
    series = make_series([row("K02000001", 2023, value, half_width)], **metric)
    return judge(
        "reaches", series, scope="United Kingdom", threshold=90, threshold_kind="level",
        baseline="none",
    )  # fmt: skip


def test_a_level_is_met_only_when_the_whole_interval_reaches_it():
    assert reaches(92.0, 1.0).verdict is Verdict.MET
    assert reaches(90.5, 1.0).verdict is Verdict.MET_WITHIN_MARGIN
    short = reaches(87.8, 1.0)
    assert short.words == "Cannot be shown: too few points"
    assert "2.2 percentage points short of 90% by 2030" in short.sentence


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (1.0, "On course"),
        (0.3, "Improving too slowly"),
        (0.0, "No clear change"),
        (-1.0, "Moving away"),
    ],
)
def test_a_level_that_is_not_reached_is_judged_by_its_pace(step, words):
    # Five years to 2023 with errors of 0.1: the slope's error is 0.03 a year. From 84 in 2023
    # the target 90 in 2030 asks for 0.857 a year.
    rows = [row("K02000001", 2019 + year, 84.0 + step * (year - 4), 0.196) for year in range(5)]
    reading = judge(
        "reaches", make_series(rows), scope="United Kingdom", threshold=90,
        threshold_kind="level", baseline="none",
    )  # fmt: skip
    assert reading.words == words
    assert reading.numbers["required_a_year"] == pytest.approx(6 / 7)


def test_a_share_is_never_continued_beyond_the_whole():
    # Two points a year from 88 reach 90 in a year and would pass 100 in six.
    rows = [row("K02000001", 2019 + year, 80.0 + 2 * year, 0.196) for year in range(5)]
    reading = judge(
        "reaches", make_series(rows), scope="United Kingdom", threshold=90,
        threshold_kind="level", baseline="none",
    )  # fmt: skip
    assert reading.words == "On course"
    assert "would reach 90% before the date" in reading.sentence
    assert reading.numbers["continued_to"] is None
    assert "10" not in reading.sentence.split("Continued")[1]


@pytest.mark.parametrize("proportion", [True, False])
def test_no_pace_is_continued_to_less_than_nothing(proportion):
    # 4 a year down from 4 in 2023 would be 24 below zero in 2030.
    rows = [row("K02000001", 2019 + i, 20.0 - 4 * i, 0.2) for i in range(5)]
    reading = judge(
        "reaches", make_series(rows, proportion=proportion), scope="United Kingdom", threshold=90,
        threshold_kind="level", baseline="none",
    )  # fmt: skip
    assert reading.verdict is Verdict.MOVING_AWAY
    assert reading.sentence.endswith("No such pace can go on until the date.")
    assert reading.numbers["continued_to"] is None


def test_figures_before_a_break_do_not_count_towards_the_pace():
    rows = [row("K02000001", 2015 + year, 70.0 + year, 0.196) for year in range(9)]
    reading = judge(
        "reaches",
        make_series(rows, breaks=[{"starts": date(2021, 1, 1), "reason": "New questions."}]),
        scope="United Kingdom",
        threshold=90,
        threshold_kind="level",
        baseline="none",
    )
    assert reading.words == "Cannot be shown: too few points"
    assert reading.numbers["points"] == 3


def test_a_level_without_an_interval_is_met_only_within_the_margin():
    assert reaches(95.0, None, evidence="model_without_intervals").verdict is (
        Verdict.MET_WITHIN_MARGIN
    )


def test_a_complete_count_rounded_to_the_level_may_still_be_below_it():
    counted = {"evidence": "full_enumeration", "rounding": 1.0}
    assert reaches(90.0, None, **counted).verdict is Verdict.MET_WITHIN_MARGIN
    assert reaches(91.0, None, **counted).verdict is Verdict.MET


def test_a_passed_date_is_missed_only_with_a_figure_for_it():
    clause = make_clause(
        "reaches", scope="United Kingdom", threshold=90, threshold_kind="level",
        baseline="none", deadline=date(2024, 12, 31),
    )  # fmt: skip
    early = make_series([row("K02000001", 2023, 80.0, 1.0)])
    late = make_series([row("K02000001", 2025, 80.0, 1.0)])
    assert judge_series(clause, early, ON).cause is Cause.DATE
    assert judge_series(clause, late, ON).verdict is Verdict.MISSED


def test_a_scope_without_a_figure_is_no_data():
    series = make_series([row("E08000025", 2023, 80.0, 1.0)])
    reading = judge(
        "reaches", series, scope="England", threshold=90, threshold_kind="level", baseline="none"
    )
    assert reading.verdict is Verdict.NO_DATA


def rises_by(then, now, half_width=0.5):
    series = make_series(
        [
            row("K02000001", 2019, then, half_width),
            row("K02000001", 2021, then, half_width),
            row("K02000001", 2024, now, half_width),
        ]
    )
    return judge("rises_by", series, scope="United Kingdom", threshold=5, threshold_kind="absolute")


def test_a_rise_is_met_only_when_the_whole_interval_of_the_change_reaches_it():
    assert rises_by(60.0, 67.0).verdict is Verdict.MET
    assert rises_by(60.0, 65.1).verdict is Verdict.MET_WITHIN_MARGIN
    unmet = rises_by(62.9, 60.7)
    assert unmet.words == "Cannot be shown: too few points"
    assert "down 2.2 percentage points" in unmet.sentence
    assert "a rise of 5 percentage points by 2030" in unmet.sentence


def gap_series(spread_then, spread_now, half_width, **metric):
    """Forty areas evenly spread around 60, the spread changing between the years."""
    rows = []
    for index, code in enumerate(AREAS):
        place = (index - 19.5) / 19.5
        for number, spread in ((2019, spread_then), (2021, spread_then), (2023, spread_now)):
            rows.append(row(code, number, 60.0 + place * spread, half_width))
    return make_series(rows, **metric)


@pytest.mark.parametrize("kind", ["gap_closes", "gap_between_extremes_closes"])
def test_gaps_narrow_widen_or_stay(kind):
    assert judge(kind, gap_series(10, 5, 0.5)).verdict is Verdict.ON_COURSE
    assert judge(kind, gap_series(5, 10, 0.5)).verdict is Verdict.MOVING_AWAY
    assert judge(kind, gap_series(10, 10.1, 0.5)).verdict is Verdict.NO_CLEAR_CHANGE


def test_a_gap_that_widens_only_by_noise_cannot_be_shown():
    # The truth keeps its spread of 6; what widens is the luck of the extremes, whose errors grow.
    rows = []
    for index, code in enumerate(AREAS):
        place = (index - 19.5) / 19.5
        luck = 0.0 if abs(place) < 0.85 else (1.0 if place > 0 else -1.0)
        for number, error in ((2019, 1.0), (2021, 1.0), (2023, 6.0)):
            rows.append(row(code, number, 60 + place * 6 + luck * error, 1.96 * error))
    reading = judge("gap_between_extremes_closes", make_series(rows))
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.METHODS_DISAGREE)


def test_scaling_the_unit_leaves_the_verdict():
    for scale in (0.01, 1.0, 1000.0):
        reading = judge("gap_closes", gap_series(10 * scale, 5 * scale, 0.5 * scale))
        assert reading.verdict is Verdict.ON_COURSE


def cohort_series(values_then, values_now):
    rows = [
        row(code, year, value)
        for year, values in ((2018, values_then), (2024, values_now))
        for code, value in zip(AREAS, values, strict=False)
    ]
    return make_series(rows, evidence="full_enumeration", rounding=1.0)


COHORT = {
    "scope": "england_upper_tier",
    "threshold": 0.5,
    "threshold_kind": "relative",
    "baseline": "declared",
    "baseline_period": "2018-01-01/P1Y",
    "baseline_source": "Made up.",
}


def test_a_cohort_without_ties_worked_by_hand():
    # The lowest three of nine, 10, 20 and 30, average 20 and are asked for more than 30.
    then = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0]
    met = judge("cohort_rises_by", cohort_series(then, [40.0] * 9), **COHORT)
    assert met.verdict is Verdict.MET
    assert met.numbers["cohort_size"] == 3
    assert met.numbers["asked"] == 30.0
    unmet = judge("cohort_rises_by", cohort_series(then, [30.0] * 9), **COHORT)
    assert unmet.words == "Cannot be shown: too few points"


def test_ties_at_the_cut_are_named_and_read_both_ways():
    then = [10.0, 20.0, 30.0, 30.0, 50.0, 60.0, 70.0, 80.0, 90.0]
    # Below the cut: 10 and 20, average 15, asked above 22.5. Up to it: average 22.5, asked 33.75.
    reading = judge(
        "cohort_rises_by", cohort_series(then, [30.0, 30.0, 30.0, 30.0, *[90.0] * 5]), **COHORT
    )
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.TIES)
    assert reading.numbers["below_asked"] == 22.5
    assert reading.numbers["up_to_asked"] == 33.75
    assert reading.names["tied"] == (f"Area {AREAS[2]}", f"Area {AREAS[3]}")


def test_a_cohort_with_a_vanished_member_cannot_be_shown():
    then = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0]
    series = cohort_series(then, [float("nan"), *[40.0] * 8])
    reading = judge("cohort_rises_by", series, **COHORT)
    assert reading.verdict is Verdict.CANNOT_BE_SHOWN
    assert reading.sentence == f"These areas have no figure now: Area {AREAS[0]}."


def test_a_pace_that_may_be_none_is_not_told_as_a_rise():
    rows = [row("K02000001", 2019 + i, value) for i, value in enumerate([65, 59, 60, 61, 63])]
    series = make_series(rows, evidence="full_enumeration", rounding=1.0)
    reading = judge(
        "reaches", series, scope="United Kingdom", threshold=90, threshold_kind="level",
        baseline="none",
    )  # fmt: skip
    assert reading.words == "No clear change"
    assert "there is no clear pace" in reading.sentence
    assert "Continued" not in reading.sentence
