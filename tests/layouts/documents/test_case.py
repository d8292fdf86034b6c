"""The case of a proposition, on the figures that ship and on stores that hold little."""

from __future__ import annotations

import re

import pytest

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from data.reads import read_measures
from data.store import open_store
from layouts.documents.case import case_of
from layouts.documents.content import Document
from metrics.claims import claims_of
from metrics.figure import read_address
from metrics.measures.results import AreaFacts
from metrics.proposition import EXAMPLE_MARK
from metrics.wording import write_value

HEALTH, SKILLS, DIGITAL = "healthy-life-expectancy", "skills-and-employment", "digital-networks"


@pytest.fixture(scope="module")
def cases(built_store_url, catalogue) -> dict[str, Document]:
    engine = open_store(built_store_url, read_only=True)
    with engine.connect() as connection:
        found = {
            slug: case_of(connection, catalogue, one)
            for slug, one in catalogue.propositions.items()
        }
    engine.dispose()
    return found


def section(document, name):
    return next(one for one in document.sections if one.id == name)


def table(document, name, table_id):
    return next(one for one in section(document, name).tables if one.id == table_id)


def row(found, heading):
    return next(one for one in found.rows if one.heading == heading)


def test_every_part_of_a_case_is_there_in_its_order(cases) -> None:
    for document in cases.values():
        assert [one.id for one in document.sections] == [
            "asked",
            "where-we-are",
            "direction",
            "distance",
            "like-areas",
            "least-favourable",
            "not-shown",
            "caveats",
        ]
        assert document.mark == EXAMPLE_MARK
        assert section(document, "least-favourable").against
        assert section(document, "where-we-are").pictures
        assert document.sources
        assert document.known_on is not None


def test_each_figure_of_a_table_is_one_that_is_held_and_can_be_cited(
    cases, built_store, catalogue
) -> None:
    for document in cases.values():
        assert len(document.figures) >= 20
        for one in document.figures:
            path, _, query = one.address.partition("?")
            assert read_address(path.removeprefix("/figures/"), query) == one.figure
            assert one.forms.sentence
            assert one.id in one.forms.footnote
    some = [document.figures[place] for document in cases.values() for place in (0, -1)]
    with built_store.connect() as connection:
        for one in some:
            assert claims_of(connection, catalogue, one.figure).claims


def test_a_figure_is_written_as_the_stored_facts_have_it(cases, built_store, catalogue) -> None:
    metric = catalogue.metrics["healthy-life-expectancy-male"]
    with built_store.connect() as connection:
        stored = read_measures(
            connection,
            "area_facts",
            area_code=COMBINED_AUTHORITY,
            subjects=["healthy-life-expectancy-male|sex=male"],
        )
    facts = AreaFacts.model_validate_json(next(iter(stored.values())))
    newest = table(cases[HEALTH], "where-we-are", "newest-healthy-life-expectancy-male-sex-male")
    cells = row(newest, "West Midlands Combined Authority").cells
    assert cells[0].figure.value == write_value(facts.latest.value, metric.unit)
    assert cells[0].figure.figure.value == str(facts.latest.value)
    moved = table(cases[HEALTH], "direction", "moved-healthy-life-expectancy-male-sex-male")
    then, since, *_ = row(moved, "West Midlands Combined Authority").cells
    change = next(one for one in facts.changes if one.to == "before-pandemic")
    assert then.figure.value == write_value(change.other.value, metric.unit)
    assert since.words == "down 1.8 years, worse"
    assert cases[HEALTH].answer.startswith(
        "In 2022 to 2024, healthy life expectancy at birth for men in the West Midlands Combined "
        "Authority was 58.2 years (95% interval 56.9 to 59.4), lower than England's 60.9."
    )


def test_distance_is_told_in_units_years_and_people(cases) -> None:
    five = table(
        cases[HEALTH], "distance", "distance-7-five-years-healthy-life-expectancy-male-sex-male"
    )
    cells = row(five, "West Midlands Combined Authority, from 2017 to 2019").cells
    # 60.0 and five years more is 65.0, which is 6.8 more than 58.2; 11 years are left to 2035.
    assert cells[1].words == "6.8 years short of 5 years more than in 2017 to 2019"
    assert cells[2].words.startswith("+0.62 a year needed for 11 years")
    gigabit = table(cases[DIGITAL], "distance", "distance-4-gigabit-gigabit-broadband")
    assert all("not a forecast" in one.cells[3].words for one in gigabit.rows)
    employment = table(cases[SKILLS], "distance", "distance-1-employment-gap-employment-rate")
    assert "people aged 16 to 64 in work" in row(employment, "Birmingham").cells[-1].words


