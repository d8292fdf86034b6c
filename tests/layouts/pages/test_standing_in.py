"""Where nothing is published: a derived figure with its badge, or the figure of the same places."""

from __future__ import annotations

import re

import pytest

from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

BADGE = '<a class="badge derived" href="/method#groups">'
WMCA = "E47000007"


@pytest.fixture(scope="module")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def html_of(pages, path):
    page = pages.serve(path, "").page
    return "".join(str(getattr(part, "html", "")) for part in page.parts)


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).replace("&#39;", "'")


def test_the_area_page_badges_a_derived_figure_and_says_how_it_was_made(pages):
    html = html_of(pages, f"/areas/{WMCA}")
    row = html[html.index("Households in fuel poverty") :]
    row = row[: row.index("</article>")]
    assert BADGE in row
    assert "Not a published figure: worked out again from the counts of 7 authorities." in row


def test_a_refused_figure_names_what_is_missing(pages):
    words = words_of(html_of(pages, f"/areas/{WMCA}"))
    assert "Not derived: the weight (pupils enrolled) is not held." in words


@pytest.mark.parametrize("path", ["/", f"/areas/{WMCA}"])
def test_homicide_is_told_of_the_police_force_area_and_not_claimed(pages, path):
    words = words_of(html_of(pages, path))
    told = re.search(
        r"The police force area, which is the same seven boroughs: \d+\.\d homicides", words
    )
    assert told is not None


def test_the_metric_page_shows_groups_splits_and_ends(pages):
    words = words_of(html_of(pages, "/metrics/travel-time-to-employment"))
    assert "For the West Midlands Combined Authority the publisher gives no figure." in words
    assert "Among the seven boroughs" in words
    income = words_of(html_of(pages, "/metrics/household-income-per-head"))
    assert "lay between regions, the rest within them" in income
    assert "Theil's T" in income
    assert "As a check, the rule was applied to the 13 periods" in income
    assert "The gap between the West Midlands Combined Authority and England." in income


def test_an_overlap_is_named_on_the_metric_page(pages):
    words = words_of(html_of(pages, "/metrics/population"))
    assert "lie within Warwickshire, and would count twice." in words


@pytest.mark.parametrize("path", ["/", "/missions/crime", f"/areas/{WMCA}"])
def test_the_figure_of_the_same_places_leads_to_its_own_citation(pages, path):
    html = html_of(pages, path)
    told = html[html.index("the same seven boroughs: ") :]
    link = re.search(r'href="(/cite\?[^"]*)"', told)
    assert link is not None
    assert "metric=homicide-rate&amp;area=E23000014&amp;" in link[1]


def test_the_one_derived_figure_of_a_metric_page_leads_to_its_citation(pages):
    html = html_of(pages, "/metrics/fuel-poverty")
    told = html[html.index("Worked out here it is") :]
    told = told[: told.index("</p>")]
    assert "metric=fuel-poverty&amp;area=E47000007&amp;period=2020-01-01&amp;basis=derived" in told
    # The first sentence gives England's figure where the authority has none.
    answer = html[html.index('class="answer"') : html.index("Groups of areas")]
    assert "in England was 13.2%." in answer
    assert "metric=fuel-poverty&amp;area=E92000001&amp;period=2020-01-01" in answer


def test_the_first_figure_of_a_history_on_an_areas_page_leads_to_its_citation(pages):
    html = html_of(pages, "/areas/E08000025")
    told = html[html.index("From 65.0% in 2004 to 65.9%.") :]
    assert "metric=employment-rate&amp;area=E08000025&amp;period=2004-01-01" in told[:200]
