"""The page of a metric, on the figures that ship and on a store without any."""

from __future__ import annotations

import html
import re

import pytest

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

CATALOGUE = load_catalogue()
HELD = [metric.id for metric in CATALOGUE.metrics.values() if metric.figures == "held"]
NOT_HELD = [metric.id for metric in CATALOGUE.metrics.values() if metric.figures == "not held"]


@pytest.fixture(scope="session")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), CATALOGUE)


def markup(pages, path, query=""):
    served = pages.serve(path, query)
    assert served.page.status == 200, served.page.description
    return "".join(piece.html for piece in pieces(served.page))


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("metric_id", HELD)
def test_every_metric_with_figures_has_sentence_pictures_and_tables(pages, metric_id) -> None:
    page = markup(pages, f"/metrics/{metric_id}")
    assert page.count("<h1>") == 1
    assert re.search(r'<p class="answer">[^<]*\d[^<]*\.</p>', page)
    assert 'class="chart chart-' in page
    assert '<table class="figures' in page
    assert not re.search(r"\b(?:None|nan|NaN)\b(?! of)", text_of(page))


@pytest.mark.parametrize("metric_id", NOT_HELD)
def test_every_metric_without_figures_says_why(pages, metric_id) -> None:
    text = text_of(markup(pages, f"/metrics/{metric_id}"))
    assert "This dashboard holds no figures for" in text
    assert " ".join(CATALOGUE.metrics[metric_id].figures_note.split())[:60] in text


def test_a_metric_that_is_worked_out_opens_with_its_answer_and_lists_the_deals(pages) -> None:
    text = text_of(markup(pages, "/metrics/population-under-devolution-deal"))
    assert "56.9% of the people of England lived under a deal in force" in text
    assert "Deals in force, agreed or planned" in text
    assert re.search(r"West Midlands\s+mayoral combined authority, 7 authorities", text)
    assert "17 June 2016" in text
    assert "Worked out here from the dated deals" in text


def test_the_opening_sentence_gives_value_interval_and_england(pages) -> None:
    page = pages.serve("/metrics/healthy-life-expectancy-male", "").page
    assert page.description == (
        "In 2022 to 2024, healthy life expectancy at birth for men in the West Midlands Combined "
        "Authority was 58.2 years (95% interval 56.9 to 59.4), lower than England's 60.9."
    )


def test_chosen_areas_are_drawn_tabled_and_in_the_address(pages) -> None:
    query = "areas=E08000027&areas=E08000028&tier=upper_tier"
    served = pages.serve("/metrics/healthy-life-expectancy-male", query)
    assert served.page.query == "areas=E08000027,E08000028"
    page = markup(pages, "/metrics/healthy-life-expectancy-male", query)
    assert '<th scope="col">Dudley</th>' in page
    assert 'value="E08000027" checked' in page
    assert 'value="E08000025" checked' not in page


def test_an_area_is_added_by_name_and_stands_in_the_address_by_code(pages) -> None:
    page = pages.serve("/metrics/median-weekly-pay", "areas=E08000025&add=leicester").page
    assert page.query == "areas=E08000025,E06000016"


def test_a_name_that_is_not_known_is_told_with_those_that_may_be_meant(pages) -> None:
    page = markup(pages, "/metrics/median-weekly-pay", "add=Leicestr")
    assert "No area is called “Leicestr”." in text_of(page)
    assert 'href="/metrics/median-weekly-pay?areas=E06000016">Leicester</a>' in page


