"""Worked examples that others have published, where they define the same thing as the rules here.

The numbers are those of the publications; none of their code is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from data.periods import TimePeriod
from metrics.measures.change import Measured
from metrics.measures.decomposition import split_theil
from metrics.measures.method_strip import (
    GrowthRatio,
    Progress,
    Recent,
    growth_ratio,
    recent_trend,
)
from metrics.measures.trend import Point

# Fingertips (Department of Health and Social Care): "Fingertips trend markers", Public Health
# Technical Guidance, and the cases by which the service tests its calculator (its open source,
# TrendMarkerCalculatorTest). Value, lower and upper limit, oldest first.
MADE_UP_RISE = [
    (24.67, 23.16, 26.25),
    (24.6, 23.15, 26.19),
    (28.0, 26.44, 29.64),
    (30.2, 28.63, 31.9),
    (30.6, 28.98, 32.25),
]
MADE_UP_WAVERING = [
    (20.5506, 18.1803, 23.1427),
    (19.5952, 17.3444, 22.0602),
    (19.0349, 16.8421, 21.4394),
    (21.3966, 19.0918, 23.8975),
    (18.4372, 16.2925, 20.7941),
]
# Indicator 41203, preventable sight loss from diabetic eye disease, England, 2020 to 2024.
EYE_DISEASE = [
    (2.935, 2.7841, 3.0919),
    (1.93028, 1.8085, 2.058),
    (2.7567, 2.6113, 2.9082),
    (2.8701, 2.7225, 3.0237),
    (3.0121, 2.8616, 3.1683),
]


def points(rows: Sequence[tuple[float, float, float]]) -> list[Point]:
    """Consecutive calendar years to 2024, oldest first."""
    first = 2025 - len(rows)
    return [
        Point(
            TimePeriod(date(first + index, 1, 1), date(first + index, 12, 31)),
            Measured(value, lower, upper),
        )
        for index, (value, lower, upper) in enumerate(rows)
    ]


def test_recent_trend_gives_the_statistic_that_fingertips_tests_for() -> None:
    found = recent_trend(points(MADE_UP_RISE), proportion=False)
    assert found.outcome is Recent.UP
    # Fingertips counts years as whole numbers; here they are midpoints, a few hours apart.
    assert found.statistic == pytest.approx(46.77, abs=0.05)


def test_recent_trend_finds_none_where_fingertips_finds_none() -> None:
    assert recent_trend(points(MADE_UP_WAVERING), proportion=False).outcome is Recent.NONE


def test_recent_trend_of_a_published_rate_is_that_of_fingertips() -> None:
    assert recent_trend(points(EYE_DISEASE), proportion=False).outcome is Recent.UP


def test_recent_trend_of_proportions_without_counts_is_not_applied() -> None:
    found = recent_trend(points(MADE_UP_RISE), proportion=True)
    assert found.outcome is Recent.NOT_APPLICABLE
    assert "counts" in found.why


# Proportions from the same cases (indicators 20301, 1172 and 10101): counts and denominators.
OBESE_PUPILS = [(621, 3454), (599, 3195), (556, 3256), (535, 3227), (447, 3121)]
SLOW_RISE = [(8116, 91530), (8145, 91773), (8222, 92088), (8506, 92238), (8728, 92665.89)]
POOR_CHILDREN_STEADY = [(5405, 18095), (5500, 18170), (5435, 18005), (5480, 17890), (5315, 17860)]
POOR_CHILDREN_FALL = [
    (22435, 65880),
    (22445, 67900),
    (21365, 68705),
    (20955, 69835),
    (19055, 70910),
]


def counted(rows: Sequence[tuple[float, float]]) -> list[Point]:
    """Shares in per cent with the number that each is a share of."""
    plain = points([(100 * part / whole, 0.0, 0.0) for part, whole in rows])
    return [
        Point(one.period, Measured(one.figure.value, of=whole))
        for one, (_, whole) in zip(plain, rows, strict=True)
    ]


@pytest.mark.parametrize(
    ("rows", "outcome"),
    [
        (OBESE_PUPILS, Recent.DOWN),
        (SLOW_RISE, Recent.UP),
        (POOR_CHILDREN_STEADY, Recent.NONE),
        (POOR_CHILDREN_FALL, Recent.DOWN),
    ],
)
def test_recent_trend_of_proportions_with_counts_is_that_of_fingertips(
    rows: Sequence[tuple[float, float]], outcome: Recent
) -> None:
    found = recent_trend(counted(rows), proportion=True)
    assert found.outcome is outcome
    # The statistic as the technical guidance writes it, in counts and years as whole numbers.
    parts, wholes = (np.array(column, dtype="float64") for column in zip(*rows, strict=True))
    years = np.arange(1.0, 6.0)
    part, whole = parts.sum(), wholes.sum()
    weighted = (wholes * years).sum()
    top = whole * (whole * (parts * years).sum() - part * weighted) ** 2
    bottom = part * (whole - part) * (whole * (wholes * years**2).sum() - weighted**2)
    assert found.statistic == pytest.approx(top / bottom, rel=2e-3, abs=1e-3)


def test_recent_trend_of_proportions_of_which_one_has_no_count_is_not_applied() -> None:
    rows = counted(OBESE_PUPILS)
    rows[2] = Point(rows[2].period, Measured(rows[2].figure.value, 16.0, 18.0))
    found = recent_trend(rows, proportion=True)
    assert found.outcome is Recent.NOT_APPLICABLE
    assert "a point has none" in found.why


def test_a_share_that_is_always_the_whole_has_no_recent_trend() -> None:
    found = recent_trend(counted([(50, 50)] * 5), proportion=True)
    assert found.outcome is Recent.NOT_APPLICABLE


# Open SDG, sdg-build, the case by which its progress measure is tested (indicator 3-3-3): 1.55 in
# 2015 and 1.82 in 2019, falling is better, target 0 (taken as 0.001) in 2030.


def test_growth_away_from_a_target_is_that_of_open_sdg() -> None:
    found = growth_ratio(1.55, date(2015, 1, 1), 1.82, date(2019, 1, 1), 0.001, date(2030, 1, 1))
    assert found.observed == pytest.approx((1.82 / 1.55) ** (1 / 4) - 1)
    assert found.required == pytest.approx((0.001 / 1.55) ** (1 / 15) - 1)
    # Open SDG calls it negative progress: the ratio of 0.0410 to -0.3872.
    assert share(found) == pytest.approx(-0.1058, abs=1e-4)
    assert found.progress is Progress.AWAY


# Eurostat, monitoring report on progress towards the SDGs in an EU context, annex on the
# assessment of indicator trends: with a target, observed over required growth of at least 95% is
# significant progress, of at least 60% moderate, of at least 0 insufficient, below 0 movement away.


@pytest.mark.parametrize(
    ("ratio", "progress"),
    [
        (0.951, Progress.SIGNIFICANT),
        (0.949, Progress.MODERATE),
        (0.601, Progress.MODERATE),
        (0.599, Progress.LIMITED),
        (0.001, Progress.LIMITED),
        (-0.001, Progress.AWAY),
    ],
)
def test_progress_changes_class_at_the_thresholds_of_eurostat(
    ratio: float, progress: Progress
) -> None:
    required = 2.0 ** (1 / 15) - 1
    now = 100.0 * (1 + ratio * required) ** 10
    found = growth_ratio(100.0, date(2015, 1, 1), now, date(2025, 1, 1), 200.0, date(2030, 1, 1))
    assert share(found) == pytest.approx(ratio, abs=1e-3)
    assert found.progress is progress


def share(found: GrowthRatio) -> float:
    """Observed as a share of required growth."""
    assert found.observed is not None
    assert found.required is not None
    return found.observed / found.required


# Theil's T: the examples printed in the documentation of Inequality.jl, and what PySAL's
# `inequality` 1.1.2 gives for the same values in three groups. PySAL itself would bring a plotting
# library along, so its numbers stand here instead.
VALUES = np.array([8.0, 5.0, 1.0, 3.0, 5.0, 6.0, 7.0, 6.0, 3.0])
GROUPS = list("aaabbbccc")


def test_theil_is_that_of_the_published_packages() -> None:
    found = split_theil(VALUES, np.ones(9), GROUPS)
    assert found.total == pytest.approx(0.10494562214323544, abs=1e-12)
    assert found.between == pytest.approx(0.00203685, abs=1e-8)
    assert found.within == pytest.approx(0.10290877, abs=1e-8)


def test_weighted_theil_is_that_of_a_published_package() -> None:
    found = split_theil(VALUES, np.arange(0.1, 0.95, 0.1), GROUPS)
    assert found.total == pytest.approx(0.08120013911680612, abs=1e-12)
    assert found.between + found.within == pytest.approx(found.total, abs=1e-12)
