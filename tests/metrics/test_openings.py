"""First sentences: plain English that claims only what the stored comparison does."""

from datetime import date

import pytest
from pydantic import ValidationError

from metrics.definition import Unit
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure, Quality
from metrics.openings import (
    area_in_short,
    area_opening,
    in_sentence,
    metric_opening,
    subject,
    write_with_unit,
)
from metrics.origin import SeriesLabel
from tests.metrics.examples import life_metric

WMCA = "the West Midlands Combined Authority"
MEN = SeriesLabel(label="Male healthy life expectancy", breakdown="sex=male", title="Men")


def figure(value: float | None, **more: object) -> Figure:
    given = {
        "start": date(2022, 1, 1),
        "end": date(2024, 12, 31),
        "period": "2022 to 2024",
        "short_period": "2022–24",
        "value": value,
    }
    return Figure.model_validate({**given, **more})


def beside(direction: Direction, quality: Quality = Quality.NONE) -> Comparison:
    return Comparison(
        to="E92000001",
        label="England",
        other=figure(61.5),
        difference=-3.3,
        direction=direction,
        quality=quality,
        sentence="Not read here.",
    )


def facts(latest: Figure | None, *gaps: Comparison, **more: object) -> AreaFacts:
    return AreaFacts.model_validate(
        {
            "metric": "healthy-life-expectancy",
            "breakdown": "sex=male",
            "code": "E47000007",
            "latest": latest,
            "gaps": gaps,
            **more,
        }
    )


def test_value_interval_and_england_in_one_sentence() -> None:
    held = facts(figure(58.2, lower=57.6, upper=58.8), beside(Direction.LOWER))
    assert metric_opening(life_metric(), MEN, WMCA, held) == (
        "In 2022 to 2024, healthy life expectancy for men in the West Midlands Combined Authority "
        "was 58.2 years (95% interval 57.6 to 58.8), lower than England's 61.5."
    )


@pytest.mark.parametrize(
    ("direction", "ending"),
    [
        (Direction.HIGHER, "58.2 years, higher than England's 61.5."),
        (Direction.SAME, "58.2 years, the same as England's 61.5."),
        (Direction.NOT_CLEAR, "58.2 years, not clearly different from England's 61.5."),
        (
            Direction.CANNOT_TEST,
            "58.2 years, beside England's 61.5; the difference cannot be tested.",
        ),
    ],
)
def test_the_comparison_claims_what_the_stored_one_does(direction, ending) -> None:
    sentence = metric_opening(life_metric(), MEN, WMCA, facts(figure(58.2), beside(direction)))
    assert sentence.endswith(ending)


def test_a_provisional_figure_is_called_so() -> None:
    sentence = metric_opening(
        life_metric(), MEN, WMCA, facts(figure(58.2, status="p", lower=57.6, upper=58.8))
    )
    assert "58.2 years (provisional; 95% interval 57.6 to 58.8)." in sentence


def test_a_newer_period_without_a_figure_is_said() -> None:
    missing = figure(None, period="2023 to 2025", status="c")
    sentence = metric_opening(life_metric(), MEN, WMCA, facts(figure(58.2), newest_missing=missing))
    assert sentence.endswith(
        "There is no figure for 2023 to 2025: it was withheld to protect confidentiality."
    )


def test_an_area_that_is_not_published_gives_england_instead() -> None:
    england = facts(figure(61.5))
    assert metric_opening(life_metric(), MEN, WMCA, None, england) == (
        "Healthy life expectancy for men is not published for the West Midlands Combined "
        "Authority. In 2022 to 2024, healthy life expectancy for men in England was 61.5 years."
    )


def test_an_area_whose_figures_are_all_withheld_says_why() -> None:
    missing = figure(None, status="u")
    assert metric_opening(life_metric(), MEN, WMCA, facts(None, newest_missing=missing)) == (
        "No figure for healthy life expectancy for men is held for the West Midlands Combined "
        "Authority. The newest period, 2022 to 2024, has none either: it was too unreliable to "
        "print."
    )


def test_a_metric_without_figures_says_so() -> None:
    metric = life_metric(
        figures="not held", figures_note="None.", coverage=None, source=None, series=()
    )
    assert metric_opening(metric, None, WMCA, None) == (
        "This dashboard holds no figures for healthy life expectancy."
    )


def test_a_sentence_names_the_metric_as_its_declaration_says() -> None:
    metric = life_metric(
        title="Apprenticeship starts",
        said_as="the rate of apprenticeship starts",
        unit={"label": "per 100,000 people", "difference": "per 100,000", "decimals": 0},
        series=[{"label": "Starts"}],
    )
    held = facts(figure(1234.4, period="school year 2024/25"))
    assert metric_opening(metric, metric.series[0], WMCA, held) == (
        "In the school year 2024/25, the rate of apprenticeship starts in the West Midlands "
        "Combined Authority was 1,234 per 100,000 people."
    )
    assert metric_opening(metric, metric.series[0], WMCA, None) == (
        "The rate of apprenticeship starts is not published for the West Midlands Combined "
        "Authority."
    )


@pytest.mark.parametrize("wrong", ["", "the rate of starts.", "the rate, ages 16 to 64,"])
def test_how_a_metric_is_said_can_be_gone_on_with(wrong) -> None:
    with pytest.raises(ValidationError, match="said_as"):
        life_metric(said_as=wrong)


