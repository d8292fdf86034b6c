"""Stores by the dozen, for tests that break one after the other."""

from __future__ import annotations

from typing import Protocol


class NewStore(Protocol):
    """Makes a store and gives its address."""

    def __call__(self, like: str | None = None) -> str:
        """A copy of a store that nobody has open, or a fresh, migrated, empty one."""
