"""What the server answers, to whom, and with which headers."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from data.store import open_store
from data.tables import measure, store_state
from tests.layouts.conftest import NASTY

MISSION = "/missions/health"


class Document(HTMLParser):
    """What a test needs of a page: its elements, and the inside of each versioned one."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.elements = []
        self.text = text
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    def versions(self):
        return {a["id"]: a["data-version"] for _, a in self.elements if "data-version" in a}


def layout_of_page(client, url):
    response = client.get("/_dash-layout", headers={"Referer": f"http://localhost{url}"})
    assert response.status_code == 200
    return response.json


def components(layout):
    """All components of a layout, each with its plain name."""
    found = {}
    for child in layout["props"]["children"]:
        props = child["props"]
        name = props["id"] if isinstance(props["id"], str) else next(iter(props["id"].values()))
        found[name] = child
        if isinstance(props.get("children"), list):
            found |= components(child)
    return found


def choose(client, path, query, versions=None, **changes):
    """Make a choice on the sample page, as the browser's half of Dash would."""
    layout = components(layout_of_page(client, path))
    shown = {name: one["props"].get("version") for name, one in layout.items()}
    shown |= versions or {}
    forms = [name for name, one in layout.items() if one["type"] == "ChoiceForm"]
    regions = [name for name, one in layout.items() if one["type"] == "Html"]
    graphs = [name for name in layout if name.endswith("-graph")]

    def each(kind, names, prop, value):
        return [{"id": {kind: name}, "property": prop, "value": value(name)} for name in names]

    def outputs(kind, names, prop):
        return [{"id": {kind: name}, "property": prop} for name in names]

    body = {
        "output": next(key for key in client.application.dash.callback_map if "leave" in key),
        "outputs": [
            outputs("region", regions, "html"),
            outputs("region", regions, "version"),
            outputs("choices", forms, "html"),
            outputs("choices", forms, "version"),
            outputs("graph", graphs, "children"),
            *(
                {"id": "address", "property": name}
                for name in ("shown", "title", "announcement", "leave")
            ),
        ],
        "inputs": [
            each("choices", forms, "turn", lambda _: 1),
            {"id": "address", "property": "turn", "value": 1},
        ],
        "changedPropIds": ["address.turn"],
        "state": [
            each("choices", forms, "query", lambda _: None),
            {"id": "address", "property": "asked", "value": query},
            {"id": "address", "property": "path", "value": path},
            each("region", regions, "version", shown.get),
            each("choices", forms, "version", shown.get),
        ],
    }
    return client.post("/_dash-update-component", json=body | changes)


@pytest.fixture
def client(app):
    app.server.dash = app
    return app.server.test_client()


# ---- Statuses -------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/", MISSION, "/sample?areas=A,B", "/healthz", "/readyz"])
def test_what_is_there_answers(client, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/nothing", "/missions/nothing", "/missions", "/a/b/c.php"])
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


# ---- A store that cannot be read ------------------------------------------------------------


def test_a_store_that_is_not_built_is_503_and_says_what_to_do(make_app, tmp_path):
    client = make_app(tmp_path / "absent.sqlite").server.test_client()
    response = client.get("/")
    assert response.status_code == 503
    assert "python -m ingest load" in response.text
    assert not (tmp_path / "absent.sqlite").exists()
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_a_broken_store_is_503(make_app, tmp_path):
    path = tmp_path / "broken.sqlite"
    path.write_bytes(b"this is no database, however long it is. " * 100)
    client = make_app(path).server.test_client()
    assert client.get("/").status_code == 503
    assert client.get("/readyz").json["status"] == "store unreadable"


def test_measures_of_another_version_are_503(client, measured_store):
    engine = open_store(f"sqlite:///{measured_store}")
    with engine.begin() as connection:
        connection.execute(
            update(measure).where(measure.c.kind == "clause").values(payload='{"other": 1}')
        )
    response = client.get("/")
    assert response.status_code == 503
    assert "python -m ingest load" in response.text


def test_an_empty_store_is_shown_as_empty(make_app, migrated_sqlite_file):
    client = make_app(migrated_sqlite_file).server.test_client()
    assert client.get("/").status_code == 200
    assert "No figures are held" in client.get("/").text
    assert client.get("/readyz").status_code == 503


def test_a_store_that_is_built_while_serving_is_read(make_app, measured_store, tmp_path):
    path = tmp_path / "late.sqlite"
    client = make_app(path).server.test_client()
    assert client.get(MISSION).status_code == 503
    measured_store.rename(path)
    assert "clear widening" in client.get(MISSION).text


def test_new_figures_are_shown_without_a_restart(client, measured_store):
    before = client.get(MISSION)
    engine = open_store(f"sqlite:///{measured_store}")
    with engine.begin() as connection:
        text = (
            connection.execute(measure.select().where(measure.c.subject == "7.gap-narrows"))
            .one()
            .payload
        )
        connection.execute(
            update(measure)
            .where(measure.c.subject == "7.gap-narrows")
            .values(payload=text.replace("13.2 years", "14.1 years"))
        )
        connection.execute(update(store_state).values(value="two"))
    after = client.get(MISSION)
    assert "14.1 years" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_readiness_says_what_is_held(client):
    assert client.get("/readyz").json == {
        "status": "ready",
        "datasets": 1,
        "rejected_rows": 0,
        "measures": 5,
        "known_on": "2026-06-30",
    }


# ---- Headers --------------------------------------------------------------------------------


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
    assert not page.all("style")
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


# ---- Dash takes over ------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["/", MISSION, "/sample", "/sample?areas=B&on=2026-01-31"])
def test_the_layout_is_that_of_the_page_that_asks(client, url):
    sent = client.get(url).text
    drawn = components(layout_of_page(client, url))
    versions = Document(sent).versions()
    taken = {n: c["props"]["version"] for n, c in drawn.items() if "version" in c["props"]}
    assert taken == versions
    for name in versions:
        assert drawn[name]["props"]["html"] in sent
    order = re.findall(r'id="([\w-]+)" class="\w+"[^>]* data-version', sent)
    assert [name for name in drawn if name in versions] == order


@pytest.mark.parametrize(
    "referer", [None, "http://elsewhere.example/sample", "http://localhost/nothing", "::::", ""]
)
def test_without_an_address_the_browser_is_asked_for_it(client, referer):
    headers = {"Referer": referer} if referer is not None else {}
    layout = client.get("/_dash-layout", headers=headers).json
    assert [child["type"] for child in layout["props"]["children"]] == ["Address"]
    assert layout["props"]["children"][0]["props"]["path"] == ""


def test_the_address_that_arrives_gives_the_layout(client):
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "address", "property": "arrived", "value": "/sample?areas=A"}],
        "changedPropIds": ["address.arrived"],
    }
    children = client.post("/_dash-update-component", json=body).json["response"]["page"]
    assert children["children"] == layout_of_page(client, "/sample?areas=A")["props"]["children"]


