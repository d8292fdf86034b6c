"""The reference files say what is so: of areas, their changes, groups and members."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.areas import CONSTITUENT
from data.reference_data import (
    itl1_codes,
    read_area_changes_file,
    read_areas_file,
    read_groups_file,
    read_memberships_file,
)

NON_CONSTITUENT = {
    "E07000192": "Cannock Chase",
    "E07000218": "North Warwickshire",
    "E07000219": "Nuneaton and Bedworth",
    "E07000236": "Redditch",
    "E07000220": "Rugby",
    "E06000051": "Shropshire",
    "E07000221": "Stratford-on-Avon",
    "E07000199": "Tamworth",
    "E06000020": "Telford and Wrekin",
    "E10000031": "Warwickshire",
}


@pytest.fixture(scope="module")
def areas() -> pd.DataFrame:
    return read_areas_file().set_index("code", drop=False)


@pytest.fixture(scope="module")
def memberships() -> pd.DataFrame:
    return read_memberships_file()


def members(memberships: pd.DataFrame, group: str) -> list[str]:
    return memberships.loc[memberships["group_id"] == group, "code"].tolist()


def test_today_there_are_361_lower_tier_and_218_upper_tier_authorities(
    areas: pd.DataFrame,
) -> None:
    current = areas[areas["end_on"].isna()]
    lower, upper = current[current["lower_tier"]], current[current["upper_tier"]]
    assert len(lower) == 361
    assert len(upper) == 218
    # England 296 and 153, Wales 22, Scotland 32, Northern Ireland 11 in both.
    assert lower["country_code"].value_counts().to_dict() == {
        "E92000001": 296,
        "S92000003": 32,
        "W92000004": 22,
        "N92000002": 11,
    }
    assert (upper["country_code"] == "E92000001").sum() == 153


def test_west_midlands_is_several_areas_and_only_the_code_tells_them_apart(
    areas: pd.DataFrame,
) -> None:
    namesakes = areas[areas["name"] == "West Midlands"]
    assert set(namesakes["code"]) == {
        "E12000005",
        "E47000007",
        "E11000005",
        "E23000014",
        "TLG",
        "TLG3",
    }
    assert namesakes["type"].is_unique


def test_the_seven_constituent_boroughs(areas: pd.DataFrame, memberships: pd.DataFrame) -> None:
    assert members(memberships, "wmca-constituent") == list(CONSTITUENT)
    assert areas.loc[list(CONSTITUENT), "name"].tolist() == [
        "Birmingham",
        "Coventry",
        "Dudley",
        "Sandwell",
        "Solihull",
        "Walsall",
        "Wolverhampton",
    ]
    assert set(areas.loc[list(CONSTITUENT), "region_code"]) == {"E12000005"}


def test_the_ten_non_constituent_authorities_are_marked_as_not_verified(
    areas: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    codes = members(memberships, "wmca-non-constituent")
    assert areas.loc[codes, "name"].to_dict() == NON_CONSTITUENT
    groups = read_groups_file().set_index("id")
    assert not groups.loc["wmca-non-constituent", "verified"]
    assert "not been verified" in groups.loc["wmca-non-constituent", "description"]
    assert groups.loc["wmca-constituent", "verified"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("E08000016", "E08000038", "Barnsley"),
        ("E08000019", "E08000039", "Sheffield"),
    ],
)
def test_a_place_whose_code_changed_in_2025_points_to_its_new_code(
    areas: pd.DataFrame, old: str, new: str, name: str
) -> None:
    assert areas.loc[old, "name"] == areas.loc[new, "name"] == name
    assert areas.loc[old, "recoded_to"] == new
    assert areas.loc[old, "end_on"] == date(2025, 3, 31)
    assert areas.loc[new, "start_on"] == date(2025, 4, 1)
    assert areas.loc[new, "end_on"] is None


def test_only_four_places_changed_their_code_and_nothing_else(areas: pd.DataFrame) -> None:
    recoded = areas[areas["recoded_to"].notna()]
    assert set(recoded["code"]) == {"E08000016", "E08000019", "S12000015", "S12000024"}
    changes = read_area_changes_file()
    glasgow = changes[changes["old_code"] == "S12000046"].iloc[0]
    assert (glasgow["kind"], glasgow["new_code"]) == ("boundary_change", "S12000049")


def test_a_change_known_to_the_year_only_says_so() -> None:
    changes = read_area_changes_file().set_index("old_code")
    fife = changes.loc["S12000015"]
    assert (fife["date_precision"], fife["effective_on"]) == ("year", date(2018, 1, 1))
    by_year = changes[changes["date_precision"] == "year"]
    assert {(day.month, day.day) for day in by_year["effective_on"]} == {(1, 1)}


def test_cumbria_was_abolished_and_its_districts_became_two_authorities(
    areas: pd.DataFrame,
) -> None:
    assert areas.loc["E10000006", "name"] == "Cumbria"
    assert areas.loc["E10000006", "end_on"] == date(2023, 3, 31)
    changes = read_area_changes_file()
    assert changes[changes["old_code"] == "E10000006"]["kind"].tolist() == ["abolition"]
    merged = changes[changes["new_code"] == "E06000063"]
    assert set(merged["old_code"]) == {"E07000026", "E07000028", "E07000029"}
    assert set(merged["kind"]) == {"merger"}


def test_the_unitary_members_of_greater_lincolnshire_are_in_yorkshire(areas: pd.DataFrame) -> None:
    assert areas.loc[["E06000012", "E06000013"], "region_code"].tolist() == ["E12000003"] * 2
    assert areas.loc["E10000019", "region_code"] == "E12000004"
    assert areas.loc["E47000017", "region_code"] is None


def test_every_authority_lies_in_a_region_of_its_country(areas: pd.DataFrame) -> None:
    authorities = areas[areas["lower_tier"] | areas["upper_tier"]]
    assert authorities["region_code"].notna().all()
    english = authorities[authorities["country_code"] == "E92000001"]
    assert english["region_code"].str.startswith("E12").all()
    others = authorities[authorities["country_code"] != "E92000001"]
    assert (others["region_code"] == others["country_code"]).all()


def test_itl_1_codes_stand_for_regions_and_countries(areas: pd.DataFrame) -> None:
    codes = itl1_codes()
    assert codes["TLG"] == "E12000005"
    assert codes["TLB"] == "E92000001"
    assert len(codes) == 13
    assert len(set(codes.values())) == 13
    assert all(areas.loc[itl, "type"] == "ITL 1" for itl in codes)


def test_the_uk_less_extra_regio_is_labelled_as_such(areas: pd.DataFrame) -> None:
    assert areas.loc["K99000002", "name"] == "UK less extra-regio"
    assert areas.loc["K99000002", "type"] == "residual"


def test_the_greater_south_east_and_the_rest_are_the_twelve_regions(
    memberships: pd.DataFrame,
) -> None:
    inside = members(memberships, "greater-south-east")
    outside = members(memberships, "outside-greater-south-east")
    assert set(inside) == {"E12000006", "E12000007", "E12000008"}
    assert set(inside) | set(outside) == set(itl1_codes().values()) - {"E92000001"}
    assert not set(inside) & set(outside)


def test_core_cities(memberships: pd.DataFrame) -> None:
    english = set(members(memberships, "core-cities-england"))
    assert len(english) == 8
    assert {"E08000025", "E08000039"} <= english
    assert set(members(memberships, "core-cities-uk")) - english == {
        "W06000015",
        "S12000049",
        "N09000003",
    }


def test_a_place_with_a_new_code_is_a_member_once(
    areas: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    recoded = set(areas[areas["recoded_to"].notna()]["code"])
    assert not recoded & set(memberships["code"])
    assert members(memberships, "combined-authority-e47000002") == [
        "E08000017",
        "E08000018",
        "E08000038",
        "E08000039",
    ]


def test_every_current_lower_tier_authority_has_twenty_neighbours_in_order(
    areas: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    lower = areas[areas["lower_tier"] & areas["end_on"].isna()]
    neighbours = memberships[memberships["group_id"].str.startswith("neighbours-")]
    assert set(neighbours["group_id"]) == {f"neighbours-{code.lower()}" for code in lower["code"]}
    assert set(neighbours["code"]) <= set(lower["code"])
    for group, rows in neighbours.groupby("group_id"):
        assert rows["position"].tolist() == list(range(1, 21)), group
        assert group.removeprefix("neighbours-").upper() not in set(rows["code"])
    assert members(memberships, "neighbours-e08000025")[:3] == [
        "E08000032",
        "E06000016",
        "E08000031",
    ]


def test_the_clusters_hold_every_authority_but_three(
    areas: pd.DataFrame, memberships: pd.DataFrame
) -> None:
    lower = set(areas[areas["lower_tier"] & areas["end_on"].isna()]["code"])
    clustered = memberships[memberships["group_id"].str.startswith("ons-cluster-")]["code"]
    assert clustered.is_unique
    # Isles of Scilly, City of London, Orkney Islands.
    assert lower - set(clustered) == {"E06000053", "E09000001", "S12000023"}


def test_the_lower_tier_of_a_combined_authority_covers_its_counties(
    memberships: pd.DataFrame,
) -> None:
    lower = memberships[memberships["group_id"] == "combined-authority-e47000008-lower-tier"]
    assert lower.set_index("code")["role"].value_counts().to_dict() == {
        "district of a member county": 5,
        "constituent": 1,
    }
