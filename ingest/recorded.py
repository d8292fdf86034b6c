"""Bytes of the publisher kept in a folder: `<dataset>/<dataset>.csv` and `.json`.

An `INDEX.csv` in the folder or above it may say when each file was published and in which
version (columns `file`, `url`, `published`, `commit`, where `file` is its place below the index).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ingest.faults import Fault, Refused

INDEX_FILE = "INDEX.csv"


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """What an index says of one file."""

    url: str
    published_on: date
    commit: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """The recorded bytes of one table; `index` is None where no index speaks of it."""

    dataset: str
    csv: bytes
    json: bytes
    index: RecordedFile | None


def recorded_datasets(folder: Path) -> list[str]:
    """The ids of the tables that have a CSV under `folder`, in order."""
    return sorted(
        path.parent.name for path in folder.glob("*/*.csv") if path.stem == path.parent.name
    )


def read_recorded(folder: Path, dataset: str) -> Recorded:
    """The recorded bytes of one table, with what an index says of them.

    Raises:
        Refused: the CSV or the JSON is missing, or the index cannot be read.
    """
    content = {}
    for ending in ("csv", "json"):
        path = folder / dataset / f"{dataset}.{ending}"
        try:
            content[ending] = path.read_bytes()
        except OSError as error:
            name = f"{dataset}/{path.name}"
            remedy = "record both files of a table, or name the folder that holds them"
            fault = Fault(name, None, "", error.strerror or "an error", "a readable file", remedy)
            raise Refused([fault]) from None
    return Recorded(dataset, content["csv"], content["json"], _in_index(folder, dataset))


def _in_index(folder: Path, dataset: str) -> RecordedFile | None:
    for place in (folder, folder.parent):
        index = place / INDEX_FILE
        if not index.is_file():
            continue
        wanted = (folder / dataset / f"{dataset}.csv").relative_to(place).as_posix()
        with index.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if row.get("file") == wanted:
                    return _index_row(row, number)
    return None


def _index_row(row: dict[str, str], number: int) -> RecordedFile:
    try:
        published = datetime.fromisoformat(row["published"]).date()
        return RecordedFile(row["url"], published, row.get("commit") or "")
    except (KeyError, ValueError) as error:
        found = f"{type(error).__name__}: {error}"
        expected = "the columns file, url, published (a date and time) and commit"
        raise Refused(
            [Fault(INDEX_FILE, number, "", found, expected, "mend the index, or give --known-on")]
        ) from None
