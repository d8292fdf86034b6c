"""A product with one table of a service, declared as an analyst would; what was pulled of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from data.tables import area, observation
from ingest import __main__ as commands
from ingest.places import Places
from ingest.sources.declared_tables import declared_tables
from tests.ingest.examples import metric_keys, write_metrics_folder, write_reference_folder
from tests.ingest.product import Product

NOMIS_URL = "https://www.nomisweb.co.uk/api/v01/dataset/NM_17_5.data.csv"
FINGERTIPS_URL = "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
EDUCATION_URL = "https://content.explore-education-statistics.service.gov.uk/gardens.csv"
API_URL = "https://api.education.gov.uk/statistics/v1/data-sets/019afee5"
Declare = Callable[..., Product]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declare:
    """A product with the one table `gardens`, declared by this text."""

    def made(
        text: str, adapter: str, period: str, reference: Path | None = None, **source: Any
    ) -> Product:
        tables = tmp_path / "tables"
        tables.mkdir(exist_ok=True)
        (tables / "gardens.toml").write_text(text, encoding="utf-8")
        declared = declared_tables(tables)
        for module in ("commands.pull", "recorded_sources", "releases", "load_checks"):
            monkeypatch.setattr(f"ingest.{module}.declared_tables", lambda: declared)
        keys = metric_keys()
        keys["source"] = {**keys["source"], "adapter": adapter, "dataset": "gardens", **source}
        keys["series"] = [{"label": "Gardens"}]
        keys["evidence"] = "model_without_intervals"
        keys["plausible"] = {"lowest": 0.0, "highest": 1e8}
        keys["coverage"] |= {
            "countries": ["England", "Wales", "Scotland", "Northern Ireland"],
            "period": period,
            "combined_authority": adapter == "nomis",
            "first_period": {"school_year": "2015-09-01/P1Y", "financial_year": "2010-04-01/P1Y"}
            .get(period, "2015-01-01" if period == "day" else "2010-01-01/P1Y"),
        }  # fmt: skip
        product = Product(tmp_path, f"sqlite:///{tmp_path / 'var' / 'store.sqlite'}")
        product.places = Places(
            snapshot=tmp_path / "snapshot",
            reference=reference or write_reference_folder(tmp_path / "reference"),
            metrics=write_metrics_folder(tmp_path / "metrics", gardens=keys),
            corrections=tmp_path / "corrections",
            kept=tmp_path / "kept",
            quarantine=tmp_path / "quarantine",
            archive=tmp_path / "archive",
        )
        monkeypatch.setattr(commands, "PLACES", product.places)
        return product

    return made


def figures(product: Product) -> list[tuple[str, str, float | None]]:
    query = (
        select(area.c.code, observation.c.period_end, observation.c.value)
        .join(area, area.c.id == observation.c.area_id)
        .order_by(area.c.code, observation.c.period_end)
    )
    with product.engine().connect() as connection:
        return [(row[0], str(row[1]), row[2]) for row in connection.execute(query)]


def values(product: Product) -> dict[tuple[str, str], float | None]:
    return {(code, end): value for code, end, value in figures(product)}


def pulled(product: Product) -> str:
    result = product.run("pull", "gardens")
    assert result.exit_code == 0, result.output
    return result.stdout
