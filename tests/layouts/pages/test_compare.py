"""Areas side by side, over the shipped figures: choices, tables, words and bad input."""

from __future__ import annotations

import html
import re

import pytest

from data.series_reads import read_known_areas
from layouts.document import pieces
from layouts.page import Explorer
from layouts.pages.group_choices import groups_offered
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

LIFE = "healthy-life-expectancy-male"
BOROUGHS = [f"E080000{number}" for number in range(25, 32)]
LONDON = [f"E0900000{number}" for number in range(1, 10)]
HELD = [metric for metric in load_catalogue().metrics.values() if metric.figures == "held"]


@pytest.fixture(scope="module")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def served(pages, query=""):
    answer = pages.serve("/compare", query)
    assert answer.page.status == 200, answer.page.description
    return answer.page


def text(page, name=None):
    made = "".join(piece.html for piece in pieces(page) if name in (None, piece.id))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", made)))


def areas_in(page, metric):
    made = next(p.html for p in pieces(page) if p.id == f"compare-{metric}-table")
    return re.findall(r'href="/areas/(\w+)"', made)


def test_without_choices_the_boroughs_stand_side_by_side_on_a_measure_of_each_mission(pages):
    page = served(pages)
    assert page.query == ""
    assert areas_in(page, "employment-rate") == BOROUGHS
    assert re.search(r"Birmingham beside six other areas on \d measures: of \d+ comp", text(page))
    charts = [part for part in page.parts if isinstance(part, Explorer)]
    assert 5 <= len(charts) <= 8
    # Missions, each once.
    missions = [load_catalogue().metrics[part.id[8:-6]].mission for part in charts]
    assert len(set(missions)) == len(missions)


def test_a_difference_is_claimed_only_where_the_test_allows_it(pages):
    words = text(served(pages, f"areas=E08000025,E08000029,E08000031&metrics={LIFE}"))
    assert "clearly higher, by 4.9 years (better)" in words
    assert "Wolverhampton cannot be told from it" in words


def test_the_same_is_said_of_england_as_on_the_page_of_the_area(pages):
    for code in BOROUGHS:
        page = served(pages, f"areas=E92000001,{code}&metrics={LIFE}")
        words = text(page, f"compare-{LIFE}-table")
        page = pages.serve(f"/areas/{code}", "").page
        row = text(page).partition("Healthy life expectancy at birth for men")[2][:600]
        assert ("cannot be told apart" in words) == ("Beside England similar" in row)


def test_the_number_that_chance_would_call_clear_stands_beside_the_comparisons(pages):
    # Two measures with a margin of error, six boroughs beside Birmingham on each; schools' results
    # count everybody.
    boroughs = ",".join(BOROUGHS)
    several = f"{LIFE},healthy-life-expectancy-female,key-stage-2-reading-writing-maths"
    words = text(served(pages, f"areas={boroughs}&metrics={several}"), "compare-notes")
    assert "of the 12 made here between areas, fewer than one." in words
    counted = "gigabit-broadband"
    words = text(served(pages, f"areas={boroughs}&metrics={counted}"), "compare-notes")
    assert "one comparison in twenty" not in words


@pytest.mark.parametrize("metric", [LIFE, "median-weekly-pay", "fuel-poverty"])
def test_figures_of_one_measure_have_the_decimals_that_it_declares(pages, metric):
    page = served(pages, f"areas={','.join(BOROUGHS)}&metrics={metric}")
    made = next(piece.html for piece in pieces(page) if piece.id == f"compare-{metric}-table")
    written = re.findall(r'class="cite-value"[^>]*>([^<]+)<', made)
    assert len(written) == len(BOROUGHS)
    declared = load_catalogue().metrics[metric].unit.decimals
    assert {len(one.partition(".")[2]) for one in written} == {declared}


def test_a_group_is_shown_whole_or_as_far_as_there_is_room(pages):
    page = served(pages, f"group=wmca-constituent&metrics={LIFE}")
    assert areas_in(page, LIFE) == BOROUGHS
    page = served(pages, f"group=neighbours-e08000025&metrics={LIFE}")
    assert areas_in(page, LIFE)[0] == "E08000025"
    assert len(areas_in(page, LIFE)) == 10
    assert "the first 10 of 21 areas are shown" in text(page)
    assert page.query.startswith("areas=E08000025,")
    cities = served(pages, f"group=other-combined-authorities&metrics={LIFE}")
    assert "the first 10 of 14 areas are shown" in text(cities)


