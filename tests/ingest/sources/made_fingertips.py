"""A small file as Fingertips writes them, its declaration, and readings of either changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import TypeAdapter

from ingest.faults import Refused
from ingest.sources.fingertips import FingertipsFigures, read_fingertips
from ingest.sources.fingertips_declaration import FingertipsIndicator
from ingest.tidy import TidyFigures

NAME = "Falls among older people"


def one_series(sex: str, age: str, **more: object) -> dict[str, object]:
    words = {"label": f"{sex} {age}", "measure": "Rate", "unit": "per 10,000"}
    return {**words, "sex": sex, "age": age, **more}


DECLARED: dict[str, Any] = {
    "id": "falls",
    "indicator": "12345",
    "name": NAME,
    "periods": "financial_year",
    "area_types": ["England", "Counties & UAs (from Apr 2023)"],
    "series": [one_series("Persons", "65+ yrs")],
    "left_out": [["Male", "65+ yrs"]],
    "leave_out_subgroups": True,
    "notes": {"Value suppressed for disclosure control due to small count": "c"},
    "count_per": 10_000,
}
HEADER = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,"
    "Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,"
    "Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,"
    "Compared to England value or percentiles,Compared to percentiles,Time period Sortable,"
    "New data,Compared to goal,Time period range"
)
NUMBERS = ("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator")
ENGLAND, UPPER = "E92000001,England,England", "Counties & UAs (from Apr 2023)"
BIRMINGHAM, COVENTRY = f"E08000025,Birmingham,{UPPER}", f"E08000026,Coventry,{UPPER}"
DUDLEY, WALSALL = f"E08000027,Dudley,{UPPER}", f"E08000030,Walsall,{UPPER}"
SUPPRESSED = "Value suppressed for disclosure control due to small count"
TREND = "No significant change"


def line(area: str, figures: str, parent: str = "E92000001,England", sex: str = "Persons",
         category: str = ",", note: str = "", trend: str = "", year: int = 2022,
         compared: str = "Similar") -> str:  # fmt: skip
    return (
        f"12345,{NAME},{parent},{area},{sex},65+ yrs,{category},{year}/{(year + 1) % 100},"
        f"{figures},{note},{trend},{compared},Not compared,{year}0000,,,1y"
    )


BODY = (
    line(ENGLAND, "25.5,25,26,24.5,26.5,25500,10000000", ",", compared="Not compared"),
    line(BIRMINGHAM, "12.5,11,14,10,15,125,100000", trend=TREND),
    line(COVENTRY, ",-1,-1,-1,-1,,"),
    line(DUDLEY, ",,,,,,", note=SUPPRESSED),
    line(WALSALL, ",,,,,,", note="Not presented: records were lost"),
    line(BIRMINGHAM, "99,,,,,,", sex="Male"),
    line(BIRMINGHAM, "40,,,,,,", category="Ethnic groups,White"),
    line(ENGLAND, "25.5,25,26,24.5,26.5,25500,10000000"),
    line(BIRMINGHAM, "13.12,11.5,14.8,,,131.2,100000", year=2023, note="Treat with caution"),
)


def file_of(lines: tuple[str, ...] = BODY) -> bytes:
    return ("\n".join([HEADER, *lines]) + "\n").encode()


def indicator(**changes: object) -> FingertipsIndicator:
    return TypeAdapter(FingertipsIndicator).validate_python(DECLARED | changes)


def read(content: bytes, **changes: object) -> FingertipsFigures:
    return read_fingertips(content, indicator(**changes), "falls.csv")


def refusal(content: bytes, **changes: object) -> str:
    with pytest.raises(Refused) as refused:
        read(content, **changes)
    assert all(fault.expected and fault.remedy for fault in refused.value.faults)
    return str(refused.value)


def reading_of(content: bytes, **changes: object) -> Callable[[], TidyFigures]:
    return lambda: read(content, **changes).figures
