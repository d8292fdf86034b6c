"""Asking for what was fetched before on the condition that it has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from ingest.archive import Archive, ArchivedFile, Retrieval
from ingest.arriving import described
from ingest.faults import Refused
from ingest.fetching import Fetched, fetch


@dataclass(frozen=True, slots=True)
class Answer:
    """A file as the archive knows it, its bytes, and whether they were sent just now."""

    file: ArchivedFile
    content: bytes
    sent: bool


@dataclass(frozen=True)
class KeptRetrieval:
    """The newest retrieval of a table that is kept, beside what the store says of its own.

    Attributes:
        session: from `ingest.fetching.open_session`.
        archive: what was fetched before.
        last: the newest retrieval in it; None without one.
        held: the columns of the newest `retrieval` in the store; empty without one.
    """

    session: requests.Session
    archive: Archive
    last: Retrieval | None
    held: Mapping[str, Any]

    @property
    def has_its_figures(self) -> bool:
        """Whether the store has the figures of the newest bytes that are kept."""
        return self.last is not None and self.last.sha256 == self.held.get("sha256")

    def part(self, name: str, url: str, types: Collection[str], largest: int) -> Answer:
        """One file, from the archive where the server says that it has not changed.

        Raises:
            FetchError: it could not be had.
        """
        kept = self._kept(url)
        said = (kept.etag, kept.last_modified) if kept else (None, None)
        answer = self._ask(url, types, largest, *said)
        if answer.content is None and kept:
            if (content := self._content(kept)) is not None:
                return Answer(kept.model_copy(update={"name": name}), content, sent=False)
            # What was kept is damaged: ask for it as if it never had been.
            answer = self._ask(url, types, largest)
        return _sent(name, answer)

    def whole(self, name: str, url: str, types: Collection[str], largest: int) -> Answer | None:
        """The file that holds all figures; None where the store has those that it still gives.

        Raises:
            FetchError: it could not be had.
        """
        if self._kept(url) is None and self.held.get("url") == url:
            # The archive does not have it; the store knows what the server said of it.
            said = (self.held.get("etag"), self.held.get("last_modified"))
            answer = self._ask(url, types, largest, *said)
            return None if answer.content is None else _sent(name, answer)
        found = self.part(name, url, types, largest)
        return None if not found.sent and self.has_its_figures else found

    def _ask(
        self,
        url: str,
        types: Collection[str],
        largest: int,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched:
        return fetch(
            self.session,
            url,
            largest=largest,
            content_types=types,
            etag=etag,
            last_modified=last_modified,
        )

    def _kept(self, url: str) -> ArchivedFile | None:
        """The file of this address of which the server can be asked whether it has changed."""
        files = self.last.files if self.last else ()
        return next((f for f in files if f.url == url and (f.etag or f.last_modified)), None)

    def _content(self, file: ArchivedFile) -> bytes | None:
        try:
            return self.archive.content(file)
        except Refused:
            return None


def _sent(name: str, answer: Fetched) -> Answer:
    content = answer.content or b""
    return Answer(described(name, content, answer), content, sent=True)


def kept_retrieval(
    session: requests.Session, archive: Archive, dataset: str, held: Mapping[str, Any]
) -> KeptRetrieval:
    """What is kept of a table.

    Raises:
        Refused: a record of the archive cannot be read.
    """
    newest = archive.newest(dataset)
    return KeptRetrieval(session, archive, newest.retrieval if newest else None, held)
