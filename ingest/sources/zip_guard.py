"""Whether a ZIP file (XLSX, ODS) may be opened at all: decided before anything parses it.

The directory of a ZIP file says how large its members become, but may lie; so members are also
unpacked, a little at a time and never beyond what the directory said.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from ingest.faults import Fault, Refused, quoted

LARGEST_FILE = 25_000_000
LARGEST_UNPACKED = 200_000_000
MOST_MEMBERS = 500
# Workbooks of the publishers unpack to about 15 times their size; bombs to a thousand.
HIGHEST_RATIO = 100
# Small members may compress well without being a bomb.
_RATIO_MATTERS_FROM = 1_000_000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_REMEDY = "do not open the file; fetch it again, and if it is still so tell the publisher"


def check_zip(content: bytes, file: str) -> None:
    """Refuse a file that is no ZIP, is too large, or unpacks to more than it may.

    Raises:
        Refused: with every fault: not a ZIP or a damaged one, too many or too large members, a
            member that unpacks to too many times its size or to another size than stated, one
            that is encrypted, packed in an unknown manner, or XML with a document type (the
            way in which entity bombs are made).
    """
    faults: list[Fault] = []

    def fault(found: str, expected: str) -> None:
        faults.append(Fault(file, None, "", found, expected, _REMEDY))

    if len(content) > LARGEST_FILE:
        fault(f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
        raise Refused(faults)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error) as error:
        fault(f"{quoted(content[:20].decode('latin-1'))} ({error})", "a workbook (a ZIP file)")
        raise Refused(faults) from None
    if len(members) > MOST_MEMBERS:
        fault(f"{len(members):,} members", f"at most {MOST_MEMBERS}")
    total = sum(member.file_size for member in members)
    if total > LARGEST_UNPACKED:
        fault(f"{total:,} bytes unpacked", f"at most {LARGEST_UNPACKED:,} bytes unpacked")
    if len({member.filename for member in members}) != len(members):
        fault("two members of one name", "one member of each name")
    for member in members:
        ratio = member.file_size / max(member.compress_size, 1)
        if member.file_size > _RATIO_MATTERS_FROM and ratio > HIGHEST_RATIO:
            found = f"{quoted(member.filename)} unpacks to {ratio:.0f} times its size"
            fault(found, f"at most {HIGHEST_RATIO} times")
        if member.flag_bits & 0x1:
            fault(f"{quoted(member.filename)} is encrypted", "members without a password")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            fault(f"{quoted(member.filename)} is packed in an unknown manner", "deflate or none")
    if faults:
        raise Refused(faults)
    for member in members:
        wrong = _unpacks_wrongly(content, member)
        if wrong:
            fault(f"{quoted(member.filename)} {wrong}", "members as the directory describes them")
    if faults:
        raise Refused(faults)


def _unpacks_wrongly(content: bytes, member: zipfile.ZipInfo) -> str:
    start = member.header_offset
    header = content[start : start + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        return "has no header where the directory says"
    _, name, extra = _LOCAL_HEADER.unpack(header)
    begin = start + 30 + name + extra
    packed = content[begin : begin + member.compress_size]
    if len(packed) != member.compress_size:
        return "is cut short"
    text = packed
    if member.compress_type == zipfile.ZIP_DEFLATED:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            text = unpacker.decompress(packed, member.file_size + 1)
        except zlib.error as error:
            return f"is damaged ({error})"
    if len(text) != member.file_size or zlib.crc32(text) != member.CRC:
        return "is not as large as stated, or damaged"
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        return "declares a document type"
    return ""
