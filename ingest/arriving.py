"""Bytes on their way in: fetched, or read from a folder, and not yet read as figures.

What arrives goes into the archive before anybody looks at what it says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.archive import Archive, ArchivedFile, Retrieval
from ingest.faults import Fault, Refused
from ingest.fetching import Fetched
from ingest.provenance import VintageEntry
from ingest.pulling import Pulled
from ingest.quarantine import HeldBackLoad
from ingest.recorded_sources import tables_in
from ingest.versions import Version


@dataclass(frozen=True, slots=True)
class Arrival:
    """The bytes of one retrieval by the names of their files, and what is known of them.

    `pulled` is what they say, where that was read already, as of bytes in a folder.
    """

    retrieval: Retrieval
    contents: Mapping[str, bytes]
    pulled: Pulled | None = None


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
        read = tables_in(Path(name), itl1_codes).get(retrieval.dataset)
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
