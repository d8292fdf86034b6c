"""The clauses read for one area: the same test where one can be made, and words where not."""

from datetime import date

import pytest

from metrics.area_readings import area_readings
from metrics.catalogue import Catalogue, load_catalogue
from metrics.measures.facts import area_facts
from metrics.measures.results import Cause, Verdict
from tests.metrics.measures.builders import make_clause, make_metric, make_series, row

BOROUGH = "E08000025"


def catalogue_of(kind, metric, **clause):
    """The shipped framework with one mission of one clause, served by one metric."""
    shipped = load_catalogue()
    mission = shipped.missions[1]
    made = make_clause(kind, id="1.example", words=mission.wording, **clause)
    only = mission.model_copy(update={"clauses": (made,)})
    return Catalogue(shipped.framework, {1: only}, {metric.id: metric})


def read(kind, rows, clause=None, **metric):
    declared = make_metric(serves=["1.example"], **metric)
    series = make_series(rows, serves=["1.example"], **metric)
    facts = [one for one in area_facts(series, trends=True) if one.code == BOROUGH]
    return area_readings(catalogue_of(kind, declared, **(clause or {})), facts, BOROUGH)[
        "1.example"
    ]


def years(*values, half_width=0.5):
    return [
        row(BOROUGH, number, value, half_width)
        for number, value in zip((2019, 2021, 2023), values, strict=True)
    ]


def test_a_clear_rise_from_both_baselines_is_met_for_the_area():
    summary = read("rises_everywhere", years(60.0, 61.0, 65.0))
    assert summary.verdict is Verdict.MET
    assert summary.code == BOROUGH


def test_a_rise_that_hangs_on_the_baseline_cannot_be_shown():
    summary = read("rises_everywhere", years(60.0, 68.0, 65.0))
    assert (summary.verdict, summary.cause) == (Verdict.CANNOT_BE_SHOWN, Cause.BASELINE)


def test_money_of_the_year_cannot_be_shown():
    summary = read("rises_everywhere", years(60.0, 61.0, 65.0), money="nominal")
    assert summary.words == "Cannot be shown: nominal"


def test_a_level_for_the_area():
    target = {"threshold": 90, "threshold_kind": "level", "scope": "England", "baseline": "none"}
    reached = read("reaches", years(80.0, 85.0, 95.0), target)
    short = read("reaches", years(80.0, 85.0, 87.0), target)
    assert reached.verdict is Verdict.MET
    assert short.words == "Cannot be shown: too few points"
    assert "3.0 percentage points short of 90%" in short.sentence


def test_a_gap_is_judged_for_all_areas_together():
    summary = read("gap_closes", [*years(60.0, 61.0, 65.0), row("E92000001", 2023, 70.0, 0.1)])
    assert summary.verdict is None
    assert "all areas together" in summary.sentence
    assert "5.0 percentage points below" in summary.sentence


def test_an_area_without_a_figure_is_no_data_and_says_why():
    summary = read(
        "rises_everywhere",
        [row(BOROUGH, 2023, None, status="c", note="Suppressed."), row("E92000001", 2023, 70.0)],
    )
    assert summary.verdict is Verdict.NO_DATA
    assert summary.sentence == "Suppressed."


def test_an_area_outside_the_series_is_no_data():
    metric = make_metric(serves=["1.example"])
    summaries = area_readings(catalogue_of("rises_everywhere", metric), [], BOROUGH)
    assert summaries["1.example"].verdict is Verdict.NO_DATA


@pytest.mark.parametrize("code", ["E08000025", "E12000005", "E92000001"])
def test_every_clause_of_every_mission_has_a_summary_for_any_area(code):
    catalogue = load_catalogue()
    summaries = area_readings(catalogue, [], code)
    assert list(summaries) == list(catalogue.clauses)
    assert all(summary.sentence for summary in summaries.values())


def test_a_baseline_before_the_series_is_named():
    summary = read(
        "rises_everywhere",
        [row(BOROUGH, 2021, 60.0, 0.5), row(BOROUGH, 2023, 65.0, 0.5)],
        {"deadline": date(2030, 12, 31)},
    )
    assert summary.verdict is Verdict.MET
    assert "Only one baseline can be used" in summary.sentence


COHORT = {
    "scope": "england_upper_tier",
    "threshold": 0.5,
    "threshold_kind": "relative",
    "baseline": "declared",
    "baseline_period": "2019-01-01/P1Y",
    "baseline_source": "Made up.",
}


def read_cohort(rows, cohort):
    declared = make_metric(serves=["1.example"])
    facts = [
        one
        for one in area_facts(make_series(rows, serves=["1.example"]), trends=True)
        if one.code == BOROUGH
    ]
    catalogue = catalogue_of("cohort_rises_by", declared, **COHORT)
    return area_readings(catalogue, facts, BOROUGH, {"1.example": frozenset(cohort)})["1.example"]


def test_an_area_of_the_cohort_is_held_to_its_own_start():
    # Half more than 40 is 60: 62 with an interval of 1 to either side reaches it.
    reached = read_cohort(years(40.0, 50.0, 62.0), [BOROUGH])
    short = read_cohort(years(40.0, 50.0, 45.0), [BOROUGH])
    assert reached.verdict is Verdict.MET
    assert short.words == "Cannot be shown: too few points"
    assert "a rise of 20 percentage points" in short.sentence


def test_an_area_outside_the_cohort_is_not_spoken_of():
    outside = read_cohort(years(40.0, 50.0, 62.0), ["E08000026"])
    assert outside.verdict is None
    assert "does not speak of it" in outside.sentence


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E47000007", "2 of the seven boroughs are among those"),
        ("E12000005", "single upper-tier authorities of England"),
        ("S12000033", "single upper-tier authorities of England"),
    ],
)
def test_a_cohort_of_single_authorities_says_nothing_false_of_others(code, words):
    catalogue = catalogue_of("cohort_rises_by", make_metric(serves=["1.example"]), **COHORT)
    cohorts = {"1.example": frozenset(["E08000025", "E08000028", "E08000016"])}
    summary = area_readings(catalogue, [], code, cohorts)["1.example"]
    assert summary.verdict is None
    assert words in summary.sentence