def test_areas_and_measures_are_added_and_kept_in_every_link(pages):
    query = f"areas=E08000025&metrics={LIFE}&add=Leeds&measure=employment-rate"
    page = served(pages, query)
    assert page.query == f"areas=E08000025,E08000035&metrics={LIFE},employment-rate"
    made = "".join(piece.html for piece in pieces(page))
    assert f'href="/metrics/{LIFE}?areas=E08000025,E08000035"' in made
    assert f"/compare?areas=E08000035,E08000025&amp;metrics={LIFE},employment-rate" in made


def test_what_cannot_be_added_is_told(pages):
    assert "No area is called “Wolverhamton”. Did you mean Wolverhampton" in text(
        served(pages, "areas=E08000025&add=Wolverhamton")
    )
    assert "Birmingham is already shown." in text(served(pages, "areas=E08000025&add=Birmingham"))
    ten = ",".join([*BOROUGHS, "E08000035", "E08000003", "E06000023"])
    full = text(served(pages, f"areas={ten}&add=Newcastle upon Tyne"))
    assert "At most 10 areas can be shown together." in full


def test_an_earlier_year_and_an_earlier_day_give_the_figures_of_then(pages):
    words = text(served(pages, f"areas=E08000025,E08000029&metrics={LIFE}&year=2019"))
    assert "In 2017 to 2019" in words
    then = text(served(pages, f"areas=E08000025,E08000029&metrics={LIFE}&known=2025-01-01"))
    assert "In 2021 to 2023" in then
    assert "known here at the end of 1 January 2025" in then
    before = text(served(pages, f"areas=E08000025&metrics={LIFE}&known=1999-01-01"))
    assert "None of the measures shown has a figure for these areas." in before


def test_the_change_is_drawn_between_two_periods(pages):
    page = served(pages, f"areas=E08000025,E08000029&metrics={LIFE}&view=change")
    (chart,) = [part for part in page.parts if isinstance(part, Explorer)]
    assert "chart-slope" in chart.picture
    assert [trace["x"] for trace in chart.figure["data"]] == [[0, 1], [0, 1]]
    assert page.query.endswith("&view=change")


def test_periods_on_both_sides_of_a_change_of_method_are_not_joined(pages):
    page = served(pages, "areas=E08000025,E08000029&metrics=median-weekly-pay&view=change")
    (chart,) = [part for part in page.parts if isinstance(part, Explorer)]
    assert "Not joined" in re.sub(r"<[^>]+>", " ", chart.picture)
    assert {trace["mode"] for trace in chart.figure["data"]} == {"markers"}
    assert "not compared" in text(page)


@pytest.mark.parametrize("metric", HELD, ids=lambda metric: metric.id)
def test_every_measure_can_be_compared(pages, metric):
    query = f"areas=E08000025,E12000005,W06000015,S12000036,E92000001&metrics={metric.id}"
    for view in ("", "&view=change"):
        words = text(served(pages, query + view))
        assert not re.search(r"\b(?:None|nan|NaN)\b(?! of)", words)


@pytest.mark.parametrize(
    "query",
    [
        "areas=E99999999",
        "areas=" + ",".join([*LONDON, "E08000025", "E08000026"]),
        "metrics=no-such-measure",
        "metrics=" + ",".join(metric.id for metric in HELD[:9]),
        "metrics=4g-land-area&metrics=%00",
        "measure=healthy",
        "group=no-such-group",
        "view=pie",
        "year=0",
        "year=1e3",
        "known=2026-13-01",
        "add=" + "x" * 101,
        "areas=" + "E08000025," * 400,
        "areas=%ff",
    ],
)
def test_what_cannot_be_read_is_refused_with_help(pages, query):
    page = pages.serve("/compare", query).page
    assert page.status == 400
    assert "Nothing has been guessed" in text(page)


