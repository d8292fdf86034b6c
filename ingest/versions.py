"""Earlier versions of a table: recorded in a folder, or on the publisher's public repository.

A recorded version lies at `<commit>/<dataset>/<dataset>.csv` and an `INDEX.csv` dates it, as
`ingest.recorded` describes. The public repository lists the commits of a file and gives the file
as it was at each; what was fetched of it once is kept, since a commit never changes.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import requests

from ingest.faults import Fault, Refused, quoted
from ingest.fetching import FetchError, fetch
from ingest.git_listing import GitListings
from ingest.recorded import INDEX_FILE
from ingest.sources.csv_table import LARGEST_FILE
from ingest.sources.els_datasets import REPOSITORY

_COMMITS = "https://api.github.com/repos/{repository}/commits?path={path}&per_page=100&page={page}"
_FILE = "https://raw.githubusercontent.com/{repository}/{commit}/{path}"
MOST_PAGES = 5
_PER_PAGE = 100
_LARGEST_PAGE = 2_000_000
_CSV_TYPES = ("text/plain", "text/csv")
_JSON_TYPES = ("application/json",)


@dataclass(frozen=True, slots=True)
class Version:
    """The bytes of one table as they were published on one day."""

    dataset: str
    known_on: date
    commit: str
    url: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def one_a_day(versions: Iterable[tuple[datetime, Version]]) -> list[Version]:
    """Versions by the time of their publication; of several on one day the last one stands.

    What was known on a day is what stood there at its end: an earlier file of the same day was
    replaced within hours.
    """
    by_day: dict[date, Version] = {}
    for _, version in sorted(versions, key=lambda dated: dated[0]):
        by_day[version.known_on] = version
    return [by_day[day] for day in sorted(by_day)]


def recorded_versions(folder: Path, dataset: str) -> list[Version]:
    """The recorded versions of a table under `folder`, oldest first.

    Raises:
        Refused: there is none, or one that no index dates, or whose bytes are not those that the
            index names; with every fault.
    """
    paths = sorted(folder.glob(f"*/{dataset}/{dataset}.csv"))
    rows = _index(folder)
    faults: list[Fault] = []
    found: list[tuple[datetime, Version]] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        row = rows.get(name)
        content = path.read_bytes()
        try:
            if row is None:
                raise KeyError("no row")
            published = datetime.fromisoformat(row["published"])
            if row.get("sha256") not in (None, "", hashlib.sha256(content).hexdigest()):
                raise ValueError(f"sha256 {row['sha256']}, which is not that of the file")
            version = Version(dataset, published.date(), row["commit"], row["url"], content)
        except (KeyError, ValueError) as error:
            expected = f"a row of {INDEX_FILE} with url, published, commit and the right sha256"
            remedy = "record the version with its row, or take the file away"
            faults.append(Fault(name, None, "", f"{error.args[0]}", expected, remedy))
        else:
            found.append((published, version))
    if not paths:
        expected = f"<commit>/{dataset}/{dataset}.csv"
        remedy = "name the folder that holds the recorded versions"
        faults.append(Fault(str(folder), None, "", "no version", expected, remedy))
    if faults:
        raise Refused(faults)
    return one_a_day(found)


def _index(folder: Path) -> dict[str, dict[str, str]]:
    """What an index in the folder or above it says, by the place of each file in the folder."""
    for place in (folder, folder.parent):
        index = place / INDEX_FILE
        if index.is_file():
            prefix = "" if place == folder else f"{folder.name}/"
            with index.open(encoding="utf-8", newline="") as file:
                return {
                    (row.get("file") or "").removeprefix(prefix): row
                    for row in csv.DictReader(file)
                }
    return {}


def live_versions(session: requests.Session, dataset: str, kept: Path) -> list[Version]:
    """Every version of a table on the publisher's repository, oldest first.

    Args:
        session: from `ingest.fetching.open_session`.
        dataset: the table.
        kept: the folder in which listings and versions are kept. A listing is asked for again on
            the condition that it has changed; a version is fetched once.

    Raises:
        FetchError: a listing or a version could not be had; what was had before is kept.
        Refused: a listing is not what the publisher's host answers with, or a version's bytes are
            not those that the repository has at its commit.
    """
    path = f"{dataset}/{dataset}.csv"
    listings = GitListings(session)
    found: list[tuple[datetime, Version]] = []
    for page in range(1, MOST_PAGES + 1):
        commits = _commits(session, path, page, kept / "listings" / f"{dataset}.{page}.json")
        for commit, published in commits:
            url = _FILE.format(repository=REPOSITORY, commit=commit, path=path)
            content = _version(session, listings, url, path, commit, kept / commit / path)
            found.append((published, Version(dataset, published.date(), commit, url, content)))
        if len(commits) < _PER_PAGE:
            return one_a_day(found)
    url = _COMMITS.format(repository=REPOSITORY, path=path, page=MOST_PAGES)
    words = f"more than {MOST_PAGES * _PER_PAGE} versions"
    raise FetchError(url, words, "look at the file before raising the limit", again=False)


def _commits(
    session: requests.Session, path: str, page: int, kept: Path
) -> list[tuple[str, datetime]]:
    url = _COMMITS.format(repository=REPOSITORY, path=path, page=page)
    held: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    answer = fetch(
        session,
        url,
        largest=_LARGEST_PAGE,
        content_types=_JSON_TYPES,
        etag=held.get("etag"),
    )
    text = held["listing"] if answer.content is None else answer.content.decode("utf-8", "replace")
    commits = _read_commits(text, url)
    if answer.content is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        listing = {"etag": answer.etag, "listing": text}
        kept.write_text(json.dumps(listing), encoding="utf-8")
    return commits


def _read_commits(text: str, url: str) -> list[tuple[str, datetime]]:
    try:
        commits = [
            (str(one["sha"]), datetime.fromisoformat(one["commit"]["committer"]["date"]))
            for one in json.loads(text)
        ]
        if any(len(commit) != 40 or not commit.isalnum() for commit, _ in commits):
            raise ValueError("a commit that is not named by 40 digits")
    except (ValueError, KeyError, TypeError) as error:
        expected = "a list of commits, each with its sha and the day of its commit"
        remedy = "open the address in a browser; the host may ask to wait, or answer otherwise now"
        found = f"{quoted(text[:60])} ({type(error).__name__})"
        raise Refused([Fault(url, None, "", found, expected, remedy)]) from None
    return commits


def _version(
    session: requests.Session,
    listings: GitListings,
    url: str,
    path: str,
    commit: str,
    kept: Path,
) -> bytes:
    if kept.exists():
        return kept.read_bytes()
    answer = fetch(session, url, largest=LARGEST_FILE, content_types=_CSV_TYPES)
    content = answer.content or b""
    listings.compare(path, content, commit)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".part")
    unfinished.write_bytes(content)
    unfinished.rename(kept)
    return content
