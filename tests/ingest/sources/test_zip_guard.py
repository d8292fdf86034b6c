from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from ingest.faults import Refused
from ingest.sources import zip_guard
from ingest.sources.zip_guard import check_zip


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        check_zip(content, "book.xlsx")
    return str(refused.value)


def test_ordinary_files_pass() -> None:
    check_zip(packed({"a.xml": b"<a>" + b"text " * 1000 + b"</a>", "empty": b""}), "book.xlsx")
    check_zip(packed({"a.xml": b"<a/>"}, zipfile.ZIP_STORED), "book.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "a workbook (a ZIP file)"),
        (b"<html>Please log in</html>", "a workbook (a ZIP file)"),
        (b"PK\x03\x04 and nothing else", "a workbook (a ZIP file)"),
        (packed({"a.xml": b"\0" * 50_000_000}), "times its size"),
        (packed({f"{n}": b"" for n in range(501)}), "501 members"),
        (packed({"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "a document type"),
        (packed({"a.xml": b"text"}, zipfile.ZIP_LZMA), "in an unknown manner"),
    ],
)
def test_what_may_not_be_opened_is_refused(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_more_unpacked_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed({"a": bytes(600), "b": bytes(600)})
    monkeypatch.setattr(zip_guard, "LARGEST_UNPACKED", 1000)
    assert "1,200 bytes unpacked" in refusal(content)
    monkeypatch.setattr(zip_guard, "LARGEST_FILE", 10)
    assert "at most 10 bytes" in refusal(content)


def test_a_directory_that_lies_about_a_size_is_found() -> None:
    honest = packed({"a.xml": b"\0" * 3_000_000})
    sizes = struct.pack("<I", 3_000_000)
    assert honest.count(sizes) == 2
    assert "not as large as stated" in refusal(honest.replace(sizes, struct.pack("<I", 100)))


def test_encrypted_members_are_refused() -> None:
    content = bytearray(packed({"a.xml": b"text"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refusal(bytes(content))


def test_every_cut_and_every_altered_byte_of_the_contents_is_refused(
    recordings: Path,
) -> None:
    content = (recordings / "publishers" / "nomis" / "nomis_2023_07_20_211328.xlsx").read_bytes()
    check_zip(content, "book.xlsx")
    chance = random.Random(3)  # noqa: S311 - damage, not secrets
    for _ in range(30):
        refusal(content[: chance.randrange(len(content) - 1)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    for _ in range(30):
        damaged = bytearray(content)
        place = sheet.header_offset + 200 + chance.randrange(sheet.compress_size - 300)
        damaged[place] ^= 1 << chance.randrange(8)
        refusal(bytes(damaged))
