"""What a code stands for, by the code alone."""

from __future__ import annotations

import pytest

from data.areas import AREA_TYPES, CONSTITUENT, TYPE_OF_PREFIX, area_type


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("E08000025", "metropolitan district"),
        ("E06000051", "unitary authority"),
        ("E07000192", "non-metropolitan district"),
        ("E10000031", "county"),
        ("E47000007", "combined authority"),
        ("E12000005", "region"),
        ("E11000005", "metropolitan county"),
        ("E23000014", "police force area"),
        ("W11000023", "health board"),
        ("W42000001", "city region"),
        ("K02000001", "country"),
        ("K99000002", "residual"),
        ("TLG", "ITL 1"),
        ("TLG3", "ITL 2"),
        ("TLG31", "ITL 3"),
    ],
)
def test_the_code_says_what_kind_of_area_it_is(code: str, expected: str) -> None:
    assert area_type(code) == expected


@pytest.mark.parametrize("text", ["na", "", "E08", "E0800002", "X99000001", "TLG311", "TL"])
def test_what_is_no_known_code_has_no_kind(text: str) -> None:
    assert area_type(text) is None


def test_every_kind_that_a_prefix_stands_for_is_a_declared_kind() -> None:
    assert set(TYPE_OF_PREFIX.values()) <= set(AREA_TYPES)


def test_the_seven_constituent_boroughs_are_metropolitan_districts() -> None:
    assert len(CONSTITUENT) == 7
    assert {area_type(code) for code in CONSTITUENT} == {"metropolitan district"}