def test_what_a_reader_types_is_never_markup(pages) -> None:
    page = markup(pages, "/metrics/median-weekly-pay", "add=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_group_shows_its_first_ten_members(pages) -> None:
    page = pages.serve("/metrics/employment-rate", "group=neighbours-e08000025").page
    assert len(page.query.removeprefix("areas=").split(",")) == 10
    text = text_of(markup(pages, "/metrics/employment-rate", "group=neighbours-e08000025"))
    assert "Areas most like Birmingham: the first 10 of 20 are shown." in text


def test_at_most_ten_areas(pages) -> None:
    ten = ",".join(f"E080000{number}" for number in range(22, 32))
    text = text_of(markup(pages, "/metrics/employment-rate", f"areas={ten}&add=Leicester"))
    assert "At most 10 areas can be shown together." in text


def test_the_maps_and_the_long_tables_have_a_page_each(pages) -> None:
    path = "/metrics/healthy-life-expectancy-male"
    plain = markup(pages, path)
    assert "chart-map" not in plain
    assert ">Blackpool</a>" not in plain
    for query in ("map=shown", "map=tiles", "table=all"):
        assert f'href="{path}?{query}"' in plain
    shown = markup(pages, path, "map=shown&areas=E08000025")
    assert "chart-map" in shown
    assert "chart-line" not in shown
    # The way back keeps the areas; so does the way to the table.
    assert f'href="{path}?areas=E08000025"' in shown
    assert f'href="{path}?areas=E08000025&amp;table=all"' in shown
    everything = markup(pages, path, "table=all")
    assert 'href="/areas/E06000009">Blackpool</a>' in everything
    assert "chart-" not in everything
    titles = {pages.serve(path, query).page.title for query in ("", "map=shown", "table=all")}
    assert len(titles) == 3


def test_an_address_of_map_and_table_is_the_map_that_leads_to_the_table(pages) -> None:
    path = "/metrics/healthy-life-expectancy-male"
    page = pages.serve(path, "map=shown&table=all").page
    assert page.query == "map=shown"
    assert f'href="{path}?table=all"' in markup(pages, path, "map=shown&table=all")


def test_the_periods_that_a_page_has_no_room_for_are_in_a_table_of_their_own(pages) -> None:
    path = "/metrics/preventable-cardiovascular-deaths"
    plain, everything = markup(pages, path), markup(pages, path, "table=periods")
    assert "These are the newest 13 of 22 periods." in plain
    assert f'href="{path}?table=periods"' in plain
    first = '<th scope="row">2001 to 2003</th><td><a class="cite-value"'
    assert first not in plain
    assert first in everything
    assert "chart-" not in everything
    short = "/metrics/healthy-life-expectancy-male"
    assert "table=periods" not in markup(pages, short)


def test_a_metric_without_a_map_shows_everything_where_one_is_asked_for(pages) -> None:
    assert "chart-line" in markup(pages, "/metrics/homicide-rate", "map=shown")


def test_a_period_chosen_is_the_period_of_strip_and_map(pages) -> None:
    path, query = "/metrics/healthy-life-expectancy-male", "period=2011-01-01&map=shown"
    assert pages.serve(path, query).page.query == query
    text = text_of(markup(pages, path, query))
    assert "have a figure for 2011 to 2013" in text


def test_another_series_has_its_own_sentence(pages) -> None:
    page = pages.serve("/metrics/travel-time-to-employment", "breakdown=mode%3Dcar").page
    assert page.query == "breakdown=mode%3Dcar"
    assert "centre by car" in page.description


def test_a_year_without_tests_is_a_gap_that_is_said(pages) -> None:
    text = text_of(markup(pages, "/metrics/key-stage-2-reading-writing-maths"))
    assert "There are no figures between school year 2018/19 and school year 2021/22." in text


def test_the_two_west_midlands_are_told_apart(pages) -> None:
    text = text_of(markup(pages, "/metrics/employment-rate", "areas=E08000025"))
    assert "below the West Midlands region (" in text
    assert "below the West Midlands Combined Authority (" in text


def test_it_says_that_the_live_service_was_not_verified(pages) -> None:
    text = text_of(markup(pages, "/metrics/employment-rate"))
    assert "not yet verified against the live service" in text


def test_an_unknown_metric_offers_those_like_it(pages) -> None:
    page = pages.serve("/metrics/healthy-life-expectency", "").page
    assert page.status == 404
    assert "/metrics/healthy-life-expectancy-male" in page.parts[0].html


@pytest.mark.parametrize(
    "query",
    [
        "areas=E99999999",
        "areas=" + ",".join(f"E080000{number}" for number in range(20, 32)),
        "period=yesterday",
        "period=1900-01-01",
        "tier=parish",
        "breakdown=sex%3Dother",
        "map=maybe",
        "table=some",
        "group=friends",
        "add=" + "x" * 101,
        "add=%FF",
        "explore=nothing",
    ],
)
def test_a_value_that_cannot_be_read_is_refused(pages, query) -> None:
    assert pages.serve("/metrics/healthy-life-expectancy-male", query).page.status == 400


@pytest.mark.parametrize("metric_id", HELD[:3] + NOT_HELD[:1])
def test_a_store_without_figures_still_gives_a_page(migrated_sqlite_file, metric_id) -> None:
    empty = Pages(ReadOnlyStore(f"sqlite:///{migrated_sqlite_file}"), CATALOGUE)
    text = text_of(markup(empty, f"/metrics/{metric_id}"))
    assert "How we know" in text


def test_what_a_rate_is_out_of_is_told_with_whether_its_number_is_held(pages) -> None:
    page = markup(pages, "/metrics/adult-smoking")
    assert "Adults aged 18 and over. No numbers are held here that match these" in text_of(page)
    held = [
        one for one in CATALOGUE.metrics.values() if one.denominator == "residents aged 16 to 64"
    ]
    page = markup(pages, f"/metrics/{held[0].id}")
    assert "Residents aged 16 to 64. How many there are, by area and year, is held" in text_of(page)
    assert 'href="/metrics/population?breakdown=age%3D16-64"' in page
    # The share of people under a deal is worked out here.
    deal = text_of(markup(pages, "/metrics/population-under-devolution-deal"))
    assert "Divided by" not in deal


def test_fuel_poverty_shows_the_pockets_within_each_borough_with_caution(pages) -> None:
    page = markup(pages, "/metrics/fuel-poverty")
    text = text_of(page)
    assert "Of the 1,680 neighbourhoods in the seven boroughs, 1,262 (75%) lay above" in text
    assert re.search(r"Birmingham\s+639\s+4\.1%\s+11\.8%\s+21\.7%\s+34\.2%\s+60\.2%", text)
    assert "not to be read as a trend within a neighbourhood" in text
    assert page.count("neighbourhoods within each borough, 2020") == 2
    assert "local pockets" not in markup(pages, "/metrics/adult-smoking")
