"""Tables from several kinds of publishers: a lost store is filled again from the archive."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
import responses
from sqlalchemy import Engine, select

from data.store import open_store
from data.tables import dataset
from ingest import __main__ as commands
from ingest.sources.declared_tables import declared_tables
from tests.ingest import services
from tests.ingest.examples import declared, els_csv, els_json, metric_keys, write_metrics_folder
from tests.ingest.product import GOOD, Product
from tests.ingest.test_recorded_sources import MAPPING, ROWS, drop_in
from tests.ingest.test_replaying import held

EDUCATION_URL = "https://content.explore-education-statistics.service.gov.uk/gardens.csv"


def keys(adapter: str, table: str, label: str, **coverage: Any) -> dict[str, Any]:
    made = metric_keys()
    made["source"] = {**made["source"], "adapter": adapter, "dataset": table}
    made["series"] = [{"label": label}]
    made["evidence"] = "model_without_intervals"
    made["coverage"] |= coverage
    return made


@pytest.fixture
def several(product: Product, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product with a table of the main publisher, one of a service, and a drop-in."""
    tables = product.folder / "tables"
    tables.mkdir()
    (tables / "gardens.toml").write_text(services.EDUCATION, encoding="utf-8")
    known = declared_tables(tables)
    for module in ("commands.pull", "recorded_sources", "releases", "load_checks"):
        monkeypatch.setattr(f"ingest.{module}.declared_tables", lambda: known)
    school = {"period": "school_year", "first_period": "2015-09-01/P1Y"}
    metrics = write_metrics_folder(
        product.folder / "several",
        homes=metric_keys(),
        pupils=keys(
            "education_statistics", "gardens", "Gardens", combined_authority=False, **school
        ),
        allotments=keys("drop_in", "allotments", "Allotments"),
    )
    product.places = dataclasses.replace(product.places, metrics=metrics)
    monkeypatch.setattr(commands, "PLACES", product.places)
    return product


def tables_of(engine: Engine) -> list[tuple[Any, ...]]:
    """What the store says of each table, its rhythm with it."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(dataset).order_by(dataset.c.id))]


@responses.activate
def test_a_lost_store_is_filled_again_with_every_table(several: Product) -> None:
    one = declared()
    responses.get(one.csv_url, els_csv(*GOOD), content_type="text/plain")
    responses.get(one.metadata_url, els_json(), content_type="text/plain")
    responses.get(EDUCATION_URL, services.EDUCATION_CSV, content_type="text/csv")
    first = several.run("pull", "--known-on", "2026-01-10")
    assert (first.exit_code, first.stderr) == (0, "")
    allotments = drop_in(several.folder / "drop" / "allotments").parent
    assert several.run("pull", "--from", str(allotments)).exit_code == 0
    # Another edition of each: a revision, a period more, and a folder of a later day.
    revised = els_csv(GOOD[0].replace("50.0", "50.5"), *GOOD[1:])
    responses.replace(responses.GET, one.csv_url, revised, content_type="text/plain")
    later = services.EDUCATION_CSV.replace(b"202425", b"202324").split(b"\n", 1)[1]
    more = services.EDUCATION_CSV + later
    responses.replace(responses.GET, EDUCATION_URL, more, content_type="text/csv")
    assert several.run("pull", "--known-on", "2026-02-10").exit_code == 0
    mapping = MAPPING.replace("2025-06-01", "2025-09-01")
    drop_in(allotments / "allotments", mapping, allotments=ROWS.replace("12.5", "12.6"))
    assert several.run("pull", "--from", str(allotments)).exit_code == 0
    before, tables = held(several.engine()), tables_of(several.engine())
    assert len(before[0]) == 6
    assert [row[0] for row in tables] == ["allotments", "gardens", "homes-with-gardens"]
    assert date(2026, 9, 1) in tables[0]
    responses.reset()
    again = Product.__new__(Product)
    again.places, again.folder = several.places, several.folder
    again.url = f"sqlite:///{several.folder / 'again.sqlite'}"
    result = again.run("load", "--from-archive")
    assert (result.exit_code, result.stderr) == (0, "")
    filled = open_store(again.url)
    assert (held(filled), tables_of(filled)) == (before, tables)
    assert len(responses.calls) == 0
