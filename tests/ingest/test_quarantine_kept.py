"""What is kept of a load that was held back: whole, apart from others, and not for ever in the way.

The table here comes with neighbourhoods, as the editions of fuel poverty do.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from data.tables import ingest_run, neighbourhood, vintage
from ingest import recorded_sources
from ingest.commands import pull
from ingest.neighbourhoods import with_neighbourhoods
from ingest.pulling import Pulled
from ingest.quarantine import REASONS_FILE, held_back_loads
from ingest.sources.fuel_poverty import Neighbourhood
from tests.ingest.examples import DATASET, els_csv, els_row
from tests.ingest.product import Product

PLACES = ("E47000007", "E08000025", "E08000026")
FIRST = [els_row(code, value="50") for code in PLACES]
SHORT = [els_row(code, value="50") for code in PLACES[:2]]
SHORTER = [els_row(PLACES[0], value="50")]
OLD = (Neighbourhood("E01000001", "E08000025", 600, 150, 25.0),)
NEW = (Neighbourhood("E01000001", "E08000025", 500, 50, 10.0),)
UNKNOWN = (Neighbourhood("E01000001", "E09000099", 500, 50, 10.0),)
Pull = Callable[..., int]


@pytest.fixture
def pulled(product: Product, monkeypatch: pytest.MonkeyPatch) -> Pull:
    """Pulls rows with neighbourhoods on a day, and gives the exit code."""
    small: list[Neighbourhood] = []

    def with_small(read: recorded_sources.ReadRecorded, *days: None) -> Pulled:
        found = read(*days)
        described = with_neighbourhoods(found.provenance, tuple(small))
        return replace(found, provenance=described, neighbourhoods=tuple(small))

    def sources(folder: Path, itl1: dict[str, str]) -> dict[str, recorded_sources.ReadRecorded]:
        found = recorded_sources.recorded_sources(folder, itl1)
        return {name: partial(with_small, read) for name, read in found.items()}

    monkeypatch.setattr(pull, "recorded_sources", sources)

    def once(day: str, rows: list[str], neighbourhoods: tuple[Neighbourhood, ...] = ()) -> int:
        small[:] = neighbourhoods
        product.record(*rows)
        return product.pull("--known-on", day).exit_code

    return once


def households(product: Product) -> list[int]:
    with product.engine().connect() as connection:
        return list(connection.scalars(select(neighbourhood.c.households)))


def folders(product: Product) -> list[str]:
    return sorted(path.name for path in (product.places.quarantine / DATASET).iterdir())


def test_an_accepted_edition_comes_with_its_neighbourhoods(product: Product, pulled: Pull) -> None:
    assert pulled("2026-01-10", FIRST, OLD) == 0
    assert pulled("2026-03-01", SHORT, NEW) == 1
    assert households(product) == [600]
    accepted = product.run("accept", DATASET, "--reason", "right")
    assert (accepted.exit_code, households(product)) == (0, [500])


def test_figures_are_not_loaded_without_their_neighbourhoods(
    product: Product, pulled: Pull
) -> None:
    """One transaction: an edition whose neighbourhoods are refused leaves nothing behind."""
    assert pulled("2026-01-10", FIRST, OLD) == 0
    changed = [els_row(code, value="51") for code in PLACES]
    assert pulled("2026-03-01", changed, UNKNOWN) == 1
    with product.engine().connect() as connection:
        days = list(connection.scalars(select(vintage.c.known_on)))
        last = connection.scalars(select(ingest_run.c.outcome)).all()[-1]
    assert ([str(day) for day in days], households(product)) == (["2026-01-10"], [600])
    assert last == "refused"


def test_the_same_figures_with_other_neighbourhoods_wait_by_themselves(
    product: Product, pulled: Pull
) -> None:
    pulled("2026-01-10", FIRST, OLD)
    for _ in range(2):
        pulled("2026-03-01", SHORT, OLD)
    pulled("2026-03-02", SHORT, NEW)
    assert folders(product) == ["2026-03-01", "2026-03-02"]


def test_two_doubtful_loads_of_one_day_have_a_folder_each(product: Product, pulled: Pull) -> None:
    pulled("2026-01-10", FIRST)
    pulled("2026-03-01", SHORT)
    pulled("2026-03-01", SHORTER)
    assert folders(product) == ["2026-03-01", "2026-03-01-2"]
    waiting = held_back_loads(product.places.quarantine)
    assert [len(one.read()[2].frame) for one in waiting] == [2, 1]
    assert product.run("accept", DATASET, "--reason", "right").exit_code == 0
    assert folders(product) == ["2026-03-01-2.accepted", "2026-03-01.superseded"]


def test_a_folder_is_not_named_as_one_that_was_settled(product: Product, pulled: Pull) -> None:
    """Otherwise taking it out of what waits would find its name taken."""
    pulled("2026-01-10", FIRST)
    pulled("2026-03-01", SHORT)
    assert pulled("2026-03-01", [*FIRST, els_row("E08000016", value="50")]) == 0
    assert pulled("2026-03-01", SHORTER) == 1
    assert pulled("2026-03-02", FIRST) == 1
    assert pulled("2026-03-03", [els_row(c, value="51") for c in (*PLACES, "E08000016")]) == 0
    assert folders(product) == [
        *("2026-03-01-2.superseded", "2026-03-01.superseded", "2026-03-02.superseded"),
    ]


@pytest.mark.parametrize("damaged", ["figures", "provenance"])
def test_a_damaged_folder_does_not_stand_for_new_bytes(
    product: Product, pulled: Pull, damaged: str
) -> None:
    pulled("2026-01-10", FIRST)
    pulled("2026-03-01", SHORT)
    kept = product.places.quarantine / DATASET / "2026-03-01" / DATASET
    name = "2026-03-01.csv" if damaged == "figures" else "provenance.toml"
    (kept / name).write_text("not what was written")
    assert pulled("2026-03-01", SHORT) == 1
    assert folders(product) == ["2026-03-01-2", "2026-03-01.damaged"]
    whole = product.places.quarantine / DATASET / "2026-03-01-2" / f"{DATASET}.csv"
    assert whole.read_bytes() == els_csv(*SHORT)
    assert product.run("accept", DATASET, "--reason", "right").exit_code == 0


def test_reasons_that_cannot_be_read_stop_no_command(product: Product, pulled: Pull) -> None:
    pulled("2026-01-10", FIRST)
    pulled("2026-03-01", SHORT)
    (product.places.quarantine / DATASET / "2026-03-01" / REASONS_FILE).write_text("reasons = [")
    (holding,) = json.loads(product.run("status", "--json").stdout)
    (waiting,) = holding["held_back"]
    assert waiting["reasons"] == ["its reasons cannot be read (TOMLDecodeError in held_back.toml)"]
    assert product.run("accept", DATASET, "--reason", "right").exit_code == 0
