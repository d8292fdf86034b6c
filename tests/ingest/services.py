"""Tables of services as an analyst would declare them, with small answers written by hand."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from tests.ingest.sources.made_fingertips import BIRMINGHAM, ENGLAND, file_of, line

HEAD = """
reader = "{reader}"
title = "Gardens"
producer = "Office for Gardens"
licence = "OGL v3.0"
landing_page = "https://example.org/gardens"
cadence = {{ every_months = 12, month = 11 }}
load_replaces = "whole"
file = "{file}"
"""
SERIES = 'label = "Gardens"\nmeasure = "Share of homes"\nunit = "%"\n'
NOMIS = (
    HEAD.format(reader="nomis", file="gardens.csv")
    + """
[nomis]
dataset = "NM_17_5"
geography = ["TYPE424", "E47000007"]
dates = ["latestMINUS4-latest"]
value = "20599"
date_column = "DATE_NAME"
periods = "twelve_months"
[[nomis.series]]
where = { VARIABLE = "45" }
"""
    + SERIES
)
FINGERTIPS = (
    HEAD.format(reader="fingertips", file="gardens.csv")
    + """
[fingertips]
indicator = "12345"
name = "Falls among older people"
periods = "financial_year"
area_types = ["England", "Counties & UAs (from Apr 2023)"]
leave_out_subgroups = true
count_per = 10000
child_area_type = 502
[[fingertips.series]]
sex = "Persons"
age = "65+ yrs"
"""
    + SERIES
)
EDUCATION = (
    HEAD.format(reader="education_statistics", file="gardens.csv")
    + """
[education_statistics]
url = "https://content.explore-education-statistics.service.gov.uk/gardens.csv"
levels = ["National", "Local authority"]
[education_statistics.filters]
sex = ["Total", "Girls"]
[education_statistics.periods]
"Academic year" = "09-01/P1Y"
[[education_statistics.series]]
indicator = "share"
where = { sex = "Total" }
"""
    + SERIES
)
QUERY = (
    HEAD.format(reader="education_statistics_api", file="gardens.json")
    + """
[education_statistics_api]
data_set_id = "019afee5"
levels = ["NAT", "LA"]
periods = { AY = "09-01/P1Y" }
[[education_statistics_api.series]]
indicator = "Share"
where = { Sex = "Total" }
"""
    + SERIES
)
CMD = (
    HEAD.format(reader="ons_cmd", file="gardens.csv")
    + """
[ons_cmd]
table = "gardens-by-local-authority"
time = "calendar-years"
period = ["([0-9]{4})", '\\1-01-01/P1Y']
lower = "Lower CI"
upper = "Upper CI"
[ons_cmd.dimensions]
sex = ["all"]
[[ons_cmd.series]]
where = { sex = "all" }
"""
    + SERIES
)
WORKBOOK = (
    HEAD.format(reader="nomis_workbook", file="gardens.xlsx")
    + """
[nomis_workbook]
title = "annual population survey"
parts = ["number", "Flags", "conf"]
periods = "twelve_months"
left_out = ["T01:22 (Aged 16-64 - All : All People )"]
left_out_levels = ["country", "gor"]
levels = { ladu = "district" }
areas_on = 2022-12-31
[[nomis_workbook.series]]
heading = "T01:28 (Aged 16-64 - In employment : All People )"
"""
    + SERIES
)
NOMIS_HEADER = (
    "DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,VARIABLE,MEASURES,OBS_VALUE,OBS_STATUS,"
    "OBS_STATUS_NAME,RECORD_OFFSET,RECORD_COUNT"
)
NOMIS_ROWS = (
    "Jul 2021-Jun 2022,1811939460,Birmingham,E08000025,45,20599,67.3,A,Normal Value",
    "Jul 2022-Jun 2023,1811939460,Birmingham,E08000025,45,20599,68.4,A,Normal Value",
    "Jul 2022-Jun 2023,2092957699,West Midlands,E47000007,45,20599,70.1,A,Normal Value",
)
FINGERTIPS_CSV = file_of(
    (
        line(ENGLAND, "25.5,25,26,24.5,26.5,25500,10000000", ",", compared="Not compared"),
        line(BIRMINGHAM, "12.5,11,14,10,15,125,100000"),
    )
)
EDUCATION_CSV = b"""\
time_period,time_identifier,geographic_level,country_code,country_name,new_la_code,la_name,sex,share
202425,Academic year,National,E92000001,England,,,Total,62.5
202425,Academic year,Local authority,E92000001,England,E08000025,Birmingham,Total,58.5
202425,Academic year,Local authority,E92000001,England,E08000025,Birmingham,Girls,c
"""
CMD_CSV = b"""\
v4_2,Lower CI,Upper CI,calendar-years,Time,administrative-geography,Geography,sex,Sex
79.1,78.4,79.9,2023,2023,E08000025,Birmingham,all,All
"""
CMD_TABLE = "gardens-by-local-authority"
CMD_ABOUT_URL = f"https://api.beta.ons.gov.uk/v1/datasets/{CMD_TABLE}"
CMD_FILE_URL = (
    f"https://download.ons.gov.uk/downloads/datasets/{CMD_TABLE}/editions/time-series/versions/"
    "{version}.csv"
)
ADMISSIONS = (
    "Hospital admissions caused by unintentional and deliberate injuries in children "
    "(aged 0 to 14 years)"
)
META: dict[str, Any] = {
    "filters": [{"id": "f1", "label": "Sex", "options": [{"id": "o1", "label": "Total"}]}],
    "indicators": [{"id": "i1", "label": "Share"}],
    "locations": [
        {
            "level": {"code": "LA", "label": "Local authority"},
            "options": [{"id": "l1", "label": "Birmingham", "code": "E08000025"}],
        }
    ],
}


def left_out(page: Path) -> str:
    """A declaration that leaves out every age of a page but all of them together."""
    with page.open(encoding="utf-8", newline="") as lines:
        ages = sorted({row["C_AGE"] for row in csv.DictReader(lines)} - {"200"})
    return f"[nomis.left_out]\nC_AGE = {json.dumps(ages)}"


def cmd_about(version: int) -> dict[str, Any]:
    """What the service says of a table whose newest version this is."""
    newest = f"{CMD_ABOUT_URL}/editions/time-series/versions/{version}"
    return {"id": CMD_TABLE, "links": {"latest_version": {"href": newest, "id": str(version)}}}


def nomis_page(first: int, last: int) -> bytes:
    """Some of the rows, as the service numbers them."""
    rows = [
        f"{row},{first + place},{len(NOMIS_ROWS)}"
        for place, row in enumerate(NOMIS_ROWS[first:last])
    ]
    return ("\n".join([NOMIS_HEADER, *rows]) + "\n").encode()


def answer_page(number: int, of: int, period: str, value: str) -> bytes:
    """A page of the query service with one figure."""
    result = {
        "timePeriod": {"code": "AY", "period": period},
        "geographicLevel": "LA",
        "locations": {"LA": "l1"},
        "filters": {"f1": "o1"},
        "values": {"i1": value},
    }
    paging = {"page": number, "pageSize": 1, "totalResults": of, "totalPages": of}
    return json.dumps({"paging": paging, "results": [result]}).encode()
