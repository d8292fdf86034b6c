"""Files that were damaged on their way: whole loads of them, and what the store then says."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data import dataset_writes
from data.reference_data import itl1_codes, load_reference, read_areas_file
from ingest.pulling import pull_recorded
from ingest.sources.els import read_els
from ingest.sources.els_datasets import els_datasets
from metrics.catalogue import load_catalogue
from tests.faults.campaign import Campaign, Table
from tests.faults.damage import BYTES_DEEDS, DEEDS, Damage, Places, as_csv_bytes
from tests.ingest.examples import DATASET, ITL1, declared, els_csv, els_row, metric, reading

# Larger tables hold the same kinds of rows, more of them.
LARGEST = 500_000
_AREAS = (
    *("E08000025", "E08000026", "E08000027", "E08000028", "E08000029", "E08000030", "E08000031"),
    *("E47000007", "E92000001", "E12000005", "E12000001", "E06000001", "E06000002", "E06000053"),
)


def damaged(table: Table, seed: int, codes: Sequence[str]) -> tuple[str, int, bytes]:
    """What was done to a table, by which seed, and what became of its bytes."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    kinds = (*DEEDS, *BYTES_DEEDS)
    # So that each table meets each kind, however many there are of either.
    number = chance.randrange(len(kinds))
    if number >= len(DEEDS):
        in_bytes = BYTES_DEEDS[number - len(DEEDS)]
        return in_bytes.__name__, seed, in_bytes(table.content, chance)
    text = table.content.decode("utf-8-sig")
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    place = rows[0].index
    at = Places(
        *(place("areacd"), place("areanm"), place("period"), place("observation")),
        *(place("lci_95"), place("uci_95"), place("status"), place("notes")),
    )
    DEEDS[number](Damage(rows, at, chance, tuple(codes)))
    return DEEDS[number].__name__, seed, as_csv_bytes(rows)


def made_up() -> Table:
    """A table like the publisher's: two years, intervals for some, blanks with reasons."""
    chance = random.Random(1)  # noqa: S311 - figures, not secrets
    names = read_areas_file().set_index("code")["name"]
    rows = []
    for code in _AREAS:
        for year in (2021, 2022, 2023):
            value = chance.randint(2000, 7999) / 100
            interval = {"lower": f"{value - 2.5:.2f}", "upper": f"{value + 2.5:.2f}"}
            blank = chance.random() < 0.1
            row = els_row(
                *(code, f"{year}-01-01/P1Y", "" if blank else f"{value:.2f}"),
                status="c" if blank else chance.choice(("", "", "p", "u")),
                notes=chance.choice(("", "", "Rounded by its producer")),
                **({} if blank or year == 2021 else interval),
            )
            rows.append(row.replace("A place", names[code]))
    content = els_csv(*rows)
    read = partial(read_els, declared=declared(), itl1_codes=ITL1, file=f"{DATASET}.csv")
    one = metric()
    provenance = reading(rows, "2026-01-10", areas=_AREAS).provenance
    return Table(DATASET, content, read, provenance, (one,))


def recorded(folder: Path) -> Iterator[Table]:
    """The tables of the main publisher as it served them."""
    itl1, metrics = itl1_codes(), tuple(load_catalogue().metrics.values())
    for name, one in els_datasets().items():
        pulled = pull_recorded(folder, one, itl1, known_on=None, retrieved_on=date(2026, 6, 30))
        content = pulled.files[f"{name}.csv"]
        if len(content) <= LARGEST:
            read = partial(read_els, declared=one, itl1_codes=itl1, file=f"{name}.csv")
            yield Table(name, content, read, pulled.provenance, metrics)


def campaign(engine: Engine, tables: Sequence[Table], times: int) -> Campaign:
    """Damage tables in turn; the store is as it was afterwards."""
    with engine.begin() as connection:
        load_reference(connection)
    with engine.connect() as connection:
        found = Campaign(connection, dataset_writes.area_numbers(connection))
        for table in tables:
            found.hold(table)
        for seed in range(times):
            table = tables[seed % len(tables)]
            found.try_one(table, *damaged(table, seed, _AREAS))
        connection.rollback()
    return found


def test_damage_never_changes_a_figure_silently(store_engine: Engine) -> None:
    # What is read and checked is the same; the databases differ in how it is taken back.
    times = 100 if store_engine.dialect.name == "sqlite" else 20
    found = campaign(store_engine, [made_up()], times)
    assert found.wrong == []
    assert {"refused", "held back", "same"} <= {outcome for _, outcome in found.again}
    assert found.again.total() == times


@pytest.mark.soak
def test_damage_to_recorded_files_never_changes_a_figure_silently(
    recordings: Path, sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = list(recorded(recordings / "ons_els" / "main"))
    found = campaign(sqlite_engine, tables, 1000)
    with capsys.disabled():
        print(f"\n{len(tables)} tables, damaged 1,000 times\n{found.report()}")
    assert found.wrong == []
