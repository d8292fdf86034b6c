"""What is costly to make from the store, kept until the store changes."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from layouts.request import PageRequest
from layouts.store_access import read_state
from metrics.catalogue import Catalogue

Value = TypeVar("Value")


class KeptWhileUnchanged(Generic[Value]):
    """One value made from catalogue and store, made again when either is another one.

    A process serves one store. Where it serves two, as in tests, they take turns and stay right.
    """

    def __init__(self, make: Callable[[PageRequest], Value]) -> None:
        self._make = make
        self._kept: tuple[tuple[str, str], Catalogue, Value] | None = None
        self._lock = Lock()

    def get(self, request: PageRequest) -> Value:
        """The value for the request's catalogue and the store as it is now."""
        key = (str(request.store.engine.url), read_state(request.store))
        with self._lock:
            kept = self._kept
        if kept is not None and kept[0] == key and kept[1] is request.catalogue:
            return kept[2]
        value = self._make(request)
        with self._lock:
            self._kept = (key, request.catalogue, value)
        return value
