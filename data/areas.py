"""What kinds of area there are, and which code stands for what. Joins are on codes only.

"West Midlands" alone is five different areas (region, combined authority, metropolitan county,
police force area and ITL 2), so no name is ever matched.
"""

from __future__ import annotations

from typing import Literal, get_args

AreaType = Literal[
    "country",
    "region",
    "combined authority",
    "county",
    "unitary authority",
    "metropolitan district",
    "London borough",
    "non-metropolitan district",
    "Welsh authority",
    "Scottish council area",
    "Northern Irish district",
    "metropolitan county",
    "Inner or Outer London",
    "police force area",
    "health board",
    "city region",
    "combined statistical authority",
    "devolved adult skills area",
    "ITL 1",
    "ITL 2",
    "ITL 3",
    # What no other area holds: "UK less extra-regio", "outside of England and unknown".
    "residual",
]
AREA_TYPES: tuple[str, ...] = get_args(AreaType)

# What the first three characters of a GSS code stand for (ONS Register of Geographic Codes).
TYPE_OF_PREFIX: dict[str, AreaType] = {
    "K02": "country",
    "K03": "country",
    "K04": "country",
    "K99": "residual",
    "E92": "country",
    "W92": "country",
    "S92": "country",
    "N92": "country",
    "E12": "region",
    "E47": "combined authority",
    "E61": "devolved adult skills area",
    "E10": "county",
    "E06": "unitary authority",
    "E08": "metropolitan district",
    "E09": "London borough",
    "E07": "non-metropolitan district",
    "W06": "Welsh authority",
    "S12": "Scottish council area",
    "N09": "Northern Irish district",
    "E11": "metropolitan county",
    "E13": "Inner or Outer London",
    "E23": "police force area",
    "W15": "police force area",
    "W11": "health board",
    "W42": "city region",
    "N34": "city region",
    "E67": "combined statistical authority",
}
LOWER_TIER_PREFIXES = ("E06", "E07", "E08", "E09", "W06", "S12", "N09")
UPPER_TIER_PREFIXES = ("E06", "E08", "E09", "E10", "W06", "S12", "N09")

COMBINED_AUTHORITY = "E47000007"
REGION = "E12000005"
ENGLAND = "E92000001"
UNITED_KINGDOM = "K02000001"
CONSTITUENT = (
    "E08000025",
    "E08000026",
    "E08000027",
    "E08000028",
    "E08000029",
    "E08000030",
    "E08000031",
)
POLICE_FORCE = "E23000014"
# Areas of exactly the same places: West Midlands Police serves the seven boroughs and no others.
SAME_EXTENT = {COMBINED_AUTHORITY: POLICE_FORCE}


def area_type(code: str) -> AreaType | None:
    """The kind of area that a code stands for, or None for a code of no known kind."""
    if code.startswith("TL"):
        return {3: "ITL 1", 4: "ITL 2", 5: "ITL 3"}.get(len(code))  # type: ignore[return-value]
    return TYPE_OF_PREFIX.get(code[:3]) if len(code) == 9 else None
