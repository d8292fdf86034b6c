"""Names that belong to another area than the code they stand beside."""

from __future__ import annotations

import pytest

from ingest.sources.area_names import is_of_another


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E08000025", "Birmingham"),
        # A met county, a region and a combined authority have one name.
        ("E11000005", "West Midlands (Met County)"),
        ("E47000007", "West Midlands"),
        # A name of its own making, of a code or a name that the register does not have.
        ("E08000025", "Brum"),
        ("E08999999", "Birmingham"),
        # The code was another before; a police force is called so.
        ("E08000038", "Barnsley"),
        ("E06000047", "Durham"),
    ],
)
def test_a_name_that_tells_nothing_against_its_code(code: str, name: str) -> None:
    assert not is_of_another(code, name)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E08000025", "Coventry"),
        ("E12000005", "East Midlands"),
        ("TLC14", "Sunderland"),
        ("E07000218", "Warwickshire"),
        ("E08000025", "Durham"),
    ],
)
def test_a_name_of_another_area(code: str, name: str) -> None:
    assert is_of_another(code, name)
