"""The reference files are loaded as they stand, or refused when they contradict themselves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, func, select

from data.reads import read_members
from data.reference_data import (
    REFERENCE,
    ReferenceDataError,
    load_reference,
    read_area_changes_file,
    read_areas_file,
    read_groups_file,
    read_memberships_file,
    read_reference,
)
from data.tables import area, area_change, area_group, membership


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the reference files to break."""
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    return folder


def test_loading_twice_changes_nothing(store_engine: Engine) -> None:
    tables = (area, area_change, area_group, membership)

    def everything() -> list[list[tuple[object, ...]]]:
        with store_engine.connect() as connection:
            return [sorted(map(tuple, connection.execute(select(t))), key=repr) for t in tables]

    with store_engine.begin() as connection:
        load_reference(connection)
    first = everything()
    with store_engine.begin() as connection:
        load_reference(connection)
    assert everything() == first
    assert [len(rows) for rows in first] == [
        len(read_areas_file()),
        len(read_area_changes_file()),
        len(read_groups_file()),
        len(read_memberships_file()),
    ]


def test_a_fresh_store_numbers_areas_in_the_order_of_their_codes(store_engine: Engine) -> None:
    with store_engine.begin() as connection:
        load_reference(connection)
        codes = connection.scalars(select(area.c.code).order_by(area.c.id)).all()
    assert codes == sorted(codes)


def test_loaded_neighbours_are_read_in_order(store_engine: Engine) -> None:
    with store_engine.begin() as connection:
        load_reference(connection)
        names = read_members(connection, "neighbours-e08000025")
    assert names[:3] == [
        ("E08000032", "Bradford"),
        ("E06000016", "Leicester"),
        ("E08000031", "Wolverhampton"),
    ]


def test_a_changed_file_updates_rows_in_place_and_keeps_numbers(
    store_engine: Engine, copied: Path
) -> None:
    with store_engine.begin() as connection:
        load_reference(connection, copied)
        before = numbers(connection)
        size = connection.scalar(select(func.count()).select_from(membership))
    rewrite(copied / "areas.csv", "E07000083,North Gloucestershire,", "E07000083,Tewkesbury,")
    rewrite(
        copied / "areas.csv",
        "E06000001,Hartlepool",
        "E06000000,A new place,unitary authority,true,true,,,,E12000001,E92000001\n"
        "E06000001,Hartlepool",
    )
    rewrite(copied / "groups.csv", "Core cities, England", "English core cities")
    rewrite(copied / "memberships.csv", "core-cities-uk,W06000015,member,,,\n", "")
    with store_engine.begin() as connection:
        load_reference(connection, copied)
        after = numbers(connection)
        name = connection.scalar(select(area.c.name).where(area.c.code == "E07000083"))
        title = connection.scalar(
            select(area_group.c.title).where(area_group.c.id == "core-cities-england")
        )
        left = connection.scalar(select(func.count()).select_from(membership))
    assert {code: after[code] for code in before} == before
    assert after["E06000000"] == len(before) + 1
    assert (name, title, left) == ("Tewkesbury", "English core cities", size - 1)


def test_a_group_taken_out_of_the_files_leaves_the_store(
    store_engine: Engine, copied: Path
) -> None:
    with store_engine.begin() as connection:
        load_reference(connection, copied)
    for name in ("groups.csv", "memberships.csv"):
        lines = (copied / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith("ons-cluster-a")]
        assert len(kept) < len(lines)
        (copied / name).write_text("".join(kept), encoding="utf-8")
    with store_engine.begin() as connection:
        load_reference(connection, copied)
        ids = connection.scalars(select(area_group.c.id)).all()
    assert "ons-cluster-a" not in ids
    assert "ons-cluster-b" in ids


def numbers(connection: Connection) -> dict[str, int]:
    return {row.code: row.id for row in connection.execute(select(area.c.code, area.c.id))}


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_fault_is_named_at_once_and_nothing_is_loaded(
    store_engine: Engine, copied: Path
) -> None:
    rewrite(copied / "memberships.csv", "core-cities-uk,W06000015,", "core-cities-uk,W06000099,")
    rewrite(copied / "memberships.csv", "greater-south-east,E12000006", "no-such,E12000006")
    rewrite(copied / "areas.csv", ",2025-04-01,,,E12000003", ",2025-04-01,2024-01-01,,E12000003")
    rewrite(copied / "area_changes.csv", ",recode,", ",renamed,")
    with (
        store_engine.begin() as connection,
        pytest.raises(ReferenceDataError) as caught,
    ):
        load_reference(connection, copied)
    faults = "\n".join(caught.value.faults)
    assert len(caught.value.faults) == 4
    assert "core-cities-uk, W06000099: unknown area" in faults
    assert "no-such, E12000006: unknown group" in faults
    assert "ends on 2024-01-01, before it starts on 2025-04-01" in faults
    assert "kind 'renamed'; expected one of recode" in faults
    with store_engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(area)) == 0


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("areas.csv", "code,name,", "id,name,", "areas.csv, row 1: the columns must be code,"),
        ("areas.csv", "Hartlepool,unitary authority,true,", "Hartlepool,unitary authority,yes,",
         "areas.csv, row 2, lower_tier: 'yes' (expected true or false)"),
        ("areas.csv", "Hartlepool,unitary authority", "Hartlepool,county",
         "areas.csv, E06000001: type 'county', but the code stands for 'unitary authority'"),
        ("areas.csv", "E06000001,", "E06000002,",
         "areas.csv: E06000002 stands there more than once"),
        ("areas.csv", ",2025-03-31,E08000038,", ",2025-03-31,E08000098,",
         "recoded_to E08000098 is an unknown area"),
        ("areas.csv", ",2025-03-31,E08000038,", ",,E08000038,",
         "recoded to E08000038, but without an end"),
        ("area_changes.csv", "2025-04-01,day", "2025-04-31,day", "effective_on: '2025-04-31'"),
        ("memberships.csv", ",neighbour,1,", ",neighbour,0,", "position 0; the first is 1"),
        ("memberships.csv", ",constituent,,2016-06-17,", ",constituent,,2016-06-17,2016-01-01",
         "ends on 2016-01-01, before 2016-06-17"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_with_what_was_found_and_expected(
    copied: Path, name: str, old: str, new: str, expected: str
) -> None:
    rewrite(copied / name, old, new)
    with pytest.raises(ReferenceDataError, match=re.escape(expected)):
        read_reference(copied)


def test_an_absent_file_is_named(copied: Path) -> None:
    (copied / "groups.csv").unlink()
    with pytest.raises(ReferenceDataError, match=r"groups\.csv: cannot be read"):
        read_reference(copied)
