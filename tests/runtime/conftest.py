"""Starting the project's commands as a person or a platform would, and seeing them end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from data.store import PROJECT
from scripts.announce import answers

# For a store to be built, too: not a wait, only the end of one that is in vain.
PATIENCE_SECONDS = 300


class Command:
    """A command under way in a session of its own, with what it has printed so far."""

    def __init__(self, log: Path, command: list[str], **environment: str) -> None:
        self.log = log
        with log.open("wb") as output:
            self.process = psutil.Popen(
                command,
                cwd=PROJECT,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Return when the condition holds; fail when the command ends before it does."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{self.process} did not come so far:\n{self.printed}")
            time.sleep(0.05)

    def wait_for_line(self, line: str) -> None:
        self.wait_for(lambda: line in self.printed.splitlines())

    def wait_for_answer(self, url: str) -> None:
        self.wait_for(lambda: answers(url))

    def family(self) -> list[psutil.Process]:
        """The process and everything that it started."""
        return [self.process, *self.process.children(recursive=True)]

    def end(self) -> None:
        """Make sure that nothing of it is left, whatever the test found."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Command]]:
    """Starts a command, given as a list, with environment variables; it is ended with the test."""
    started: list[Command] = []

    def begin(command: list[str], **environment: str) -> Command:
        started.append(Command(tmp_path / f"log-{len(started)}", command, **environment))
        return started[-1]

    yield begin
    for command in started:
        command.end()


@pytest.fixture
def read_only_checkout() -> Iterator[tuple[Path, dict[str, Any]]]:
    """A fresh checkout that cannot be written to, and what starts a process that may not write.

    Root may write anywhere, so as root the process becomes someone else.
    """
    # Not under pytest's own temporary folder, which is closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="read-only-"))
    shutil.copytree(PROJECT / "scripts", folder / "scripts")
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(PROJECT / name, folder)
    folder.chmod(0o555)
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        other = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    yield folder, other
    folder.chmod(0o755)
    shutil.rmtree(folder)
