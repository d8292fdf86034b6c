"""The raw archive: every payload as it was fetched, and a record of each retrieval.

`payloads/` has the bytes (`ingest.payloads`). `retrievals/<dataset>/<time>-<mark>.json` has one
retrieval each: which bytes, from where, when, what the server and the publisher said of them,
and what came of it. Both can be read without this program: the records with any editor, the
bytes with any program that reads gzip. The store is not needed to make sense of them, and can be
built again from them.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.faults import Fault, Refused
from ingest.payloads import keep_payload, payload_path, read_payload, write_durably
from ingest.provenance import Sha256

# Retrievals of each table that gave no vintage and are kept all the same.
MOST_WITHOUT_VINTAGE = 20
# "" until the retrieval has ended: so it stays after a run that was killed.
Outcome = Literal[
    "", "loaded", "accepted", "shipped", "unchanged", "held back", "refused", "interrupted"
]
GAVE_A_VINTAGE: tuple[Outcome, ...] = ("loaded", "accepted")
_KEPT_FOR_EVER: tuple[Outcome, ...] = ("", "shipped", *GAVE_A_VINTAGE)
_SAID_AGAIN: tuple[Outcome, ...] = ("held back", "refused")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArchivedFile(_Strict):
    """One file of a retrieval, and what its server said of it.

    `git_id` is the id in the publisher's public repository that its bytes were found to have;
    empty where there is none, or it could not be asked for.
    """

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._()-]*$")
    sha256: Sha256
    size_bytes: int = Field(gt=0)
    url: str = ""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    git_id: str = Field(default="", pattern=r"^([0-9a-f]{40})?$")


class Retrieval(_Strict):
    """One fetch of one table.

    Attributes:
        retrieved_at: when, in UTC.
        known_on: the day on which the figures count as known.
        published_on: the publisher's own date, where the bytes or their index give one.
        sha256: the hash by which provenance and store know the bytes: that of the figures' file,
            or of all files together where there are several of them.
        read_as: `earlier` for a version from the publisher's history, whose layout may be one
            that is not used any more.
        outcome: what came of it; `reason` why a person accepted it.
    """

    dataset: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    retrieved_at: datetime
    known_on: date
    published_on: date | None = None
    url: str
    publisher_commit: str = ""
    sha256: Sha256
    read_as: Literal["today", "earlier"] = "today"
    files: tuple[ArchivedFile, ...] = Field(min_length=1)
    outcome: Outcome = ""
    reason: str = ""

    def file(self, name: str) -> ArchivedFile | None:
        """The file of this name, or None."""
        return next((one for one in self.files if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Record:
    """A retrieval with the file that records it."""

    path: Path
    retrieval: Retrieval


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive in a folder, which is made when something is first kept."""

    folder: Path

    def begin(self, retrieval: Retrieval, contents: Mapping[str, bytes]) -> Record:
        """Keep the bytes of a retrieval, then record it.

        Args:
            retrieval: without an outcome; its files name `contents`.
            contents: the bytes by the name of their file.

        Raises:
            OSError: the folder cannot be written, or is full. Nothing speaks of bytes that are
                not there.
        """
        for file in retrieval.files:
            if keep_payload(self._payloads, contents[file.name]) != file.sha256:
                raise ValueError(f"{file.name}: the record names another hash than its bytes have")
        time = retrieval.retrieved_at.strftime("%Y-%m-%dT%H-%M-%S.%f")
        path = self._of(retrieval.dataset) / f"{time}-{secrets.token_hex(4)}.json"
        return self._write(Record(path, retrieval))

    def settle(
        self,
        recorded: Record,
        outcome: Outcome,
        *,
        reason: str = "",
        published_on: date | None = None,
    ) -> None:
        """Record what came of a retrieval, and the publisher's date once it has been read.

        One that repeats the one before it (the same bytes, and nothing new came of them) is taken
        out again; of those that gave no vintage only the newest are kept.
        """
        before = self._before(recorded)
        same = before is not None and before.retrieval.files == recorded.retrieval.files
        told_before = before.retrieval.outcome if before and same else None
        said_again = outcome in _SAID_AGAIN and outcome == told_before
        if told_before and (outcome == "unchanged" or said_again):
            recorded.path.unlink(missing_ok=True)
            return
        told = {
            "outcome": outcome,
            "reason": reason,
            "published_on": published_on or recorded.retrieval.published_on,
        }
        ended = recorded.retrieval.model_copy(update=told)
        self._write(Record(recorded.path, ended))
        self._forget_the_oldest(recorded.retrieval.dataset)

    def datasets(self) -> list[str]:
        """The tables of which a retrieval is recorded."""
        return sorted({path.parent.name for path in self._records.glob("*/*.json")})

    def retrievals(self, dataset: str) -> list[Record]:
        """The retrievals of a table in the order in which they were made.

        Raises:
            Refused: a record cannot be read; every such record.
        """
        found, faults = [], []
        for path in sorted(self._of(dataset).glob("*.json")):
            try:
                found.append(Record(path, Retrieval.model_validate_json(path.read_bytes())))
            except (OSError, ValidationError) as error:
                reason = str(error).splitlines()[0]
                remedy = "restore the archive from a backup, or take the record out of it"
                name = f"{dataset}/{path.name}"
                faults.append(Fault(name, None, "", reason, "the record of a retrieval", remedy))
        if faults:
            raise Refused(faults)
        return found

    def newest(self, dataset: str) -> Record | None:
        """The newest retrieval of a table; None without one.

        Raises:
            Refused: a record cannot be read.
        """
        found = self.retrievals(dataset)
        return found[-1] if found else None

    def with_bytes(self, dataset: str, sha256: str) -> Retrieval | None:
        """The newest retrieval of the bytes that provenance knows by a hash; None without one.

        Raises:
            Refused: a record cannot be read.
        """
        found = [one.retrieval for one in self.retrievals(dataset)]
        return next((one for one in reversed(found) if one.sha256 == sha256), None)

    def content(self, file: ArchivedFile) -> bytes:
        """The bytes of a file as they were fetched.

        Raises:
            Refused: they are not there, or are damaged.
        """
        return read_payload(self._payloads, file.sha256)

    @property
    def _payloads(self) -> Path:
        return self.folder / "payloads"

    @property
    def _records(self) -> Path:
        return self.folder / "retrievals"

    def _of(self, dataset: str) -> Path:
        return self._records / dataset

    def _write(self, recorded: Record) -> Record:
        text = recorded.retrieval.model_dump_json(indent=1) + "\n"
        write_durably(recorded.path, text.encode())
        return recorded

    def _before(self, recorded: Record) -> Record | None:
        others = self.retrievals(recorded.retrieval.dataset)
        earlier = [one for one in others if one.path.name < recorded.path.name]
        return earlier[-1] if earlier else None

    def _forget_the_oldest(self, dataset: str) -> None:
        """Take out what only shows that nothing came of it, beyond the newest of these."""
        without = [
            one for one in self.retrievals(dataset) if one.retrieval.outcome not in _KEPT_FOR_EVER
        ]
        surplus = without[:-MOST_WITHOUT_VINTAGE]
        for one in surplus:
            one.path.unlink()
        if not surplus:
            return
        named = {
            file.sha256
            for other in self.datasets()
            for one in self.retrievals(other)
            for file in one.retrieval.files
        }
        for one in surplus:
            for file in one.retrieval.files:
                if file.sha256 not in named:
                    payload_path(self._payloads, file.sha256).unlink(missing_ok=True)
