"""The figures that are shipped: tidy, one file for each table and vintage, with provenance.

`<dataset>/<known_on>.csv` has the columns of `ingest.tidy.COLUMNS`, sorted by series, area and
period; `<known_on>.rejected.csv` the rows that were set aside; `provenance.toml` the rest.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from data.store import PROJECT
from ingest.faults import Fault, Refused
from ingest.provenance import (
    PROVENANCE_FILE,
    Provenance,
    SeriesEntry,
    VintageEntry,
    provenance_toml,
    read_provenance,
)
from ingest.sources.els_datasets import SOURCE_ID, ElsDataset
from ingest.sources.els_metadata import ElsMetadata
from ingest.tidy import COLUMNS, RejectedRow, SeriesWords, TidyFigures

SNAPSHOT_FOLDER = PROJECT / "data" / "snapshot"
_REJECTED_COLUMNS = ["row_number", "raw", "reason"]
_REMEDY = "restore the file from version control, or write the snapshot again"


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The bytes that figures were read from, and what is known of them.

    Attributes:
        known_on: the day on which the publisher put them out.
        retrieved_on: the day on which they were fetched.
        publisher_commit: the publisher's mark for this version, empty when not known.
        etag, last_modified: what the server said, for asking later whether anything changed.
        published_on: the publisher's own date, where the bytes or their index give one.
    """

    url: str
    known_on: date
    retrieved_on: date
    sha256: str
    size_bytes: int
    metadata_sha256: str
    publisher_commit: str = ""
    etag: str | None = None
    last_modified: str | None = None
    published_on: date | None = None


def figures_csv(figures: TidyFigures) -> bytes:
    """The tidy figures as the bytes of their file. The same figures give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    # Whole columns of texts: cell by cell, each text would be made by a call of its own.
    columns = [figures.frame[name].to_numpy(dtype=object) for name in COLUMNS]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue().encode()


def figures_sha256(figures: TidyFigures) -> str:
    """The hash by which two readings are told to be the same figures."""
    return hashlib.sha256(figures_csv(figures)).hexdigest()


def describe(
    figures: TidyFigures, declared: ElsDataset, metadata: ElsMetadata, retrieved: Retrieved
) -> Provenance:
    """The provenance of one reading of a table."""
    return Provenance(
        dataset=declared.id,
        title=declared.title,
        producer="; ".join(metadata.producers),
        source=SOURCE_ID,
        landing_page=metadata.landing_pages[0],
        licence=declared.licence,
        load_replaces=declared.load_replaces,
        series=tuple(
            SeriesEntry(label=words.label, measure=words.measure, unit=words.unit)
            for words in figures.series
        ),
        vintage=(vintage_entry(figures, retrieved),),
    )


def vintage_entry(figures: TidyFigures, retrieved: Retrieved) -> VintageEntry:
    """What the provenance says of one reading of the table."""
    return VintageEntry(
        known_on=retrieved.known_on,
        retrieved_on=retrieved.retrieved_on,
        url=retrieved.url,
        publisher_commit=retrieved.publisher_commit,
        sha256=retrieved.sha256,
        size_bytes=retrieved.size_bytes,
        metadata_sha256=retrieved.metadata_sha256,
        figures_sha256=figures_sha256(figures),
        rows=len(figures.frame),
        rejected=len(figures.rejected),
    )


def write_vintage(folder: Path, figures: TidyFigures, described: Provenance) -> bool:
    """Write one vintage under `folder`, beside those that are there.

    Returns:
        Whether anything was written: figures already there under the same date are left alone.
    """
    target = folder / figures.dataset
    (entry,) = described.vintage
    earlier: tuple[VintageEntry, ...] = ()
    if (target / PROVENANCE_FILE).exists():
        held = read_provenance(target)
        for other in held.vintage:
            if (other.known_on, other.figures_sha256) == (entry.known_on, entry.figures_sha256):
                return False
        earlier = tuple(other for other in held.vintage if other.known_on != entry.known_on)
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{entry.known_on}.csv").write_bytes(figures_csv(figures))
    rejected = target / f"{entry.known_on}.rejected.csv"
    if figures.rejected:
        with rejected.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(_REJECTED_COLUMNS)
            writer.writerows((row.row_number, row.raw, row.reason) for row in figures.rejected)
    else:
        rejected.unlink(missing_ok=True)
    vintages = sorted((*earlier, entry), key=lambda other: other.known_on)
    written = described.model_copy(update={"vintage": tuple(vintages)})
    (target / PROVENANCE_FILE).write_text(provenance_toml(written), encoding="utf-8")
    return True


def snapshot_datasets(folder: Path = SNAPSHOT_FOLDER) -> list[str]:
    """The ids of the tables that have figures under `folder`, in order."""
    return sorted(path.parent.name for path in folder.glob(f"*/{PROVENANCE_FILE}"))


def read_vintage(folder: Path, provenance: Provenance, entry: VintageEntry) -> TidyFigures:
    """Read one vintage, holding it to the hash and the counts in its provenance.

    Raises:
        Refused: a file is missing or is not the one that was written.
    """
    dataset = provenance.dataset
    name = f"{dataset}/{entry.known_on}.csv"
    try:
        content = (folder / dataset / f"{entry.known_on}.csv").read_bytes()
    except OSError as error:
        raise Refused([Fault(name, None, "", str(error), "a readable file", _REMEDY)]) from None
    found = hashlib.sha256(content).hexdigest()
    if found != entry.figures_sha256:
        expected = f"the file whose sha256 is {entry.figures_sha256}"
        raise Refused([Fault(name, None, "", f"sha256 {found}", expected, _REMEDY)])
    frame = _read_columns(content)
    rejected = _read_rejected(folder / dataset / f"{entry.known_on}.rejected.csv", entry, name)
    labels = set(frame["series"].unique())
    words = tuple(
        SeriesWords(one.label, one.measure, one.unit)
        for one in provenance.series
        if one.label in labels
    )
    return TidyFigures(dataset, name, frame, words, rejected)


def _read_columns(content: bytes) -> pd.DataFrame:
    # The hash has vouched for the bytes, so a malformed line here is a fault of this program.
    table = arrow_csv.read_csv(
        io.BytesIO(content),
        # Most files are so small that handing them to threads costs more than reading them.
        read_options=arrow_csv.ReadOptions(use_threads=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in COLUMNS},
            include_columns=COLUMNS,
            strings_can_be_null=False,
        ),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
    )
    numbers = pa.array(np.arange(2, len(table) + 2, dtype=np.int64))
    frame: pd.DataFrame = table.append_column("row_number", numbers).to_pandas()
    return frame


def _read_rejected(path: Path, entry: VintageEntry, name: str) -> tuple[RejectedRow, ...]:
    rows: tuple[RejectedRow, ...] = ()
    if entry.rejected and path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = tuple(
                RejectedRow(int(row["row_number"]), row["raw"], row["reason"])
                for row in csv.DictReader(file)
            )
    if len(rows) != entry.rejected:
        found = f"{len(rows)} rows in {path.name}"
        raise Refused([Fault(name, None, "", found, f"{entry.rejected} rejected rows", _REMEDY)])
    return rows
