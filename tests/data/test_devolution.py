"""The file of deals says what is so, and cannot be read when it contradicts itself."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.areas import CONSTITUENT
from data.devolution import FILE, DevolutionDeal, read_deals
from data.reference_checks import ReferenceDataError
from data.reference_data import REFERENCE


@pytest.fixture(scope="module")
def deals() -> dict[str, DevolutionDeal]:
    return {deal.area: deal for deal in read_deals()}


def test_a_combined_authority_stands_for_its_members(deals: dict[str, DevolutionDeal]) -> None:
    west_midlands = deals["West Midlands"]
    assert west_midlands.codes == ("E47000007",)
    assert west_midlands.upper_tier == west_midlands.lower_tier == CONSTITUENT
    assert west_midlands.in_force_on == date(2016, 6, 17)
    assert west_midlands.tier == "established mayoral"
    assert west_midlands.settlement_from == date(2025, 4, 1)
    assert len(deals["Greater London"].upper_tier) == 33


def test_counties_count_for_people_and_their_districts_for_places(
    deals: dict[str, DevolutionDeal],
) -> None:
    cambridgeshire = deals["Cambridgeshire and Peterborough"]
    assert cambridgeshire.upper_tier == ("E06000031", "E10000003")
    assert len(cambridgeshire.lower_tier) == 6


def test_an_order_whose_day_was_not_seen_is_still_a_plan(deals: dict[str, DevolutionDeal]) -> None:
    assert deals["Cumbria"].status == "planned"
    assert deals["Cumbria"].in_force_on is None


def test_every_fault_of_the_file_is_named_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    path = folder / FILE
    text = path.read_text(encoding="utf-8")
    for found, made in (
        ("Greater London,mayor and assembly,E12000007,1998-05-07", "Greater London,x,E99,1998"),
        ("E47000001,2014-11-03,day,2011-04-01,day", "E47000001,2014-11-03,day,,"),
        ("E47000002", "E47009999"),
        ("2024-05-06,ended", "2018-05-06,ended"),
        ("E06000060,2024-03-06,day,,,,agreed", "E06000060,2024-03-06,day,,,,hoped for"),
        ("Surrey,", "Warwickshire,"),
    ):  # fmt: skip
        assert found in text
        text = text.replace(found, made)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as refused:
        read_deals(folder)
    faults = "\n".join(refused.value.faults)
    for said in (
        "row 2, announced_on: '1998'",
        "row 3, Greater Manchester: status 'in force', but no day",
        "row 5, South Yorkshire: E47009999 is an unknown area",
        "row 11, North of Tyne: ended on 2018-05-06, before it came into force on 2018-11-02",
        "row 20, status: 'hoped for' (expected in force",
        "row 22, Warwickshire: stands there more than once",
    ):
        assert said in faults


def test_a_file_that_is_missing_or_has_other_columns_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    shutil.copytree(REFERENCE, folder)
    (folder / FILE).write_text("area,since\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match="the columns must be area,institution"):
        read_deals(folder)
    (folder / FILE).unlink()
    with pytest.raises(ReferenceDataError, match="restore it from the repository"):
        read_deals(folder)
