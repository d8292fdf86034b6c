"""Lines: gaps stay gaps, whoever left them."""

from datetime import date

from data.periods import PeriodShape, TimePeriod
from layouts.charts.lines import Shown, line_chart, missing_stretches
from layouts.charts.published import Published, published_by_area, usual_step
from metrics.definition import Break
from metrics.measures.results import BandPoint, Bands
from metrics.mission import Clause, ClauseKind
from tests.layouts.charts.examples import figure_rows, school_metric


def school_year(start: int) -> TimePeriod:
    return TimePeriod(date(start, 9, 1), date(start + 1, 8, 31))


# No tests were sat in 2019/20 and 2020/21, and Dudley's figure for 2022/23 was withheld.
PERIODS = [school_year(2018), school_year(2021), school_year(2022), school_year(2023)]
ROWS = figure_rows(
    ("E08000025", PERIODS[0], 62.0, 61.0, 63.0, "", ""),
    ("E08000025", PERIODS[1], 56.0, 55.0, 57.0, "p", ""),
    ("E08000025", PERIODS[2], 57.0, None, None, "", ""),
    ("E08000025", PERIODS[3], 59.0, None, None, "", ""),
    ("E08000027", PERIODS[0], 60.0, None, None, "", ""),
    ("E08000027", PERIODS[1], 54.0, None, None, "", ""),
    ("E08000027", PERIODS[2], None, None, None, "c", ""),
    ("E08000028", PERIODS[3], None, None, None, "x", "The publisher gave no reason"),
)
AREAS = [
    Shown("E08000025", "Birmingham", "focus"),
    Shown("E08000027", "Dudley", "focus"),
    Shown("E08000028", "Sandwell", "focus"),
    Shown("E92000001", "England", "comparator"),
]


def chart(**more):
    return line_chart(
        school_metric(**more), "A title", "A summary", published_by_area(ROWS), PERIODS, AREAS
    )


def test_points_stand_at_the_middle_of_their_period_with_their_interval() -> None:
    first = chart().lines[0].points[0]
    assert first.at == date(2019, 3, 2)
    assert (first.value, first.lower, first.upper) == (62.0, 61.0, 63.0)
    assert (first.period, first.short_period) == ("school year 2018/19", "2018/19")


def test_years_in_which_nobody_was_given_a_figure_are_a_gap_in_every_line() -> None:
    for line in chart().lines:
        gap = line.points[1]
        assert gap.value is None
        assert gap.note == "no figures between school year 2018/19 and school year 2021/22"
        assert line.points[0].at < gap.at < line.points[2].at


def test_a_withheld_figure_is_a_gap_that_says_why() -> None:
    dudley = chart().lines[1]
    assert [point.value for point in dudley.points] == [60.0, None, 54.0, None, None]
    assert dudley.points[3].note == "withheld by the publisher to protect confidentiality"
    assert dudley.points[4].note == "no figure published for this area and period"


def test_a_note_of_whole_sentences_leaves_the_full_stop_to_whoever_ends_the_sentence() -> None:
    period = PERIODS[0]
    noted = Published(period, None, None, None, "x", "Withheld. It was wrong.")
    assert noted.why_missing.endswith(": Withheld. It was wrong")
    assert Published(period, 1.0, None, None, "", "A note.").why_missing == ""


def test_a_qualified_figure_keeps_its_qualifier() -> None:
    assert chart().lines[0].points[2].note == "provisional"


def test_an_area_without_any_value_has_no_line() -> None:
    assert [line.code for line in chart().lines] == ["E08000025", "E08000027"]


def test_a_break_is_marked_only_inside_the_range_of_the_figures() -> None:
    inside = Break(starts=date(2022, 9, 1), reason="A new test")
    before = Break(starts=date(2016, 9, 1), reason="An older test")
    after = Break(starts=date(2030, 9, 1), reason="A test to come")
    assert [mark.label for mark in chart(breaks=(before, inside, after)).breaks] == [
        "Method changed, September 2022"
    ]


