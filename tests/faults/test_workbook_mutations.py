"""Workbooks that were damaged: whole loads of them, and what the store then says."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data import dataset_writes
from data.reference_data import load_reference, read_areas_file
from ingest.faults import Refused
from ingest.sources.workbook_cells import Workbook
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from ingest.sources.workbooks import WorkbookTable, read_workbook
from tests.faults import campaign, workbook_damage, xls_damage
from tests.faults.campaign import Campaign, Table
from tests.faults.damage import Rows
from tests.faults.workbook_damage import BYTES_DEEDS, DEEDS, damaged_sheet, workbook_of
from tests.ingest.examples import DATASET, LABEL, els_row, metric, reading
from tests.ingest.sources.made_workbooks import Grids, ods, xlsx
from tests.ingest.sources.made_xls import xls
from tests.ingest.sources.mutations import same_or_refused
from tests.ingest.sources.recorded_pay import PAY_SYMBOLS, WEEKLY_PAY, weekly_pay_sheet

AREAS = (
    *("E08000025", "E08000026", "E08000027", "E08000028", "E08000029", "E08000030", "E08000031"),
    *("E47000007", "E92000001", "E12000005", "E12000001", "E06000001", "E06000002", "E06000053"),
)
DECLARED = WorkbookTable(
    dataset=DATASET,
    sheets=(
        SheetTable(
            sheet="Data",
            title="Homes with gardens by area",
            area_header="Code",
            name_header="Name",
            columns=(
                SheetColumns(
                    header="(20[0-9]{2})",
                    label=LABEL,
                    period=r"\1-01-01/P1Y",
                    measure="Percentage",
                    unit="%",
                    fewest=3,
                ),
            ),
        ),
    ),
    symbols={"[c]": "c"},
)
UNSEEN = campaign.UNSEEN_AT_FIRST | workbook_damage.UNSEEN_AT_FIRST
WRITERS: dict[str, Callable[[Grids], bytes]] = {"xlsx": xlsx, "ods": ods, "xls": xls}


def sheet() -> Rows:
    """Codes, names and three years, with a few figures withheld."""
    chance = random.Random(2)  # noqa: S311 - figures, not secrets
    names = read_areas_file().set_index("code")["name"]
    rows: Rows = [["Code", "Name", "2021", "2022", "2023"]]
    for code in AREAS:
        figures = [
            "[c]" if chance.random() < 0.08 else repr(chance.randint(2000, 7999) / 100)
            for _ in range(3)
        ]
        rows.append([code, names[code], *figures])
    return rows


def table(ending: str) -> Table:
    """The workbook as it is loaded."""
    one = metric(evidence="model_without_intervals")
    about = reading([els_row()], "2026-01-10", one=one, areas=AREAS).provenance
    read = partial(read_workbook, declared=DECLARED, file=f"gardens.{ending}")
    return Table(ending, workbook_of(sheet(), WRITERS[ending]), read, about, (one,))


def damaged(one: Table, seed: int) -> tuple[str, int, bytes]:
    """What was done to a workbook, by which seed, and what became of its bytes."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    number = chance.randrange(len(DEEDS) + len(BYTES_DEEDS))
    if number >= len(DEEDS):
        in_bytes = BYTES_DEEDS[number - len(DEEDS)]
        return in_bytes.__name__, seed, in_bytes(one.content, chance)
    rows = sheet()
    damaged_sheet(rows, DEEDS[number], chance, AREAS)
    return DEEDS[number].__name__, seed, workbook_of(rows, WRITERS[one.name])


def run(engine: Engine, tables: Sequence[Table], times: int) -> Campaign:
    """Damage workbooks in turn; the store is as it was afterwards."""
    with engine.begin() as connection:
        load_reference(connection)
    with engine.connect() as connection:
        numbers = dataset_writes.area_numbers(connection)
        # Each kind of workbook is a table of its own, so that they do not meet in the store.
        found = Campaign(connection, numbers, UNSEEN)
        for one in tables:
            with connection.begin_nested() as savepoint:
                found.hold(one)
                for seed in range(times):
                    found.try_one(one, *damaged(one, seed))
                savepoint.rollback()
        connection.rollback()
    return found


def test_damage_to_a_workbook_never_changes_a_figure_silently(sqlite_engine: Engine) -> None:
    found = run(sqlite_engine, [table(ending) for ending in WRITERS], 25)
    assert found.wrong == []
    assert {"refused", "held back", "same"} <= {outcome for _, outcome in found.again}
    assert found.again.total() == 75


@pytest.mark.soak
def test_much_damage_to_workbooks_never_changes_a_figure_silently(
    sqlite_engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(sqlite_engine, [table(ending) for ending in WRITERS], 500)
    with capsys.disabled():
        print(f"\n3 workbooks, damaged 1,500 times\n{found.report()}")
    assert found.wrong == []


@pytest.mark.parametrize(
    "times", [16, pytest.param(400, marks=pytest.mark.soak)], ids=["few", "many"]
)
def test_cells_of_a_recorded_xls_workbook_are_damaged_and_it_is_refused_or_the_same(
    recordings: Path, times: int
) -> None:
    content = (recordings / "publishers" / WEEKLY_PAY).read_bytes()
    sheet = weekly_pay_sheet("All", "All")
    declared = WorkbookTable(dataset="pay", sheets=(sheet,), symbols=PAY_SYMBOLS)
    good = read_workbook(content, declared, "pay.xls")
    for seed in range(times):
        chance = random.Random(seed)  # noqa: S311 - damage, not secrets
        under = xls_damage.under_damage(content, 1, (1, 0, 3), range(5, 400), chance)
        deed = xls_damage.DEEDS[seed % len(xls_damage.DEEDS)]
        deed(under)
        assert bytes(under.content) != content
        read = partial(read_workbook, bytes(under.content), declared, "pay.xls")
        assert same_or_refused(read, good), (deed.__name__, seed)


@pytest.mark.parametrize(
    "name",
    [
        WEEKLY_PAY,
        "mhclg/Live_Table_122_2020-21.ods",
        "ons_xlsx/mye23tablesew.xlsx",
    ],
)
@pytest.mark.soak
def test_recorded_workbooks_whose_bytes_are_damaged_are_refused_or_the_same(
    recordings: Path, name: str
) -> None:
    """Of XLS, which nothing here writes, this is all the damage that can be done."""
    content = (recordings / "publishers" / name).read_bytes()

    def cells(of: bytes) -> list[list[list[str]]]:
        book = Workbook(of, name)
        return [book.rows(one) for one in book.names]

    good = cells(content)
    for seed in range(20):
        chance = random.Random(seed)  # noqa: S311 - damage, not secrets
        broken = BYTES_DEEDS[seed % len(BYTES_DEEDS)](content, chance)
        with suppress(Refused):
            assert cells(broken) == good, seed
