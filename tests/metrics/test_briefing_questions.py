"""Questions that figures raise, from hand-made facts: each rule, and what must not raise one."""

from __future__ import annotations

from datetime import date

import pytest

from data.areas import ENGLAND
from data.brief_reads import Expected
from metrics.briefing_due import Awaited, due_by
from metrics.briefing_known import Cited, Ground, Known
from metrics.briefing_questions import FEWEST_ALIKE, questions
from metrics.measures.change import Measured
from metrics.measures.results import (
    AreaFacts,
    BaselineOutcome,
    Cause,
    Comparison,
    Direction,
    Figure,
    Quality,
    Reading,
    Verdict,
)
from tests.metrics.briefing_examples import BIRMINGHAM, COVENTRY, row, since, version, yearly_metric

METRIC = "healthy-life-expectancy"
NAMES = {BIRMINGHAM: "Birmingham", COVENTRY: "Coventry"}


def figure(value, number=2023):
    words = str(number)
    return Figure(
        start=date(number, 1, 1),
        end=date(number, 12, 31),
        period=words,
        short_period=words,
        value=value,
    )


def compared(to, label, other, difference, quality):
    direction = {
        Quality.WORSE: Direction.LOWER,
        Quality.BETTER: Direction.HIGHER,
        Quality.NONE: Direction.NOT_CLEAR,
    }[quality]
    return Comparison(
        to=to,
        label=label,
        other=figure(other),
        difference=difference,
        direction=direction,
        quality=quality,
        sentence="",
    )


def facts(code, value, gap, *changes, number=2023):
    return AreaFacts(
        metric=METRIC,
        breakdown="",
        code=code,
        latest=figure(value, number),
        gaps=(compared(ENGLAND, "England", 65.0, value - 65.0, gap),),
        changes=changes,
    )


def known(found, **more):
    newest = {one.key: one.period_now.start for one in found.movements}
    parts = {"facts": {}, "alike": {}, "readings": {}, "due": (), "newest": newest, **more}
    return Known(since=found, names=NAMES, **parts)


def moved(value, code=BIRMINGHAM, **more):
    return since([row(code, 2022, 60.0)], version(code, 2023, True, value), **more)


def asked(found, **more):
    return [(one.ground, one.words) for one in questions(known(found, **more))]


def key(code=BIRMINGHAM):
    return (METRIC, "", code)


def test_worsened_and_worse_than_england_is_asked_about_with_its_figures() -> None:
    found = moved(50.0)
    own = {key(): facts(BIRMINGHAM, 50.0, Quality.WORSE)}
    (one,) = questions(known(found, facts=own))
    assert one.ground is Ground.WORSENED
    assert one.words == (
        "Healthy life expectancy, clearly worse between 2022 and 2023: Birmingham from 60.0 years "
        "to 50.0 years. That is worse than England's 65.0 years. What lies behind it, and what is "
        "being done?"
    )
    assert one.cites == (Cited(METRIC, "", BIRMINGHAM, date(2023, 1, 1), ENGLAND),)


@pytest.mark.parametrize("gap", [Quality.NONE, Quality.BETTER])
def test_worsened_without_being_worse_than_england_is_not(gap) -> None:
    assert asked(moved(50.0), facts={key(): facts(BIRMINGHAM, 50.0, gap)}) == []


def test_a_comparison_of_another_period_settles_nothing() -> None:
    own = {key(): facts(BIRMINGHAM, 50.0, Quality.WORSE, number=2024)}
    assert asked(moved(50.0), facts=own) == []


def test_within_noise_nothing_is_asked() -> None:
    own = {key(): facts(BIRMINGHAM, 60.1, Quality.WORSE)}
    assert asked(moved(60.1), facts=own) == []


def test_improved_is_asked_about_too() -> None:
    ((ground, words),) = asked(moved(70.0))
    assert ground is Ground.IMPROVED
    assert "clearly better between 2022 and 2023: Birmingham from 60.0 years to 70.0" in words


def test_a_complete_count_is_not_called_clear() -> None:
    metric = yearly_metric(evidence="full_enumeration")
    ((_, words),) = asked(moved(70.0, metric=metric))
    assert "Healthy life expectancy, better between 2022 and 2023" in words


def test_areas_of_one_series_share_a_question() -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0), row(COVENTRY, 2022, 61.0)],
        version(BIRMINGHAM, 2023, True, 50.0),
        version(COVENTRY, 2023, True, 51.0),
    )
    own = {key(code): facts(code, 50.0, Quality.WORSE) for code in NAMES}
    (one,) = questions(known(found, facts=own))
    assert "Birmingham from 60.0 years to 50.0 years and Coventry from 61.0" in one.words
    assert [cited.code for cited in one.cites] == [BIRMINGHAM, COVENTRY]


WORSE = compared("before-pandemic", "2018", 64.0, -4.0, Quality.WORSE)
ALIKE = compared("white-paper", "2020", 61.0, -1.0, Quality.NONE)


