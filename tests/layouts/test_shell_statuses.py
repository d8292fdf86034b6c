"""Which status the server answers each address with, and with what page."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.layouts.conftest import NASTY
from tests.layouts.sent import MISSION, Document


@pytest.mark.parametrize("url", ["/", MISSION, "/sample?areas=A,B", "/healthz", "/readyz"])
def test_what_is_there_answers(client, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize(
    "url",
    ["/nothing", "/missions/nothing", "/missions", "/a/b/c.php", "/areas/%00", "/metrics/%0a"],
)
def test_what_is_not_there_is_404_with_the_way_back(client, url):
    response = client.get(url)
    assert response.status_code == 404
    assert "no-store" in response.headers["Cache-Control"]
    page = Document(response.text)
    assert "/" in [a.get("href") for a in page.all("a")]
    assert not page.all("script")


@pytest.mark.parametrize(
    "url",
    [
        "/_dash-component-suites/dash/none.js",
        "/_dash-component-suites/none/none.js",
        "/_dash-component-suites/dash/../dash.py",
        "/_dash-component-suites/dash/dash.py",
        "/assets/none.css",
        "/assets/../shell.py",
    ],
)
def test_only_the_files_of_a_page_are_served(client, url):
    assert client.get(url).status_code == 404


def test_scripts_are_served_before_any_page_was_asked_for(app, make_app, measured_store):
    page = Document(app.server.test_client().get("/sample").text)
    fresh = make_app(measured_store).server.test_client()
    for script in page.all("script"):
        if "src" in script:
            assert fresh.get(script["src"]).status_code == 200


def test_an_unknown_mission_offers_the_twelve(client):
    links = [a.get("href", "") for a in Document(client.get("/missions/healthy").text).all("a")]
    assert sum(link.startswith("/missions/") for link in links) == 12


def test_a_malformed_query_is_400_and_names_every_parameter(client):
    response = client.get("/sample?areas=Z&on=never&unknown=%ff")
    assert response.status_code == 400
    assert "<strong>areas</strong>: found “Z”" in response.text
    assert "<strong>on</strong>: found “never”" in response.text
    assert "unknown" not in response.text
    assert 'href="/sample"' in response.text


def test_what_a_reader_typed_is_escaped(client):
    response = client.get("/sample?areas=" + quote("<script>alert(1)</script>"))
    assert response.status_code == 400
    assert "<script>alert" not in response.text
    assert "&lt;script&gt;alert" in response.text


def test_what_the_store_says_is_escaped(client):
    page = client.get(MISSION).text
    assert NASTY not in page
    assert "&lt;script&gt;alert(" in page


def test_a_fault_of_ours_is_a_page_too(client):
    response = client.get("/failing")
    assert response.status_code == 500
    assert "ZeroDivisionError" not in response.text
    assert 'href="/"' in response.text


def test_another_method_is_refused_with_a_page(client):
    response = client.post("/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert 'href="/"' in response.text


def test_a_slash_at_the_end_leads_to_the_page(client):
    response = client.get("/missions/health/?areas=A")
    assert (response.status_code, response.headers["Location"]) == (
        308,
        "/missions/health?areas=A",
    )


@pytest.mark.parametrize("url", ["//evil.example/", "/%2Fevil.example/", "/\\evil.example/"])
def test_a_redirect_never_leaves_the_site(client, url):
    location = client.get(url).headers.get("Location", "/")
    assert not re.match(r"(https?:)?[/\\]{2}(?!localhost)", location)


PATHS = st.one_of(
    st.sampled_from(["/", "/missions/health", "/sample", "/metrics/happiness", "/areas/E08000025"]),
    st.text(max_size=30).map(lambda text: "/" + quote(text, safe="/%")),
    st.binary(max_size=12).map(lambda raw: "/missions/" + quote(raw)),
    st.text(max_size=12).map(lambda text: "/_dash-component-suites/" + quote(text)),
)
QUERIES = st.one_of(
    st.text(alphabet=st.characters(max_codepoint=255), max_size=60).map(
        lambda text: quote(text, safe="&=%+,;#?/")
    ),
    st.builds(
        lambda name, value: f"{name}={quote(value)}",
        st.sampled_from(["areas", "on", "explore", "period", "breakdown", "tier", "add", "group"]),
        st.one_of(st.binary(max_size=20), st.sampled_from([b"E08000025," * 40, b"\0", b"A,A,B"])),
    ),
)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(path=PATHS, query=QUERIES)
def test_no_address_is_a_failure(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code in (200, 304, 308, 400, 404), (path, query)
    if response.status_code in (400, 404):
        assert 'href="/"' in response.text