def test_a_level_to_be_reached_is_a_target_with_its_date() -> None:
    clause = Clause(
        id="5.expected-standard-90",
        words="90% of children",
        title="90% of children in England reach the standard",
        kind=ClauseKind.REACHES,
        scope="England",
        deadline=date(2030, 12, 31),
        threshold=90.0,
        threshold_kind="level",
        baseline="none",
        reading="As worded.",
    )
    drawn = line_chart(
        school_metric(), "", "", published_by_area(ROWS), PERIODS, AREAS, clauses=[clause]
    )
    assert drawn.target is not None
    assert (drawn.target.value, drawn.target.by) == (90.0, date(2030, 12, 31))


def test_one_period_alone_gives_lines_of_one_point() -> None:
    only = published_by_area(row for row in ROWS if row.period_start == date(2018, 9, 1))
    drawn = line_chart(school_metric(), "", "", only, PERIODS[:1], AREAS)
    assert [len(line.points) for line in drawn.lines] == [1, 1]


def test_no_figures_give_no_lines() -> None:
    assert line_chart(school_metric(), "", "", {}, [], AREAS).lines == ()


def test_the_usual_step_is_the_commonest_and_the_shorter_on_a_tie() -> None:
    assert usual_step(PERIODS[:1]) is None
    assert usual_step(PERIODS).days == 365
    assert usual_step([PERIODS[0], PERIODS[1], PERIODS[2]]).days == 365


def test_surveys_that_start_on_another_day_each_year_have_no_gap() -> None:
    days = [
        TimePeriod(day, day) for day in (date(2008, 4, 16), date(2009, 4, 22), date(2010, 4, 14))
    ]
    assert missing_stretches(days, PeriodShape.DAY) == ()


def test_rolling_windows_step_by_one_year_without_gaps() -> None:
    windows = [TimePeriod(date(year, 1, 1), date(year + 2, 12, 31)) for year in range(2011, 2023)]
    assert missing_stretches(windows, PeriodShape.THREE_CALENDAR_YEARS) == ()
    del windows[5]
    assert missing_stretches(windows, PeriodShape.THREE_CALENDAR_YEARS) == (
        "no figures between 2015 to 2017 and 2017 to 2019",
    )


def test_a_publisher_that_goes_from_three_releases_a_year_to_two_leaves_no_gap() -> None:
    thrice = [(year, month) for year in (2022, 2023) for month in (1, 5, 9)]
    months = [*thrice, (2024, 1), (2024, 7), (2025, 1)]
    releases = [TimePeriod(date(year, month, 1), date(year, month, 28)) for year, month in months]
    assert missing_stretches(releases, PeriodShape.MONTH) == ()
    del releases[1]
    assert missing_stretches(releases, PeriodShape.MONTH) == (
        "no figures between January 2022 and September 2022",
    )


def test_a_place_under_two_codes_is_read_once_under_the_newer() -> None:
    older = figure_rows(
        ("E08000016", PERIODS[0], 58.0, None, None, "", ""),
        ("E08000016", PERIODS[3], 1.0, None, None, "", ""),
        recoded_to="E08000038",
    )
    newer = figure_rows(("E08000038", PERIODS[3], 61.0, None, None, "", ""))
    figures = published_by_area([*newer, *older])
    assert list(figures) == ["E08000038"]
    assert [figures["E08000038"][p].value for p in (PERIODS[0], PERIODS[3])] == [58.0, 61.0]


def test_all_areas_stand_behind_as_two_bands_with_their_gaps():
    metric = school_metric()
    years = [school_year(2020), school_year(2021), school_year(2022)]
    behind = Bands(
        metric=metric.id,
        breakdown="",
        tier="upper_tier",
        points=tuple(
            BandPoint(
                start=period.start,
                end=period.end,
                areas=150,
                tenth=1.0,
                quarter=2.0,
                median=3.0,
                three_quarters=4.0,
                nine_tenths=5.0,
            )
            for period in (years[0], years[2])
        ),
    )
    wide, narrow = line_chart(metric, "T", "S", {}, years, [], behind=behind).bands
    assert wide.words == "the middle eight tenths of 150 counties and unitary authorities"
    assert [(p.lower, p.upper) for p in wide.points] == [(1.0, 5.0), (None, None), (1.0, 5.0)]
    assert narrow.words == "the middle half of 150 counties and unitary authorities"
    assert [(p.lower, p.upper) for p in narrow.points] == [(2.0, 4.0), (None, None), (2.0, 4.0)]
    assert line_chart(metric, "T", "S", {}, years, []).bands == ()
