"""What a page weighs on its way to a phone, and that it carries the styles that it needs."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from layouts.asset_files import ASSETS, ONLY_ON, page_style, style_sheet
from layouts.delivery import LARGEST_PAGE
from layouts.publishing.rendering import write_with_compressed
from layouts.shell import create_app
from metrics.catalogue import load_catalogue
from tests.browser.kinds import FULLEST, PAGES

# The metrics whose pages, maps and tables are the heaviest.
HEAVY = (
    "/metrics/anxiety",
    "/metrics/life-worthwhile?map=shown",
    "/metrics/public-electric-vehicle-chargers?map=shown",
    "/metrics/gva-per-filled-job?map=shown",
    "/metrics/median-weekly-pay?table=all",
    "/metrics/preventable-cardiovascular-deaths?table=periods",
)
# Seven boroughs, the region and England over 22 periods, each with its interval.
HEAVIEST = "/metrics/preventable-cardiovascular-deaths"
# States and pseudo-elements, which no finished page is searched for.
_STATES = re.compile(r"::[a-z-]+|:(?:hover|focus|focus-visible|active|visited|open)\b(?!-)")


@pytest.fixture(scope="module")
def client(built_store_url: str) -> FlaskClient:
    return create_app(load_catalogue(), built_store_url).server.test_client()


@pytest.mark.parametrize("address", [*PAGES, *FULLEST, *HEAVY, HEAVIEST])
def test_a_page_is_light_enough_for_a_phone(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers={"Accept-Encoding": "br"}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) <= LARGEST_PAGE


def test_the_heaviest_page_is_light_enough_where_it_is_published(client, tmp_path) -> None:
    content = client.get(HEAVIEST).data
    write_with_compressed(tmp_path / "index.html", content)
    assert (tmp_path / "index.html").read_bytes() == content
    assert (tmp_path / "index.html.br").stat().st_size <= LARGEST_PAGE


def selectors(sheet: str) -> list[str]:
    """The selectors of a style sheet, without states that no finished page is in."""
    text = re.sub(r"/\*.*?\*/", "", (ASSETS / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = re.findall(r"([^{}@;]+)\{[^{}]*\}", text)
    return [without for rule in rules if (without := _STATES.sub("", rule).strip(" ,\n"))]


@pytest.mark.parametrize("address", [*PAGES, *FULLEST, *HEAVY, "/packs/areas/E08000025"])
def test_a_page_carries_every_style_that_it_needs(client: FlaskClient, address: str) -> None:
    answer = client.get(address, follow_redirects=True)
    page = LexborHTMLParser(answer.text)
    kind = address.partition("?")[0].strip("/").partition("/")[0]
    style = page.css_first("head style")
    assert style is not None
    assert style.text() == page_style(f"/{kind}")
    lacking = [
        f"{sheet}: {selector}"
        for sheet, kinds in ONLY_ON.items()
        if kind not in kinds
        for selector in selectors(sheet)
        if page.css_first(selector) is not None
    ]
    assert lacking == []


def test_only_sheets_that_there_are_are_kept_from_pages() -> None:
    assert set(ONLY_ON) <= {path.name for path in ASSETS.glob("*.css")}
    assert len(page_style("/metrics/x")) < len(style_sheet()) * 0.8
    assert page_style("/nothing/at-all") == page_style("/elsewhere")
