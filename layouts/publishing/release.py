"""A published copy on disk: releases beside each other, and one name for the current one.

`<folder>/current` is what a web server serves. It changes in one step from a whole release to
another whole one; what stops a publication half-way leaves the current release as it was.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

RELEASES = "releases"
CURRENT = "current"
MANIFEST = "manifest.json"
KEPT = 2
_UNFINISHED = ".unfinished"
_LOCK = ".lock"


class PublishError(RuntimeError):
    """Nothing was published. `faults` says why, each with what to do."""

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@contextmanager
def unfinished_release(folder: Path) -> Iterator[Path]:
    """An empty folder to build a release in, alone; what is left in it afterwards is removed.

    Raises:
        PublishError: the folder cannot be written, holds something else, or another process is
            publishing to it.
    """
    strange = (
        sorted(
            path.name
            for path in folder.iterdir()
            if path.name not in (RELEASES, CURRENT, _LOCK) and not path.name.startswith(_UNFINISHED)
        )
        if folder.is_dir()
        else []
    )
    if strange:
        raise PublishError(
            f"{folder} holds {strange[0]}, which no publication made; expected an empty or new "
            "folder, or one that was published to before"
        )
    try:
        (folder / RELEASES).mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise PublishError(
            f"{folder} cannot be written ({error.strerror}); make it writable or name another"
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PublishError(
                f"another process is publishing to {folder}; wait until it has finished"
            ) from None
        building = folder / _UNFINISHED
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        try:
            yield building
        finally:
            shutil.rmtree(building, ignore_errors=True)


def write_manifest(building: Path, known_on: date) -> str:
    """Write down every file of a release with its hash.

    Returns:
        The name of the release: the date its figures were known, and a hash of its content.
    """
    files = {
        path.relative_to(building).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(building.rglob("*"))
        if path.is_file()
    }
    manifest = {"known_on": known_on.isoformat(), "files": files}
    content = json.dumps(manifest, indent=1).encode()
    (building / MANIFEST).write_bytes(content)
    return f"{known_on}-{hashlib.sha256(content).hexdigest()[:12]}"


def switch_to(folder: Path, building: Path, name: str) -> bool:
    """Make a finished release the current one, and drop all but the newest few.

    Returns:
        Whether anything changed: False where this release is the current one.
    """
    release = folder / RELEASES / name
    current = folder / CURRENT
    if current.is_symlink() and current.resolve() == release.resolve() and release.is_dir():
        return False
    if release.is_dir():
        shutil.rmtree(release)
    building.rename(release)
    # A link cannot be changed in place, but a finished one can take another's name in one step.
    new = folder / f"{_UNFINISHED}-{CURRENT}"
    new.unlink(missing_ok=True)
    new.symlink_to(Path(RELEASES) / name)
    new.replace(current)
    _drop_old(folder, release)
    return True


def _drop_old(folder: Path, current: Path) -> None:
    others = [path for path in (folder / RELEASES).iterdir() if path != current]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
