"""Making areas and groups from the publisher's files, on small hand-made files and on the real."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.reference_data import REFERENCE, itl1_codes, read_areas_file, read_memberships_file
from ingest.area_sources import (
    PROVENANCE,
    AreaSources,
    SourceFileError,
    names_in_figures,
    read_area_sources,
)
from ingest.commands.reference import write_reference
from ingest.groups import build_groups
from ingest.reference import (
    NOT_CODES,
    Area,
    ReferenceSourceError,
    build_areas,
    build_changes,
)
from ingest.topology import Topology


def change(old: str, new: str, kind: str, day: str, precision: str = "day") -> dict[str, str]:
    return {
        "old_code": old,
        "old_name": f"old {old}",
        "new_code": new,
        "new_name": f"new {new}",
        "change_type": kind,
        "effective_date": day,
        "year": day[:4],
        "date_precision": precision,
        "verified": "true",
    }


def member(group: str, code: str, role: str = "member", **dates: str) -> dict[str, str]:
    blank = {"valid_from": "", "valid_to": ""}
    return {"group_id": group, "area_code": code, "role": role} | blank | dates


@pytest.fixture
def sources() -> AreaSources:
    """One place recoded, two merged, a combined authority across two regions."""
    merge = "merge (whole predecessors; sum counts, weight rates)"
    return AreaSources(
        topology=Topology([], {}),
        properties={
            "ltla": {
                "E08000016": {"areanm": "Barnsley", "end": 2024},
                "E08000038": {"areanm": "Barnsley", "start": 2025},
                "E07000026": {"areanm": "Allerdale", "end": 2022},
                "E07000028": {"areanm": "Carlisle", "end": 2022},
                "E06000063": {"areanm": "Cumberland", "start": 2023},
                "E06000012": {"areanm": "North East Lincolnshire"},
            },
            "cauth": {
                "E47000005": {"areanm": "North East", "end": 2017},
                "E47000017": {"areanm": "an older name", "start": 2025},
            },
        },
        metadata={
            "E12000003": {"areanm": "Yorkshire and The Humber", "parents": ["E92000001"]},
            "E12000004": {"areanm": "East Midlands", "parents": ["E92000001"]},
            "E08000016": {"areanm": "Barnsley", "parents": ["E12000003"]},
            "E08000038": {"areanm": "Barnsley", "parents": ["E12000003"]},
            "E10000019": {"areanm": "Lincolnshire", "parents": ["E12000004"]},
            "E06000012": {"areanm": "North East Lincolnshire", "parents": ["E12000004"]},
            "E47000017": {
                "areanm": "Greater Lincolnshire",
                "parents": ["E12000004"],
                "children": ["E10000019", "E06000012"],
            },
        },
        change_kinds={("E08000016", "E08000038"): "new_code", ("E08000020", "E08000037"): "x"},
        region_lookup=[
            {
                "ltlacd": "E06000012",
                "ctycd": "",
                "mctycd": "",
                "cauthcd": "",
                "rgncd": "E12000003",
            }
        ],
        dated_changes=[
            change("E08000016", "E08000038", "recode (boundary change)", "2025-04-01"),
            change("E08000020", "E08000037", "recode (boundary change)", "2013", "year, MEMORY"),
            change("E07000026", "E06000063", merge, "2023-04-01"),
            change("E07000028", "E06000063", merge, "2023-04-01"),
            change("E10000006", "", "terminated", "2023-04-01"),
            change("E10000019", "E47000017", "new higher area", "2025-02-05", "day, MEMORY"),
            change("S12000046", "S12000049", "new higher area", "2019-04-01"),
            {**change("E10000030", "", "future merge", "2027-04-01"), "verified": "false"},
        ],
        groups=[
            member("wmca_constituent", "E08000038", valid_from="2016-06-17"),
            member("core_cities_england", "E08000016", valid_to="2025-03-31"),
            member("core_cities_england", "E08000038", valid_from="2025-04-01"),
            member("cauth_E47000017", "E10000019", "constituent"),
            member("cauth_E47000017", "E06000012", "constituent"),
            member("cauth_E47000017_lad", "E07000026", "district within E10000019"),
            member("cauth_PENDING_CUMBRIA", "E06000063", "constituent"),
        ],
        neighbours=[
            {"AREACD": "E08000038", "1": "E06000063", "2": "E06000012"}
            | {str(position): "" for position in range(3, 21)},
            {"AREACD": "E47000017", "1": "E47000007"}
            | {str(position): "" for position in range(2, 21)},
        ],
        clusters=[
            {"AREACD": "E08000038", "AREANM": "Barnsley", "Global": "B"},
            {"AREACD": "E06000053", "AREANM": "Isles of Scilly", "Global": "[x]"},
            {"AREACD": "E09000001", "AREANM": "City of London", "Global": "[x]"},
        ],
        names_in_figures={
            "na": "Glasgow City Region",
            "E08000038": "Barnsley ",
            "E08000037": "Gateshead",
            "S12000049": "Glasgow City",
            "K99000002": "UK less Extra-Regio",
            "TLE31": "Barnsley, Doncaster and Rotherham",
        },
        hashes={},
    )


@pytest.fixture
def areas(sources: AreaSources) -> dict[str, Area]:
    return {area.code: area for area in build_areas(sources, build_changes(sources))}


def test_changes_say_their_kind_and_how_exactly_their_day_is_known(sources: AreaSources) -> None:
    found = {
        change.old_code: (change.kind, change.effective_on, change.date_precision)
        for change in build_changes(sources)
    }
    assert found == {
        "E08000016": ("recode", date(2025, 4, 1), "day"),
        "E08000020": ("boundary_change", date(2013, 1, 1), "year"),
        "E07000026": ("merger", date(2023, 4, 1), "day"),
        "E07000028": ("merger", date(2023, 4, 1), "day"),
        "E10000006": ("abolition", date(2023, 4, 1), "day"),
        "E10000019": ("joins", date(2025, 1, 1), "year"),
        "S12000046": ("boundary_change", date(2019, 4, 1), "day"),
    }


def test_an_unknown_kind_of_change_is_refused(sources: AreaSources) -> None:
    odd = replace(
        sources, dated_changes=[change("E06000001", "E06000002", "swapped", "2025-04-01")]
    )
    with pytest.raises(ReferenceSourceError, match="E06000001: unknown kind of change 'swapped'"):
        build_changes(odd)


def test_a_recoded_place_ends_the_day_before_its_new_code_starts(areas: dict[str, Area]) -> None:
    old, new = areas["E08000016"], areas["E08000038"]
    assert (old.end_on, old.recoded_to) == (date(2025, 3, 31), "E08000038")
    assert (new.start_on, new.end_on, new.recoded_to) == (date(2025, 4, 1), None, "")


def test_only_a_recode_points_to_a_new_code(areas: dict[str, Area]) -> None:
    assert [area.code for area in areas.values() if area.recoded_to] == ["E08000016"]


def test_a_year_without_a_dated_change_is_its_first_or_last_day(areas: dict[str, Area]) -> None:
    assert areas["E47000005"].end_on == date(2017, 12, 31)


def test_joining_a_combined_authority_ends_nothing(areas: dict[str, Area]) -> None:
    assert areas["E10000019"].end_on is None
    assert areas["E47000017"].start_on == date(2025, 1, 1)


def test_the_lookup_goes_before_the_metadata_for_regions(areas: dict[str, Area]) -> None:
    assert areas["E06000012"].region_code == "E12000003"
    assert areas["E10000019"].region_code == "E12000004"
    assert areas["E47000017"].region_code == ""


def test_an_itl_area_lies_in_the_region_of_its_first_letter(areas: dict[str, Area]) -> None:
    itl = areas["TLE31"]
    assert (itl.type, itl.region_code, itl.country_code) == ("ITL 3", "E12000003", "E92000001")


def test_names_come_from_the_map_then_the_metadata_then_the_figures(
    areas: dict[str, Area],
) -> None:
    assert areas["E08000038"].name == "Barnsley"
    assert areas["E47000017"].name == "Greater Lincolnshire"
    assert areas["E08000037"].name == "Gateshead"
    assert areas["K99000002"].name == "UK less extra-regio"
    assert areas["E10000006"].name == "old E10000006"


def test_what_is_no_code_makes_no_area(areas: dict[str, Area]) -> None:
    assert "na" not in areas


def test_codes_of_no_known_kind_are_refused_together(sources: AreaSources) -> None:
    odd = replace(sources, names_in_figures={"X01000001": "Somewhere", "E99000001": "Elsewhere"})
    with pytest.raises(ReferenceSourceError, match="E99000001, X01000001"):
        build_areas(odd, [])


def test_groups_and_members(sources: AreaSources, areas: dict[str, Area]) -> None:
    _, members = build_groups(sources, areas.values())
    found = {(m.group_id, m.code, m.role, m.position) for m in members}
    combined = "combined-authority-e47000017"
    assert found == {
        ("wmca-constituent", "E08000038", "member", None),
        ("core-cities-england", "E08000038", "member", None),
        ("other-combined-authorities", "E47000017", "combined authority", None),
        (combined, "E10000019", "constituent", None),
        (combined, "E06000012", "constituent", None),
        (f"{combined}-lower-tier", "E06000012", "constituent", None),
        (f"{combined}-lower-tier", "E07000026", "district of a member county", None),
        ("neighbours-e08000038", "E06000063", "neighbour", 1),
        ("neighbours-e08000038", "E06000012", "neighbour", 2),
        ("ons-cluster-b", "E08000038", "member", None),
    }


def test_the_districts_of_a_county_are_a_group(
    sources: AreaSources, areas: dict[str, Area]
) -> None:
    """An area that is gone is no district, however the old lookup has it."""
    row = {**sources.region_lookup[0], "ctycd": "E10000019"}
    looked_up = replace(sources, region_lookup=[row, {**row, "ltlacd": "E07000026"}])
    groups, members = build_groups(looked_up, areas.values())
    assert "county-e10000019" in {group.id for group in groups}
    found = [(one.code, one.role) for one in members if one.group_id == "county-e10000019"]
    assert found == [("E06000012", "district")]


def test_the_day_a_code_began_is_not_the_day_of_joining(
    sources: AreaSources, areas: dict[str, Area]
) -> None:
    _, members = build_groups(sources, areas.values())
    dates = {m.group_id: m.valid_from for m in members if m.code == "E08000038"}
    assert dates["core-cities-england"] is None
    assert dates["wmca-constituent"] == date(2016, 6, 17)


def test_a_group_that_nothing_describes_is_refused(
    sources: AreaSources, areas: dict[str, Area]
) -> None:
    odd = replace(sources, groups=[member("new_towns", "E06000012")])
    with pytest.raises(ReferenceSourceError, match="new_towns; declare them"):
        build_groups(odd, areas.values())


def test_group_texts_fit_the_store(sources: AreaSources, areas: dict[str, Area]) -> None:
    groups, members = build_groups(sources, areas.values())
    assert max(len(group.id) for group in groups) <= 60
    assert max(len(group.kind) for group in groups) <= 30
    assert max(len(m.role) for m in members) <= 30


def test_the_most_frequent_name_is_taken_without_its_blanks(tmp_path: Path) -> None:
    folder = tmp_path / "sources" / "ons_els" / "main" / "pay"
    folder.mkdir(parents=True)
    (folder / "pay.csv").write_text(
        "﻿areanm,areacd,value\nTewkesbury,E07000083,1\n"
        "North Gloucestershire,E07000083,2\nTewkesbury ,E07000083,3\nshort row\n",
        encoding="utf-8",
    )
    assert names_in_figures(tmp_path) == {"E07000083": "Tewkesbury"}


def test_absent_files_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError) as caught:
        read_area_sources(tmp_path)
    for name in PROVENANCE:
        assert name in str(caught.value)


def test_files_that_cannot_be_read_are_all_named_with_the_reason(tmp_path: Path) -> None:
    for name in PROVENANCE:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"[" * 100_000 if name.endswith(".json") else b"oldcd,x\n")
    with pytest.raises(SourceFileError) as caught:
        read_area_sources(tmp_path)
    for name in PROVENANCE:
        assert f"{name} cannot be read" in str(caught.value)
    assert "no column newcd, type" in str(caught.value)


def test_nothing_is_written_when_something_cannot_be_built(tmp_path: Path) -> None:
    target = tmp_path / "reference"
    with pytest.raises(SourceFileError):
        write_reference(tmp_path, target)
    assert not target.exists()


def test_writing_from_the_recorded_files_gives_the_shipped_bytes(
    recordings: Path, tmp_path: Path
) -> None:
    write_reference(recordings.parent, tmp_path)
    written = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(written) == 10
    for name in written:
        if name.name == "provenance.toml":  # holds gzipped sizes, which depend on zlib
            continue
        assert (tmp_path / name).read_bytes() == (REFERENCE / name).read_bytes(), name


def test_every_code_in_every_recorded_figure_is_known(recordings: Path) -> None:
    known = set(read_areas_file()["code"])
    found: set[str] = set()
    files = sorted((recordings / "ons_els").rglob("*.csv"))
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if "areacd" in (reader.fieldnames or []):
                found |= {row["areacd"].strip() for row in reader}
    assert len(files) > 80
    assert found - known == NOT_CODES
    assert set(itl1_codes()) <= found


def test_lower_tier_members_agree_with_the_lookup_of_may_2025(recordings: Path) -> None:
    name = "Local_Authority_District_to_Combined_Authority_(May_2025)_Lookup_in_EN.csv"
    path = recordings / "publishers" / "geoportal" / name
    areas = read_areas_file().set_index("code")
    recoded = areas["recoded_to"].dropna().to_dict()
    published: dict[str, set[str]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            code = recoded.get(row["LAD25CD"], row["LAD25CD"])
            published.setdefault(row["CAUTH25CD"], set()).add(code)
    memberships = read_memberships_file()
    for authority, expected in published.items():
        group = f"combined-authority-{authority.lower()}"
        names = set(memberships["group_id"])
        chosen = f"{group}-lower-tier" if f"{group}-lower-tier" in names else group
        members = set(memberships[memberships["group_id"] == chosen]["code"])
        assert members == expected, authority
    assert len(published) == 15
