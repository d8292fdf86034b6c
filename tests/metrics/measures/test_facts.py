"""What is known of an area: newest figure, changes since both baselines, gaps."""

from datetime import date

from metrics.in_short import beside_in_short, change_in_short
from metrics.measures.facts import area_facts
from metrics.measures.results import Direction, Quality
from tests.metrics.measures.builders import make_metric, make_series, row

BOROUGH, ENGLAND = "E08000025", "E92000001"
COMBINED, REGION = "E47000007", "E12000005"


def facts_of(rows, **metric):
    (facts,) = area_facts(make_series(rows, **metric), [BOROUGH])
    return facts


def test_newest_figure_and_both_changes():
    facts = facts_of(
        [
            row(BOROUGH, 2019, 60.0, 0.5),
            row(BOROUGH, 2021, 63.0, 0.5),
            row(BOROUGH, 2023, 62.0, 0.5),
        ]
    )
    assert facts.latest is not None
    assert (facts.latest.value, facts.latest.period) == (62.0, "2023")
    assert facts.newest_missing is None
    before, paper = facts.changes
    assert (before.to, before.label, before.difference) == ("before-pandemic", "2019", 2.0)
    assert before.quality is Quality.BETTER
    assert before.sentence == (
        "Up 2.0 percentage points from 60.0% in 2019 (95% interval of the change 1.3 to 2.7): "
        "a clear rise."
    )
    assert (paper.to, paper.difference, paper.quality) == ("white-paper", -1.0, Quality.WORSE)


def test_one_period_before_both_dates_gives_one_change():
    facts = facts_of([row(BOROUGH, 2019, 60.0, 0.5), row(BOROUGH, 2023, 62.0, 0.5)])
    assert [change.to for change in facts.changes] == ["white-paper"]


def test_gaps_go_to_england_the_region_and_the_combined_authority_in_the_same_period():
    facts = facts_of(
        [
            row(BOROUGH, 2023, 62.0, 1.0),
            row(ENGLAND, 2023, 64.0, 0.1),
            row(REGION, 2023, 62.5, 0.1, country_code=ENGLAND),
            row(COMBINED, 2022, 60.0, 0.1, country_code=ENGLAND, region_code=REGION),
        ]
    )
    assert [gap.to for gap in facts.gaps] == [ENGLAND, REGION]
    england, region = facts.gaps
    assert england.quality is Quality.WORSE
    assert england.sentence == ("2.0 percentage points below Area E92000001 (64.0%): worse.")
    assert region.direction is Direction.NOT_CLEAR
    assert "Similar to" in region.sentence


def test_the_newest_period_without_a_value_says_why_and_the_last_value_stands():
    facts = facts_of(
        [
            row(BOROUGH, 2021, 60.0, 0.5),
            row(BOROUGH, 2023, None, status="c", note="Suppressed."),
            row(ENGLAND, 2023, 64.0, 0.1),
        ]
    )
    assert facts.latest is not None
    assert facts.latest.period == "2021"
    assert facts.newest_missing is not None
    assert (facts.newest_missing.status, facts.newest_missing.note) == ("c", "Suppressed.")


def test_an_area_that_was_never_published_has_no_latest_and_no_claims():
    (facts,) = area_facts(
        make_series([row(BOROUGH, 2023, None), row(ENGLAND, 2023, 64.0, 0.1)]), [BOROUGH]
    )
    assert facts.latest is None
    assert facts.changes == ()
    assert facts.gaps == ()


def test_an_area_that_no_longer_exists_has_no_facts():
    rows = [
        row("E06000028", 2018, 60.0, 0.5, end_on=date(2019, 3, 31)),
        row(BOROUGH, 2018, 61.0, 0.5),
    ]
    assert [facts.code for facts in area_facts(make_series(rows))] == [BOROUGH]


