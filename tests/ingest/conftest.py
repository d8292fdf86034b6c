"""What the tests of ingest can ask for: a small product of their own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingest import __main__ as commands
from ingest.sources.els_datasets import ElsDataset
from tests.ingest.declaring import declare
from tests.ingest.examples import DATASET, declared
from tests.ingest.product import Product

__all__ = ["declare", "product"]


@pytest.fixture
def product(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Product:
    tables = {DATASET: declared(unplaced_area_codes=["na"])}

    def only_this() -> dict[str, ElsDataset]:
        return tables

    for module in ("commands.pull", "recorded_sources", "releases"):
        monkeypatch.setattr(f"ingest.{module}.els_datasets", only_this)
    # The example table is published yearly; its newest figures are of January 2026.
    monkeypatch.setattr("ingest.commands.status._today", lambda: date(2026, 6, 1))
    made = Product(tmp_path, store_url)
    monkeypatch.setattr(commands, "PLACES", made.places)
    return made
