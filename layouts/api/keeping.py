"""Answers kept until the figures change: the same few are asked for again and again."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 16_000_000
Key = tuple[str, str, str, str]


class KeptBodies:
    """Finished bodies with their `Link` header by what they answer, the least used dropped first.

    The key begins with what the store was built from, so an answer never outlives its figures.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[Key, tuple[bytes, str]] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: Key) -> tuple[bytes, str] | None:
        """The body and the header of a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Key, body: bytes, links: str) -> None:
        """Keep one, and drop what there is no more room for."""
        with self._lock:
            replaced = self._kept.pop(key, None)
            self._size += len(body) - (len(replaced[0]) if replaced else 0)
            self._kept[key] = (body, links)
            while self._size > self._most:
                _, (dropped, _) = self._kept.popitem(last=False)
                self._size -= len(dropped)
