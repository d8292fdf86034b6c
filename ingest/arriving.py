"""Bytes on their way in: fetched, or read from a folder, and not yet read as figures.

What arrives goes into the archive before anybody looks at what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from ingest.archive import Archive, ArchivedFile, Retrieval
from ingest.faults import Fault, Refused
from ingest.fetching import Fetched, fetch
from ingest.provenance import VintageEntry
from ingest.pulling import Pulled
from ingest.quarantine import HeldBackLoad
from ingest.recorded_sources import recorded_sources
from ingest.sources.csv_table import LARGEST_FILE
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_metadata import LARGEST_METADATA
from ingest.versions import Version

# What the publisher's host declares for a CSV and for JSON.
_CSV_TYPES = ("text/plain", "text/csv")
_JSON_TYPES = ("text/plain", "application/json")


@dataclass(frozen=True, slots=True)
class Arrival:
    """The bytes of one retrieval by the names of their files, and what is known of them.

    `pulled` is what they say, where that was read already, as of bytes in a folder.
    """

    retrieval: Retrieval
    contents: Mapping[str, bytes]
    pulled: Pulled | None = None


def fetch_els(
    session: requests.Session,
    declared: ElsDataset,
    archive: Archive,
    held: Mapping[str, Any],
    known_on: date,
) -> Arrival | None:
    """Fetch one table from its publisher, and of it only what has changed.

    Args:
        session: from `ingest.fetching.open_session`.
        declared: the table.
        archive: what was fetched before. Bytes that the server says are still the newest are
            taken from it, where the store has not got their figures.
        held: the columns of the newest `retrieval` in the store; empty without one.
        known_on: the day to record as the one on which the figures became known.

    Returns:
        The bytes, or None where the store has the figures of what the server still serves.

    Raises:
        FetchError: the files could not be had.
        Refused: a record of the archive cannot be read.
    """
    newest = archive.newest(declared.id)
    last = newest.retrieval if newest else None
    kept = last.file(f"{declared.id}.csv") if last else None
    if kept and kept.url == declared.csv_url and (kept.etag or kept.last_modified):
        table = _fetch(session, kept.url, _CSV_TYPES, kept.etag, kept.last_modified)
        if table.content is None and last and last.sha256 == held.get("sha256"):
            return None
    else:
        said = (held.get("etag"), held.get("last_modified"))
        table = _fetch(session, declared.csv_url, _CSV_TYPES, *said)
        if table.content is None:
            return None
        kept = None
    file, content = _file(session, archive, f"{declared.id}.csv", table, _CSV_TYPES, kept)
    words = last.file(f"{declared.id}.json") if last else None
    if words and words.url == declared.metadata_url and _readable(archive, words):
        said = (words.etag, words.last_modified)
    else:
        said, words = (None, None), None
    answer = _fetch(session, declared.metadata_url, _JSON_TYPES, *said)
    beside, json = _file(session, archive, f"{declared.id}.json", answer, _JSON_TYPES, words)
    retrieval = Retrieval(
        dataset=declared.id,
        retrieved_at=datetime.now(UTC),
        known_on=known_on,
        url=declared.csv_url,
        sha256=file.sha256,
        files=(file, beside),
    )
    return Arrival(retrieval, {file.name: content, beside.name: json})


def _fetch(
    session: requests.Session,
    url: str,
    types: Collection[str],
    etag: str | None,
    last_modified: str | None,
) -> Fetched:
    largest = LARGEST_FILE if types is _CSV_TYPES else LARGEST_METADATA
    return fetch(
        session,
        url,
        largest=largest,
        content_types=types,
        etag=etag,
        last_modified=last_modified,
    )


def _readable(archive: Archive, file: ArchivedFile) -> bool:
    try:
        archive.content(file)
    except Refused:
        return False
    return True


def _file(
    session: requests.Session,
    archive: Archive,
    name: str,
    answer: Fetched,
    types: Collection[str],
    kept: ArchivedFile | None,
) -> tuple[ArchivedFile, bytes]:
    """A file as it was sent, or as it is kept where the server says that it has not changed."""
    if answer.content is None and kept is not None:
        if _readable(archive, kept):
            return kept, archive.content(kept)
        # What was kept is damaged: ask for it as if it never had been.
        answer = _fetch(session, answer.url, types, None, None)
    content = answer.content or b""
    return described(name, content, answer), content


def described(name: str, content: bytes, answer: Fetched | None = None) -> ArchivedFile:
    """A file as the archive knows it, with what the server said of it."""
    return ArchivedFile(
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        url=answer.url if answer else "",
        content_type=answer.content_type if answer else "",
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
    )


def arrival_of(pulled: Pulled) -> Arrival:
    """What was read from a folder, as it goes into the archive."""
    retrieved = pulled.retrieved
    retrieval = Retrieval(
        dataset=pulled.figures.dataset,
        retrieved_at=datetime.now(UTC),
        known_on=retrieved.known_on,
        published_on=retrieved.published_on,
        url=retrieved.url,
        publisher_commit=retrieved.publisher_commit,
        sha256=retrieved.sha256,
        files=tuple(described(name, content) for name, content in pulled.files.items()),
    )
    return Arrival(retrieval, pulled.files, pulled)


def arrival_of_version(version: Version) -> Arrival:
    """A version from the publisher's history, as it goes into the archive."""
    name = f"{version.dataset}.csv"
    retrieval = Retrieval(
        dataset=version.dataset,
        retrieved_at=datetime.now(UTC),
        known_on=version.known_on,
        published_on=version.known_on,
        url=version.url,
        publisher_commit=version.commit,
        sha256=version.sha256,
        read_as="earlier",
        files=(described(name, version.content).model_copy(update={"url": version.url}),),
    )
    return Arrival(retrieval, {name: version.content})


