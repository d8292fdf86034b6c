"""Figures that no rule can use: each has a named outcome, never an exception and never `nan`."""

from __future__ import annotations

import math
from datetime import date

import pytest

from metrics.judging import judge_series
from metrics.measures.baselines import two_baselines
from metrics.measures.chance import interval_of
from metrics.measures.derived import NotDerived, derive
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.gaps import EXTREMES, TOP_AND_REST, gap_over_time
from metrics.measures.leverage import judge_leverage
from metrics.measures.outcome import Subject
from metrics.measures.overview import overview
from metrics.measures.people import gap_in_people
from metrics.measures.results import Cause, Verdict
from metrics.mission import ClauseKind
from tests.metrics.measures.builders import make_clause, make_metric, make_series, row

ON = date(2026, 6, 18)
AREAS = [f"E08{number:06d}" for number in range(1, 22)]
UK, ENGLAND = "K02000001", "E92000001"
YEARS = (2018, 2019, 2021, 2022, 2023)


def everyone(value, half_width=1.0, years=YEARS, **changes):
    """A row for every area and nation in every year; `value` gives it from area and year."""
    return [
        row(code, year, value(index, year), half_width, **changes)
        for index, code in enumerate([*AREAS, ENGLAND, UK])
        for year in years
    ]


def vanishing(index, year):
    """Half of the areas end in 2020, and the other half begin there."""
    if index >= len(AREAS):
        return 60.0
    return 60.0 + index if (year < 2020) is (index % 2 == 0) else None


def missed(rows):
    """Intervals that miss their own value, as six rows of one publisher do."""
    return [one | {"lower_95": one["value"] - 2.0, "upper_95": one["value"] - 1.0} for one in rows]


def upside_down(rows):
    return [one | {"lower_95": one["upper_95"], "upper_95": one["lower_95"]} for one in rows]


BAD = {
    "one period": everyone(lambda i, y: 60.0 + i, years=(2023,)),
    "two periods": everyone(lambda i, y: 60.0 + i, years=(2022, 2023)),
    "every value suppressed but one": [
        *everyone(lambda i, y: None),
        row("E08000099", 2023, 60.0, 1.0),
    ],
    "nothing before 2022 but blanks": everyone(lambda i, y: 60.0 if y > 2021 else None),
    "intervals that miss their values": missed(everyone(lambda i, y: 60.0 + i + y - 2016)),
    "intervals upside down": upside_down(everyone(lambda i, y: 60.0 + i + y - 2016)),
    "no intervals": everyone(lambda i, y: 60.0 + i + y - 2016, half_width=None),
    "intervals of no width": everyone(lambda i, y: 60.0 + i, half_width=0.0),
    "all areas the same": everyone(lambda i, y: 60.0),
    "nothing but noughts": everyone(lambda i, y: 0.0),
    "below zero": everyone(lambda i, y: -5.0 - i),
    "areas that vanish and appear": everyone(vanishing),
    "three areas": [row(code, year, 60.0, 1.0) for code in AREAS[:3] for year in YEARS],
    "one area": [row(AREAS[0], year, 60.0, 1.0) for year in YEARS],
    "the nation alone": [row(UK, year, 60.0, 1.0) for year in YEARS],
    "every area abolished": everyone(lambda i, y: 60.0 + i, end_on=date(2022, 3, 31)),
}

THRESHOLDS = {
    ClauseKind.REACHES: {"threshold": 90, "threshold_kind": "level"},
    ClauseKind.RISES_BY: {"threshold": 0.4, "threshold_kind": "relative"},
    ClauseKind.FALLS_BY: {"threshold": 5, "threshold_kind": "absolute"},
    ClauseKind.COHORT_RISES_BY: {"threshold": 0.3, "threshold_kind": "relative"},
    ClauseKind.COUNT_RISES_BY: {"threshold": 200, "threshold_kind": "absolute"},
}
NATIONAL = (ClauseKind.REACHES, ClauseKind.RISES_BY, ClauseKind.FALLS_BY)
DECLARED = {
    "baseline": "declared",
    "baseline_period": "2018-01-01/P1Y",
    "baseline_source": "Made up.",
}
JUDGED = [
    kind for kind in ClauseKind if kind not in (ClauseKind.NOT_MEASURABLE, ClauseKind.LEVERAGES)
]
EVIDENCE = [
    {"evidence": "intervals"},
    {"evidence": "full_enumeration"},
    {"evidence": "rates_without_counts"},
]


