"""The pages of areas, on the figures that ship."""

from __future__ import annotations

import html
import re

import pytest

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore
from metrics.catalogue import load_catalogue

# One area of each kind that has figures.
KINDS = [
    "E47000007",
    "E08000025",
    "E10000031",
    "E06000051",
    "E07000192",
    "E09000007",
    "E12000005",
    "E23000014",
    "E92000001",
    "K02000001",
    "W06000015",
    "S12000033",
    "N09000003",
]


@pytest.fixture(scope="session")
def pages(built_store_url):
    return Pages(ReadOnlyStore(built_store_url), load_catalogue())


def markup(pages, path, query=""):
    served = pages.serve(path, query)
    assert served.page.status == 200, served.page.description
    return "".join(piece.html for piece in pieces(served.page))


def text_of(page):
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_of_area_has_all_missions(pages, code) -> None:
    page = markup(pages, f"/areas/{code}")
    assert page.count("<h1>") == 1
    for number in range(1, 13):
        assert f'<h2 id="mission-{number}">' in page
    assert '<strong class="value">' in page
    assert not re.search(r"\b(?:None|nan|NaN)\b(?! of)", text_of(page))


def test_the_opening_sentence_counts_what_the_comparisons_say(pages) -> None:
    sentence = pages.serve("/areas/E08000025", "").page.description
    counts = [int(number) for number in re.findall(r"(\d+) (?:is|are) ", sentence)]
    total = int(re.search(r"Of (\d+) figures that England has too", sentence).group(1))
    assert sum(counts) == total


def test_a_figure_comes_with_interval_and_comparison(pages) -> None:
    text = text_of(markup(pages, "/areas/E47000007"))
    assert "58.2 years 2022 to 2024 95% interval 56.9 to 59.4" in text
    assert "Beside England 2.7 years below, worse" in text
    assert "Beside West Midlands region" in text


def test_what_has_no_figure_is_listed_with_the_reason(pages) -> None:
    text = text_of(markup(pages, "/areas/E08000025"))
    assert "Public spending on research and development : Not published for metropolitan" in text


def test_metrics_are_linked_with_the_area_chosen(pages) -> None:
    page = markup(pages, "/areas/E08000025")
    assert 'href="/metrics/employment-rate?areas=E08000025"' in page
    assert 'href="/metrics/employment-rate"' in markup(pages, "/areas/E47000007")


def test_every_link_to_a_metric_leads_to_a_page(pages) -> None:
    for code in ("E08000025", "K02000001"):
        for address in set(re.findall(r'href="(/metrics/[^"]*)"', markup(pages, f"/areas/{code}"))):
            path, _, query = html.unescape(address).partition("?")
            assert pages.serve(path, query).page.status == 200, address


def test_the_combined_authority_leads_to_its_members(pages) -> None:
    page = markup(pages, "/areas/E47000007")
    for number in range(25, 32):
        assert f'href="/areas/E080000{number}"' in page
    assert 'href="/areas/E07000192">Cannock Chase</a>' in page


def test_an_abolished_area_leads_to_its_successor(pages) -> None:
    page = markup(pages, "/areas/E06000028")
    assert "This area no longer exists." in page
    assert 'href="/areas/E06000058"' in page
    assert "mission-1" not in page


def test_an_older_code_leads_to_the_newer_with_the_whole_history(pages) -> None:
    moved = pages.serve("/areas/E08000016", "").page
    assert (moved.status, moved.headers["Location"]) == (308, "/areas/E08000038")
    row = re.search(
        r'<a href="/metrics/key-stage-2[^"]*">.*?</article>',
        markup(pages, "/areas/E08000038"),
        re.DOTALL,
    )
    assert row is not None
    assert "school year 2018/19" in text_of(row.group(0))


def test_an_unknown_area_offers_those_like_it(pages) -> None:
    page = pages.serve("/areas/E08000125", "").page
    assert page.status == 404
    assert 'href="/areas/E0800002' in page.parts[0].html
    assert 'href="/areas"' in page.parts[0].html


def test_the_list_of_areas_finds_by_name_and_code(pages) -> None:
    plain = markup(pages, "/areas")
    assert 'href="/areas/E08000031">Wolverhampton</a>' in plain
    assert 'href="/areas/E06000016">Leicester</a>' in markup(pages, "/areas", "find=leicestr")
    assert 'href="/areas/E06000016">Leicester</a>' in markup(pages, "/areas", "find=E06000016")
    assert pages.serve("/areas", "find=leicestr").page.query == "find=leicestr"


def test_nothing_found_is_said_and_never_markup(pages) -> None:
    page = markup(pages, "/areas", "find=%3Cb%3Ezzzzqq")
    assert "No area has a name or code like" in page
    assert "<b>zzzz" not in page


def test_a_name_of_several_areas_offers_each(pages) -> None:
    text = text_of(markup(pages, "/areas", "find=West+Midlands"))
    assert "Areas that may be meant" in text
    assert "West Midlands region" in text
    assert "West Midlands police force area" in text


@pytest.mark.parametrize("code", ["E47000007", "E08000025", "E08000031"])
def test_the_authority_and_its_boroughs_are_covered_by_the_deal(pages, code) -> None:
    text = text_of(markup(pages, f"/areas/{code}"))
    assert "Covered by the deal for West Midlands since 17 June 2016." in text
    assert "The tier of West Midlands is established mayoral" in text
    assert "West Midlands has had an integrated settlement since 1 April 2025." in text


def test_a_county_whose_deal_is_agreed_has_no_verdict_for_it(pages) -> None:
    text = text_of(markup(pages, "/areas/E10000031"))
    assert "No deal is in force here. The one for Warwickshire is agreed" in text


def test_a_borough_tells_how_its_neighbourhoods_spread(pages) -> None:
    text = text_of(markup(pages, "/areas/E08000025"))
    assert "In 2020 half of its 639 neighbourhoods lay above 21.7%." in text
    assert "not to be read as a trend" in text
    assert "local pockets" not in text_of(markup(pages, "/areas/E47000007"))
