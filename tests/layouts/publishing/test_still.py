"""A published page promises nothing that a click does not keep."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from layouts.publishing.still import Address, Site, StillPage, make_still

COPY = Site("https://copy.example")
WITH_INTERACTIVE = Site("https://copy.example", "https://live.example")
METRIC = Address("/metrics/pay")


def still(body: str, site: Site = COPY, page: Address = METRIC, **given: object) -> StillPage:
    document = (
        "<!DOCTYPE html><html><head><title>Pay</title>"
        '<link rel="stylesheet" href="/assets/style.css?m=1"></head>'
        f"<body>{body}</body></html>"
    )

    def is_page(path: str) -> bool:
        return path in ("/", "/metrics/pay", "/areas/E1", "/search")

    return make_still(document, page, site, is_page, **given)


def links(made: StillPage) -> list[str | None]:
    return [one.attributes.get("href") for one in LexborHTMLParser(made.document).css("a")]


def test_a_link_to_a_page_leads_to_its_folder():
    made = still('<a href="/areas/E1#pay">One</a> <a href="/">Board</a>')
    assert links(made) == ["/areas/E1/#pay", "/"]
    assert made.targets == {Address("/areas/E1"), Address("/")}


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("/metrics/pay?map=shown", "/metrics/pay/map-shown/"),
        ("/metrics/pay?table=all#areas", "/metrics/pay/table-all/#areas"),
        ("?breakdown=women", "/metrics/pay/breakdown-women/"),
        ("?breakdown=mode%3Dcar", "/metrics/pay/breakdown-mode-car/"),
        ("/areas/E1?metric=pay~sex%3Dmale#drawn", "/areas/E1/metric-pay_sex-male/#drawn"),
        ("/metrics/pay?table=periods", "/metrics/pay/table-periods/"),
        ("/metrics/pay?map=shown&breakdown=women", "/metrics/pay/breakdown-women_map-shown/"),
    ],
)
def test_a_view_has_a_page_of_its_own(href, leads):
    assert links(still(f'<p>See <a href="{href}">it</a></p>')) == [leads]


@pytest.mark.parametrize(
    "href",
    [
        "/metrics/pay?areas=E1,E2",
        "/metrics/pay?map=shown&amp;map=tiles",
        "/metrics/pay?map=shown&amp;table=all",
        "/metrics/pay?map=../../etc",
        "/figures/abc?value=1",
        "/nowhere",
    ],
)
def test_what_is_not_published_is_no_link(href):
    made = still(f'<p>The words <a href="{href}">stay here</a>.</p>')
    assert links(made) == []
    assert "The words stay here." in LexborHTMLParser(made.document).text()
    assert not made.targets


def test_an_invitation_that_cannot_be_kept_goes():
    made = still('<p class="explore"><a class="button" href="/metrics/pay?explore=x">Go</a></p>')
    assert "Go" not in LexborHTMLParser(made.document).text()


def test_nothing_is_left_of_a_citation_that_nobody_answers():
    body = (
        '<p>Pay <a class="cite-value" href="/cite?metric=pay">£500</a> '
        '<a class="cite" href="/cite?metric=pay">Cite</a></p>'
        '<p class="files">Take away: <a href="/metrics/pay/line.svg">SVG</a></p>'
    )
    words = LexborHTMLParser(still(body).document).text()
    assert "£500" in words
    assert "Cite" not in words
    assert "Take away" not in words
    kept = LexborHTMLParser(still(body, WITH_INTERACTIVE).document).css("a")
    assert [one.attributes["href"] for one in kept] == [
        "https://live.example/cite?metric=pay",
        "https://live.example/cite?metric=pay",
        "https://live.example/metrics/pay/line.svg",
    ]


FIGURE = Address("/figures/abc", "metric=pay&value=1")
CITED = '<p>Pay £500 <a class="cite" href="/cite?metric=pay">Cite</a></p>'


@pytest.mark.parametrize("path", ["/", "/missions/pay", "/metrics/pay"])
def test_a_figure_that_a_page_opens_with_has_its_citation_published(path):
    asked = []
    made = still(CITED, page=Address(path), citation=lambda query: asked.append(query) or FIGURE)
    assert asked == ["metric=pay"]
    assert links(made) == ["/figures/abc/"]
    assert made.targets == {FIGURE}


def test_a_page_with_hundreds_of_figures_leads_to_no_citation():
    made = still(CITED, page=Address("/areas/E1"), citation=lambda _query: FIGURE)
    assert links(made) == []
    assert made.targets == frozenset()


def test_a_citation_that_leads_nowhere_goes():
    assert links(still(CITED, citation=lambda _query: None)) == []


def test_of_the_files_the_tables_that_are_published_stay():
    offer = (
        '<p class="files">Take away the chart: <a href="/metrics/pay/line.svg" download>SVG</a>; '
        'its figures: <a href="/metrics/pay/periods.csv{}" download>CSV</a>, '
        '<a href="/metrics/pay/periods.xlsx{}" download>workbook</a>.</p>'
    )
    tables = ["/metrics/pay/periods.csv"]
    for query in ("", "?table=all"):
        made = still(offer.format(query, query), tables=tables)
        assert links(made) == tables
        assert made.files >= set(tables)
        words = LexborHTMLParser(made.document).text()
        assert "Take away the figures: CSV." in words
        assert "workbook" not in words
    # Another series has other figures.
    assert links(still(offer.format("?breakdown=women", ""), tables=tables)) == []
    assert "Take away" not in LexborHTMLParser(still(offer.format("", "")).document).text()


def test_where_there_is_an_interactive_site_links_and_forms_lead_there():
    made = still(
        '<a href="/metrics/pay?areas=E1">Chosen</a> <a href="?explore=line">Explore</a>'
        '<form action="/metrics/pay" method="get"><input name="areas"></form>',
        WITH_INTERACTIVE,
    )
    assert links(made) == [
        "https://live.example/metrics/pay?areas=E1",
        "https://live.example/metrics/pay?explore=line",
    ]
    form = LexborHTMLParser(made.document).css_first("form")
    assert form is not None
    assert form.attributes["action"] == "https://live.example/metrics/pay"


def test_a_form_that_nobody_answers_goes_and_the_search_box_stays():
    made = still('<form action="/metrics/pay">Choose</form><form action="/search">Find</form>')
    forms = LexborHTMLParser(made.document).css("form")
    assert [one.attributes["action"] for one in forms] == ["/search/"]


def test_links_elsewhere_and_within_the_page_stay():
    body = '<a href="https://www.gov.uk/">Out</a> <a href="#main">Down</a><main id="main"></main>'
    assert links(still(body)) == ["https://www.gov.uk/", "#main"]


def test_drawings_stay_as_they_are():
    drawing = '<svg viewBox="0 0 4 4"><path d="M0 0h4"></path></svg>'
    assert drawing in still(drawing).document


def test_the_files_that_a_page_asks_for_are_told():
    card = '<meta property="og:image" content="https://copy.example/cards/pay.png">'
    document = (
        f"<html><head>{card}<script src='/assets/own.js'></script></head><body></body></html>"
    )
    made = make_still(document, METRIC, COPY, lambda _path: True, ["/assets/search.js?m=2"])
    assert made.files == {"/cards/pay.png", "/assets/own.js", "/assets/search.js"}
    scripts = LexborHTMLParser(made.document).css("head script")
    assert [one.attributes["src"] for one in scripts] == [
        "/assets/own.js",
        "/assets/search.js?m=2",
    ]