@pytest.mark.parametrize(("changes", "number"), [((WORSE,), 1), ((WORSE, ALIKE), 0), ((), 0)])
def test_worse_than_at_every_baseline_that_can_be_tested(changes, number) -> None:
    found = moved(60.0)
    told = asked(found, facts={key(): facts(BIRMINGHAM, 60.0, Quality.WORSE, *changes)})
    assert [ground for ground, _ in told] == [Ground.WORSE_SINCE_BASELINE] * number
    assert all(
        "Birmingham 60.0 years, worse by 4.0 years than in 2018" in words for _, words in told
    )


@pytest.mark.parametrize(("after", "number"), [(60.9, 0), (61.1, 1)])
def test_a_revision_is_asked_about_beyond_the_interval_only(after, number) -> None:
    found = since(
        [row(BIRMINGHAM, 2022, 60.0)],
        version(BIRMINGHAM, 2022, False, 60.0),
        version(BIRMINGHAM, 2022, True, after),
    )
    told = asked(found)
    assert [ground for ground, _ in told] == [Ground.REVISED] * number
    assert all("revised by more than their margin of error" in words for _, words in told)


def test_a_figure_that_is_gone_is_asked_about_unless_a_newer_one_stands() -> None:
    gone = [version(BIRMINGHAM, 2022, False, 60.0)]
    found = since([row(BIRMINGHAM, 2022, 60.0)], *gone)
    ((ground, words),) = asked(found)
    assert ground is Ground.LOST
    assert "for Birmingham the figure for 2022 was withdrawn" in words
    replaced = since([row(BIRMINGHAM, 2022, 60.0)], *gone, version(BIRMINGHAM, 2023, True, 60.0))
    assert asked(replaced) == []


@pytest.mark.parametrize(
    ("others", "number"),
    [
        ([70.0] * FEWEST_ALIKE, 1),
        ([70.0] * (FEWEST_ALIKE - 1), 0),
        ([70.0] * FEWEST_ALIKE + [60.5], 0),
    ],
)
def test_only_worse_than_every_area_most_like_it(others, number) -> None:
    alike = {key(): tuple(Measured(value, value - 1, value + 1) for value in others)}
    told = asked(moved(60.0), alike=alike)
    assert [ground for ground, _ in told] == [Ground.ALIKE] * number


def expected(day, overdue):
    return Expected(
        *(METRIC, "Life tables", "ONS", "OGL", "https://example.org", date(2025, 1, 1)),
        *("yearly", day, overdue),
    )


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 31), Awaited.DUE),
        (date(2026, 2, 1), Awaited.LATE),
        (date(2026, 5, 1), Awaited.LATE),
        (date(2026, 5, 2), Awaited.OVERDUE),
    ],
)
def test_due_late_and_overdue(today, state) -> None:
    one = expected(date(2026, 1, 31), date(2026, 5, 1))
    (due,) = due_by(date(2026, 6, 1), today, {METRIC: one}, [yearly_metric()])
    assert due.state is state
    newest = {key(): date(2023, 1, 1)}
    told = questions(known(since([]), due=[due], newest=newest))
    assert [one.ground for one in told] == [Ground.OVERDUE] * (state is Awaited.OVERDUE)
    assert all("Life tables (by 31 January 2026)" in one.words for one in told)
    assert all(one.cites[0].code == BIRMINGHAM for one in told)


def test_what_is_not_expected_or_later_or_of_no_metric_is_not_due() -> None:
    for day in (None, date(2026, 6, 2)):
        held = {METRIC: expected(day, None)}
        assert due_by(date(2026, 6, 1), date(2026, 1, 1), held, [yearly_metric()]) == ()
    held = {"another": expected(date(2026, 1, 1), None)}
    assert due_by(date(2026, 6, 1), date(2026, 1, 1), held, [yearly_metric()]) == ()


def test_a_verdict_that_depends_on_the_baseline_is_asked_about_where_figures_are_new() -> None:
    outcomes = [
        BaselineOutcome(baseline=name, label=label, verdict=verdict, sentence="")
        for name, label, verdict in (
            ("before-pandemic", "2018", Verdict.MOVING_AWAY),
            ("white-paper", "2020", Verdict.ON_COURSE),
        )
    ]
    reading = Reading(
        clause="7.five-years",
        metric=METRIC,
        breakdown="",
        code=BIRMINGHAM,
        verdict=Verdict.CANNOT_BE_SHOWN,
        cause=Cause.BASELINE,
        sentence="",
        baselines=tuple(outcomes),
    )
    readings = {BIRMINGHAM: (reading,)}
    ((ground, words),) = asked(moved(60.0), readings=readings)
    assert ground is Ground.BASELINE
    assert "For Birmingham it is since 2018 “Moving away” and since 2020 “On course”" in words
    assert asked(since([]), readings=readings) == []
