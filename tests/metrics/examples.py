"""A small metric that the tests of sentences share."""

from typing import Any

from metrics.definition import Metric


def life_metric(**more: Any) -> Metric:
    """Healthy life expectancy for men and women, in years, with intervals."""
    declared: dict[str, Any] = {
        "id": "healthy-life-expectancy",
        "mission": 7,
        "title": "Healthy life expectancy",
        "short_title": "Healthy life expectancy",
        "said_as": "healthy life expectancy",
        "description": "Years lived in good health.",
        "role": "headline",
        "role_verified": False,
        "figures": "held",
        "publication": "continuing",
        "unit": {"label": "years", "suffix": " years", "difference": "years", "decimals": 1},
        "polarity": "higher_is_better",
        "money": "none",
        "proportion": True,
        "evidence": "intervals",
        "rounding": 0.1,
        "plausible": {"lowest": 30, "highest": 90},
        "coverage": {
            "countries": ["England"],
            "area_types": ["country", "metropolitan district", "county"],
            "period": "three_calendar_years",
            "first_period": "2011-01-01/P3Y",
            "boroughs": True,
            "combined_authority": True,
        },
        "source": {
            "adapter": "els",
            "dataset": "healthy-life-expectancy",
            "unit": "Years",
            "producer": "Office for National Statistics",
            "landing_page": "https://example.org/life",
            "licence": "Open Government Licence v3.0",
            "accreditation": "not stated",
        },
        "series": [
            {"label": "Male", "breakdown": "sex=male", "title": "Men"},
            {"label": "Female", "breakdown": "sex=female", "title": "Women"},
        ],
        "aggregation": {"rule": "published_only", "reason": "It cannot be averaged."},
        "reproduces": {"none_because": "An example."},
    }
    return Metric.model_validate({**declared, **more})