def clause_of(kind):
    changes = dict(THRESHOLDS.get(kind, {}))
    if kind in NATIONAL:
        changes["scope"] = "United Kingdom"
    if kind in (ClauseKind.COHORT_RISES_BY, ClauseKind.COUNT_RISES_BY):
        changes |= {"scope": "england_upper_tier", **DECLARED}
    if kind in (ClauseKind.COVERAGE, ClauseKind.HAS_SETTLEMENT):
        changes["scope"] = "England"
    return make_clause(kind.value, **changes)


def series_of(name, **metric) -> Series:
    return make_series(BAD[name], **metric)


def sound(text: str) -> None:
    """Nothing that a reader would take for a slip of the machine."""
    lowered = text.lower()
    for slip in ("nan", "inf ", "none ", "traceback"):
        assert slip not in lowered.replace("inferred", "").replace("finance", ""), text


@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda declared: declared["evidence"])
@pytest.mark.parametrize("name", BAD)
def test_every_kind_of_clause_has_a_verdict_a_cause_and_sound_words(name, evidence):
    for kind in JUDGED:
        series = series_of(name, **evidence)
        reading = judge_series(clause_of(kind), series, ON)
        assert isinstance(reading.verdict, Verdict)
        assert reading.sentence.endswith((".", "?")), (kind, reading.sentence)
        if reading.verdict is Verdict.CANNOT_BE_SHOWN:
            assert reading.cause is not Cause.NONE, kind
        for one in (reading, *reading.baselines):
            sound(one.sentence)
        for value in reading.numbers.values():
            assert value is None or math.isfinite(value), (kind, reading.numbers)


@pytest.mark.parametrize("evidence", EVIDENCE[:2], ids=lambda declared: declared["evidence"])
@pytest.mark.parametrize("name", BAD)
def test_what_pages_show_of_an_area_has_words_and_no_number_that_is_none(name, evidence):
    series = series_of(name, **evidence)
    for facts in area_facts(series, trends=True):
        for one in (*facts.changes, *facts.gaps):
            sound(one.sentence)
            assert one.sentence.endswith(".")
            for number in (one.difference, one.lower, one.upper):
                assert number is None or math.isfinite(number)
        if facts.trend is not None:
            assert math.isfinite(facts.trend.slope)
        if facts.rank is not None:
            assert 1 <= facts.rank.lowest <= facts.rank.rank <= facts.rank.highest
            assert facts.rank.highest <= facts.rank.areas
    for kind in (EXTREMES, TOP_AND_REST):
        gap = gap_over_time(series, "lower_tier", kind)
        sound(gap.sentence)
        for point in gap.points:
            for number in (point.plain, point.plain_lower, point.plain_upper, point.corrected):
                assert number is None or math.isfinite(number)
    told = overview(series, AREAS, {})
    assert all(math.isfinite(value) for value in told.background)


@pytest.mark.parametrize("name", ["intervals that miss their values", "intervals upside down"])
def test_an_interval_that_misses_its_value_is_no_ground_for_a_claim(name):
    facts = area_facts(series_of(name))[0]
    assert "lies outside its own published 95% interval" in facts.changes[-1].sentence
    assert facts.rank is None


@pytest.mark.parametrize("public", BAD)
def test_a_ratio_with_nothing_or_less_below_it_is_named(public):
    clause = make_clause(
        "leverages", scope="United Kingdom", threshold=2, threshold_kind="level",
        drawn_by="public-money", drawn_in="private-money",
    )  # fmt: skip
    drawn = make_series(everyone(lambda i, y: 60.0 + 5 * (y - 2016)))
    reading = judge_leverage(clause, series_of(public), drawn, Subject(make_metric()), ON)
    assert reading.verdict in (Verdict.NO_DATA, Verdict.CANNOT_BE_SHOWN)
    sound(reading.sentence)