def archive_accepted(
    archive: Archive, waiting: HeldBackLoad, entry: VintageEntry, reason: str
) -> None:
    """Record with the bytes of a load why a person took it in.

    Args:
        archive: where the bytes are; they are put there if they were held back before it began.
        waiting: the load that was accepted.
        entry: what its provenance says of it.
        reason: the person's.
    """
    for record in reversed(archive.retrievals(waiting.dataset)):
        one = record.retrieval
        if (one.known_on, one.sha256, one.outcome) == (entry.known_on, entry.sha256, "held back"):
            break
    else:
        contents = waiting.files()
        said = {"etag": waiting.etag or None, "last_modified": waiting.last_modified or None}
        files = [described(name, content) for name, content in contents.items()]
        files[0] = files[0].model_copy(update={"url": entry.url, **said})
        retrieval = Retrieval(
            dataset=waiting.dataset,
            retrieved_at=datetime.combine(entry.retrieved_on, datetime.min.time(), UTC),
            known_on=entry.known_on,
            url=entry.url,
            publisher_commit=entry.publisher_commit,
            sha256=entry.sha256,
            files=tuple(files),
        )
        record = archive.begin(retrieval, contents)
    archive.settle(record, "accepted", reason=reason)


def read_arrival(arrival: Arrival, itl1_codes: Mapping[str, str]) -> Pulled:
    """Read what arrived, in today's layout, by the reader of its table.

    Raises:
        Refused: with every fault; or nothing reads this table any more.
    """
    if arrival.pulled is not None:
        return arrival.pulled
    retrieval = arrival.retrieval
    with TemporaryDirectory(prefix="archived-") as name:
        folder = Path(name) / retrieval.dataset
        folder.mkdir()
        for file, content in arrival.contents.items():
            (folder / file).write_bytes(content)
        read = recorded_sources(Path(name), itl1_codes).get(retrieval.dataset)
        if read is None:
            names = ", ".join(arrival.contents)
            expected = f"the files of a declared table '{retrieval.dataset}'"
            remedy = "nothing declares how they are read: restore the declaration of the table"
            raise Refused([Fault(retrieval.dataset, None, "", names, expected, remedy)])
        pulled = read(retrieval.known_on, retrieval.retrieved_at.date())
    url, commit = retrieval.url, retrieval.publisher_commit
    table = retrieval.files[0]
    (entry,) = pulled.provenance.vintage
    vintage = (entry.model_copy(update={"url": url, "publisher_commit": commit}),)
    retrieved = replace(
        pulled.retrieved,
        url=url,
        publisher_commit=commit,
        etag=table.etag,
        last_modified=table.last_modified,
    )
    provenance = pulled.provenance.model_copy(update={"vintage": vintage})
    return replace(pulled, provenance=provenance, retrieved=retrieved)


def read_archived(archive: Archive, retrieval: Retrieval, itl1_codes: Mapping[str, str]) -> Pulled:
    """Read the bytes of a retrieval anew, from the archive.

    Raises:
        Refused: the bytes are damaged or gone, or have faults as they are read today.
    """
    contents = {file.name: archive.content(file) for file in retrieval.files}
    return read_arrival(Arrival(retrieval, contents), itl1_codes)
