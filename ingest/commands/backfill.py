"""`python -m ingest backfill`: earlier versions of tables into the snapshot and the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.reference_data import itl1_codes, read_areas_file
from data.store import alone, migrate, open_store
from ingest.archive import Archive
from ingest.arriving import arrival_of_version
from ingest.backfilling import Backfill, Backfilled, write_versions
from ingest.commands.asked import Usage, known_names, progress
from ingest.commands.load import LoadReport, load_all
from ingest.correction_files import read_corrections
from ingest.faults import Fault, Refused
from ingest.fetching import open_session
from ingest.freshness import inputs_sha256
from ingest.places import Places
from ingest.problems import explain
from ingest.sources.els_datasets import els_datasets
from ingest.sources.els_history_declaration import els_history
from ingest.versions import Version, live_versions, recorded_versions
from metrics.catalogue import load_catalogue


@dataclass
class BackfillReport:
    """What became of the versions of each table, and what was loaded of them."""

    tables: list[Backfilled] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    loaded: LoadReport | None = None

    @property
    def failed(self) -> bool:
        """Whether a table could not be had or was refused. A version left out is no failure."""
        return bool(self.failures) or (self.loaded is not None and bool(self.loaded.refusals))

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        return {
            "tables": [
                {
                    "dataset": one.dataset,
                    "written": one.written,
                    "held": one.held,
                    "repeated": one.repeated,
                    "left_out": {
                        str(day): refused.as_records() for day, refused in one.unreadable.items()
                    },
                }
                for one in self.tables
            ],
            "failures": self.failures,
            "loaded": self.loaded.as_record() if self.loaded else None,
        }

    def in_lines(self) -> list[str]:
        """For a person: a line for each table, then why versions were left out."""
        lines = [one.in_words() for one in self.tables]
        for one in self.tables:
            for day, refused in one.unreadable.items():
                lines.append(f"{one.dataset} of {day} was left out: {refused}")
        return [*lines, *(self.loaded.in_lines() if self.loaded else [])]


def backfill_datasets(
    places: Places,
    asked: list[str],
    folder: Path | None,
    retrieved_on: date,
    refuse: Usage,
) -> BackfillReport:
    """Write earlier versions of tables into the snapshot, then bring the store to it.

    Args:
        places: where the product's files are, and where fetched versions are kept.
        asked: tables; when empty all whose earlier layouts are declared and (with `folder`)
            that have recorded versions.
        folder: recorded versions, or None to fetch them from the publisher's repository.
        retrieved_on: when recorded versions were fetched.
        refuse: called for a table that is not known; does not return.

    Raises:
        CatalogueError, ReferenceDataError, Refused: the files of the product have faults.
        StoreBusyError: another load is running.
    """
    known = els_history().datasets.keys() & els_datasets().keys()
    if folder is not None:
        known &= {path.parent.name for path in folder.glob("*/*/*.csv")}
        if not known:
            lacks, expected = "no version of a known table", "<commit>/<dataset>/<dataset>.csv"
            remedy = "name the folder that holds the recorded versions"
            raise Refused([Fault(str(folder), None, "", lacks, expected, remedy)])
    where = "" if folder is None else f" and versions in {folder}"
    what = f"table with declared earlier layouts{where} with the name"
    datasets = known_names(asked, known, what, refuse)
    backfill = Backfill(
        places.snapshot,
        list(load_catalogue(places.metrics).metrics.values()),
        frozenset(read_areas_file(places.reference)["code"]),
        itl1_codes(places.reference),
        read_corrections(places.corrections),
        retrieved_on,
    )
    report = BackfillReport()
    session = open_session()

    def versions(dataset: str) -> list[Version]:
        if folder is not None:
            return recorded_versions(folder, dataset)
        return live_versions(session, dataset, places.kept / "versions")

    with progress("Reading versions of", len(datasets)) as step:
        for dataset in datasets:
            try:
                found = versions(dataset)
                outcome = write_versions(backfill, els_datasets()[dataset], found)
                _archive(places, outcome, found)
                report.tables.append(outcome)
            except Exception as error:
                if (words := explain(error)) is None:
                    raise
                report.failures[dataset] = words
            step(dataset)
    if any(one.written for one in report.tables):
        report.loaded = _load(places)
    return report


def _archive(places: Places, outcome: Backfilled, versions: list[Version]) -> None:
    """Keep the bytes of what is shipped now."""
    archive = Archive(places.archive)
    for version in versions:
        if version.known_on in outcome.written:
            arrival = arrival_of_version(version)
            archive.settle(archive.begin(arrival.retrieval, arrival.contents), "shipped")


def _load(places: Places) -> LoadReport:
    engine = open_store()
    with alone(engine):
        migrate(engine)
        inputs = inputs_sha256(
            places.snapshot, places.reference, places.metrics, places.corrections
        )
        return load_all(places, engine, inputs)


def refusals_of(report: BackfillReport) -> dict[str, Refused | str]:
    """Why tables failed, by table, from reading and from loading."""
    loaded = report.loaded.refusals if report.loaded else {}
    return {**report.failures, **loaded}
