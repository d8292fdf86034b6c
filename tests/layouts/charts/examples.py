"""Small sets of figures and a small metric that the chart tests share."""

from typing import Any

from data.periods import TimePeriod
from data.series_reads import FigureRow
from metrics.definition import Metric

Given = tuple[str, TimePeriod, float | None, float | None, float | None, str, str]


def figure_rows(*rows: Given, recoded_to: str | None = None) -> list[FigureRow]:
    """Figures as `data.series_reads.read_figures` gives them."""
    return [
        FigureRow(code, recoded_to, period.start, period.end, *figure)
        for code, period, *figure in rows
    ]


def school_metric(**more: Any) -> Metric:
    """A metric by school year, in per cent, for counties and unitary authorities of England."""
    declared: dict[str, Any] = {
        "id": "expected-standard",
        "mission": 5,
        "title": "Pupils who reach the expected standard",
        "short_title": "Expected standard",
        "said_as": "the share of pupils at the expected standard",
        "description": "A share of pupils.",
        "role": "headline",
        "role_verified": False,
        "figures": "held",
        "publication": "continuing",
        "unit": {
            "label": "% of pupils",
            "suffix": "%",
            "difference": "percentage points",
            "decimals": 0,
        },
        "polarity": "higher_is_better",
        "money": "none",
        "proportion": True,
        "evidence": "full_enumeration",
        "rounding": 1.0,
        "plausible": {"lowest": 0, "highest": 100},
        "coverage": {
            "countries": ["England"],
            "area_types": [
                "country",
                "region",
                "county",
                "unitary authority",
                "metropolitan district",
                "London borough",
            ],
            "period": "school_year",
            "first_period": "2018-09-01/P1Y",
            "boroughs": True,
            "combined_authority": True,
        },
        "source": {
            "adapter": "els",
            "dataset": "pupils",
            "unit": "%",
            "producer": "Department for Education",
            "landing_page": "https://example.org/pupils",
            "licence": "Open Government Licence v3.0",
            "accreditation": "not stated",
        },
        "series": [{"label": "Pupils"}],
        "aggregation": {"rule": "published_only", "reason": "Counts are not held."},
        "reproduces": {"none_because": "An example."},
    }
    return Metric.model_validate({**declared, **more})
