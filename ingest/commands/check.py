"""`python -m ingest check`: figures held to their definitions, without network or store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.reference_data import itl1_codes, read_areas_file
from ingest.checking import check_figures
from ingest.commands.asked import Usage, known_names
from ingest.correction_files import read_corrections
from ingest.faults import Refused
from ingest.places import Places
from ingest.provenance import read_provenance
from ingest.recorded_sources import ReadRecorded, no_metric, recorded_sources
from ingest.snapshot import snapshot_datasets
from ingest.summaries import in_lines, summarise
from ingest.tidy import TidyFigures
from ingest.vintages import read_corrected
from metrics.catalogue import Catalogue, load_catalogue


@dataclass
class CheckReport:
    """What was checked: a record for each series without faults, and the refusals by table.

    `not_held` has, for each metric asked about whose figures are not held, why not.
    """

    records: list[dict[str, Any]] = field(default_factory=list)
    refusals: dict[str, Refused] = field(default_factory=dict)
    not_held: dict[str, str] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        faults = [fault for refused in self.refusals.values() for fault in refused.as_records()]
        return {"checked": self.records, "not_held": self.not_held, "faults": faults}

    def in_lines(self) -> list[str]:
        """For a person."""
        lines = [line for record in self.records for line in in_lines(record)]
        lines.extend(f"{metric}: figures not held. {why}" for metric, why in self.not_held.items())
        return lines


def check_names(
    places: Places, asked: list[str], folder: Path | None, refuse: Usage
) -> CheckReport:
    """Check the tables of the metrics asked about; a table is always checked as a whole.

    Raises:
        CatalogueError: the definitions have faults; every one of them.
        Refused: the folder holds no recorded table.
    """
    catalogue = load_catalogue(places.metrics)
    report = CheckReport()
    metrics_of = _metrics_of_tables(catalogue)
    found = recorded_sources(folder, itl1_codes(places.reference)) if folder else {}
    known = catalogue.metrics.keys() | metrics_of.keys() | found.keys()
    names = known_names(asked, known, "metric or declared table", refuse)
    wanted: dict[str, set[str]] = {}
    for name in names:
        metric = catalogue.metrics.get(name)
        if name in metrics_of:
            wanted.setdefault(name, set()).update(metrics_of[name])
        if metric is not None and metric.source is not None:
            wanted.setdefault(metric.source.dataset, set()).add(name)
        elif metric is not None and asked:
            report.not_held[name] = metric.figures_note
        if name in found and name not in metrics_of:
            report.refusals[name] = _without_metric(name, found[name])
    available = set(found if folder else snapshot_datasets(places.snapshot))
    for dataset in sorted(wanted.keys() - available) if asked else ():
        where = folder or places.snapshot
        refuse(f"There are no figures of {dataset} in {where}")
    batch = _read(places, sorted(wanted.keys() & available), found, report)
    areas = frozenset(read_areas_file(places.reference)["code"])
    for checked in check_figures(batch, catalogue.metrics.values(), areas):
        dataset = checked.figures.dataset
        if checked.faults:
            report.refusals[dataset] = Refused(checked.faults)
        else:
            report.records.extend(summarise(checked, frozenset(wanted[dataset])))
    return report


def _without_metric(dataset: str, read: ReadRecorded) -> Refused:
    """Why a table is not taken that no metric shows, with whatever else is wrong with it."""
    try:
        read(date.today(), date.today())
    except Refused as refused:
        return Refused([no_metric(dataset), *refused.faults])
    return Refused([no_metric(dataset)])


def _metrics_of_tables(catalogue: Catalogue) -> dict[str, set[str]]:
    tables: dict[str, set[str]] = {}
    for metric in catalogue.metrics.values():
        if metric.source is not None:
            tables.setdefault(metric.source.dataset, set()).add(metric.id)
    return tables


def _read(
    places: Places, datasets: list[str], found: dict[str, ReadRecorded], report: CheckReport
) -> list[TidyFigures]:
    """The newest figures of each table: as recorded, or from the snapshot with corrections."""
    corrections = read_corrections(places.corrections)
    batch = []
    for dataset in datasets:
        try:
            if dataset not in found:
                provenance = read_provenance(places.snapshot / dataset)
                newest = provenance.vintage[-1]
                _, figures = read_corrected(places.snapshot, provenance, newest, corrections)
            else:
                figures = found[dataset](date.today(), date.today()).figures
        except Refused as refusal:
            report.refusals[dataset] = refusal
        else:
            batch.append(figures)
    return batch
