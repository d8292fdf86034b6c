"""`python -m ingest snapshot`: recorded bytes into the figures that are shipped."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.reference_data import itl1_codes
from ingest.archive import Archive
from ingest.arriving import arrival_of
from ingest.commands.asked import Usage, known_names, progress
from ingest.faults import Fault, Refused
from ingest.neighbourhoods import write_neighbourhoods
from ingest.places import Places
from ingest.recorded_sources import ReadRecorded, recorded_sources
from ingest.snapshot import write_vintage
from ingest.tidy import rows_set_aside


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
    found = recorded_sources(folder, itl1_codes(places.reference))
    datasets = known_names(asked, found.keys(), f"table in {folder} with the name", refuse)
    lines, refusals = [], {}
    with progress("Writing", len(datasets)) as step:
        for dataset in datasets:
            try:
                lines.append(_write_one(places, dataset, found[dataset], known_on, retrieved_on))
            except Refused as refusal:
                refusals[dataset] = refusal
            step(dataset)
    return lines, refusals


def _write_one(
    places: Places,
    dataset: str,
    read: ReadRecorded,
    known_on: date | None,
    retrieved_on: date,
) -> str:
    pulled = read(known_on, retrieved_on)
    (entry,) = pulled.provenance.vintage
    if entry.retrieved_on < entry.known_on:
        found = f"fetched on {entry.retrieved_on}, known on {entry.known_on}"
        remedy = "give --retrieved-on with the day on which these bytes were fetched"
        expected = "figures fetched on the day they became known, or later"
        raise Refused([Fault(pulled.figures.file, None, "", found, expected, remedy)])
    written = write_vintage(places.snapshot, pulled.figures, pulled.provenance)
    if pulled.neighbourhoods:
        write_neighbourhoods(places.snapshot / dataset, entry, pulled.neighbourhoods)
    if written:
        archive, arrival = Archive(places.archive), arrival_of(pulled)
        archive.settle(archive.begin(arrival.retrieval, arrival.contents), "shipped")
    return (
        f"{dataset}: {'written' if written else 'unchanged'}, known on {entry.known_on}, "
        f"{entry.rows:,} figures, {rows_set_aside(entry.rejected)}"
    )
