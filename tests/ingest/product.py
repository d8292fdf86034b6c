"""A product with one table, whose commands tests run as from a shell."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from data.store import open_store
from ingest import __main__ as commands
from ingest.places import Places
from tests.ingest.examples import (
    DATASET,
    HEADER,
    els_csv,
    els_json,
    els_row,
    metric_keys,
    write_metrics_folder,
    write_reference_folder,
)

WMCA = "E47000007"
GOOD = (
    els_row(WMCA, value="50.0", lower="49.0", upper="51.0"),
    els_row("E08000025", value="40.5", status="p"),
    els_row("E92000001", value="", status="c"),
    els_row("na"),
)


class Product:
    """A product with one table, whose commands are run as from a shell."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url
        self.recorded = folder / "recorded"
        self.places = Places(
            snapshot=folder / "snapshot",
            reference=write_reference_folder(folder / "reference"),
            metrics=write_metrics_folder(folder / "metrics", gardens=metric_keys()),
            corrections=folder / "corrections",
            kept=folder / "kept",
            quarantine=folder / "quarantine",
            archive=folder / "archive",
        )

    def record(self, *rows: str, header: str = HEADER, published: str = "2026-01-10") -> None:
        target = self.recorded / DATASET
        target.mkdir(parents=True, exist_ok=True)
        (target / f"{DATASET}.csv").write_bytes(els_csv(*rows, header=header))
        (target / f"{DATASET}.json").write_bytes(els_json())
        (self.recorded / "INDEX.csv").write_text(
            "file,url,published,commit\n"
            f"{DATASET}/{DATASET}.csv,https://example.org/g.csv,{published}T09:00:00+00:00,abc\n"
        )

    def run(self, *arguments: str) -> Result:
        environment = {"DATABASE_URL": self.url, "COLUMNS": "200"}
        return CliRunner().invoke(commands.app, list(arguments), env=environment)

    def ship(self, *rows: str) -> Result:
        self.record(*(rows or GOOD))
        return self.run("snapshot", "--from", str(self.recorded), "--retrieved-on", "2026-06-30")

    def pull(self, *arguments: str) -> Result:
        return self.run("pull", "--from", str(self.recorded), *arguments)

    def engine(self) -> Engine:
        return open_store(self.url)
