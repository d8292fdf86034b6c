"""Malformed requests for callbacks are the sender's fault; whatever else fails is ours."""

from __future__ import annotations

import copy
import random

import pytest

from layouts import takeover
from layouts.callback_requests import is_well_formed

CALLBACK = "/_dash-update-component"
ODD = [None, 7, -1.5, True, "", "\0", "x" * 3000, [], [[]], {}, {"id": 1}, {"id": {"region": []}}]


def body_of(client, path="/sample", query="areas=A"):
    """What the browser's half of Dash sends when a choice is made by following a link."""
    layout = client.get("/_dash-layout", headers={"Referer": f"http://localhost{path}"}).json
    named: dict[str, list[dict[str, str]]] = {"region": [], "choices": [], "graph": []}

    def collect(component):
        props = component["props"]
        if isinstance(props["id"], dict):
            for kind in named.keys() & props["id"].keys():
                named[kind].append(props["id"])
        children = props.get("children")
        for child in children if isinstance(children, list) else []:
            collect(child)

    collect(layout)

    def each(kind, name, **more):
        return [{"id": one, "property": name, **more} for one in named[kind]]

    def address(name, **more):
        return {"id": "address", "property": name, **more}

    return {
        "output": next(key for key in client.application.dash.callback_map if "leave" in key),
        "outputs": [
            each("region", "html"),
            each("region", "version"),
            each("choices", "html"),
            each("choices", "version"),
            each("graph", "children"),
            [],
            [],
            *(address(name) for name in ("shown", "title", "announcement", "answered", "leave")),
        ],
        "inputs": [each("choices", "turn"), address("turn", value=1)],
        "changedPropIds": ["address.turn"],
        "state": [
            each("choices", "query"),
            address("asked", value=query),
            address("path", value=path),
            address("shown", value=""),
            address("answered", value=None),
            each("region", "version", value=None),
            each("choices", "version", value=None),
        ],
    }


@pytest.fixture
def client(app):
    app.server.dash = app
    return app.server.test_client()


def test_what_a_page_sends_is_answered(client):
    body = body_of(client)
    assert is_well_formed(body, client.application.dash.callback_map)
    answer = client.post(CALLBACK, json=body)
    assert answer.json["response"]["address"]["shown"] == "areas=A"


def test_a_fault_of_ours_is_not_laid_at_the_readers_door(client, monkeypatch, caplog):
    def fail(*_args):
        raise KeyError("a slip of ours")

    monkeypatch.setattr(takeover, "answer_choice", fail)
    answer = client.post(CALLBACK, json=body_of(client))
    assert answer.status_code == 500
    assert "ours" in answer.json["title"]
    assert "a slip of ours" in caplog.text
    assert "a slip" not in answer.text


def places_in(value, path=()):
    """Every place of a JSON value."""
    yield path
    if isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in inside:
            yield from places_in(part, (*path, key))


def put(body, path, value):
    """The body with another value at a place; the place is left out when the value is `put`."""
    changed = copy.deepcopy(body)
    if not path:
        return value if value is not put else None
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is put:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def test_no_body_whatever_is_a_failure(client):
    body = body_of(client)
    chance = random.Random(20261122)  # noqa: S311
    places = list(places_in(body))
    refused = 0
    for _ in range(150):
        odd = put(body, chance.choice(places), chance.choice([*ODD, put]))
        status = client.post(CALLBACK, json=odd).status_code
        # With no body at all it is the missing type of the body that is refused.
        assert status in ((415,) if odd is None else (200, 400)), odd
        refused += status >= 400
    assert refused > 75


@pytest.mark.parametrize("body", [b"[" * 100_000, b"\xff\xfe", b'{"a": 1e999}', b"{" * 9])
def test_bodies_that_are_hardly_json_are_refused(client, body):
    answer = client.post(CALLBACK, data=body, content_type="application/json")
    assert answer.status_code == 400
