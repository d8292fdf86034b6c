"""Every fair way to read a series for one area, and which are no fair ones."""

from __future__ import annotations

from datetime import date

from data.periods import TimePeriod
from metrics.catalogue import load_catalogue
from metrics.definition import Break, Evidence
from metrics.fair_readings import LONGEST, from_facts, in_the_period_before, since_the_start
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure, Quality

HEALTH = load_catalogue().metrics["healthy-life-expectancy-male"]
BIRMINGHAM, ENGLAND = "E08000025", "E92000001"


def figure(start: int, value: float | None, margin: float = 1.0) -> Figure:
    held = value is not None
    return Figure(
        start=date(start, 1, 1),
        end=date(start + 2, 12, 31),
        period=f"{start} to {start + 2}",
        short_period=str(start),
        value=value,
        lower=value - margin if held else None,
        upper=value + margin if held else None,
    )


def by_period(*figures: Figure) -> dict[TimePeriod, Figure]:
    return {TimePeriod(one.start, one.end): one for one in figures}


NEWEST = figure(2022, 58.0)
OWN = by_period(figure(2012, 62.0), figure(2013, None), figure(2021, 57.0), NEWEST)


def facts(changes: tuple[Comparison, ...] = ()) -> AreaFacts:
    gap = Comparison(
        to=ENGLAND,
        label="England",
        other=figure(2022, 60.9),
        difference=-2.9,
        direction=Direction.LOWER,
        quality=Quality.WORSE,
        sentence="2.9 years below England (60.9 years): worse.",
    )
    return AreaFacts(
        metric=HEALTH.id,
        breakdown="",
        code=BIRMINGHAM,
        latest=NEWEST,
        changes=changes,
        gaps=(gap,),
    )


def since(then: Figure) -> Comparison:
    return Comparison(
        to="before-pandemic",
        label=then.period,
        other=then,
        difference=-1.0,
        direction=Direction.NOT_CLEAR,
        quality=Quality.NONE,
        sentence="Down 1.0 years.",
    )


def test_stored_comparisons_are_readings_with_the_reason_they_are_defensible() -> None:
    change, gap = from_facts(facts((since(figure(2017, 59.0)),)))
    assert (change.kind, change.key, change.label) == (
        "change",
        "before-pandemic",
        "since 2017 to 2019",
    )
    assert change.why.startswith("It counts from the last period before the pandemic")
    assert (gap.kind, gap.key, gap.quality, gap.area) == (
        "larger area",
        ENGLAND,
        Quality.WORSE,
        BIRMINGHAM,
    )


def test_the_longest_stretch_begins_with_the_first_figure() -> None:
    one = since_the_start(HEALTH, BIRMINGHAM, OWN, facts())
    assert one is not None
    assert (one.key, one.label, one.difference) == (LONGEST, "since 2012 to 2014", -4.0)
    # 4.0 years with errors of 2/3.92 each: z is 5.5.
    assert (one.direction, one.quality) == (Direction.LOWER, Quality.WORSE)
    assert one.sentence.startswith("Down 4.0 years from 62.0 years in 2012 to 2014")


def test_the_longest_stretch_never_crosses_a_change_of_method() -> None:
    mark = Break(starts=date(2020, 1, 1), reason="Another survey.")
    broken = HEALTH.model_copy(update={"breaks": (mark,)})
    assert since_the_start(broken, BIRMINGHAM, OWN, facts()) is None


def test_there_is_no_longest_stretch_where_a_baseline_begins_it_or_windows_overlap() -> None:
    begins = facts((since(figure(2012, 62.0)),))
    assert since_the_start(HEALTH, BIRMINGHAM, OWN, begins) is None
    short = by_period(figure(2021, 57.0), NEWEST)
    assert since_the_start(HEALTH, BIRMINGHAM, short, facts()) is None


def test_margins_that_are_worked_out_here_are_not_at_hand_for_single_periods() -> None:
    counted = HEALTH.model_copy(update={"evidence": Evidence.COUNTS})
    england = by_period(figure(2021, 61.0), figure(2022, 60.9))
    assert since_the_start(counted, BIRMINGHAM, OWN, facts()) is None
    assert in_the_period_before(counted, BIRMINGHAM, OWN, england, facts()) is None


def test_the_period_before_sets_the_area_beside_england_as_it_was_then() -> None:
    england = by_period(figure(2021, 61.0), figure(2022, 60.9))
    one = in_the_period_before(HEALTH, BIRMINGHAM, OWN, england, facts())
    assert one is not None
    assert (one.label, one.difference) == ("beside England in 2021 to 2023", -4.0)
    assert one.quality is Quality.WORSE
    assert one.sentence == "In 2021 to 2023: 4.0 years below England (61.0 years): worse."


def test_there_is_no_period_before_for_england_or_without_both_figures() -> None:
    england = by_period(figure(2022, 60.9))
    assert in_the_period_before(HEALTH, BIRMINGHAM, OWN, england, facts()) is None
    both = by_period(figure(2021, 61.0))
    assert in_the_period_before(HEALTH, ENGLAND, OWN, both, facts()) is None