def test_a_choice_sends_only_what_changed(client):
    answer = choose(client, "/sample", "areas=A").json["response"]
    assert "Chosen: A" in answer['{"region":"answer"}']["html"]
    assert "checked" in answer['{"choices":"choose"}']["html"]
    assert '{"region":"fixed"}' not in answer
    assert answer["address"]["shown"] == "areas=A"
    assert answer["address"]["title"].startswith("Sample of A")
    assert answer["address"]["announcement"] == "Chosen: A"
    assert "leave" not in answer["address"]


def test_the_chart_is_a_plain_figure_when_it_is_explored(client):
    answer = choose(client, "/sample", "explore=line&areas=A,B").json["response"]
    graph = answer['{"graph":"line-graph"}']["children"]
    assert graph["type"] == "Graph"
    assert graph["props"]["figure"]["data"] == [{"type": "scatter", "y": [2]}]
    assert graph["props"]["style"] == {"height": "320px"}
    assert answer["address"]["shown"] == "areas=A,B&explore=line"


def test_only_a_chart_of_the_page_can_be_explored(client):
    assert client.get("/sample?explore=line").status_code == 200
    assert client.get("/sample?explore=other").status_code == 400
    # The board has no such choice, so there the name means nothing.
    assert client.get("/?explore=line").status_code == 200


@pytest.mark.parametrize("query", ["areas=Z", "on=never", "areas=%00", "a" * 3000, None, 7, ["x"]])
def test_a_choice_that_cannot_be_read_leads_to_the_page_that_says_so(client, query):
    response = choose(client, "/sample", query)
    assert response.status_code == 200
    assert response.json["response"] == {"address": {"leave": f"/sample?{query}"}}


@pytest.mark.parametrize("path", ["/nothing", "http://elsewhere.example", 3, None])
def test_a_choice_on_no_page_of_ours_leads_home_or_to_a_404(client, path):
    state = [
        [],
        {"id": "address", "property": "asked", "value": "areas=A"},
        {"id": "address", "property": "path", "value": path},
        [],
        [],
    ]
    outputs = [[], [], [], [], []] + [
        {"id": "address", "property": name} for name in ("shown", "title", "announcement", "leave")
    ]
    inputs = [[], {"id": "address", "property": "turn", "value": 1}]
    response = choose(client, "/sample", "", state=state, outputs=outputs, inputs=inputs)
    leave = response.json["response"]["address"]["leave"]
    assert leave in ("/", "/nothing?areas=A")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b"{}",
        b'{"output": 1}',
        b'{"output": "page.children"}',
        b'{"output": "page.children", "inputs": 7}',
        b'{"output": "page.children", "inputs": [1], "changedPropIds": [2]}',
        b'{"output": "no.such", "inputs": [], "changedPropIds": []}',
        b'{"output": "page.children", "outputs": {"id": "page", "property": "children"}, '
        b'"inputs": [], "changedPropIds": []}',
    ],
)
def test_a_callback_body_that_no_page_sends_is_refused(client, body):
    response = client.post("/_dash-update-component", data=body, content_type="application/json")
    assert response.status_code == 400


def test_scripts_are_only_those_that_the_page_can_need(client):
    def names(url):
        return [a["src"] for a in Document(client.get(url).text).all("script") if "src" in a]

    board, sample = names("/"), names("/sample")
    assert not [name for name in board if "dash_core_components" in name or "plotly" in name]
    assert [name for name in sample if "dash_core_components" in name]
    for found in (board, sample):
        order = [
            next(place for place, name in enumerate(found) if part in name)
            for part in ("react@", "react-dom@", "missions.js", "dash_renderer", "start.js")
        ]
        assert order == sorted(order)


# ---- Any address ----------------------------------------------------------------------------

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
