"""The page of the search box, on the areas and metrics that ship."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layouts.document import pieces
from layouts.serving import Pages
from layouts.store_access import ReadOnlyStore


@pytest.fixture(scope="module")
def pages(built_store_url, catalogue):
    return Pages(ReadOnlyStore(built_store_url), catalogue)


def found(pages, asked):
    """Headings with the addresses below each."""
    served = pages.serve("/search", f"q={quote(asked)}")
    assert served.page.status == 200, served.page.description
    page = "".join(piece.html for piece in pieces(served.page))
    sections = re.findall(r"<section.*?</section>", page, re.DOTALL)
    return {
        re.search(r"<h2[^>]*>(\w+)<", section).group(1): re.findall(
            r'<li><a href="([^"]+)"', section
        )
        for section in sections
    }


@pytest.mark.parametrize(
    ("asked", "kind", "address"),
    [
        ("birmigham", "Areas", "/areas/E08000025"),
        ("Telford & Wrekin", "Areas", "/areas/E06000020"),
        ("wmca", "Areas", "/areas/E47000007"),
        ("E08000031", "Areas", "/areas/E08000031"),
        ("helthy life expectency", "Metrics", "/metrics/healthy-life-expectancy-male"),
        ("ks2", "Metrics", "/metrics/key-stage-2-reading-writing-maths"),
        ("murder", "Metrics", "/metrics/homicide-rate"),
        ("mission 7", "Missions", "/missions/health"),
        ("devolution deal", "Missions", "/missions/devolution"),
        ("core cities", "Groups", "/compare?group=core-cities-england"),
        ("areas most like dudly", "Groups", "/compare?group=neighbours-e08000027"),
    ],
)
def test_what_people_write_leads_to_the_page(pages, asked, kind, address):
    assert found(pages, asked)[kind][0] == address


def test_every_title_finds_its_own_page(pages, catalogue):
    for metric in catalogue.metrics.values():
        addresses = found(pages, metric.title)["Metrics"]
        assert f"/metrics/{metric.id}" in addresses[:3], metric.title
    for mission in catalogue.missions.values():
        assert f"/missions/{mission.slug}" in found(pages, mission.title)["Missions"]


def test_a_workstream_is_found_and_leads_to_its_page(pages):
    page = pages.serve("/search", "q=homelessness").page
    assert page.description == "Found for “homelessness”: 1 workstream."
    assert found(pages, "homelessness")["Workstreams"] == ["/workstreams/homelessness-prevention"]


def test_nothing_asked_and_nothing_found_offer_a_way_on(pages):
    for query in ("", "q=", "q=zzzzqqq"):
        page = pages.serve("/search", query).page
        assert page.status == 200
        assert 'href="/missions/health"' in page.parts[0].html
        assert 'href="/areas"' in page.parts[0].html
    assert "Nothing here is called “zzzzqqq”" in page.description


@pytest.mark.parametrize("query", ["q=" + "x" * 101, "q=a&q=b", "q=a%00b", "q=%ff"])
def test_what_cannot_be_read_is_refused_in_words(pages, query):
    page = pages.serve("/search", query).page
    assert page.status == 400
    assert "q" in page.parts[0].html


def test_the_box_stands_on_every_page_and_keeps_what_was_asked(client):
    asked = '"><script>alert(1)</script>'
    page = client.get(f"/search?q={quote(asked)}")
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "<script>alert" not in page.text
    assert f'value="{html.escape(asked).replace("&quot;", "&#34;")}"' in page.text
    for path in ("/", "/method", "/areas", "/missions/health", "/nowhere"):
        text = client.get(path).text
        assert '<form class="search" role="search" action="/search" method="get">' in text
        assert 'name="q" value=""' in text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(asked=st.text(max_size=100))
def test_any_question_has_an_answer(pages, asked):
    page = pages.serve("/search", f"q={quote(asked.encode('utf-8', 'replace'))}").page
    assert page.status in (200, 400)
