"""The words of a workstream's page, on facts made by hand."""

from __future__ import annotations

import pytest

from data.areas import CONSTITUENT, ENGLAND
from layouts.pages.workstream_reading import (
    WorkstreamSeries,
    beside_in_counts,
    moved,
    opening,
    why_without,
)
from metrics.measures.results import AreaFacts, Comparison, Direction, Quality
from tests.layouts.conftest import figure

BIRMINGHAM, COVENTRY, DUDLEY = CONSTITUENT[:3]
NAMES = {BIRMINGHAM: "Birmingham", COVENTRY: "Coventry", DUDLEY: "Dudley"}


def compared(direction, quality=Quality.NONE, to=ENGLAND, label="England", difference=1.0):
    return Comparison(
        to=to,
        label=label,
        other=figure(60.0),
        difference=difference,
        direction=direction,
        quality=quality,
        sentence="",
    )


def facts(code, gap=None, change=None, value=58.0):
    return AreaFacts(
        metric="m",
        breakdown="",
        code=code,
        latest=figure(value),
        gaps=(gap,) if gap else (),
        changes=(change,) if change else (),
    )


def series(catalogue, metric_id, *several):
    metric = catalogue.metrics[metric_id]
    return WorkstreamSeries(
        metric, metric.series[0], metric.title, {one.code: one for one in several}
    )


@pytest.fixture
def health(catalogue):
    return series(
        catalogue,
        "adult-smoking",
        facts(BIRMINGHAM, compared(Direction.HIGHER, Quality.WORSE)),
        facts(COVENTRY, compared(Direction.NOT_CLEAR)),
        facts(DUDLEY, compared(Direction.CANNOT_TEST)),
    )


def test_how_a_group_stands_is_counted_and_nobody_is_left_out(health):
    assert beside_in_counts(health, CONSTITUENT) == (
        "1 worse, 1 similar, 1 not tested, 4 without a figure"
    )
    assert beside_in_counts(health, ["E06000051"]) == "no figure"


def test_the_opening_counts_what_can_be_tested_and_what_cannot(catalogue, health):
    workstream = catalogue.workstream_by_slug("health")
    metrics = [catalogue.metrics["adult-smoking"], catalogue.metrics["child-obesity-year-6"]]
    assert opening(workstream, metrics, [health]) == (
        "2 metrics inform Health; 1 of them has no figures here. Of the 2 figures of the seven "
        "boroughs that can be tested beside England's, 1 is worse and 1 is not clearly different; "
        "1 cannot be tested."
    )


def test_the_opening_says_it_plainly_where_there_is_little(catalogue, health):
    funding = catalogue.workstream_by_slug("funding")
    deal = catalogue.metrics["population-under-devolution-deal"]
    assert opening(funding, [deal], []) == (
        "1 metric informs Funding, worked out from dated facts for England as a whole, not for "
        "one authority."
    )
    crime = catalogue.workstream_by_slug("crime-community-safety-resilience")
    held = catalogue.metrics["homicide-rate"]
    assert opening(crime, [held], []).endswith(
        "No figure of the seven boroughs can be tested beside England's."
    )
    context = [catalogue.metrics["museums"]]
    assert "being context and no mission's own" in opening(crime, context, [])


def test_one_direction_alone_is_said_of_all(catalogue):
    better = compared(Direction.LOWER, Quality.BETTER)
    one = series(catalogue, "adult-smoking", facts(BIRMINGHAM, better), facts(COVENTRY, better))
    workstream = catalogue.workstream_by_slug("health")
    told = opening(workstream, [one.metric], [one])
    assert told.endswith(
        "Both figures of the seven boroughs that can be tested beside England's are better."
    )


def changed(direction, quality=Quality.NONE, difference=1.0):
    return compared(direction, quality, "white-paper", "2019 to 2021", difference)


def test_only_clear_changes_have_moved_and_all_that_were_tested_are_counted(catalogue):
    one = series(
        catalogue,
        "adult-smoking",
        facts(BIRMINGHAM, change=changed(Direction.LOWER, Quality.BETTER)),
        facts(COVENTRY, change=changed(Direction.NOT_CLEAR)),
        facts(DUDLEY, change=changed(Direction.CANNOT_TEST)),
    )
    found = moved(one, "white-paper", NAMES)
    assert found.directions == (("better", "Birmingham"),)
    assert (found.label, found.tested, found.by_error) == ("2019 to 2021", 2, 0)
    assert moved(one, "before-pandemic", NAMES) is None


def test_pay_that_rose_is_higher_before_inflation_and_never_better(catalogue):
    one = series(
        catalogue,
        "median-weekly-pay",
        facts(BIRMINGHAM, change=changed(Direction.HIGHER, Quality.BETTER)),
    )
    assert moved(one, "white-paper", NAMES).directions == (
        ("higher, before inflation", "Birmingham"),
    )


def test_a_total_is_set_beside_no_larger_areas_total(catalogue):
    one = series(catalogue, "population", facts(BIRMINGHAM, compared(Direction.LOWER)))
    assert beside_in_counts(one, [BIRMINGHAM]) == "totals, not set beside England's"


def test_why_no_borough_has_a_figure_is_what_the_definition_declares(catalogue):
    assert why_without(catalogue.metrics["exports"]).startswith(
        "Not published for single boroughs: figures are for"
    )
    assert why_without(catalogue.metrics["employment-rate"]) == ""
