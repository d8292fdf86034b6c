"""`python -m ingest pull`: from the publisher into the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import Engine

from data import dataset_writes
from data.reference_data import itl1_codes, load_reference
from data.run_reads import PULL, REPLAY
from data.store import alone, migrate, open_store
from ingest.archive import Archive
from ingest.arriving import Arrival, arrival_of, read_arrival
from ingest.asking import fetch_els, fetch_service
from ingest.asking_again import kept_retrieval
from ingest.checking import check_figures
from ingest.commands.asked import Usage, known_names, progress
from ingest.comparing import Changes
from ingest.correction_files import Correction, read_corrections
from ingest.declared import declared_series
from ingest.faults import Refused
from ingest.fetching import open_session
from ingest.freshness import measures_due, record_measures
from ingest.git_listing import GitListings
from ingest.load_checks import HeldBack, hold_back_if_doubtful
from ingest.loading import Reading, load_readings
from ingest.places import Places
from ingest.problems import explain
from ingest.pulling import Pulled, keep
from ingest.quarantine import hold_back, supersede
from ingest.recorded_sources import ReadRecorded, no_metric, recorded_sources
from ingest.releases import write_releases
from ingest.replaying import settle_interrupted
from ingest.runs import LoadResult, recorded_run
from ingest.sources.declared_tables import declared_tables
from ingest.sources.els_datasets import els_datasets
from ingest.vintages import as_loaded, published_in
from metrics.catalogue import Catalogue, load_catalogue
from metrics.computing import refresh_measures

_KILLED = "interrupted: the process ended without recording how"


@dataclass(frozen=True, slots=True)
class PullOutcome:
    """How pulling one table ended."""

    dataset: str
    outcome: str
    message: str
    changes: Changes | None = None
    faults: tuple[dict[str, Any], ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the table was refused, held back, or could not be had."""
        return self.outcome in ("refused", "held back", "failed")

    def as_record(self) -> dict[str, Any]:
        """For a program."""
        changes = self.changes or Changes()
        return {
            "dataset": self.dataset,
            "outcome": self.outcome,
            "message": self.message,
            "added": changes.added,
            "withdrawn": changes.withdrawn,
            "revised": changes.revised,
            "restatused": changes.restatused,
            "faults": list(self.faults),
        }


@dataclass(frozen=True)
class _Pull:
    engine: Engine
    catalogue: Catalogue
    itl1: dict[str, str]
    areas: frozenset[str]
    session: requests.Session
    listings: GitListings
    recorded: dict[str, ReadRecorded] | None
    known_on: date | None
    corrections: tuple[Correction, ...]
    places: Places


def pull_datasets(
    places: Places, asked: list[str], folder: Path | None, known_on: date | None, refuse: Usage
) -> list[PullOutcome]:
    """Pull tables one after the other; what becomes of one does not touch the others.

    Args:
        places: where the product's files are, and where bytes are kept.
        asked: tables; when empty all that a definition names and (with `folder`) are recorded.
        folder: recorded bytes to replay, or None to fetch.
        known_on: when the figures became known; by default the day the index of `folder` gives,
            or today for what is fetched.
        refuse: called for a table that is not known; does not return.
    """
    catalogue = load_catalogue(places.metrics)
    named = {one.dataset for one in declared_series(catalogue.metrics.values())}
    itl1 = itl1_codes(places.reference)
    recorded = None if folder is None else recorded_sources(folder, itl1)
    if recorded is None:
        _refuse_what_is_not_fetched(asked, refuse)
    known = named & _fetched() if recorded is None else recorded.keys()
    what = "declared table" if folder is None else f"table in {folder} with the name"
    datasets = known_names(asked, known, what, refuse)
    engine = open_store()
    with alone(engine):
        migrate(engine)
        with engine.begin() as connection:
            load_reference(connection, places.reference)
            areas = frozenset(dataset_writes.area_numbers(connection))
    session = open_session()
    pull = _Pull(
        *(engine, catalogue, itl1, areas, session, GitListings(session)),
        *(recorded, known_on, read_corrections(places.corrections), places),
    )
    outcomes = []
    with progress("Pulling", len(datasets)) as step:
        for dataset in datasets:
            outcomes.append(_pull_one(pull, dataset) if dataset in named else _unnamed(dataset))
            step(dataset)
    # Also after a run that was stopped between its figures and its measures.
    with alone(engine), engine.begin() as connection:
        if measures_due(connection):
            refresh_measures(connection, catalogue, places.reference)
            record_measures(connection)
        write_releases(connection, catalogue)
    return outcomes