def test_a_series_without_any_value_has_no_period_and_no_facts():
    empty = make_series(everyone(lambda i, y: None))
    assert empty.periods == []
    assert area_facts(empty) == []
    assert all(one.period is None for one in two_baselines(empty.periods))


@pytest.mark.parametrize("denominator", [None, 0.0, -100.0, float("nan")])
def test_a_denominator_of_nothing_or_less_gives_nobody_and_no_interval(denominator):
    assert gap_in_people(60.0, 70.0, denominator, 100.0) is None
    rate = make_metric(
        evidence="counts", denominator="residents", counts={"chance": "poisson", "per": 1000}
    )
    assert interval_of(5.0, rate.counts, denominator) is None


WARWICKSHIRE, RUGBY, COVENTRY = "E10000031", "E07000220", "E08000026"
NAMES = {WARWICKSHIRE: "Warwickshire", RUGBY: "Rugby", COVENTRY: "Coventry"}


@pytest.mark.parametrize(
    ("members", "weights", "named"),
    [
        ([RUGBY, COVENTRY], {RUGBY: 10.0, COVENTRY: 0.0}, "Coventry"),
        ([RUGBY, COVENTRY], {RUGBY: 10.0, COVENTRY: -1.0}, "Coventry"),
        ([RUGBY, COVENTRY], {RUGBY: 10.0}, "Coventry"),
        ([WARWICKSHIRE, RUGBY], {WARWICKSHIRE: 10.0, RUGBY: 5.0}, "Rugby"),
    ],
)
def test_a_group_that_overlaps_or_whose_weights_are_nothing_is_refused_by_name(
    members, weights, named
):
    metric = make_metric(
        aggregation={"rule": "weighted_mean", "weight": "residents", "reason": "Made up."}
    )
    values = dict.fromkeys(members, 60.0)
    found = derive(metric, values, members, NAMES, weights, {RUGBY: WARWICKSHIRE})
    assert isinstance(found, NotDerived)
    assert named in found.reason


def test_a_baseline_with_figures_of_larger_areas_only_is_no_baseline():
    codes = [f"E08{number:06d}" for number in range(30)]
    rows = [row("K02000001", year, 60.0, 0.5) for year in (2019, 2021, 2023)]
    later = ((2021, 60), (2023, 65))
    rows += [row(code, year, value, 0.5) for code in codes for year, value in later]
    series = make_series(rows)
    rises = judge_series(make_clause("rises_everywhere"), series, ON)
    gap = judge_series(make_clause("gap_closes"), series, ON)
    assert (rises.verdict, gap.verdict) == (Verdict.MET, Verdict.NO_CLEAR_CHANGE)
    for found in (rises, gap):
        assert (
            "Only one baseline can be used: for 2019 there are figures of larger areas only."
            in (found.sentence)
        )


@pytest.mark.parametrize(
    ("half_width", "words"),
    [
        (0.5, "Met"),
        (None, "Cannot be shown: no margin of error published"),
    ],
)
def test_an_area_without_a_margin_of_error_is_counted_as_untested(half_width, words):
    codes = [f"E08{number:06d}" for number in range(30)]
    rows = [
        row(code, year, value, half_width)
        for code in codes
        for year, value in ((2019, 60), (2021, 60), (2023, 65))
    ]
    found = judge_series(make_clause("rises_everywhere"), make_series(rows), ON)
    assert found.words == words
    rows += [row("E08900001", year, 60.0) for year in (2019, 2021, 2023)]
    found = judge_series(make_clause("rises_everywhere"), make_series(rows), ON)
    assert found.verdict is Verdict.CANNOT_BE_SHOWN
    told = "1 area has no margin of error, and could not be tested."
    assert (told if half_width else "No area has a figure with a margin of error") in found.sentence
