"""Opening the store: SQLite in a file by default, PostgreSQL by `DATABASE_URL`."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_STORE = PROJECT / "var" / "missions.sqlite"
Task = Literal["build", "pull", "clock"]
# Any numbers will do that no other use of the same database takes.
_ALONE: dict[Task, int] = {"build": 20_220_202, "pull": 20_220_203, "clock": 20_220_204}


class StoreError(RuntimeError):
    """The store cannot be opened; the message says what to do."""


def store_url(text: str | None = None) -> URL:
    """The address of the store: `text`, else `DATABASE_URL`, else the SQLite file in `var/`.

    `postgres://`, which some hosts still write, is read as `postgresql://`.

    Raises:
        StoreError: the address is neither SQLite nor PostgreSQL.
    """
    address = text or os.environ.get("DATABASE_URL") or f"sqlite:///{DEFAULT_STORE}"
    if address.startswith("postgres://"):
        address = address.replace("postgres://", "postgresql://", 1)
    try:
        url = make_url(address)
    except Exception as error:
        raise StoreError(
            "DATABASE_URL is not a database address; expected sqlite:///file or "
            f"postgresql://user:password@host/name ({type(error).__name__})"
        ) from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            f"DATABASE_URL names {url.get_backend_name()}; only SQLite and PostgreSQL are kept"
        )
    return url


def open_store(url: URL | str | None = None, *, read_only: bool = False) -> Engine:
    """An engine on the store, with SQLite set to write-ahead logging and foreign keys on.

    Args:
        url: address; `store_url()` by default.
        read_only: refuse writes (SQLite `query_only`; PostgreSQL read-only transactions).

    Raises:
        StoreError: the folder of a SQLite store cannot be made.
    """
    address = url if isinstance(url, URL) else store_url(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address, read_only)
    options = "-c default_transaction_read_only=on" if read_only else ""
    return create_engine(
        address,
        pool_size=8,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "options": options},
    )


def _open_sqlite(address: URL, read_only: bool) -> Engine:
    if address.database and address.database != ":memory:":
        folder = Path(address.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"cannot make the folder {folder} for the store ({error.strerror}); make it "
                "writable or set DATABASE_URL to another place"
            ) from None
    engine = create_engine(address, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        if read_only:
            cursor.execute("PRAGMA query_only=ON")
        else:
            cursor.execute("PRAGMA journal_mode=WAL")
            cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


@contextmanager
def alone(engine: Engine, task: Task = "build", *, wait: bool = True) -> Iterator[bool]:
    """Wait until no other process is at the same task on the same store, and keep others out.

    For what takes many transactions: a platform starts several processes at once, and each would
    do all of it. Nobody who reads is held up. A process that dies lets go. Tasks do not keep each
    other out.

    Args:
        engine: the store.
        task: bringing the store up to date, pulling a table, or deciding what to pull.
        wait: False to be told at once when another process is at it.

    Yields:
        Whether the caller is alone; always True after waiting.
    """
    if engine.dialect.name == "postgresql":
        number = _ALONE[task]
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if wait:
                connection.execute(text(f"SELECT pg_advisory_lock({number})"))
            elif not connection.scalar(text(f"SELECT pg_try_advisory_lock({number})")):
                yield False
                return
            try:
                yield True
            finally:
                connection.execute(text(f"SELECT pg_advisory_unlock({number})"))
        return
    handle = _lock_of(engine, task)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(handle)


def _lock_of(engine: Engine, task: Task) -> int:
    """What to lock beside a SQLite file, never the file: its own locks go when that is closed."""
    store = Path(engine.url.database or PROJECT / "store")
    if task == "build":
        return os.open(store.parent, os.O_RDONLY)
    return os.open(store.with_name(f"{store.name}.{task}.lock"), os.O_RDWR | os.O_CREAT, 0o644)


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest revision; does nothing when they are there."""
    config = Config()
    config.set_main_option("script_location", str(PROJECT / "data" / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
