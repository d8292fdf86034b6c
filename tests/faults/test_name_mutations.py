"""Codes of areas that no longer stand beside their own names, in the files of each reader."""

from __future__ import annotations

import random

import pytest
from sqlalchemy import Engine

from data import dataset_writes
from data.reference_data import load_reference
from ingest.faults import Refused
from ingest.sources.adapters import ADAPTERS
from tests.faults.campaign import Campaign
from tests.faults.damage import NAMES_DEEDS, Damage
from tests.faults.named_tables import AREAS, NamedTable, named_tables


def damaged(one: NamedTable, seed: int) -> tuple[str, int, bytes]:
    """What was done to a table, by which seed, and what became of its bytes."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    deed = NAMES_DEEDS[seed % len(NAMES_DEEDS)]
    rows = [[*row] for row in one.rows]
    deed(Damage(rows, one.at, chance, AREAS))
    return deed.__name__, seed, one.write(rows)


def run(engine: Engine, times: int) -> dict[str, Campaign]:
    """Damage the table of each reader in turn; the store is as it was afterwards."""
    found = {}
    with engine.begin() as connection:
        load_reference(connection)
    with engine.connect() as connection:
        numbers = dataset_writes.area_numbers(connection)
        for name, one in named_tables().items():
            with connection.begin_nested() as savepoint:
                # Names tell without any figures held, so nothing is excused at first.
                found[name] = Campaign(connection, numbers, frozenset())
                found[name].hold(one.table)
                for seed in range(times):
                    found[name].try_one(one.table, *damaged(one, seed))
                savepoint.rollback()
        connection.rollback()
    return found


def test_codes_beside_the_names_of_others_never_change_a_figure_silently(
    sqlite_engine: Engine,
) -> None:
    found = run(sqlite_engine, len(NAMES_DEEDS))
    assert [line for one in found.values() for line in one.wrong] == []
    assert all(one.first.total() == len(NAMES_DEEDS) for one in found.values())


def test_every_reader_of_codes_beside_names_is_among_them() -> None:
    # What the query tool of Nomis makes has names alone; a code is found by them.
    assert {name.split()[0] for name in named_tables()} | {"nomis_workbook"} == set(ADAPTERS)


@pytest.mark.parametrize("reader", ["els", "nomis", "fingertips"])
def test_areas_of_one_name_are_told_apart_by_their_kind(reader: str) -> None:
    one = named_tables()[reader]
    others = {"E12000005": "E47000007", "E47000007": "E12000005"}
    for codes in (others, {"E12000005": "E11000005"}):
        rows = [[codes.get(cell, cell) for cell in row] for row in one.rows]
        with pytest.raises(Refused, match=r"codes of one sort .* not of E1[12] and E(12|47)"):
            one.table.read(one.write(rows))


@pytest.mark.soak
def test_many_codes_beside_the_names_of_others_never_change_a_figure_silently(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(sqlite_engine, 120)
    with capsys.disabled():
        for name, one in found.items():
            print(f"\n{name}, damaged 120 times\n{one.report()}")
    assert [line for one in found.values() for line in one.wrong] == []