def _fetched() -> set[str]:
    others = (name for name, table in declared_tables().items() if table.fetched)
    return {*els_datasets(), *others}


def _refuse_what_is_not_fetched(asked: list[str], refuse: Usage) -> None:
    for name in asked:
        table = declared_tables().get(name)
        if table and not table.fetched:
            refuse(
                f"{name} is not fetched: its producer's addresses change with each edition. Save "
                f"{table.file} from {table.landing_page}, then give its folder with --from"
            )


def _unnamed(dataset: str) -> PullOutcome:
    refused = Refused([no_metric(dataset)])
    return PullOutcome(
        dataset, "refused", f"{dataset}: {refused}", None, tuple(refused.as_records())
    )


def _pull_one(pull: _Pull, dataset: str) -> PullOutcome:
    # Whoever is alone at pulling knows that a pull which never ended was killed.
    with alone(pull.engine, "pull"):
        with pull.engine.begin() as connection:
            for command in (PULL, REPLAY):
                dataset_writes.end_unfinished_runs(connection, command, _KILLED)
        return _pull_alone(pull, dataset)


def _pull_alone(pull: _Pull, dataset: str) -> PullOutcome:
    command = PULL if pull.recorded is None else REPLAY
    try:
        with recorded_run(pull.engine, command, dataset) as results:
            results.extend(_retrieve_and_load(pull, dataset))
    except HeldBack as doubts:
        message = f"{dataset}: held back, and kept as it came; {doubts}"
        return PullOutcome(dataset, "held back", message, None, tuple(doubts.as_records()))
    except Refused as refusal:
        message = f"{dataset}: {refusal}"
        return PullOutcome(dataset, "refused", message, None, tuple(refusal.as_records()))
    except Exception as error:
        if (words := explain(error)) is None:
            raise
        return PullOutcome(dataset, "failed", f"{dataset}: {words}")
    (result,) = results
    return PullOutcome(dataset, result.outcome, result.in_words(), result.changes)


def _retrieve_and_load(pull: _Pull, dataset: str) -> list[LoadResult]:
    """Keep what arrives, then read it; what comes of it is recorded with the bytes."""
    archive = Archive(pull.places.archive)
    settle_interrupted(archive, pull.engine, dataset)
    arrival = _arrival(pull, dataset, archive)
    if arrival is None:
        return [_not_changed(dataset)]
    record = archive.begin(arrival.retrieval, arrival.contents)
    try:
        pulled = read_arrival(arrival, pull.itl1)
        results = _check_and_load(pull, pulled)
    except HeldBack:
        archive.settle(record, "held back", published_on=pulled.retrieved.published_on)
        raise
    except Refused:
        archive.settle(record, "refused")
        raise
    (result,) = results
    archive.settle(record, result.outcome, published_on=pulled.retrieved.published_on)
    return results


def _arrival(pull: _Pull, dataset: str, archive: Archive) -> Arrival | None:
    if pull.recorded is not None:
        return arrival_of(pull.recorded[dataset](pull.known_on, date.today()))
    with pull.engine.connect() as connection:
        held = dataset_writes.newest_retrieval(connection, dataset) or {}
    known_on = pull.known_on or date.today()
    kept = kept_retrieval(pull.session, archive, dataset, held)
    if table := els_datasets().get(dataset):
        return fetch_els(kept, pull.listings, table, known_on)
    return fetch_service(kept, declared_tables()[dataset], known_on)


def _check_and_load(pull: _Pull, pulled: Pulled) -> list[LoadResult]:
    dataset, places = pulled.figures.dataset, pull.places
    entry, figures = as_loaded(
        *(pulled.figures, pulled.provenance.vintage[0], pull.corrections),
        published_in(places.snapshot, dataset),
    )
    (checked,) = check_figures([figures], pull.catalogue.metrics.values(), pull.areas)
    answered = (pulled.retrieved.etag, pulled.retrieved.last_modified)
    reading = Reading(checked, pulled.provenance, entry, *answered, pulled.neighbourhoods)
    try:
        results = load_readings(pull.engine, [reading], hold_back_if_doubtful)
    except HeldBack as doubts:
        hold_back(
            *(places.quarantine, pulled.figures, pulled.provenance, pulled.files, doubts),
            neighbourhoods=pulled.neighbourhoods,
            etag=pulled.retrieved.etag,
            last_modified=pulled.retrieved.last_modified,
        )
        raise
    keep(places.kept, pulled)
    if any(result.outcome == "loaded" for result in results):
        supersede(places.quarantine, dataset)
    return results


def _not_changed(dataset: str) -> LoadResult:
    return LoadResult(dataset, date.today(), "unchanged", Changes(), 0)
