"""Bytes kept once each, under their hash, so that nothing half written or altered passes for them.

`<first two digits>/<sha256>.gz` under a folder. The hash is that of the bytes as they were
published; compression is ours, and any program that reads gzip undoes it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import secrets
import zlib
from pathlib import Path

from ingest.faults import Fault, Refused

# Above what any reader takes: a damaged file cannot fill the memory.
LARGEST_PAYLOAD = 200_000_000
_REMEDY = "restore the archive from a backup, or pull the table again while it is still served"


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut it is there whole, or as it was before.

    Raises:
        OSError: the folder cannot be written, or is full; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def payload_path(folder: Path, sha256: str) -> Path:
    """Where the bytes of a hash are kept."""
    return folder / sha256[:2] / f"{sha256}.gz"


def keep_payload(folder: Path, content: bytes) -> str:
    """Keep bytes, unless they are kept already and whole.

    Returns:
        Their SHA-256.

    Raises:
        OSError: the folder cannot be written, or is full.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        read_payload(folder, sha256)
    except Refused:
        # The same bytes give the same file: no time of writing goes into it.
        write_durably(payload_path(folder, sha256), gzip.compress(content, mtime=0))
    return sha256


def read_payload(folder: Path, sha256: str) -> bytes:
    """The bytes of a hash.

    Raises:
        Refused: they are not kept, or what is kept is damaged or cut short.
    """
    path = payload_path(folder, sha256)
    expected = f"bytes whose sha256 is {sha256}"
    try:
        with gzip.open(path) as file:
            content = file.read(LARGEST_PAYLOAD + 1)
    except FileNotFoundError:
        raise Refused([Fault(path.name, None, "", "no such file", expected, _REMEDY)]) from None
    except (OSError, EOFError, zlib.error) as error:
        found = f"a damaged file ({error})"
        raise Refused([Fault(path.name, None, "", found, expected, _REMEDY)]) from None
    actual = hashlib.sha256(content).hexdigest()
    if actual != sha256:
        raise Refused([Fault(path.name, None, "", f"sha256 {actual}", expected, _REMEDY)])
    return content
