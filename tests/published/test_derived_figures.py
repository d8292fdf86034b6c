"""Derived figures of groups beside the publishers' own, on the figures that are shipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from data.areas import COMBINED_AUTHORITY
from data.reads import read_measures
from metrics.measures.group_results import DerivedGroup

# Every metric of which both a derived and a published figure of a combined authority exist.
COMPARED = {
    "culture-engagement",
    "greenhouse-gas-emissions",
    "household-income-per-head",
    "museums",
    "no-qualifications",
    "sports-facilities",
}
# Every metric of which the combined authority has a derived figure and no published one.
STANDING_IN = {"fuel-poverty", "population", "travel-time-to-employment"}


@pytest.fixture(scope="module")
def connection(built_store: Engine) -> Iterator[Connection]:
    with built_store.connect() as opened:
        yield opened


@pytest.fixture(scope="module")
def groups(connection: Connection) -> list[DerivedGroup]:
    stored = read_measures(connection, "derived")
    return [DerivedGroup.model_validate_json(text) for text in stored.values()]


def test_every_derived_figure_is_within_its_tolerance_of_the_published_one(
    groups: list[DerivedGroup],
) -> None:
    compared = [one for one in groups if one.differences]
    assert {one.metric for one in compared} == COMPARED
    assert {one.metric for one in compared if one.code == COMBINED_AUTHORITY} == COMPARED
    outside = [
        (one.metric, one.breakdown, one.title, max(map(abs, one.differences)), one.tolerance)
        for one in compared
        if one.tolerance is None or max(map(abs, one.differences)) > one.tolerance
    ]
    assert outside == []


def test_what_stands_in_for_a_figure_of_the_combined_authority(groups: list[DerivedGroup]) -> None:
    own = [one for one in groups if one.code == COMBINED_AUTHORITY]
    assert {one.metric for one in own if one.standing_in} == STANDING_IN
    assert all(one.how or one.refused for one in own)


def test_the_people_of_the_combined_authority_are_those_of_its_boroughs(
    groups: list[DerivedGroup],
) -> None:
    (people,) = (
        one
        for one in groups
        if one.code == COMBINED_AUTHORITY and (one.metric, one.breakdown) == ("population", "")
    )
    assert len(people.members) == 7
    assert people.figures[-1].value == 2_980_936


def test_the_non_constituent_authorities_are_never_added_up(groups: list[DerivedGroup]) -> None:
    own = [one for one in groups if one.group == "wmca-non-constituent"]
    assert own
    assert {one.refused for one in own} == {
        "Not derived: North Warwickshire, Nuneaton and Bedworth, Rugby and Stratford-on-Avon lie "
        "within Warwickshire, and would count twice."
    }


def test_a_county_is_made_up_of_its_districts_where_only_they_have_counts(
    groups: list[DerivedGroup],
) -> None:
    (east_midlands,) = (
        one for one in groups if one.metric == "fuel-poverty" and one.code == "E47000013"
    )
    assert len(east_midlands.members) == 17
    assert east_midlands.standing_in
