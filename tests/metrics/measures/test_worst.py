"""Whether the worst improved most, picked by a period whose luck is not that of the change."""

import re
from datetime import date

import numpy as np
import pytest

from metrics.definition import Polarity
from metrics.judging import judge_series
from metrics.measures.results import Cause, Verdict
from metrics.measures.worst import worst_against_rest
from tests.metrics.measures.builders import make_clause, make_series, row

ON = date(2026, 6, 18)
AREAS = [f"E08{number:06d}" for number in range(1, 21)]
NO_ERRORS = (np.zeros(20), np.zeros(20))


def test_the_worst_tenth_and_the_rest_worked_by_hand():
    # Of 1..20 the worst tenth are the two lowest. They rise by 4 and 6, the others by 1.
    ranked = np.arange(1.0, 21.0)
    after = ranked + np.array([4.0, 6.0, *[1.0] * 18])
    errors = (np.full(20, 3.0), np.full(20, 4.0))
    (found,) = worst_against_rest(ranked, ranked, after, errors, Polarity.HIGHER)
    assert found.worst == (0, 1)
    assert (found.improvement, found.rest, found.more) == (5.0, 1.0, 4.0)
    # Each change has the error 5: sqrt(2 * 25) / 2 for the worst, sqrt(18 * 25) / 18 for the rest.
    assert found.error == pytest.approx(5 / np.sqrt(2))
    assert found.rest_error == pytest.approx(5 / np.sqrt(18))
    assert found.more_error == pytest.approx(np.hypot(5 / np.sqrt(2), 5 / np.sqrt(18)))


def test_where_lower_is_better_the_worst_are_the_highest_and_a_fall_is_an_improvement():
    ranked = np.arange(1.0, 21.0)
    after = ranked - np.array([*[1.0] * 18, 5.0, 5.0])
    (found,) = worst_against_rest(ranked, ranked, after, NO_ERRORS, Polarity.LOWER)
    assert found.worst == (18, 19)
    assert (found.improvement, found.rest) == (5.0, 1.0)


def test_areas_level_at_the_cut_are_read_both_ways():
    ranked = np.array([1.0, 2.0, 2.0, *range(3, 20)])
    after = ranked + np.array([5.0, -5.0, -5.0, *[0.0] * 17])
    below, up_to = worst_against_rest(ranked, ranked, after, NO_ERRORS, Polarity.HIGHER)
    assert below.worst == (0,)
    assert up_to.worst == (0, 1, 2)
    assert below.verdict() == (Verdict.ON_COURSE, Cause.NONE)
    assert up_to.verdict() == (Verdict.MOVING_AWAY, Cause.NONE)


def test_fewer_than_twenty_areas_or_no_difference_among_them_have_no_worst_tenth():
    assert worst_against_rest(*[np.arange(19.0)] * 3, NO_ERRORS, Polarity.HIGHER) == ()
    assert worst_against_rest(*[np.ones(20)] * 3, NO_ERRORS, Polarity.HIGHER) == ()


def series_of(worst, rest, half_width=0.1, **metric):
    """Areas from 41 to 60; the two lowest and the others change between 2019, 2021 and 2023."""
    rows = []
    for index, code in enumerate(AREAS):
        base, change = 41.0 + index, worst if index < 2 else rest
        rows += [row(code, year, base, half_width) for year in (2017, 2018, 2019, 2021)]
        rows.append(row(code, 2023, base + change, half_width))
    return make_series(rows, **metric)


def judge(series):
    return judge_series(make_clause("worst_improve_most"), series, ON)


@pytest.mark.parametrize(
    ("worst", "rest", "words"),
    [
        (3.0, 1.0, "On course"),
        (1.0, 3.0, "Moving away"),
        (-1.0, -3.0, "Moving away"),
        (1.0, 1.0, "No clear change"),
        (0.0, -3.0, "Cannot be shown: margin of error"),
    ],
)
def test_the_worst_must_improve_and_improve_more(worst, rest, words):
    assert judge(series_of(worst, rest)).words == words


def test_the_sentence_says_by_which_year_the_worst_were_picked_and_names_them():
    reading = judge(series_of(3.0, 1.0))
    assert reading.names["worst"] == (f"Area {AREAS[0]}", f"Area {AREAS[1]}")
    assert reading.baselines[0].sentence == (
        "2 areas of 20, the worst in 2018, improved on average by 3.00 percentage points from "
        "2019 to 2023; the others improved by 1.00 percentage points. The worst did better by "
        "2.00 percentage points (95% interval 1.89 to 2.11)."
    )


def test_without_an_earlier_period_to_pick_by_nothing_is_shown():
    rows = [row(code, year, 50.0 + i, 0.1) for i, code in enumerate(AREAS) for year in (2021, 2023)]
    reading = judge(make_series(rows))
    assert (reading.verdict, reading.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.FEW_POINTS)
    assert "would seem to improve by chance" in reading.sentence


def test_regression_to_the_mean_alone_is_no_improvement():
    # The truths are equal. Bad luck makes two areas 8 lower in 2019, and is gone in 2023.
    luck = [-8.0 if index < 2 else 0.0 for index in range(20)]
    rows = []
    for index, code in enumerate(AREAS):
        rows += [row(code, year, 60.0 + index / 100, 1.0) for year in (2018, 2021, 2023)]
        rows.append(row(code, 2019, 60.0 + index / 100 + luck[index], 1.0))
    reading = judge(make_series(rows))
    assert picked_by(reading) == "the worst in 2018"
    unlucky = np.array(luck)
    (naive,) = worst_against_rest(unlucky, unlucky, np.zeros(20), NO_ERRORS, Polarity.HIGHER)
    assert naive.verdict() == (Verdict.ON_COURSE, Cause.NONE)
    other = np.roll(unlucky, 5)
    (fair,) = worst_against_rest(other, unlucky, np.zeros(20), NO_ERRORS, Polarity.HIGHER)
    assert fair.verdict()[0] is not Verdict.ON_COURSE


def picked_by(reading):
    return re.search(r"the worst in \d+", reading.baselines[0].sentence).group()


def test_too_many_areas_without_a_figure_refuse_it():
    series = series_of(3.0, 1.0)
    gone = series.frame["ref_area"].isin(AREAS[:2]) & (
        series.frame["period_start"] == date(2023, 1, 1)
    )
    series.frame.loc[gone, "value"] = float("nan")
    reading = judge(series)
    assert reading.verdict is Verdict.CANNOT_BE_SHOWN
    assert "Too many areas have no figure" in reading.baselines[0].sentence


def test_rates_without_counts_cannot_be_judged():
    reading = judge(series_of(3.0, 1.0, evidence="rates_without_counts"))
    assert reading.words == "Cannot be shown: no margin of error published"
