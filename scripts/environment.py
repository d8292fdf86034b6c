"""The virtual environment in `.venv`: made once, installed again only when requirements change."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)


class SetupError(RuntimeError):
    """Something is missing; the message is one line that says what to do."""


class Environment:
    """The virtual environment of one checkout.

    A stamp in the environment holds the digest of the requirement files that were installed and
    the version of the Python they were installed for. As long as it matches, nothing is done.
    """

    def __init__(self, project: Path = PROJECT) -> None:
        self.project = project
        self.folder = project / ".venv"
        self.python = self.folder / "bin" / "python"

    def prepare(self, requirements: str) -> bool:
        """Make the environment hold what the file `requirements` pins.

        Returns:
            Whether anything had to be installed.

        Raises:
            SetupError: no venv module, a folder that cannot be written, or a failed install.
        """
        if self.is_current(requirements):
            return False
        with self._alone():
            # Another command may have installed it while this one waited.
            if self.is_current(requirements):
                return False
            self._require_writable()
            self._make()
            self._install(requirements)
        return True

    def is_current(self, requirements: str) -> bool:
        """Whether the environment holds what the file `requirements` pins now."""
        stamp = self._stamp(requirements)
        return stamp.is_file() and stamp.read_text() == self._digest(requirements)

    def _stamp(self, requirements: str) -> Path:
        return self.folder / f"installed-{requirements}.sha256"

    def _digest(self, requirements: str) -> str:
        digest = hashlib.sha256(repr(self._version()).encode())
        for name in self._files(requirements):
            digest.update((self.project / name).read_bytes())
        return digest.hexdigest()

    def _files(self, requirements: str) -> list[str]:
        """The requirement file and those that it includes with `-r`, each once."""
        names = [requirements]
        for name in names:
            for line in (self.project / name).read_text().splitlines():
                included = line.removeprefix("-r ").strip()
                if line.startswith("-r ") and included not in names:
                    names.append(included)
        return names

    def _version(self) -> tuple[int, ...] | None:
        """The version of the environment's own Python; None where it is absent or broken."""
        question = "import sys; print(*sys.version_info[:2])"
        try:
            answer = subprocess.run(
                [self.python, "-c", question], capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            return None
        return tuple(int(part) for part in answer.stdout.split())

    def _require_writable(self) -> None:
        folder = self.folder if self.folder.exists() else self.project
        if not os.access(folder, os.W_OK):
            raise SetupError(
                f"{folder} is read-only: copy the project to a folder you can write to, or make "
                "this one writable"
            )

    def _make(self) -> None:
        version = self._version()
        if version is not None and version >= OLDEST_PYTHON:
            return
        if any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
            raise SetupError(
                f"Python {sys.version_info.major}.{sys.version_info.minor} came without its venv "
                "module: install python3-venv (Debian, Ubuntu: apt-get install python3-venv)"
            )
        print(f"Making the virtual environment in {self.folder.name}", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", self.folder], check=False)
        if made.returncode:
            raise SetupError(
                f"the virtual environment could not be made in {self.folder}: the lines above say "
                "why; mend that and run the command again"
            )

    def _install(self, requirements: str) -> None:
        print(f"Installing {requirements} (again only when it changes)", flush=True)
        # An install that stops half-way leaves an environment that no stamp describes.
        for stamp in self.folder.glob("installed-*.sha256"):
            stamp.unlink()
        command = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input"]
        options = ["--disable-pip-version-check", "--requirement", requirements]
        installed = subprocess.run(
            [*command, *options], cwd=self.project, stdin=subprocess.DEVNULL, check=False
        )
        if installed.returncode:
            raise SetupError(
                f"{requirements} could not be installed: the lines above say why; check the "
                "connection to the package registry and run the command again"
            )
        for name in self._files(requirements):
            self._stamp(name).write_text(self._digest(name))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold back other commands that would install into the same environment."""
        handle = os.open(self.project, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


def main() -> int:
    """Prepare the environment for the requirement file given as the first argument."""
    try:
        Environment().prepare(sys.argv[1])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
