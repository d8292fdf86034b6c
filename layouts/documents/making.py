"""Packs that are made for readers: in programs of their own, few at a time, kept for a while.

A pack is made by a program beside the server, so that whoever reads pages does not wait for it.
How many run is settled by locks on files, which end with the program that holds them: nothing
is left behind by one that was killed, and the server's processes need not know of each other.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO

from layouts.addresses import home_address

PROJECT = Path(__file__).resolve().parent.parent.parent
MOST_AT_ONCE = 2
MOST_KEPT = 40
MOST_SECONDS = 180
# What a file of a pack's folder holds.
ORDER, PROGRESS, MADE, REFUSED = "order.json", "progress.json", "made.json", "refused.txt"
KEY_LENGTH = 32
STOPPED = "Making it was stopped before it was finished."


class FullError(RuntimeError):
    """As many packs as may be made at once are being made."""


class Stage(StrEnum):
    """How far a pack is."""

    ABSENT = "absent"
    MAKING = "being made"
    MADE = "made"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Order:
    """What a pack is wanted of: see `layouts.documents.subjects`."""

    named: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How far a pack is: `done` of `steps`, and what comes next; or why there is none."""

    stage: Stage
    order: Order | None = None
    done: int = 0
    steps: int = 0
    words: str = ""


@cache
def _program() -> str:
    """A fingerprint of what makes packs: another version of it makes others."""
    found = hashlib.sha256()
    for folder in ("data", "layouts", "metrics"):
        for path in sorted((PROJECT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".toml") and path.is_file():
                found.update(path.read_bytes())
    return found.hexdigest()


def packs_folder() -> Path:
    """Where packs are made and kept: the folder of `PACKS_FOLDER`, else `var/packs`."""
    named = os.environ.get("PACKS_FOLDER")
    return Path(named) if named else PROJECT / "var" / "packs"


class Workshop:
    """The packs in one folder, which several processes share."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where they are."""
        return (self._folder or packs_folder()).resolve()

    def key(self, order: Order, store_state: str) -> str:
        """The name of a pack: another for other figures, another version or another site."""
        told = json.dumps([_program(), home_address(), store_state, asdict(order)])
        return hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:KEY_LENGTH]

    def state(self, key: str) -> State:
        """How far a pack is. Nothing is begun or changed by asking."""
        place = self.folder / key
        try:
            order = read_order(place)
        except (OSError, ValueError):
            return State(Stage.ABSENT)
        if (place / MADE).is_file():
            return State(Stage.MADE, order)
        if (place / REFUSED).is_file():
            words = (place / REFUSED).read_text(encoding="utf-8")
            return State(Stage.REFUSED, order, words=words)
        if not self._is_locked(key):
            return State(Stage.ABSENT, order, words=STOPPED)
        try:
            told = json.loads((place / PROGRESS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return State(Stage.MAKING, order)
        return State(Stage.MAKING, order, told["done"], told["steps"], told["words"])

    def start(self, order: Order, key: str, store: str) -> None:
        """See to it that a pack is made; one that is made, or being made, is left alone.

        Args:
            order: what it is wanted of.
            key: what `key` gave for it.
            store: the address of the store.

        Raises:
            FullError: as many as may be are being made.
            OSError: the folder cannot be written to.
        """
        locks = self.folder / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            own = held.enter_context(_opened(locks / key))
            if not _lock(own) or (self.folder / key / MADE).is_file():
                return
            slots = (held.enter_context(_opened(locks / f"place-{n}")) for n in range(MOST_AT_ONCE))
            slot = next((one for one in slots if _lock(one)), None)
            if slot is None:
                raise FullError
            place = self.folder / key
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            (place / ORDER).write_text(json.dumps(asdict(order)), encoding="utf-8")
            self._drop_oldest(key)
            # The locks pass to the program, and end with it.
            running = subprocess.Popen(  # noqa: S603 - our own program, no words of a reader's
                [sys.executable, "-m", "layouts.documents.worker", str(place)],
                cwd=PROJECT,
                env={**os.environ, "DATABASE_URL": store},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(own.fileno(), slot.fileno()),
                start_new_session=True,
            )
        Thread(target=_watch, args=(running, place), daemon=True).start()

    def _is_locked(self, key: str) -> bool:
        try:
            with (self.folder / "locks" / key).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def _drop_oldest(self, keep: str) -> None:
        kept = [path for path in self.folder.iterdir() if len(path.name) == KEY_LENGTH]
        kept.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[MOST_KEPT:]:
            if path.name != keep and not self._is_locked(path.name):
                shutil.rmtree(path, ignore_errors=True)
                (self.folder / "locks" / path.name).unlink(missing_ok=True)


def made_files(place: Path) -> dict[str, object]:
    """What the folder of a finished pack says of its files: see `layouts.documents.worker`."""
    told: dict[str, object] = json.loads((place / MADE).read_text(encoding="utf-8"))
    return told


def write_whole(path: Path, words: str) -> None:
    """Write a file so that nobody ever reads a part of it."""
    before = path.with_suffix(".part")
    before.write_text(words, encoding="utf-8")
    before.replace(path)


def read_order(place: Path) -> Order:
    """What the pack in a folder is wanted of."""
    told = json.loads((place / ORDER).read_text(encoding="utf-8"))
    return Order(tuple(told["named"]), told["title"])


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("ab") as file:
        yield file


def _lock(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _watch(running: subprocess.Popen[bytes], place: Path) -> None:
    """End a program that takes too long, and say so where its pack would be."""
    try:
        ended = running.wait(MOST_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        write_whole(place / REFUSED, f"It was not finished after {MOST_SECONDS} seconds.")
        return
    if ended and not (place / REFUSED).is_file():
        write_whole(place / REFUSED, "The program that makes packs failed.")
