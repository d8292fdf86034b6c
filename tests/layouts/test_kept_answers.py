"""A question asked again is answered as before, and never another one."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import update

from data.store import open_store
from data.tables import store_state
from layouts import takeover
from layouts.kept_answers import KeptAnswers, question_of

BODY = {
    "output": "a",
    "inputs": [[{"id": {"choices": "c"}, "property": "turn", "value": 3}], {"id": "x"}],
    "state": [{"id": "address", "property": "asked", "value": "areas=A"}],
    "changedPropIds": ["address.turn"],
}


def with_turn(turn: object) -> dict[str, object]:
    body = json.loads(json.dumps(BODY))
    body["inputs"][0][0]["value"] = turn
    return body


def test_the_moment_of_a_choice_is_no_part_of_the_question():
    assert question_of(with_turn(1), "one") == question_of(with_turn(2), "one")
    assert question_of(BODY, "one") == question_of(BODY, "one")
    assert BODY["inputs"][0][0]["value"] == 3


@pytest.mark.parametrize("part", ["output", "state", "changedPropIds"])
def test_everything_else_is(part):
    assert question_of({**BODY, part: ["other"]}, "one") != question_of(BODY, "one")
    assert question_of(BODY, "two") != question_of(BODY, "one")


def test_what_cannot_be_written_out_is_not_kept():
    body = {**BODY, "state": [{"id": "address", "value": "\ud800"}]}
    assert question_of(body, "one") is None
    kept = KeptAnswers()
    kept.keep(None, b"answer")
    assert kept.get(None) is None


def test_the_least_recently_asked_for_goes_first():
    kept = KeptAnswers(most_bytes=10)
    kept.keep(b"1", b"aaaa")
    kept.keep(b"2", b"bbbb")
    assert kept.get(b"1") == b"aaaa"
    kept.keep(b"3", b"cccc")
    assert (kept.get(b"1"), kept.get(b"2"), kept.get(b"3")) == (b"aaaa", None, b"cccc")
    kept.keep(b"4", b"d" * 11)
    assert (kept.get(b"4"), kept.get(b"1")) == (None, b"aaaa")
    # The same question again takes no more room than its answer.
    kept.keep(b"1", b"eeeeee")
    assert (kept.get(b"1"), kept.get(b"3")) == (b"eeeeee", b"cccc")


ARRIVED = {
    "output": "page.children",
    "outputs": {"id": "page", "property": "children"},
    "inputs": [{"id": "address", "property": "arrived", "value": "/sample?areas=A"}],
    "changedPropIds": ["address.arrived"],
}


def test_an_answer_is_made_once_while_the_figures_stay(
    client, measured_store, monkeypatch: pytest.MonkeyPatch
):
    made = []
    original = takeover.layout_of

    def counted(served: object, *rest: object) -> object:
        made.append(served)
        return original(served, *rest)

    monkeypatch.setattr(takeover, "layout_of", counted)
    first, second = (client.post("/_dash-update-component", json=ARRIVED) for _ in range(2))
    assert (first.status_code, len(made)) == (200, 1)
    assert second.data == first.data
    assert second.mimetype == first.mimetype
    other = {**ARRIVED, "inputs": [{**ARRIVED["inputs"][0], "value": "/sample?areas=B"}]}
    assert client.post("/_dash-update-component", json=other).data != first.data
    engine = open_store(f"sqlite:///{measured_store}")
    with engine.begin() as connection:
        connection.execute(update(store_state).values(value="two"))
    engine.dispose()
    client.post("/_dash-update-component", json=ARRIVED)
    assert len(made) == 3