@pytest.mark.parametrize(
    "query",
    [
        "areas=",
        "areas=E08000025,E08000025",
        "areas=E08000025&areas=E08000026",
        "metrics=,,",
        "view=change&view=",
        "x=1",
    ],
)
def test_what_is_empty_or_given_twice_is_read(pages, query):
    assert served(pages, query).parts


def test_every_group_on_offer_can_be_shown(pages, built_store_url):
    with ReadOnlyStore(built_store_url).connect() as connection:
        known = read_known_areas(connection)
    offered = [group for _, several in groups_offered(known) for group, _ in several]
    assert len(offered) == len(set(offered)) >= 5 + 7 + 13
    for group in offered:
        assert served(pages, f"group={group}&metrics={LIFE}").query.startswith("areas=")


def test_an_area_that_is_no_more_has_no_neighbours_on_offer(pages):
    page = served(pages, f"areas=E07000027,E08000025&metrics={LIFE}")
    made = "".join(piece.html for piece in pieces(page))
    assert "neighbours-e08000025" in made
    assert "neighbours-e07000027" not in made


def test_the_pages_of_metrics_and_areas_lead_here_with_what_they_show(pages):
    metric = pages.serve(f"/metrics/{LIFE}", "areas=E08000025,E08000029").page
    made = "".join(piece.html for piece in pieces(metric))
    assert f'href="/compare?areas=E08000025,E08000029&amp;metrics={LIFE}"' in made
    area = "".join(piece.html for piece in pieces(pages.serve("/areas/E08000025", "").page))
    assert 'href="/compare?group=neighbours-e08000025"' in area
    combined = "".join(piece.html for piece in pieces(pages.serve("/areas/E47000007", "").page))
    assert "group=neighbours" not in combined


def test_nobody_is_named_first_or_last_where_the_publisher_asks_for_no_ranking(pages):
    words = text(served(pages, "metrics=anxiety"))
    assert "the figures reach from" in words
    assert "asks that authorities not be ranked" in words
    assert "has the highest figure" not in words
    assert "has the highest figure" in text(served(pages, f"metrics={LIFE}"))


def test_any_series_of_a_measure_can_be_compared(pages):
    keys = "travel-time-to-employment,travel-time-to-employment~mode=car"
    page = served(pages, f"areas=E08000025,E08000026&metrics={keys}")
    assert page.query == (
        "areas=E08000025,E08000026&metrics=travel-time-to-employment,"
        "travel-time-to-employment~mode%3Dcar"
    )
    words = text(page)
    assert "Travel time to the nearest large employment centre by car" in words
    assert areas_in(page, "travel-time-to-employment") == BOROUGHS[:2]
    assert areas_in(page, "travel-time-to-employment-mode-car") == BOROUGHS[:2]
    made = "".join(piece.html for piece in pieces(page))
    assert 'value="travel-time-to-employment~mode=car" checked' in made
    # The third series can be added.
    assert '<option value="travel-time-to-employment~mode=cycle">' in made
    added = served(pages, f"metrics={keys}&measure=travel-time-to-employment~mode%3Dcycle")
    assert added.query.count("mode%3D") == 2
    assert (
        pages.serve("/compare", "metrics=travel-time-to-employment~mode=horse").page.status == 400
    )


def test_areas_that_are_not_to_be_ranked_stay_in_the_order_chosen(pages):
    page = served(pages, "areas=E08000031,E08000025,E08000026&metrics=anxiety,employment-rate")
    order = {
        part.id: re.findall(r'data-area="(\w+)"', part.picture)
        for part in page.parts
        if isinstance(part, Explorer)
    }
    assert order["compare-anxiety-chart"] == ["E08000031", "E08000025", "E08000026"]
    assert order["compare-employment-rate-chart"] != ["E08000031", "E08000025", "E08000026"]


def test_names_within_sentences_have_their_article(pages):
    words = text(served(pages, "areas=E12000005,E47000007,E08000025&metrics=employment-rate"))
    assert "In 2023 the West Midlands region has the highest figure" in words
    assert "the West Midlands Combined Authority" in words
    travel = "areas=E08000025,E47000007,E12000005&metrics=travel-time-to-employment"
    assert "No figure for the West Midlands Combined Authority." in text(served(pages, travel))
