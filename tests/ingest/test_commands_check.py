"""Checking as a person or a program asks for it, with neither store nor network."""

from __future__ import annotations

import json

from tests.ingest.examples import DATASET, metric_keys, write_metrics_folder
from tests.ingest.product import WMCA, Product


def test_check_prints_the_latest_west_midlands_figures(product: Product) -> None:
    product.ship()
    checked = product.run("check", "gardens")
    assert checked.exit_code == 0
    lines = checked.stdout.splitlines()
    assert lines[0] == "gardens: no faults"
    assert "3 rows (1 blank), 3 areas, first 2023, latest 2023, 1 row set aside" in lines[1]
    assert "  West Midlands Combined Authority: 50.0% (49.0 to 51.0)" in lines
    assert "  Birmingham: 40.5% [p]" in lines
    assert "  England: no figure (c)" in lines
    assert "  Coventry: not published" in lines
    (record,) = json.loads(product.run("check", DATASET, "--json").stdout)["checked"]
    assert record["figures"][WMCA]["value"] == 50.0
    assert record["figures"]["E92000001"]["status"] == "c"


def test_check_needs_neither_store_nor_network(product: Product) -> None:
    product.ship()
    product.url = "postgresql://nobody@127.0.0.1:1/nothing"
    assert product.run("check").exit_code == 0


def test_check_of_a_metric_whose_figures_are_not_held(product: Product) -> None:
    keys = {**metric_keys(), "figures": "not held", "figures_note": "No reader exists."}
    for name in ("source", "series", "coverage", "plausible"):
        del keys[name]
    write_metrics_folder(product.places.metrics, ponds=keys)
    product.ship()
    assert product.run("check", "ponds").stdout == "ponds: figures not held. No reader exists.\n"
    assert "ponds" not in product.run("check").stdout


def test_check_of_a_definition_with_a_misspelt_key(product: Product) -> None:
    product.ship()
    write_metrics_folder(product.places.metrics, gardens={**metric_keys(), "tilte": "x"})
    refused = product.run("check")
    assert refused.exit_code == 1
    assert "gardens.toml: tilte" in refused.stderr