def test_without_a_polarity_nothing_is_better_or_worse():
    facts = facts_of(
        [row(BOROUGH, 2019, 60.0, 0.5), row(BOROUGH, 2023, 62.0, 0.5)], polarity="none"
    )
    assert facts.changes[0].direction is Direction.HIGHER
    assert facts.changes[0].quality is Quality.NONE


def test_models_are_compared_in_numbers_and_not_in_claims():
    facts = facts_of(
        [row(BOROUGH, 2019, 60.0), row(BOROUGH, 2023, 62.0), row(ENGLAND, 2023, 64.0)],
        evidence="model_without_intervals",
    )
    assert facts.changes[0].direction is Direction.CANNOT_TEST
    assert facts.changes[0].quality is Quality.NONE
    assert "cannot be shown" in facts.changes[0].sentence
    assert "Not called better or worse" in facts.gaps[0].sentence


def test_overlapping_windows_are_not_compared():
    window = [(date(2018, 1, 1), date(2020, 12, 31)), (date(2019, 1, 1), date(2021, 12, 31))]
    three = {
        "countries": ["England"],
        "area_types": ["metropolitan district"],
        "period": "three_calendar_years",
        "first_period": "2018",
        "boroughs": False,
        "combined_authority": False,
    }
    later = (date(2020, 1, 1), date(2022, 12, 31))
    facts = facts_of(
        [row(BOROUGH, window[1], 60.0, 0.5), row(BOROUGH, later, 62.0, 0.5)], coverage=three
    )
    paper = next(change for change in facts.changes if change.to == "white-paper")
    assert paper.direction is Direction.CANNOT_TEST
    assert "overlap" in paper.sentence


def test_more_money_of_a_later_year_is_not_called_better():
    facts = facts_of(
        [row(BOROUGH, 2019, 500.0, 5.0), row(BOROUGH, 2023, 600.0, 5.0)], money="nominal"
    )
    assert facts.changes[0].direction is Direction.HIGHER
    assert facts.changes[0].quality is Quality.NONE
    assert "before inflation" in facts.changes[0].sentence


def test_a_total_is_not_set_beside_the_total_of_a_larger_area():
    facts = facts_of(
        [row(BOROUGH, 2023, 5.0), row(ENGLAND, 2023, 700.0)],
        aggregation={"rule": "sum", "reason": "Amounts add up."},
    )
    assert facts.gaps == ()


def test_a_small_difference_is_never_written_as_none():
    facts = facts_of([row(BOROUGH, 2019, 60.04, 0.5), row(BOROUGH, 2023, 60.0, 0.5)])
    assert facts.changes[0].sentence == (
        "Down less than 0.1 percentage points from 60.0% in 2019 (95% interval of the change −0.7 "
        "to 0.7): no clear change."
    )
    rows = [row(BOROUGH, 2023, 60.0, 0.01), row("E92000001", 2023, 60.02, 0.01)]
    assert facts_of(rows).gaps[0].sentence == (
        "Less than 0.1 percentage points below Area E92000001 (60.0%): worse."
    )


def test_the_interval_of_a_clear_change_is_not_written_as_if_it_held_zero():
    # 0.5 / 1.96 x sqrt(2) = 0.3608 and 0.72 / 0.3608 = 1.996: clear by a hair.
    facts = facts_of([row(BOROUGH, 2019, 60.0, 0.5), row(BOROUGH, 2023, 60.72, 0.5)])
    assert facts.changes[0].sentence.endswith("of the change 0.01 to 1.43): a clear rise.")


def test_equal_figures_that_cannot_be_tested_are_the_same_and_not_below():
    rows = [row(code, year, 60.0) for code in (BOROUGH, "E92000001") for year in (2019, 2023)]
    facts = facts_of(rows, evidence="model_without_intervals")
    assert facts.gaps[0].sentence == "The same as Area E92000001 (60.0%)."
    assert beside_in_short(facts.gaps[0], make_metric().unit) == "the same"
    assert change_in_short(facts.changes[0], make_metric()) == "the same"
