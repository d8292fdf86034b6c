"""Finished answers to choices, kept while the figures stay the same.

Many people make the same few choices. An answer is told by what was asked and by what the browser
shows already, so the same question of the same store has the same answer, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Any

import orjson

KEPT_BYTES = 16_000_000


def question_of(body: Mapping[str, Any], state: str) -> bytes | None:
    """What tells one question from another.

    Args:
        body: a well-formed callback request.
        state: of the store, and whatever else answers follow from.

    Returns:
        A digest of both without the moment of the choice, which differs each time; None for a
        body that cannot be written out.
    """
    asked = {**body, "inputs": [_without_moment(entry) for entry in body["inputs"]]}
    try:
        written = orjson.dumps([state, asked], option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:
        return None
    return hashlib.sha256(written).digest()


def _without_moment(entry: Sequence[Any] | Mapping[str, Any]) -> Any:
    if isinstance(entry, list):
        return [_without_moment(part) for part in entry]
    if isinstance(entry, dict) and entry.get("property") == "turn":
        return {name: value for name, value in entry.items() if name != "value"}
    return entry


class KeptAnswers:
    """Answers by their question, the least recently asked for dropped first."""

    def __init__(self, most_bytes: int = KEPT_BYTES) -> None:
        self._most_bytes = most_bytes
        self._answers: OrderedDict[bytes, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, question: bytes | None) -> bytes | None:
        """The answer kept for a question; None for none, and for a question of None."""
        with self._lock:
            answer = self._answers.get(question) if question is not None else None
            if answer is not None and question is not None:
                self._answers.move_to_end(question)
            return answer

    def keep(self, question: bytes | None, answer: bytes) -> None:
        """Keep the answer to a question, unless that is None or the answer larger than all."""
        if question is None or len(answer) > self._most_bytes:
            return
        with self._lock:
            self._size += len(answer) - len(self._answers.pop(question, b""))
            self._answers[question] = answer
            while self._size > self._most_bytes:
                _, dropped = self._answers.popitem(last=False)
                self._size -= len(dropped)