@pytest.mark.parametrize(
    ("period", "beginning"),
    [
        ("15 June 2024", "On 15 June 2024, "),
        ("April 2022 to March 2025", "From April 2022 to March 2025, "),
        ("2022 to 2024", "In 2022 to 2024, "),
        ("April 2025", "In April 2025, "),
        ("year to November 2025", "In the year to November 2025, "),
    ],
)
def test_a_period_begins_a_sentence_as_people_say_it(period, beginning) -> None:
    held = facts(figure(58.2, period=period))
    assert metric_opening(life_metric(), MEN, WMCA, held).startswith(beginning)


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Gross value added", "gross value added"),
        ("GCSEs in English", "GCSEs in English"),
        ("4G coverage", "4G coverage"),
        ("England only", "England only"),
    ],
)
def test_titles_within_a_sentence(title, written) -> None:
    assert in_sentence(title) == written


def test_breakdowns_join_the_title() -> None:
    metric = life_metric()
    assert subject(metric, MEN) == "healthy life expectancy for men"
    by_car = SeriesLabel(label="Drive", breakdown="mode=car", title="By car")
    assert subject(metric, by_car) == "healthy life expectancy by car"
    other = SeriesLabel(label="Literacy", breakdown="goal=literacy", title="Literacy")
    assert subject(metric, other) == "healthy life expectancy (literacy)"


def test_an_area_is_counted_against_england() -> None:
    ones = [
        facts(figure(58.2), beside(Direction.LOWER, Quality.WORSE)),
        facts(figure(58.2), beside(Direction.HIGHER, Quality.BETTER), breakdown="sex=female"),
        facts(figure(58.2), beside(Direction.NOT_CLEAR), metric="employment-rate"),
        facts(figure(58.2), beside(Direction.CANNOT_TEST), metric="gva-per-hour"),
        facts(figure(58.2), beside(Direction.HIGHER), metric="neither-better"),
        facts(None, metric="nothing"),
    ]
    assert area_in_short(ones) == (
        "1 is better, 1 is worse, 1 is not clearly different, "
        "1 is higher or lower where neither is better, 1 is beyond any test"
    )
    assert area_in_short(ones[-1:]) == ""
    assert area_opening("Birmingham", ones, 49) == (
        "There are figures for Birmingham on 4 of 49 measures. Of 5 figures that England has too, "
        "on measures of missions and of context alike, 1 is better than England's, 1 is worse, "
        "1 is not clearly different, 1 is higher or lower "
        "where neither is better and 1 is beyond any test."
    )


def test_many_comparisons_are_told_with_what_chance_alone_would_call_clear() -> None:
    # 5% of 30 is 1.5, which is written as 2; complete counts leave nothing to chance.
    plain = beside(Direction.NOT_CLEAR)
    sampled = plain.model_copy(update={"lower": -0.5, "upper": 1.5})
    tested = [facts(figure(58.2), sampled)] * 30
    counted = [facts(figure(58.2), plain)] * 30
    told = area_opening("Birmingham", tested + counted, 49)
    assert told.endswith(
        "Of the 30 with a margin of error, chance alone would make about 2 seem different."
    )
    assert "chance" not in area_opening("Birmingham", counted + tested[:19], 49)


def test_an_area_without_any_figure() -> None:
    assert area_opening("the Isles of Scilly", [], 49) == (
        "No figure is held for the Isles of Scilly."
    )


def held_as(metric, period: str = "2023", unit_value: float = 70.5) -> str:
    latest = figure(unit_value, period=period)
    return metric_opening(metric, metric.series[0], "Dudley", facts(latest))


def test_titles_of_one_sex_or_nation_are_said_as_people_say_them() -> None:
    women = life_metric(title="Healthy life expectancy at birth, female", series=[{"label": "F"}])
    assert subject(women, women.series[0]) == "healthy life expectancy at birth for women"
    scotland = life_metric(title="Apprenticeship starts, Scotland", series=[{"label": "S"}])
    assert subject(scotland, scotland.series[0]) == "apprenticeship starts"


def test_an_average_score_is_named_in_brackets() -> None:
    unit = {
        "label": "average score out of 10",
        "label_stands": "in brackets",
        "difference": "points",
        "decimals": 2,
    }
    metric = life_metric(title="Average anxiety yesterday", unit=unit, series=[{"label": "A"}])
    assert held_as(metric, unit_value=3.24).endswith("was 3.24 (average score out of 10).")


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (
            {"label": "average score out of 10", "label_stands": "in brackets"},
            "7.24 (average score out of 10)",
        ),
        ({"label": "chargers per 100,000 people"}, "7.24 chargers per 100,000 people"),
        ({"label": "% of pupils", "suffix": "%"}, "7.24%"),
        ({"label": "£ per week", "prefix": "£"}, "£7.24"),
    ],
)
def test_in_a_list_every_value_says_its_unit(unit: dict[str, str], words: str) -> None:
    assert write_with_unit(7.24, Unit(**unit, difference="points", decimals=2)) == words


def test_money_in_millions_keeps_its_word_beside_england() -> None:
    unit = {
        "label": "£ million",
        "prefix": "£",
        "suffix": " million",
        "difference": "million pounds",
        "decimals": 0,
    }
    metric = life_metric(title="Total value of exports", unit=unit, series=[{"label": "E"}])
    held = facts(figure(58.2), beside(Direction.CANNOT_TEST))
    assert metric_opening(metric, metric.series[0], WMCA, held).endswith(
        "was £58 million, beside England's £62 million; the difference cannot be tested."
    )
