"""Unpack a file that a publisher or a keeper packed with gzip, without trusting its size."""

from __future__ import annotations

import zlib

from ingest.faults import Fault, Refused
from ingest.sources.csv_table import FETCH_AGAIN

LARGEST_UNPACKED = 200_000_000
_GZIP = b"\x1f\x8b"


def unpack(content: bytes, file: str, largest: int = LARGEST_UNPACKED) -> bytes:
    """The bytes in a gzip file; bytes that are not packed are returned as they are.

    Never more than `largest` bytes are held, however much the file claims to contain.

    Raises:
        Refused: the file is damaged, cut short, followed by more, or larger than `largest`.
    """
    if not content.startswith(_GZIP):
        return content
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        text = unpacker.decompress(content, largest + 1)
    except zlib.error as error:
        raise _refused(file, f"damaged gzip ({error})", "a whole gzip file") from None
    if len(text) > largest:
        expected = f"at most {largest:,} bytes once unpacked"
        raise _refused(file, f"more than {largest:,} bytes", expected)
    if not unpacker.eof or unpacker.unused_data:
        raise _refused(file, "a gzip file cut short, or followed by more", "one whole gzip file")
    return text


def _refused(file: str, found: str, expected: str) -> Refused:
    return Refused([Fault(file, None, "", found, expected, FETCH_AGAIN)])
