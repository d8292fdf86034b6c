"""One row of a file without the code of an area, for each reader: set aside, kept and told."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from data import dataset_writes
from data.areas import COMBINED_AUTHORITY
from data.reference_data import load_reference
from ingest.load_checks import HeldBack
from ingest.tidy import TidyFigures
from tests.faults.campaign import Campaign
from tests.faults.named_tables import NamedTable, named_tables

TABLES = named_tables()
# A code of no shape, none at all, and one as codes are written that no area has.
CODES = ("nowhere", "", "E08000099")


def with_code(one: NamedTable, row: int, code: str) -> bytes:
    rows = [[*each] for each in one.rows]
    rows[row][one.code] = code
    return one.write(rows)


def figures_of(figures: TidyFigures) -> list[list[Any]]:
    return figures.frame.drop(columns="row_number").to_numpy().tolist()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("reader", TABLES)
def test_the_row_is_set_aside_and_the_others_are_taken(reader: str, code: str) -> None:
    one = TABLES[reader]
    good = one.table.read(one.table.content)
    last = len(one.rows) - 1
    figures = one.table.read(with_code(one, last, code))
    own = one.rows[last][one.code]
    kept = figures_of(figures)
    # A row of a workbook has all periods of an area, and so has an area of the query interface.
    gone = [each for each in figures_of(good) if each not in kept]
    assert [each for each in kept if each not in figures_of(good)] == []
    assert {each[1] for each in gone} == {own}
    assert figures.rejected
    for row in figures.rejected:
        assert row.unplaced is not None
        assert row.unplaced.found == (f"'{code}'" if code else "nothing")
        assert row.unplaced.row == row.row_number
        assert row.reason == (
            f"The register of areas has no code '{code}'." if code else "The row has no area code."
        )
    assert len(gone) == len(figures.rejected) or reader == "workbook"


@pytest.mark.parametrize("reader", TABLES)
def test_where_figures_held_would_go_with_the_row_a_person_looks(
    reader: str, sqlite_engine: Engine
) -> None:
    one = TABLES[reader]
    with sqlite_engine.begin() as connection:
        load_reference(connection)
    with sqlite_engine.connect() as connection:
        numbers = dataset_writes.area_numbers(connection)
        campaign = Campaign(connection, numbers, frozenset())
        campaign.hold(one.table)
        for code in CODES:
            campaign.try_one(one.table, "code", 0, with_code(one, len(one.rows) - 1, code))
        connection.rollback()
    assert campaign.wrong == []
    assert dict(campaign.first) == {("code", "set aside"): len(CODES)}
    assert dict(campaign.again) == {("code", "held back"): len(CODES)}


def test_a_row_of_no_area_beside_all_the_figures_held_is_no_doubt(sqlite_engine: Engine) -> None:
    one = TABLES["els"]
    more = [*one.rows, [*one.rows[-1]]]
    more[-1][one.code], more[-1][one.name] = "na", "Not known"
    with sqlite_engine.begin() as connection:
        load_reference(connection)
    with sqlite_engine.connect() as connection:
        campaign = Campaign(connection, dataset_writes.area_numbers(connection))
        campaign.hold(one.table)
        campaign.try_one(one.table, "row", 0, one.write(more))
        connection.rollback()
    assert dict(campaign.again) == {("row", "same"): 1}


def test_the_doubt_names_the_rows(sqlite_engine: Engine) -> None:
    one = TABLES["els"]
    with sqlite_engine.begin() as connection:
        load_reference(connection)
    with sqlite_engine.connect() as connection:
        campaign = Campaign(connection, dataset_writes.area_numbers(connection))
        campaign.hold(one.table)
        rows = [[*each] for each in one.rows]
        for row in rows[-7:]:
            # What the coverage asks for has to be there.
            row[one.code] = "na" if row[one.code] != COMBINED_AUTHORITY else row[one.code]
        figures = one.table.read(one.write(rows))
        with pytest.raises(HeldBack) as held:
            campaign.load(one.table, figures, one.table.provenance.vintage[-1].known_on)
        connection.rollback()
    told = " ".join(str(held.value).split())
    # The rows are numbered as a spreadsheet does, and the first of the seven stays.
    listed = "; ".join(f"row {number} ('na')" for number in range(len(rows) - 5, len(rows)))
    assert f"6 figures gone, and set aside for their codes: {listed}; and 1 more" in told


def test_small_counts_of_an_authority_are_not_kept_with_its_row() -> None:
    one = TABLES["drop_in"]
    last = len(one.rows) - 1
    (row,) = one.table.read(with_code(one, last, "nowhere")).rejected
    value = one.rows[last][one.rows[0].index("Value")]
    assert "nowhere" in row.raw
    assert value not in row.raw
