"""Bytes kept once under their hash, and a record of each retrieval that outlives its store."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.archive import MOST_WITHOUT_VINTAGE, Archive, ArchivedFile, Outcome, Retrieval
from ingest.faults import Refused
from ingest.payloads import keep_payload, payload_path, read_payload, write_durably
from ingest.places import Places, archive_folder

BODY = b"areacd,period,observation\nE08000025,2023,50.0\n"
SHA256 = hashlib.sha256(BODY).hexdigest()


def retrieval(body: bytes = BODY, *, minute: int = 0, etag: str = '"v1"') -> Retrieval:
    sha256 = hashlib.sha256(body).hexdigest()
    file = ArchivedFile(
        name="gardens.csv",
        sha256=sha256,
        size_bytes=len(body),
        url="https://example.org/gardens.csv",
        content_type="text/csv",
        etag=etag,
    )
    return Retrieval(
        dataset="gardens",
        retrieved_at=datetime(2026, 3, 1, 9, minute, tzinfo=UTC),
        known_on=date(2026, 3, 1),
        url=file.url,
        sha256=sha256,
        files=(file,),
    )


def retrieved(
    archive: Archive, outcome: Outcome, body: bytes = BODY, *, minute: int = 0, etag: str = '"v1"'
) -> None:
    one = retrieval(body, minute=minute, etag=etag)
    archive.settle(archive.begin(one, {"gardens.csv": body}), outcome)


def outcomes(archive: Archive) -> list[str]:
    return [one.retrieval.outcome for one in archive.retrievals("gardens")]


def payloads(archive: Archive) -> list[Path]:
    return sorted((archive.folder / "payloads").glob("*/*"))


def test_bytes_are_kept_once_and_any_program_can_read_them(tmp_path: Path) -> None:
    assert keep_payload(tmp_path, BODY) == keep_payload(tmp_path, BODY) == SHA256
    (only,) = tmp_path.glob("*/*")
    assert only == tmp_path / SHA256[:2] / f"{SHA256}.gz"
    assert gzip.decompress(only.read_bytes()) == BODY
    assert read_payload(tmp_path, SHA256) == BODY


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (lambda kept: kept[:-9], "a damaged file"),
        (lambda kept: kept[:20] + b"\0\0\0" + kept[23:], "a damaged file"),
        (lambda _: b"not gzip at all", "a damaged file"),
        (lambda _: b"", "found sha256 e3b0c44298fc1c149"),
        (lambda _: gzip.compress(BODY + b"one more row\n"), "found sha256 "),
    ],
)
def test_damage_is_noticed_by_the_hash_and_mended_by_the_same_bytes(
    tmp_path: Path, damage: object, found: str
) -> None:
    keep_payload(tmp_path, BODY)
    path = payload_path(tmp_path, SHA256)
    assert callable(damage)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(Refused) as caught:
        read_payload(tmp_path, SHA256)
    assert found in str(caught.value)
    assert f"expected bytes whose sha256 is {SHA256}" in str(caught.value)
    assert keep_payload(tmp_path, BODY) == SHA256
    assert read_payload(tmp_path, SHA256) == BODY


def test_bytes_that_are_not_kept_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        read_payload(tmp_path, SHA256)


def test_a_write_that_fails_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.json"
    write_durably(path, b"before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_durably(path, b"after")
    assert [one.name for one in tmp_path.iterdir()] == ["record.json"]
    assert path.read_bytes() == b"before"


def test_a_record_can_be_read_without_this_program(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    retrieved(archive, "loaded")
    (path,) = tmp_path.glob("retrievals/gardens/*.json")
    told = json.loads(path.read_text())
    assert path.name.startswith("2026-03-01T09-00-00.000000-")
    assert (told["retrieved_at"], told["known_on"]) == ("2026-03-01T09:00:00Z", "2026-03-01")
    assert (told["outcome"], told["sha256"]) == ("loaded", SHA256)
    (file,) = told["files"]
    assert (file["etag"], file["content_type"], file["size_bytes"]) == ('"v1"', "text/csv", 46)
    kept = tmp_path / "payloads" / file["sha256"][:2] / f"{file['sha256']}.gz"
    assert gzip.decompress(kept.read_bytes()) == BODY


def test_a_record_never_names_other_bytes_than_it_keeps(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    with pytest.raises(ValueError, match="another hash"):
        archive.begin(retrieval(), {"gardens.csv": BODY + b"more"})
    assert archive.datasets() == []


def test_what_only_says_the_same_again_is_not_recorded_again(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    retrieved(archive, "refused", minute=1)
    retrieved(archive, "refused", minute=2)
    assert outcomes(archive) == ["refused"]
    # The definition was mended: the same bytes give a vintage now, which has to be known.
    retrieved(archive, "loaded", minute=3)
    retrieved(archive, "unchanged", minute=4)
    assert outcomes(archive) == ["refused", "loaded"]
    # What the server says now is what has to be asked with.
    retrieved(archive, "unchanged", minute=5, etag='"v2"')
    newest = archive.newest("gardens")
    assert newest is not None
    assert newest.retrieval.files[0].etag == '"v2"'
    assert len(payloads(archive)) == 1


def test_what_gave_no_vintage_is_kept_for_a_while_only(tmp_path: Path) -> None:
    """A table that is refused with other bytes each day does not fill the disk."""
    archive = Archive(tmp_path)
    retrieved(archive, "loaded", b"good", minute=0)
    for minute in range(1, MOST_WITHOUT_VINTAGE + 4):
        body = b"good" if minute == 1 else str(minute).encode()
        retrieved(archive, "refused", body, minute=minute)
    assert outcomes(archive) == ["loaded", *["refused"] * MOST_WITHOUT_VINTAGE]
    # The bytes of the first refused one are those of a vintage, and stay.
    assert len(payloads(archive)) == MOST_WITHOUT_VINTAGE + 1
    assert archive.content(archive.retrievals("gardens")[0].retrieval.files[0]) == b"good"


def test_a_record_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    retrieved(archive, "loaded")
    (tmp_path / "retrievals" / "gardens" / "2026-03-02.json").write_text('{"dataset": "gardens"')
    with pytest.raises(Refused) as caught:
        archive.newest("gardens")
    assert "gardens/2026-03-02.json: expected the record of a retrieval" in str(caught.value)
    assert "restore the archive from a backup" in str(caught.value)


def test_the_folder_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARCHIVE_FOLDER", str(tmp_path))
    assert archive_folder() == Places().archive == tmp_path
    monkeypatch.delenv("ARCHIVE_FOLDER")
    assert Places().archive.parts[-2:] == ("var", "archive")