def test_each_series_has_its_least_favourable_reading_and_why_it_is_defensible(cases) -> None:
    for document in cases.values():
        against = section(document, "least-favourable")
        series = section(document, "where-we-are").tables
        assert len(against.tables) == len(series)
        assert all("Why it is defensible: " in one.words for one in against.statements)
        assert all(len(one.rows) == 1 + len(CONSTITUENT) for one in against.tables)


def test_the_number_of_readings_that_chance_would_call_clear_stands_beside_them(cases) -> None:
    told = section(cases[HEALTH], "least-favourable").opening[1]
    found = re.search(
        r"worst of ([\d,]+) readings\. Of the ([\d,]+) that rest on one comparison with a margin "
        r"of error, about one in twenty is clear by chance alone: about (\d+)\.",
        told,
    )
    assert found, told
    readings, by_error, chance = (int(one.replace(",", "")) for one in found.groups())
    assert 20 <= by_error <= readings
    assert chance == round(by_error * 0.05)


def test_the_worst_for_a_need_is_what_is_better_and_for_progress_what_is_worse(cases) -> None:
    need = section(cases[HEALTH], "least-favourable").statements[0].words
    assert need.startswith("Solihull, beside West Midlands Combined Authority: 5.0 years above")
    assert "better. This speaks against the argument." in need
    progress = section(cases[DIGITAL], "least-favourable").statements[0].words
    assert progress.startswith("Walsall, beside West Midlands Combined Authority: ")
    assert "worse. This speaks against the argument." in progress


def test_what_has_no_figures_is_said_and_every_metric_brings_its_caveats(cases, catalogue) -> None:
    for slug, document in cases.items():
        told = {one.of for one in section(document, "not-shown").statements}
        proposition = catalogue.propositions[slug]
        metrics = [catalogue.metrics[name] for name in proposition.metrics]
        assert {metric.title for metric in metrics if metric.figures == "not held"} <= told
        caveats = {one.of: one.words for one in section(document, "caveats").statements}
        assert set(caveats) == {metric.title for metric in metrics}
        for metric in metrics:
            assert all(caveat.rstrip(".") in caveats[metric.title] for caveat in metric.caveats)
    assert "Adults who complete further education and skills training" in {
        one.of for one in section(cases[SKILLS], "not-shown").statements
    }


def test_an_area_without_figures_is_said_and_nothing_is_claimed_of_it(
    built_store, catalogue
) -> None:
    # Nothing is published for these islands in either series.
    proposition = catalogue.propositions[HEALTH].model_copy(
        update={"areas": ("E06000053",), "comparators": ("E08000025",)}
    )
    with built_store.connect() as connection:
        document = case_of(connection, catalogue, proposition)
    assert "Isles of Scilly" in " ".join(
        one.words for one in section(document, "not-shown").statements
    )
    newest = section(document, "where-we-are").tables[0]
    assert row(newest, "Isles of Scilly").cells[0].missing
    assert (
        section(document, "least-favourable")
        .statements[0]
        .words.startswith("None of these areas has a figure")
    )


def test_the_same_store_gives_the_same_case(built_store, catalogue, cases) -> None:
    with built_store.connect() as connection:
        again = case_of(connection, catalogue, catalogue.propositions[HEALTH])
    assert again == cases[HEALTH]


def test_an_empty_store_gives_a_case_that_says_so(sqlite_engine, catalogue) -> None:
    with sqlite_engine.connect() as connection:
        document = case_of(connection, catalogue, catalogue.propositions[HEALTH])
    assert document.answer == "No figure is held for any metric that this proposition names."
    assert document.figures == ()
    assert [one.id for one in document.sections] == ["asked", "not-shown", "caveats"]


def test_a_reading_leads_to_the_figures_that_it_rests_on(cases) -> None:
    least = table(cases[HEALTH], "least-favourable", "least-healthy-life-expectancy-male-sex-male")
    reading, own, beside, _ = row(least, "Solihull").cells
    assert reading.words == "Beside West Midlands Combined Authority"
    assert (own.figure.figure.area, own.figure.value) == ("E08000029", "63.2 years")
    assert (beside.figure.figure.area, beside.figure.value) == (COMBINED_AUTHORITY, "58.2 years")


def test_where_no_starting_point_is_reached_the_longest_stretch_is_told(cases) -> None:
    longest = table(cases[DIGITAL], "direction", "longest-gigabit-broadband")
    first, since = row(longest, "Walsall").cells
    assert (first.figure.value, first.figure.period) == ("79.0%", "September 2022")
    assert since.words == "Up 15.2 percentage points from 79.0% in September 2022."
