"""The store as pages reach it: opened when first asked for, only for reading."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from data.store import StoreError, open_store, store_url
from data.tables import store_state


class StoreUnreadableError(RuntimeError):
    """The store is missing, or cannot be read. The message says what to do."""


class ReadOnlyStore:
    """Connections for reading. Nothing is opened before the first one is asked for, and a
    process that was forked opens its own: a connection must never be shared by two processes."""

    def __init__(self, url: URL | str | None = None) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._process = 0
        self._lock = Lock()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection for one request.

        Raises:
            StoreUnreadableError: the store is not there, not built, or broken.
        """
        try:
            with self._opened().connect() as connection:
                yield connection
        except (SQLAlchemyError, StoreError) as error:
            raise StoreUnreadableError(
                f"The store of figures cannot be read ({type(error).__name__}). "
                "Build it with: python -m ingest load"
            ) from error

    def _opened(self) -> Engine:
        with self._lock:
            if self._engine is None or self._process != os.getpid():
                url = self._url if isinstance(self._url, URL) else store_url(self._url)
                # SQLite would make an empty file of a missing one.
                if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
                    raise StoreUnreadableError(
                        "The store of figures has not been built. Build it with: "
                        "python -m ingest load"
                    )
                if self._engine is not None:
                    # What the parent process opened stays the parent's to close.
                    self._engine.dispose(close=False)
                self._engine = open_store(url, read_only=True)
                self._process = os.getpid()
            return self._engine


# Read for every answer: written once, it is not put together anew each time.
_STATE = select(store_state.c.key, store_state.c.value).order_by(store_state.c.key)


def read_state(connection: Connection) -> str:
    """What the store was built from, as one text: it changes whenever the figures do."""
    return "; ".join(f"{key}={value}" for key, value in connection.execute(_STATE))
