"""`python -m ingest load`: the snapshot into the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from data.reference_data import itl1_codes
from ingest.archive import Archive
from ingest.building import BuildResult, load_snapshot
from ingest.commands.asked import progress
from ingest.correction_files import read_corrections
from ingest.faults import Refused
from ingest.places import Places
from ingest.replaying import Replay
from ingest.snapshot import snapshot_datasets
from metrics.catalogue import load_catalogue


@dataclass(frozen=True)
class LoadReport:
    """What `load` did, for a person and for a program."""

    build: BuildResult

    @property
    def refusals(self) -> dict[str, Refused]:
        """Why tables were refused, by table."""
        return self.build.refusals

    def as_record(self) -> dict[str, Any]:
        """Outcome, counts and every fault."""
        loaded = [result for result in self.build.results if result.outcome == "loaded"]
        return {
            "outcome": "refused" if self.refusals else "loaded",
            "datasets": len({result.dataset for result in self.build.results}),
            "vintages_loaded": len(loaded),
            "figures_added": sum(result.changes.added for result in loaded),
            "measures": self.build.measures,
            "undeclared": self.build.undeclared,
            "refused": {name: refused.as_records() for name, refused in self.refusals.items()},
        }

    def in_lines(self) -> list[str]:
        """A few lines; tables one by one only where something changed in a store with figures."""
        record = self.as_record()
        lines = [
            f"{record['datasets']} tables, {record['vintages_loaded']} vintages loaded, "
            f"{record['figures_added']:,} figures added, {record['measures']:,} measures."
        ]
        if self.build.undeclared:
            lines.append(f"Not loaded, as no metric names them: {', '.join(self.build.undeclared)}")
        return lines


def load_all(
    places: Places, engine: Engine, inputs: str, *, from_archive: bool = False
) -> LoadReport:
    """Bring a migrated store to the snapshot.

    Args:
        places: where the product's files and the archive are.
        engine: the store.
        inputs: the hash of what the store is built from.
        from_archive: also load what pulls brought in, from the bytes that they archived.

    Raises:
        CatalogueError, ReferenceDataError: the files of the product have faults.
        Refused: the declared corrections have faults.
        StoreBusyError: another load is running.
    """
    catalogue = load_catalogue(places.metrics)
    replay = None
    if from_archive:
        replay = Replay(Archive(places.archive), itl1_codes(places.reference))
    with progress("Loading", len(snapshot_datasets(places.snapshot))) as step:
        return LoadReport(
            load_snapshot(
                engine,
                catalogue,
                inputs,
                folder=places.snapshot,
                reference=places.reference,
                corrections=read_corrections(places.corrections),
                replay=replay,
                report=step,
            )
        )
