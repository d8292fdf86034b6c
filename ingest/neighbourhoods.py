"""Figures of small areas within authorities: their file in the snapshot, and into the store.

`<dataset>/<known_on>.neighbourhoods.csv` has the columns of `COLUMNS`, in the order of the codes;
the provenance of the vintage holds its hash and how many there are. The share is not kept in the
file: it is the second number over the first.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from data import dataset_writes, writes
from data.neighbourhood_reads import newest_period
from data.neighbourhood_writes import NeighbourhoodRow, replace_neighbourhoods
from ingest.faults import Fault, Refused
from ingest.provenance import PROVENANCE_FILE, Provenance, VintageEntry, read_provenance
from ingest.sources.fuel_poverty import Neighbourhood

COLUMNS = ["code", "local_authority", "households", "fuel_poor"]
_REMEDY = "restore the file from version control, or write the snapshot again"
# What the store remembers of the neighbourhoods of a dataset: the hash of their file.
_STATE = "neighbourhoods:"


def neighbourhoods_csv(neighbourhoods: Iterable[Neighbourhood]) -> bytes:
    """The bytes of the file. The same neighbourhoods give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (one.code, one.local_authority, one.households, one.fuel_poor) for one in neighbourhoods
    )
    return text.getvalue().encode()


def with_neighbourhoods(
    described: Provenance, neighbourhoods: tuple[Neighbourhood, ...]
) -> Provenance:
    """The provenance of one reading, with the hash and the number of its neighbourhoods."""
    if not neighbourhoods:
        return described
    (entry,) = described.vintage
    told = {
        "neighbourhoods": len(neighbourhoods),
        "neighbourhoods_sha256": hashlib.sha256(neighbourhoods_csv(neighbourhoods)).hexdigest(),
    }
    return described.model_copy(update={"vintage": (entry.model_copy(update=told),)})


def write_neighbourhoods(
    folder: Path, entry: VintageEntry, neighbourhoods: Iterable[Neighbourhood]
) -> None:
    """Write the file of one vintage into the folder of its dataset."""
    _path(folder, entry).write_bytes(neighbourhoods_csv(neighbourhoods))


def read_neighbourhoods(folder: Path, entry: VintageEntry) -> list[Neighbourhood]:
    """The neighbourhoods of one vintage, held to the hash and the number in its provenance.

    Raises:
        Refused: the file is missing or is not the one that was written.
    """
    path = _path(folder, entry)
    name = f"{folder.name}/{path.name}"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused([Fault(name, None, "", str(error), "a readable file", _REMEDY)]) from None
    found = hashlib.sha256(content).hexdigest()
    if found != entry.neighbourhoods_sha256:
        expected = f"the file whose sha256 is {entry.neighbourhoods_sha256}"
        raise Refused([Fault(name, None, "", f"sha256 {found}", expected, _REMEDY)])
    # The hash has vouched for the bytes, so every row is as it was written.
    rows = csv.reader(io.StringIO(content.decode(), newline=""))
    next(rows)
    numbers = ((code, authority, int(total), int(poor)) for code, authority, total, poor in rows)
    return [
        Neighbourhood(code, authority, total, poor, 100 * poor / total)
        for code, authority, total, poor in numbers
    ]


def _path(folder: Path, entry: VintageEntry) -> Path:
    return folder / f"{entry.known_on}.neighbourhoods.csv"


def bring_neighbourhoods(
    connection: Connection,
    dataset: str,
    entry: VintageEntry,
    neighbourhoods: tuple[Neighbourhood, ...],
) -> None:
    """Bring the neighbourhoods of a dataset to those of an edition, in the caller's transaction.

    Does nothing where the edition has none, or where the store holds the same already.

    Raises:
        Refused: an authority is not in the register of areas.
    """
    sha256 = entry.neighbourhoods_sha256
    if neighbourhoods and dataset_writes.read_state(connection, _STATE + dataset) != sha256:
        _load_neighbourhoods(connection, dataset, neighbourhoods, sha256)


def load_shipped(connection: Connection, folder: Path, dataset: str) -> None:
    """Bring the neighbourhoods of a dataset to those of its newest shipped vintage.

    Does nothing where the dataset is not shipped or has none, or where the store holds the same
    already.

    Args:
        connection: the store, in the transaction that loads the dataset; its figures are in it.
        folder: the snapshot.
        dataset: the table.

    Raises:
        Refused: the file is missing or altered, or an authority is not in the register.
    """
    if not (folder / dataset / PROVENANCE_FILE).exists():
        return
    entry = read_provenance(folder / dataset).vintage[-1]
    if not entry.neighbourhoods:
        return
    if writes.held_vintages(connection, dataset)[-1][0] != entry.known_on:
        return  # A newer edition was pulled since.
    if dataset_writes.read_state(connection, _STATE + dataset) != entry.neighbourhoods_sha256:
        found = read_neighbourhoods(folder / dataset, entry)
        _load_neighbourhoods(connection, dataset, found, entry.neighbourhoods_sha256)


def _load_neighbourhoods(
    connection: Connection,
    dataset: str,
    neighbourhoods: Iterable[Neighbourhood],
    sha256: str,
) -> None:
    """Put neighbourhoods in place of those held of a dataset, in the caller's transaction.

    They are of the newest period of the dataset, whose figures have been loaded before.

    Raises:
        Refused: an authority is not in the register of areas; each is named once.
    """
    found = list(neighbourhoods)
    areas = dataset_writes.area_numbers(connection)
    _refuse_unknown(dataset, found, areas)
    period = newest_period(connection, dataset)
    if period is None:
        raise ValueError(f"the figures of {dataset} are loaded before its neighbourhoods")
    replace_neighbourhoods(
        connection,
        dataset,
        period,
        [
            NeighbourhoodRow(code, areas[authority], households, fuel_poor, share)
            for code, authority, households, fuel_poor, share in found
        ],
    )
    dataset_writes.write_state(connection, _STATE + dataset, sha256)


def _refuse_unknown(dataset: str, found: Iterable[Neighbourhood], areas: Mapping[str, int]) -> None:
    unknown = sorted({one.local_authority for one in found} - areas.keys())
    if unknown:
        remedy = "if the authority is new, add it to data/reference with its dates"
        expected = "a code in the register of areas"
        raise Refused(
            [Fault(dataset, None, "local_authority", code, expected, remedy) for code in unknown]
        )
