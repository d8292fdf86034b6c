"""What refers to an element of a page finds it, and finds only one."""

from __future__ import annotations

from collections import Counter

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from layouts.shell import create_app
from metrics.catalogue import load_catalogue
from tests.browser.kinds import FULLEST, PAGES

REFERRING = ("for", "list", "aria-labelledby", "aria-describedby", "aria-controls", "data-copy")


@pytest.fixture(scope="module")
def client(built_store_url: str) -> FlaskClient:
    return create_app(load_catalogue(), built_store_url).server.test_client()


@pytest.mark.parametrize("address", [*PAGES, *FULLEST, "/packs/areas/E08000025"])
def test_every_reference_within_a_page_finds_one_element(client, address) -> None:
    page = LexborHTMLParser(client.get(address, follow_redirects=True).text)
    named = Counter(str(one.attributes["id"]) for one in page.css("[id]"))
    assert [name for name, times in named.items() if times > 1] == []
    referred = {
        name
        for attribute in REFERRING
        for one in page.css(f"[{attribute}]")
        for name in str(one.attributes[attribute]).split()
    }
    referred |= {str(one.attributes["href"])[1:] for one in page.css('a[href^="#"]')}
    assert sorted(referred - set(named)) == []
