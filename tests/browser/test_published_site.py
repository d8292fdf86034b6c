"""The published copy, served by nginx: whole, linked, compressed, and of use without a server."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import brotli
import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser

from layouts.asset_files import page_style, style_source
from layouts.delivery import SECURITY_HEADERS
from tests.browser.pages import assert_accessible, assert_no_sideways_scroll
from tests.fixtures.browser import LAPTOP, PATIENCE_MILLISECONDS
from tests.fixtures.published import ADDRESS

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="session")
def documents(published_folder: Path) -> dict[str, LexborHTMLParser]:
    """Every published page by its path, without the files that only lead on from old addresses."""
    root = published_folder / "current"
    found = {
        f"/{path.parent.relative_to(root).as_posix()}/".replace("/./", "/"): LexborHTMLParser(
            path.read_text(encoding="utf-8")
        )
        for path in sorted(root.rglob("index.html"))
    }
    return {
        path: page
        for path, page in found.items()
        if page.css_first('meta[http-equiv="refresh"]') is None
    }


@pytest.fixture
def still_page(browser: Browser, published_url: str) -> Iterator[Page]:
    """A page of the published copy, whose test fails on an error in the browser."""
    faults: list[str] = []
    with browser.new_context(base_url=published_url, viewport=LAPTOP, locale="en-GB") as context:
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page = context.new_page()
        page.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    assert faults == []


def test_the_site_map_names_every_page(published_folder, documents):
    tree = ElementTree.parse(published_folder / "current" / "sitemap.xml")  # noqa: S314 - our own
    places = [place.text or "" for place in tree.iter(f"{SITEMAP}loc")]
    assert {place.removeprefix(ADDRESS) for place in places} == set(documents)
    assert len(places) == len(set(places)) > 600
    assert all(place.startswith(ADDRESS) for place in places)


def test_every_link_leads_to_a_page_or_a_table_and_every_place_in_it(documents, published_folder):
    broken = []
    root = published_folder / "current"
    tables = {f"/{path.relative_to(root).as_posix()}" for path in root.rglob("*.csv")}
    assert len(tables) > 100
    for path, document in documents.items():
        for link in document.css("a[href]"):
            parts = urlsplit(link.attributes["href"] or "")
            if parts.scheme or parts.path in tables:
                continue
            target = documents.get(parts.path or path)
            place = parts.fragment
            if parts.query or target is None:
                broken.append(f"{path}: {link.attributes['href']}")
            elif place and target.css_first(f'[id="{place}"]') is None:
                broken.append(f"{path}: no place {place} in {parts.path}")
    assert broken == []


def test_every_page_names_itself(documents):
    titles: dict[str, str] = {}
    for path, document in documents.items():
        title = document.css_first("title")
        description = document.css_first("meta[name=description]")
        canonical = document.css_first("link[rel=canonical]")
        assert title is not None, path
        assert description is not None, path
        assert canonical is not None, path
        assert len(description.attributes["content"] or "") >= 20, path
        assert canonical.attributes["href"] == ADDRESS + path
        assert len(document.css("h1")) == 1, path
        titles.setdefault(title.text(), path)
    assert len(titles) > 500


def test_no_page_has_a_form_that_nobody_answers(documents):
    actions = {form.attributes["action"] for one in documents.values() for form in one.css("form")}
    assert actions == {"/search/"}


def test_compressed_forms_are_the_same(published_folder):
    root = published_folder / "current"
    for name in ("index.html", "assets/search.js", "search/index.html"):
        content = (root / name).read_bytes()
        assert gzip.decompress((root / f"{name}.gz").read_bytes()) == content
        assert brotli.decompress((root / f"{name}.br").read_bytes()) == content


def test_the_manifest_has_every_file(published_folder):
    root = published_folder / "current"
    manifest = json.loads((root / "manifest.json").read_text())
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert set(manifest["files"]) == files - {"manifest.json"}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0.5, gzip", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, brrr", "gzip"),
        ("identity", None),
    ],
)
def test_nginx_sends_the_form_that_is_asked_for(published_url, accepted, encoding):
    for path, words in (("/", "12 missions"), ("/areas/E08000025/", "Birmingham")):
        answer = requests.get(
            f"{published_url}{path}", headers={"Accept-Encoding": accepted}, timeout=30
        )
        assert answer.status_code == 200
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert words in answer.text


def test_nginx_leads_to_the_folder_of_a_page(published_url):
    answer = requests.get(f"{published_url}/areas/E08000025", timeout=30, allow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/areas/E08000025/"


def test_nginx_serves_it_with_the_headers_of_the_dashboard(published_url):
    answer = requests.get(f"{published_url}/areas/E08000025/", timeout=30)
    assert answer.status_code == 200
    for name, value in SECURITY_HEADERS.items():
        if name != "Content-Security-Policy":
            assert answer.headers[name] == value
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'" in policy
    assert "style-src-attr 'none'" in policy
    # What the server cannot name for every release, each page says of itself.
    assert f'content="style-src {style_source(page_style("/areas/E08000025"))}"' in answer.text
    assert answer.text.index("style-src") < answer.text.index("<style>")
    script = requests.get(f"{published_url}/assets/search.js?m=1", timeout=30)
    assert "immutable" in script.headers["Cache-Control"]


def test_a_figure_that_a_page_opens_with_is_cited_and_its_table_taken_away(
    published_url, documents
):
    page = documents["/metrics/employment-rate/"]
    link, table = page.css_first(".answer ~ p a.cite"), page.css_first("p.files a")
    assert link is not None
    assert table is not None
    cited = documents[link.attributes["href"] or ""]
    sentence = cited.css_first("#cite-plain")
    assert sentence is not None
    # The permanent address, with its facts, leads to the same page.
    permanent = re.search(rf"{ADDRESS}(/figures/\S+)", sentence.text())
    assert permanent is not None
    answer = requests.get(f"{published_url}{permanent[1]}", timeout=30)
    assert answer.status_code == 200
    assert "Ready to paste" in answer.text
    rows = requests.get(f"{published_url}{table.attributes['href']}", timeout=30)
    assert rows.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows.text.splitlines()) > 10


def test_nginx_answers_what_is_not_there_with_a_page_that_helps(published_url):
    answer = requests.get(f"{published_url}/areas/E99999999/", timeout=30)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert 'content="noindex"' in answer.text


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "path", ["/", "/areas/E08000025/", "/metrics/employment-rate/map-shown/", "/search/"]
)
def test_a_published_page_is_accessible_and_fits(still_page, path, width):
    still_page.set_viewport_size({"width": width, "height": 800})
    still_page.goto(path)
    assert_accessible(still_page)
    assert_no_sideways_scroll(still_page)


def test_missions_are_laid_out_as_they_come_near_and_nothing_is_lost(still_page, server_url):
    still_page.goto("/")
    last = still_page.locator("#block-12")
    expect(last).to_have_css("content-visibility", "auto")
    last.scroll_into_view_if_needed()
    expect(last.get_by_role("heading", name="Devolution")).to_be_in_viewport()
    # Dash moves the parts of a page, which would then be of another length.
    still_page.goto(f"{server_url}/")
    expect(last).to_have_css("content-visibility", "visible")


def test_searching_narrows_the_list_down(still_page):
    still_page.goto("/")
    still_page.keyboard.press("/")
    still_page.keyboard.type("wolverhamton")
    still_page.keyboard.press("Enter")
    expect(still_page.locator("#found-answer")).to_contain_text("Found for “wolverhamton”: ")
    visible = still_page.locator(".found > li:visible")
    assert 1 <= visible.count() < 5
    visible.get_by_role("link", name="Wolverhampton").first.click()
    expect(still_page.locator("h1")).to_contain_text("Wolverhampton")


def test_searching_for_nothing_that_is_here_says_so(still_page):
    still_page.goto("/search/?q=%3Cscript%3Ezzzz")
    expect(still_page.locator("#found-answer")).to_have_text(
        "Nothing here is called “<script>zzzz”, nor anything much like it."
    )
    expect(still_page.locator(".found > li:visible")).to_have_count(0)


def test_it_is_whole_without_scripts(browser, published_url):
    with browser.new_context(base_url=published_url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search/")
        expect(page.get_by_role("link", name="Wolverhampton", exact=False).first).to_be_visible()
        page.goto("/metrics/gigabit-broadband/")
        expect(page.locator("svg").first).to_be_visible()
