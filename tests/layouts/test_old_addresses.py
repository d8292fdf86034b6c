"""Every old address leads to its page, with its query; what is another place does not."""

from __future__ import annotations

import re

import pytest

from layouts.old_addresses import new_address, old_addresses, read_recoded
from layouts.publishing.moved import write_moved
from layouts.publishing.still import Site
from layouts.shell import create_app
from metrics.catalogue import load_catalogue

CATALOGUE = load_catalogue()
BARNSLEY, BARNSLEY_NOW = "E08000016", "E08000038"


@pytest.fixture(scope="module")
def recoded(built_store):
    with built_store.connect() as connection:
        return read_recoded(connection)


@pytest.fixture(scope="module")
def client(built_store_url):
    return create_app(CATALOGUE, built_store_url).server.test_client()


def test_the_table_walks_to_pages(client, recoded) -> None:
    table = old_addresses(CATALOGUE, recoded)
    assert table["/mission/7"] == table["/missions/7"] == "/missions/health"
    assert table[f"/areas/{BARNSLEY}"] == f"/areas/{BARNSLEY_NOW}"
    assert len(table) == 24 + len(recoded)
    for old, new in table.items():
        for query in ("", "?since=2026-01-31&x=%C3%A9%20%26%3D"):
            answer = client.get(old + query)
            assert (answer.status_code, answer.headers["Location"]) == (308, new + query)
        assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/areas/e08000025", "/areas/E08000025"),
        (f"/areas/{BARNSLEY.lower()}?a=1", f"/areas/{BARNSLEY_NOW}?a=1"),
        (
            "/missions/health/?areas=E08000025%2CE08000026",
            "/missions/health?areas=E08000025%2CE08000026",
        ),
        ("/areas/%3Fcode/", "/areas/%3Fcode"),
        ("/areas/%23top/?q=%25", "/areas/%23top?q=%25"),
        ("/areas/%C3%A9/", "/areas/%C3%A9"),
        ("/areas/100%25/", "/areas/100%25"),
    ],
)
def test_small_letters_and_a_slash_at_the_end_lead_on_as_they_were_encoded(client, old, new):
    answer = client.get(old)
    assert (answer.status_code, answer.headers["Location"]) == (308, new)


@pytest.mark.parametrize(
    "path",
    [
        *("/missions/0", "/missions/13", "/missions/07", "/missions/7x", "/mission/health"),
        *("/areas/nothing", "/areas/e0800002", "/areas/E08000025x", "/areas/%65%31/x"),
    ],
)
def test_what_is_no_old_address_is_not_found(client, path) -> None:
    assert client.get(path).status_code == 404


def test_an_authority_that_was_merged_keeps_a_page_that_says_so(client) -> None:
    page = client.get("/areas/E07000026")
    assert page.status_code == 200
    assert "This area no longer exists" in page.text


def test_only_areas_ask_the_store() -> None:
    def fail():
        raise AssertionError("the store was asked")

    for path in ("/", "/missions/7", "/metrics/happiness", "/areas", "/areas/" + "x" * 50):
        new_address(path, CATALOGUE, fail)


def test_a_published_copy_leads_on_without_a_server(tmp_path) -> None:
    site = Site("https://missions.example.org")
    write_moved(tmp_path, site, {"/mission/7": "/missions/health"})
    page = (tmp_path / "mission" / "7" / "index.html").read_text()
    assert re.search(r'http-equiv="refresh" content="0; url=/missions/health/"', page)
    assert 'rel="canonical" href="https://missions.example.org/missions/health/"' in page
    assert '<a href="/missions/health/">' in page


def test_every_old_address_of_a_published_copy_leads_to_a_file(published_folder, recoded) -> None:
    for old, new in old_addresses(CATALOGUE, recoded).items():
        assert (published_folder / "current" / old.strip("/") / "index.html").is_file()
        assert (published_folder / "current" / new.strip("/") / "index.html").is_file()
