"""Dash takes over the page that was sent, and answers its choices."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest

from tests.layouts.sent import MISSION, Document


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


def choose(client, path, query, versions=None, before="", answered=None, **changes):
    """Make a choice on the sample page, as the browser's half of Dash would.

    `before` is the query string that the page shows until then, `answered` what the last answer
    said of itself.
    """
    layout = components(layout_of_page(client, path))
    shown = {name: one["props"].get("version") for name, one in layout.items()}
    shown |= versions or {}
    forms = [name for name, one in layout.items() if one["type"] == "ChoiceForm"]
    regions = [name for name, one in layout.items() if one["type"] == "Html"]
    graphs = [name for name in layout if name.endswith("-graph")]
    explored = parse_qs(before).get("explore", []) if before else []

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
            outputs("explored", explored, "figure"),
            outputs("explored", explored, "style"),
            *(
                {"id": "address", "property": name}
                for name in ("shown", "title", "announcement", "answered", "leave")
            ),
        ],
        "inputs": [
            each("choices", forms, "turn", lambda _: 1),
            {"id": "address", "property": "turn", "value": 1},
        ],
        "changedPropIds": ["address.turn"],
        "state": [
            each("choices", forms, "query", lambda _: query),
            {"id": "address", "property": "asked", "value": query},
            {"id": "address", "property": "path", "value": path},
            {"id": "address", "property": "shown", "value": before},
            {"id": "address", "property": "answered", "value": answered},
            each("region", regions, "version", shown.get),
            each("choices", forms, "version", shown.get),
        ],
    }
    return client.post("/_dash-update-component", json=body | changes)


@pytest.fixture
def client(app):
    app.server.dash = app
    return app.server.test_client()


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
    assert answer["address"]["announcement"] == "The chart can be explored. Chosen: A,B"


def test_a_chart_that_is_explored_already_is_drawn_anew_and_not_made(client):
    answer = choose(client, "/sample", "explore=line&areas=A", before="explore=line")
    parts = answer.json["response"]
    assert '{"graph":"line-graph"}' not in parts
    drawn = parts['{"explored":"line"}']
    assert drawn["figure"]["data"] == [{"type": "scatter", "y": [1]}]
    assert drawn["style"] == {"height": "320px"}


def test_a_chart_that_is_no_longer_explored_goes(client):
    answer = choose(client, "/sample", "areas=A", before="explore=line")
    parts = answer.json["response"]
    assert parts['{"graph":"line-graph"}'] == {"children": []}
    assert '{"explored":"line"}' not in parts
    # Nothing is said of a box that is empty before and after.
    assert '{"graph":"line-graph"}' not in choose(client, "/sample", "areas=A").json["response"]


@pytest.mark.parametrize(
    ("before", "chosen", "address"),
    [
        ("areas=A,B&explore=line", "areas=A", {"shown": "areas=A&explore=line"}),
        # Nothing is explored, and nothing is that the page does not have.
        ("areas=A,B", "areas=A", {"shown": "areas=A"}),
        ("explore=other", "areas=A", {"shown": "areas=A"}),
        (None, "areas=A", {"shown": "areas=A"}),
        # A choice that cannot be read is told as it was made.
        ("explore=line", "areas=Z", {"leave": "/sample?areas=Z"}),
    ],
)
def test_a_chart_that_is_explored_stays_so_when_a_form_is_filled_in(
    client, before, chosen, address
):
    changed = ['{"choices":"choose"}.turn']
    answer = choose(client, "/sample", chosen, before=before, changedPropIds=changed)
    assert answer.json["response"]["address"].items() >= address.items()


def test_each_answer_can_be_told_from_the_one_before(client):
    said = None
    for expected in (True, False, True):
        answer = choose(client, "/sample", "areas=A", answered=said).json["response"]["address"]
        said = answer["answered"]
        assert said is expected


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
        {"id": "address", "property": "shown", "value": ""},
        {"id": "address", "property": "answered", "value": None},
        [],
        [],
    ]
    outputs = [[], [], [], [], [], [], []] + [
        {"id": "address", "property": name}
        for name in ("shown", "title", "announcement", "answered", "leave")
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
            for part in (
                "react@",
                "react-dom@",
                "choosing.js",
                "missions.js",
                "dash_renderer",
                "start.js",
            )
        ]
        assert order == sorted(order)
