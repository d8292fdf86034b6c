"""A small workbook as Nomis writes them, its declaration, and readings of either changed."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter

from ingest.faults import Refused
from ingest.sources.nomis_workbook import read_nomis_workbook
from ingest.sources.nomis_workbook_declaration import NomisWorkbook
from ingest.tidy import TidyFigures
from tests.ingest.sources.made_workbooks import xlsx

Grid = list[list[Any]]
ALL = "T01:22 (Aged 16-64 - All : All People )"
AT_WORK = "T01:28 (Aged 16-64 - In employment : All People )"
DECLARED: dict[str, Any] = {
    "id": "people-at-work",
    "title": "annual population survey",
    "parts": ["number", "Flags", "conf"],
    "periods": "twelve_months",
    "series": [{"label": "At work", "measure": "People", "unit": "people", "heading": AT_WORK}],
    "left_out": [ALL],
    "levels": {"ladu": "district", "gor": "region"},
    "left_out_levels": ["country"],
}
CODES = {
    "district": {
        "Birmingham": ("E08000025",),
        "Coventry": ("E08000026",),
        "Rutland": ("E06000017",),
        "City of London": ("E09000001",),
        "Barnsley": ("E08000016", "E08000038"),
    },
    "region": {"West Midlands": ("E12000005",), "East Midlands": ("E12000004",)},
}
LEGEND = {
    "!": "Estimate and confidence interval not available since the group sample size is zero or "
    "disclosive (0-2).",
    "*": "Estimate and confidence interval unreliable since the group sample size is small (3-9).",
    "~": "Estimate is less than 500.",
    "-": "These figures are missing.",
}
AREAS: Grid = [
    ["country:England", 100, "", 1, 75, "", 1],
    ["ladu:Birmingham", 729000, "", 37500, 475900, "", 30300],
    ["ladu:Coventry", 241900, "", 15300, 173100.5, "", "*"],
    ["ladu:Rutland", 20300, "", 2400, "~", "", "*"],
    ["ladu:City of London", 7500, "", "*", "!", "", "!"],
    ["gor:East Midlands", "-", "", "-", "-", "", "-"],
]


def block(date: str, areas: Grid) -> Grid:
    return [
        ["annual population survey"],
        ["ONS Crown Copyright Reserved [from Nomis on 24 April 2023]"],
        [],
        ["date", date],
        ["confidence", "95% confidence interval (+/-)"],
        [],
        ["Area", ALL, "", "", AT_WORK],
        ["", *["number", "Flags", "conf"] * 2],
        *(list(row) for row in areas),
        [],
        *([f"{symbol} {sentence}"] for symbol, sentence in LEGEND.items()),
        ["Rates remain robust; levels should be used with caution."],
        [],
        [],
    ]


def two_years() -> Grid:
    later = [[row[0], *(n + 1 if isinstance(n, int) else n for n in row[1:])] for row in AREAS]
    return [*block("Jan 2018-Dec 2018", AREAS), *block("Jan 2019-Dec 2019", later)]


def declaration(**changes: object) -> NomisWorkbook:
    return TypeAdapter(NomisWorkbook).validate_python(DECLARED | changes)


def read(grid: Grid, **changes: object) -> TidyFigures:
    return read_nomis_workbook(xlsx({"Data": grid}), declaration(**changes), CODES, "aps.xlsx")


def refusal(grid: Grid, **changes: object) -> str:
    with pytest.raises(Refused) as refused:
        read(grid, **changes)
    assert all(fault.expected and fault.remedy for fault in refused.value.faults)
    return str(refused.value)
