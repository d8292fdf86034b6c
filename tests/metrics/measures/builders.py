"""Small hand-made metrics and frames for the tests of the measures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from metrics.definition import Metric
from metrics.measures.evidence import Series
from metrics.mission import Clause

COLUMNS = [
    "ref_area",
    "area_name",
    "area_type",
    "lower_tier",
    "upper_tier",
    "region_code",
    "country_code",
    "recoded_to",
    "end_on",
    "period_start",
    "period_end",
    "value",
    "lower_95",
    "upper_95",
    "status",
    "note",
]


def make_metric(**changes: Any) -> Metric:
    """A metric with everything declared; keywords replace single keys."""
    declared: dict[str, Any] = {
        "id": "example-share",
        "mission": 1,
        "title": "Example share",
        "short_title": "Example share",
        "said_as": "the example share",
        "description": "A share made up for a test.",
        "role": "headline",
        "role_verified": True,
        "figures": "held",
        "publication": "continuing",
        "unit": {
            "label": "% of people",
            "suffix": "%",
            "difference": "percentage points",
            "decimals": 1,
        },
        "polarity": "higher_is_better",
        "money": "none",
        "proportion": True,
        "evidence": "intervals",
        "rounding": 0.1,
        "plausible": {"lowest": 0, "highest": 100},
        "coverage": {
            "countries": ["United Kingdom"],
            "area_types": ["metropolitan district", "country"],
            "period": "calendar_year",
            "first_period": "2019",
            "boroughs": False,
            "combined_authority": False,
            "united_kingdom": "K02000001",
        },
        "source": {
            "adapter": "els",
            "dataset": "example",
            "unit": "%",
            "producer": "Example producer",
            "landing_page": "https://example.org/",
            "licence": "Open Government Licence v3.0",
            "accreditation": "not stated",
        },
        "series": [{"label": "Example share"}],
        "aggregation": {"rule": "published_only", "reason": "Made up."},
        "reproduces": {"none_because": "Made up for a test."},
    }
    return Metric.model_validate({**declared, **changes})


def make_clause(kind: str, **changes: Any) -> Clause:
    """A clause of a kind; keywords replace single keys."""
    declared: dict[str, Any] = {
        "id": "1.example",
        "words": "something rises",
        "title": "Something rises",
        "kind": kind,
        "scope": "lower_tier",
        "deadline": date(2030, 12, 31),
        "baseline": "both",
        "reading": "As read in a test.",
    }
    return Clause.model_validate({**declared, **changes})


def year(number: int) -> tuple[date, date]:
    """A calendar year as a pair of days."""
    return date(number, 1, 1), date(number, 12, 31)


def row(
    code: str,
    period: int | tuple[date, date],
    value: float | None,
    half_width: float | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """One figure; `half_width` is half its 95% interval."""
    start, end = year(period) if isinstance(period, int) else period
    made = {
        "ref_area": code,
        "area_name": f"Area {code}",
        "area_type": "metropolitan district" if code.startswith("E08") else "country",
        "lower_tier": code[:3] in ("E06", "E07", "E08", "E09"),
        "upper_tier": code[:3] in ("E06", "E08", "E09", "E10"),
        "region_code": "E12000005" if code.startswith("E08") else None,
        "country_code": "E92000001" if code.startswith("E") else None,
        "recoded_to": None,
        "end_on": None,
        "period_start": start,
        "period_end": end,
        "value": float("nan") if value is None else value,
        "lower_95": float("nan") if half_width is None or value is None else value - half_width,
        "upper_95": float("nan") if half_width is None or value is None else value + half_width,
        "status": "x" if value is None else "",
        "note": "The publisher gave no reason." if value is None else "",
    }
    return {**made, **changes}


def frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as the store would give them."""
    return pd.DataFrame(rows, columns=COLUMNS)


def make_series(
    rows: list[dict[str, Any]],
    successors: dict[str, tuple[str, ...]] | None = None,
    **changes: Any,
) -> Series:
    """A series of rows; keys of its metric by keyword."""
    return Series.of(make_metric(**changes), "", frame(rows), successors or {})
