"""`python -m ingest snapshot`: recorded bytes into the figures that are shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.reference_data import itl1_codes
from ingest.commands.asked import Usage, known_names, progress
from ingest.faults import Fault, Refused
from ingest.places import Places
from ingest.pulling import pull_recorded
from ingest.recorded import recorded_datasets
from ingest.snapshot import write_vintage
from ingest.sources.els_datasets import els_datasets


def write_snapshot(
    places: Places,
    asked: list[str],
    folder: Path,
    known_on: date | None,
    retrieved_on: date,
    refuse: Usage,
) -> tuple[list[str], dict[str, Refused]]:
    """Write tables into the snapshot.

    Returns:
        A line for each table, and the refusals by table.

    Raises:
        Refused: the folder holds no recorded table.
    """
    known = els_datasets().keys() & set(recorded_datasets(folder))
    datasets = known_names(asked, known, "known table in the folder", refuse)
    itl1 = itl1_codes(places.reference)
    lines, refusals = [], {}
    with progress("Writing", len(datasets)) as step:
        for dataset in datasets:
            try:
                lines.append(_write_one(places, dataset, folder, known_on, retrieved_on, itl1))
            except Refused as refusal:
                refusals[dataset] = refusal
            step(dataset)
    return lines, refusals


def _write_one(
    places: Places,
    dataset: str,
    folder: Path,
    known_on: date | None,
    retrieved_on: date,
    itl1: dict[str, str],
) -> str:
    pulled = pull_recorded(
        folder, els_datasets()[dataset], itl1, known_on=known_on, retrieved_on=retrieved_on
    )
    (entry,) = pulled.provenance.vintage
    if entry.retrieved_on < entry.known_on:
        found = f"fetched on {entry.retrieved_on}, known on {entry.known_on}"
        remedy = "give --retrieved-on with the day on which these bytes were fetched"
        expected = "figures fetched on the day they became known, or later"
        raise Refused([Fault(f"{dataset}.csv", None, "", found, expected, remedy)])
    written = write_vintage(places.snapshot, pulled.figures, pulled.provenance)
    return (
        f"{dataset}: {'written' if written else 'unchanged'}, known on {entry.known_on}, "
        f"{entry.rows:,} figures, {entry.rejected:,} rows set aside"
    )
