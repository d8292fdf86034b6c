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
        # As the publishers write them.
        ("E06000023", "Bristol"),
        ("E06000023", "Bristol, City of UA"),
        ("E06000019", "Herefordshire County of"),
        ("E06000022", "Bath & North East Somerset"),
        ("E06000053", "Isles of Scilly5"),
        ("E08000013", "St Helens"),
        ("E12000003", "YORKSHIRE AND THE HUMBER"),
        ("E12000005", "West Midlands region (statistical)"),
        ("E12000006", "East"),
        ("E12000008", "South East England"),
        ("E10000003", "Cambridgeshire CC"),
        ("E23000034", "City of London"),
        ("E23000014", "West Midlands Police and Crime Commissioner and Chief Constable"),
        ("E47000004", "Liverpool City Region"),
        ("E47000007", "West Midlands Combined Authority"),
        ("TLD7", "Merseyside"),
        ("TLG31", "Birmingham UA"),
        ("W06000015", "Cardiff / Caerdydd"),
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
        # As the publishers write them.
        ("E06000019", "Bristol"),
        ("E06000019", "Bristol, City of UA"),
        ("E06000022", "Redcar & Cleveland"),
        ("E08000025", "COVENTRY"),
        ("E12000001", "West Midlands region (statistical)"),
        ("E12000009", "South East England"),
        ("E12000007", "City of London"),
        ("E09000001", "London"),
        ("E92000001", "East"),
        # Of several areas of one name each says which it is.
        ("E12000005", "West Midlands Combined Authority"),
        ("E47000007", "West Midlands region (statistical)"),
        ("E47000007", "West Midlands (Met County)"),
        ("E12000005", "West Midlands Police"),
    ],
)
def test_a_name_of_another_area(code: str, name: str) -> None:
    assert is_of_another(code, name)
