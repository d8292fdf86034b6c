"""With which headers the server answers, and what they promise."""

from __future__ import annotations

import brotli
import pytest

from layouts.asset_files import page_style
from tests.layouts.sent import MISSION, Document


@pytest.mark.parametrize(
    "url", ["/", "/nothing", "/healthz", "/assets/missions.js", "/_dash-layout", "/assets/none"]
)
def test_every_answer_carries_the_security_headers(client, url):
    headers = client.get(url).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("url", ["/", MISSION, "/sample?areas=A", "/nothing"])
def test_the_page_obeys_the_policy(client, url):
    page = Document(client.get(url).text)
    for script in page.all("script"):
        assert script.get("type") == "application/json" or script["src"].startswith("/")
    # The page carries one style sheet, which is ours, and waits for no other.
    assert len(page.all("style")) == 1
    own = "/" if url == "/nothing" else url.partition("?")[0]
    assert f"<style>{page_style(own)}</style>" in client.get(url).text
    assert not [link for link in page.all("link") if link["rel"] == "stylesheet"]
    assert [a for _, a in page.elements if "style" in a] == []
    handlers = [a for _, a in page.elements if any(name.startswith("on") for name in a)]
    assert handlers == []
    for link in page.all("link"):
        assert link["href"].startswith("/")


def test_nothing_that_differs_from_visit_to_visit_is_sent(client):
    first, second = client.get("/"), client.get("/")
    assert first.data == second.data
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_are_compressed_for_those_who_can_read_it(client):
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    tag = packed.headers["ETag"]
    assert (
        client.get("/", headers={"If-None-Match": tag, "Accept-Encoding": "br"}).status_code == 304
    )
    refused = client.get("/", headers={"Accept-Encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_what_is_named_by_its_content_is_kept(client):
    page = Document(client.get("/").text)
    addresses = [a["href"] for a in page.all("link")]
    addresses += [a["src"] for a in page.all("script") if "src" in a]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.cache_control.max_age == 31_536_000, address


@pytest.mark.parametrize("url", ["/", MISSION, "/assets/missions.js", "/nothing"])
def test_the_head_of_an_answer_is_that_of_the_whole(client, url):
    for accepted in ("br", "gzip", "identity"):
        headers = {"Accept-Encoding": accepted}
        whole, head = client.get(url, headers=headers), client.head(url, headers=headers)
        assert head.data == b""
        for name in ("Vary", "Content-Encoding", "Content-Length", "Content-Type", "ETag"):
            assert head.headers.get(name) == whole.headers.get(name), (name, accepted)


def test_an_answer_that_nothing_changed_varies_as_the_whole_does(client):
    whole = client.get("/", headers={"Accept-Encoding": "br"})
    headers = {"Accept-Encoding": "br", "If-None-Match": whole.headers["ETag"]}
    again = client.get("/", headers=headers)
    assert again.status_code == 304
    assert again.headers["Vary"] == whole.headers["Vary"]
