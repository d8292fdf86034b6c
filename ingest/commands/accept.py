"""`python -m ingest accept`: a load that was held back, taken in for a stated reason."""

from __future__ import annotations

from data import dataset_writes
from data.reference_data import load_reference
from data.store import alone, migrate, open_store
from ingest.archive import Archive
from ingest.arriving import archive_accepted
from ingest.checking import check_figures
from ingest.commands.asked import Usage, known_names
from ingest.correction_files import read_corrections
from ingest.declared import declared_series
from ingest.freshness import record_measures
from ingest.loading import Reading, load_readings
from ingest.places import Places
from ingest.quarantine import newest_held_back, settle
from ingest.releases import write_releases
from ingest.runs import LoadResult, recorded_run
from ingest.vintages import as_loaded, published_in
from metrics.catalogue import load_catalogue
from metrics.computing import refresh_measures


def accept_load(places: Places, dataset: str, reason: str, refuse: Usage) -> LoadResult:
    """Load the newest figures held back of a table. The reason is recorded with the run.

    The figures are held to their definitions and corrected as any others; only the comparison
    with the figures held is left out. `refuse` is called for a table that no metric names; it does
    not return.

    Raises:
        Refused: nothing waits, or the figures have faults under the definitions of now.
        StoreBusyError: another load is running.
    """
    catalogue = load_catalogue(places.metrics)
    named = {one.dataset for one in declared_series(catalogue.metrics.values())}
    known_names([dataset], named, "declared table", refuse)
    waiting = newest_held_back(places.quarantine, dataset)
    engine = open_store()
    with alone(engine):
        migrate(engine)
        with engine.begin() as connection:
            load_reference(connection, places.reference)
            areas = frozenset(dataset_writes.area_numbers(connection))
        with recorded_run(engine, "accept", dataset, f"accepted: {reason}") as results:
            provenance, published, figures, neighbourhoods = waiting.read()
            entry, figures = as_loaded(
                *(figures, published, read_corrections(places.corrections)),
                published_in(places.snapshot, dataset),
            )
            (checked,) = check_figures([figures], catalogue.metrics.values(), areas)
            reading = Reading(
                *(checked, provenance, entry),
                *(waiting.etag or None, waiting.last_modified or None, neighbourhoods),
            )
            results.extend(load_readings(engine, [reading]))
        archive_accepted(Archive(places.archive), waiting, published, reason)
        settle(places.quarantine, waiting)
        with engine.begin() as connection:
            refresh_measures(connection, catalogue, places.reference)
            record_measures(connection)
            write_releases(connection, catalogue)
    (result,) = results
    return result
