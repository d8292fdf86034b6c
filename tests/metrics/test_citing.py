"""The words in which a figure is cited."""

from dataclasses import replace
from datetime import date

import pytest

from data.figure_reads import DatasetVintage
from metrics.catalogue import load_catalogue
from metrics.citing import citation_forms, unit_as_published
from metrics.definition import Unit
from metrics.figure import Figure, address, figure_id
from metrics.measures.results import Comparison, Direction, Quality
from metrics.measures.results import Figure as MeasuredFigure

FIGURE = Figure(
    metric="healthy-life-expectancy-male",
    area="E08000025",
    period="2022-01-01/2024-12-31",
    dataset="healthy-life-expectancy",
    value="58.2",
    lower="57.6",
    upper="58.8",
    breakdown="sex=male",
)
SOURCE = DatasetVintage(
    "healthy-life-expectancy",
    "Healthy life expectancy",
    "Office for National Statistics",
    "https://example.org/health",
    "Open Government Licence v3.0",
    date(2026, 2, 3),
    date(2026, 2, 4),
    date(2026, 2, 20),
)


@pytest.fixture(scope="module")
def metrics():
    return load_catalogue().metrics


def forms(metrics, figure=FIGURE, **words):
    return citation_forms(figure, metrics[figure.metric], "Birmingham", SOURCE, **words)


def test_the_forms_of_an_ordinary_figure(metrics):
    made = forms(metrics, home="https://missions.example.org", standing="The figure stands.")
    number, where = figure_id(FIGURE), f"https://missions.example.org{address(FIGURE)}"
    said = (
        "In 2022 to 2024, healthy life expectancy at birth for men in Birmingham was 58.2 years "
        "(95% interval 57.6 to 58.8)."
    )
    source = (
        "Source: Office for National Statistics, Healthy life expectancy, published "
        "3 February 2026 (as known on 20 February 2026). Open Government Licence v3.0."
    )
    assert made.sentence == said
    assert made.footnote == f"{source} Figure {number}, {where}"
    assert made.minutes == (
        f"Noted: {said} [Office for National Statistics, published 3 February 2026; "
        f"figure {number}]"
    )
    assert made.plain.splitlines() == [
        said, source, "The figure stands.", f"Figure {number}", where,
    ]  # fmt: skip


def test_the_value_is_written_as_published(metrics):
    assert (
        "was 58.41 years (95% interval 57.60 to 58.80)"
        in forms(metrics, replace(FIGURE, value="58.41")).sentence
    )


def test_a_qualified_figure_says_so(metrics):
    assert "(provisional; 95% interval" in forms(metrics, replace(FIGURE, status="p")).sentence


def test_a_blank_says_why(metrics):
    blank = replace(FIGURE, value=None, lower=None, upper=None, status="c")
    assert forms(metrics, blank).sentence == (
        "No figure for healthy life expectancy at birth for men in Birmingham in 2022 to 2024 is "
        "published: it was withheld to protect confidentiality."
    )


def test_a_derived_figure_is_never_called_published(metrics):
    made = forms(metrics, replace(FIGURE, basis="derived"))
    assert "worked out here from published figures and not itself published" in made.sentence
    assert made.footnote.startswith("Worked out from: Office for National Statistics")


def test_a_derived_figure_is_written_no_finer_than_declared(metrics):
    made = forms(metrics, replace(FIGURE, value="58.204", basis="derived"))
    assert "was 58.2 years" in made.sentence
    assert "value=58.204" in made.footnote


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction.LOWER, ", lower than England (61.5 years)."),
        (Direction.SAME, ", the same as England (61.5 years)."),
        (Direction.NOT_CLEAR, ", not clearly different from England (61.5 years)."),
        (Direction.CANNOT_TEST, ", beside England (61.5 years); the difference cannot be tested."),
    ],
)
def test_no_more_is_said_of_a_difference_than_its_test_allows(metrics, direction, words):
    england = MeasuredFigure(
        start=date(2022, 1, 1), end=date(2024, 12, 31), period="2022 to 2024",
        short_period="2022–24", value=61.5,
    )  # fmt: skip
    beside = Comparison(
        to="E92000001", label="England", other=england, difference=-3.3, direction=direction,
        quality=Quality.NONE, sentence="",
    )  # fmt: skip
    assert forms(metrics, beside=beside).sentence.endswith(words)


def test_a_computers_digits_are_not_written_out():
    unit = Unit(label="homicides per million", difference="homicides per million", decimals=1)
    rate = Figure("homicide-rate", "E12000005", "2019-04-01/2022-03-31", "homicide-offences",
                  "13.663424496560204")  # fmt: skip
    assert unit_as_published(unit, rate).decimals == 1
    assert unit_as_published(unit, replace(rate, value="13")).decimals == 1
    assert unit_as_published(unit, replace(rate, value="13.66")).decimals == 2
    assert unit_as_published(unit, replace(rate, value="13.663")).decimals == 1
    noisy = replace(rate, value="69.4", lower="62.400000000000006", upper="76.39999999999999")
    assert unit_as_published(unit, noisy).decimals == 1
