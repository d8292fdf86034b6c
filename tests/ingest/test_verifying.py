"""Cited figures derived again from what is kept: what each outcome rests on, and why one fails."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest
from sqlalchemy import update

from data.tables import observation
from ingest.archive import Archive
from ingest.payloads import payload_path
from ingest.sources.els_datasets import ElsDataset
from metrics.figure import Figure, address, figure_id
from tests.ingest.examples import DATASET, declared, els_row
from tests.ingest.product import Product

WMCA, BIRMINGHAM, COVENTRY = "E47000007", "E08000025", "E08000026"
PERIOD = "2023-01-01/2023-12-31"
FIRST = {WMCA: "50.0", BIRMINGHAM: "40", COVENTRY: "60"}
SECOND = {WMCA: "50", BIRMINGHAM: "41.5", COVENTRY: "60"}
THIRD = {WMCA: "50", BIRMINGHAM: "41.5"}


def figure(area: str, value: str, **facts: Any) -> Figure:
    return Figure(
        **{"metric": "gardens", "area": area, "period": PERIOD, "dataset": DATASET, "value": value}
        | facts
    )


def pull(product: Product, day: str, values: dict[str, str], period: str = "2023-01-01/P1Y") -> int:
    product.record(*(els_row(code, period, value) for code, value in values.items()))
    return product.pull("--known-on", day).exit_code


@pytest.fixture
def cited(product: Product) -> Product:
    """Three vintages: Birmingham was revised in the second, Coventry left with the third."""
    assert pull(product, "2026-01-10", FIRST) == 0
    assert pull(product, "2026-02-10", SECOND) == 0
    assert pull(product, "2026-03-10", THIRD) == 1
    assert product.run("accept", DATASET, "--reason", "Coventry left").exit_code == 0
    return product


def verified(product: Product, *asked: str) -> tuple[int, list[dict[str, Any]]]:
    result = product.run("verify", *asked, "--json")
    return result.exit_code, json.loads(result.stdout)["figures"]


def test_a_figure_that_stands_is_derived_from_the_newest_bytes(cited: Product) -> None:
    """50.0 and 50 are one figure, whose newest bytes are those that were accepted."""
    one = figure(WMCA, "50")
    code, (told,) = verified(cited, figure_id(one))
    assert (code, told["outcome"], told["derived_from"]) == (0, "stands", "archived bytes")
    newest = Archive(cited.places.archive).retrievals(DATASET)[-1].retrieval
    assert (told["sha256"], told["known_on"]) == (newest.sha256, "2026-03-10")
    assert told["address"] == address(one)


def test_a_revision_is_told_by_how_much_and_by_which_vintage(cited: Product) -> None:
    code, (told,) = verified(cited, f"https://example.org{address(figure(BIRMINGHAM, '40'))}")
    assert (code, told["outcome"]) == (3, "revised")
    assert (told["now"], told["difference"], told["changed_on"]) == ("41.5", "1.5", "2026-02-10")
    # The cited figure itself is in the bytes of the first vintage.
    assert (told["known_on"], told["derived_from"]) == ("2026-01-10", "archived bytes")
    words = cited.run("verify", figure_id(figure(BIRMINGHAM, "40"))).stdout
    assert "revised. Revised by +1.5 to 41.5 by the vintage of 2026-02-10. Derived again" in words


def test_a_withdrawn_figure_is_told_since_when(cited: Product) -> None:
    code, (told,) = verified(cited, figure_id(figure(COVENTRY, "60")))
    assert (code, told["outcome"], told["changed_on"]) == (3, "withdrawn", "2026-03-10")
    assert told["known_on"] == "2026-02-10"


def test_a_figure_beside_another_is_the_same_figure(cited: Product) -> None:
    beside = figure(WMCA, "50", comparator="E92000001")
    assert figure_id(beside) != figure_id(figure(WMCA, "50"))
    for asked in (figure_id(beside), address(beside)):
        code, (told,) = verified(cited, asked)
        assert (code, told["outcome"], told["id"]) == (0, "stands", figure_id(beside))


def test_what_nobody_held_is_not_reproducible(cited: Product) -> None:
    never = figure(BIRMINGHAM, "99")
    code, (told,) = verified(cited, address(never))
    assert (code, told["outcome"]) == (1, "not reproducible")
    assert told["reason"] == (
        f"No vintage of {DATASET} in the store ever had this figure; the newest that it had is "
        "41.5."
    )
    code, (told,) = verified(cited, figure_id(never))
    assert (code, told["outcome"], told["address"]) == (1, "not reproducible", "")
    assert "Give the figure's address, which carries its facts" in told["reason"]
    derived = figure("core-cities", "50", basis="derived")
    code, (told,) = verified(cited, address(derived))
    assert (code, told["outcome"]) == (1, "not reproducible")
    assert "worked out here for a group" in told["reason"]


def test_the_shipped_file_stands_in_for_bytes_that_are_not_kept(product: Product) -> None:
    product.ship(*(els_row(code, value=value) for code, value in FIRST.items()))
    product.run("load")
    shutil.rmtree(product.places.archive)
    code, (told,) = verified(product, figure_id(figure(BIRMINGHAM, "40")))
    assert (code, told["outcome"], told["derived_from"]) == (0, "stands", "shipped file")
    assert "its bytes are not in the archive" in told["reason"]
    path = product.places.snapshot / DATASET / "2026-01-10.csv"
    assert told["sha256"] in (path.parent / "provenance.toml").read_text()
    path.write_text(path.read_text().replace("40", "45"))
    code, (told,) = verified(product, figure_id(figure(BIRMINGHAM, "40")))
    assert (code, told["outcome"]) == (1, "not reproducible")
    assert "Nothing that is kept gives it. 2026-01-10: found sha256 " in told["reason"]


def test_damaged_bytes_are_said_and_the_shipped_file_is_read(product: Product) -> None:
    product.ship(*(els_row(code, value=value) for code, value in FIRST.items()))
    product.run("load")
    archive = Archive(product.places.archive)
    sha256 = archive.retrievals(DATASET)[0].retrieval.sha256
    path = payload_path(archive.folder / "payloads", sha256)
    path.write_bytes(path.read_bytes()[:-10])
    code, (told,) = verified(product, figure_id(figure(BIRMINGHAM, "40")))
    assert (code, told["outcome"], told["derived_from"]) == (0, "stands", "shipped file")
    assert "its archived bytes could not be used" in told["reason"]
    assert "a damaged file" in told["reason"]


def test_without_bytes_and_without_file_nothing_is_vouched_for(cited: Product) -> None:
    shutil.rmtree(cited.places.archive)
    code, (told,) = verified(cited, figure_id(figure(WMCA, "50")))
    assert (code, told["outcome"]) == (1, "not reproducible")
    assert "its bytes are not in the archive, and it is not in the snapshot" in told["reason"]


def test_a_store_that_says_otherwise_than_the_bytes_is_found_out(cited: Product) -> None:
    changed = update(observation).where(observation.c.value == 41.5).values(value=45.1)
    with cited.engine().begin() as connection:
        assert connection.execute(changed).rowcount == 1
    code, (told,) = verified(cited, figure_id(figure(BIRMINGHAM, "45.1")))
    assert (code, told["outcome"]) == (1, "not reproducible")
    assert told["reason"] == (
        "What is kept of the vintage of 2026-03-10 (archived bytes) gives 41.5."
    )


def test_the_newest_figures_of_a_metric_in_one_go(cited: Product) -> None:
    for asked in (("--metric", "gardens"), ("--all",)):
        result = cited.run("verify", *asked)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.endswith("2 figures: 2 stands.\n")


def test_where_loads_bring_periods_the_vintage_that_brought_it_is_read(
    product: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of the second vintage has another year only, and takes nothing away."""

    def by_periods() -> dict[str, ElsDataset]:
        return {DATASET: declared(load_replaces="periods")}

    for module in ("commands.pull", "recorded_sources"):
        monkeypatch.setattr(f"ingest.{module}.els_datasets", by_periods)
    assert pull(product, "2026-01-10", FIRST) == 0
    assert pull(product, "2026-02-10", SECOND, "2024-01-01/P1Y") == 0
    code, (told,) = verified(product, figure_id(figure(COVENTRY, "60")))
    assert (code, told["outcome"], told["known_on"]) == (0, "stands", "2026-01-10")


def test_what_cannot_be_verified_is_a_mistake_of_whoever_asked(product: Product) -> None:
    one = figure(WMCA, "50")
    altered = address(one).replace("value=50", "value=55")
    for asked, words in (
        ((altered,), "which is what these facts give"),
        (("something",), "neither the id of a figure"),
        (("--metric", "gardenz"), "did you mean gardens?"),
        ((), "Name figures, or ask for the newest"),
    ):
        result = product.run("verify", *asked)
        assert (result.exit_code, words in result.stderr) == (2, True), result.output


def test_a_store_that_is_not_there_is_said(product: Product) -> None:
    result = product.run("verify", "a" * 12)
    assert result.exit_code == 1
    assert "The store has not been built" in result.stderr
