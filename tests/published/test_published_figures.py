"""Figures that others have published or worked out, reproduced from the figures shipped here.

Plain figures are looked up in the shipped files without any of the product's own reading; gaps
and cohorts go through the store and the functions that the pages rest on.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.periods import read_period
from data.reads import read_series, read_successors
from metrics.catalogue import Catalogue, load_catalogue
from metrics.measures.cohort import Cohort, cohort_at
from metrics.measures.evidence import Series
from metrics.measures.gaps import EXTREMES, gap_in, gap_over_time

SNAPSHOT = Path(__file__).resolve().parents[2] / "data" / "snapshot"
WMCA, ENGLAND, WOLVERHAMPTON = "E47000007", "E92000001", "E08000031"

KEY_STAGE_2 = "pupils-at-expected-standards-by-end-of-primary-school"
KEY_STAGE_2_LABEL = "Pupils meeting the expected standard in reading, writing and maths"
HEALTHY_LIFE = "healthy-life-expectancy"
MALE, FEMALE = "Male healthy life expectancy", "Female healthy life expectancy"


@cache
def newest_shipped(dataset: str) -> dict[tuple[str, str, str], str]:
    """The newest shipped vintage: value as published, by series, area and period."""
    vintages = sorted(
        path for path in (SNAPSHOT / dataset).glob("*.csv") if path.name.count(".") == 1
    )
    assert vintages, f"no figures are shipped for {dataset}"
    with vintages[-1].open(encoding="utf-8", newline="") as file:
        return {
            (row["series"], row["ref_area"], row["time_period"]): row["obs_value"]
            for row in csv.DictReader(file)
        }


@pytest.mark.parametrize(
    ("dataset", "series", "area", "period", "value"),
    [
        (KEY_STAGE_2, KEY_STAGE_2_LABEL, ENGLAND, "2018-09-01/P1Y", 65.0),
        (KEY_STAGE_2, KEY_STAGE_2_LABEL, ENGLAND, "2024-09-01/P1Y", 63.0),
        (KEY_STAGE_2, KEY_STAGE_2_LABEL, WMCA, "2024-09-01/P1Y", 62.0),
        (HEALTHY_LIFE, MALE, WMCA, "2017-01-01/P3Y", 60.0),
        (HEALTHY_LIFE, MALE, WMCA, "2022-01-01/P3Y", 58.2),
        (HEALTHY_LIFE, FEMALE, WMCA, "2017-01-01/P3Y", 60.7),
        (HEALTHY_LIFE, FEMALE, WMCA, "2022-01-01/P3Y", 57.6),
    ],
)
def test_figures_of_england_and_the_combined_authority(
    dataset: str, series: str, area: str, period: str, value: float
) -> None:
    assert float(newest_shipped(dataset)[series, area, period]) == value


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def series_of(built_store: Engine, metric_id: str, breakdown: str) -> Series:
    with built_store.connect() as connection:
        return Series.of(
            catalogue().metrics[metric_id],
            breakdown,
            read_series(connection, metric_id, breakdown),
            read_successors(connection),
        )


GAPS = [
    ("male", "2017-01-01/P3Y", 10.88, 9.0),
    ("male", "2022-01-01/P3Y", 13.16, 9.5),
    ("female", "2017-01-01/P3Y", 11.57, 9.3),
    ("female", "2022-01-01/P3Y", 14.46, 10.2),
]


@pytest.mark.parametrize(("sex", "period", "plain", "corrected"), GAPS)
def test_gap_in_healthy_life_expectancy_between_the_extremes(
    built_store: Engine, sex: str, period: str, plain: float, corrected: float
) -> None:
    series = series_of(built_store, f"healthy-life-expectancy-{sex}", f"sex={sex}")
    gap = gap_in(series, "upper_tier", EXTREMES, read_period(period, series.shape))
    assert gap is not None
    assert gap.corrected is not None
    assert (gap.areas, gap.plain.group_size) == (216, 22)
    assert round(gap.plain.size, 2) == plain
    assert round(gap.corrected.size, 1) == corrected


@pytest.mark.parametrize("sex", ["male", "female"])
def test_noise_accounts_for_much_of_the_growth_of_that_gap(built_store: Engine, sex: str) -> None:
    series = series_of(built_store, f"healthy-life-expectancy-{sex}", f"sex={sex}")
    points = gap_over_time(series, "upper_tier", EXTREMES).points
    before, after = (
        next(point for point in points if point.start.year == year) for year in (2017, 2022)
    )
    assert before.plain is not None
    assert before.corrected is not None
    assert after.plain is not None
    assert after.corrected is not None
    assert after.corrected - before.corrected < (after.plain - before.plain) / 2


@pytest.fixture(scope="module")
def lowest_third(built_store: Engine) -> Cohort:
    clause = catalogue().clauses["5.worst-areas-third"]
    (metric,) = catalogue().serving(clause.id)
    fixed = cohort_at(clause, series_of(built_store, metric.id, metric.series[0].breakdown))
    assert fixed is not None
    assert fixed[1].start.isoformat() == "2018-09-01"
    return fixed[0]


def asked(mean: float) -> float:
    """What the clause asks of a cohort: its threshold is a third more, as declared."""
    threshold = catalogue().clauses["5.worst-areas-third"].threshold
    assert threshold is not None
    return round(mean * (1 + threshold), 1)


def test_lowest_third_of_english_areas_at_key_stage_2(lowest_third: Cohort) -> None:
    assert (lowest_third.areas, lowest_third.size) == (153, 51)
    assert round(lowest_third.mean, 2) == 61.65
    assert asked(lowest_third.mean) == 82.2


def test_areas_level_at_the_cut_are_named_and_read_both_ways(lowest_third: Cohort) -> None:
    assert (lowest_third.cut, len(lowest_third.tied)) == (64.0, 16)
    assert WOLVERHAMPTON in lowest_third.tied
    assert (len(lowest_third.below), round(lowest_third.mean_below, 2)) == (42, 61.14)
    assert (len(lowest_third.up_to), round(lowest_third.mean_up_to, 2)) == (58, 61.93)
    assert asked(lowest_third.mean_below) == 81.5
    assert asked(lowest_third.mean_up_to) == 82.6


def test_recoded_areas_are_counted_once_in_the_lowest_third(lowest_third: Cohort) -> None:
    # Barnsley and Sheffield stand in the file under their codes before and since 2025.
    assert not {"E08000016", "E08000019"} & set(lowest_third.up_to)


REPRODUCED = sorted(
    metric.id for metric in catalogue().metrics.values() if metric.reproduces.value is not None
)


@pytest.mark.parametrize("metric_id", REPRODUCED)
def test_definitions_give_the_figure_of_another_publication(metric_id: str) -> None:
    metric = catalogue().metrics[metric_id]
    declared = metric.reproduces
    assert metric.source is not None
    label = next(s.label for s in metric.series if s.breakdown == declared.breakdown)
    found = newest_shipped(metric.source.dataset)[label, declared.area, declared.period]
    assert declared.value is not None
    assert float(found) == pytest.approx(declared.value, abs=max(metric.rounding, 1e-9) / 2)


def test_each_definition_names_the_way_in_which_its_figures_came() -> None:
    named = {
        metric.source.dataset: metric.source.adapter
        for metric in catalogue().metrics.values()
        if metric.source
    }
    came = {}
    for name in named:
        path = SNAPSHOT / name / "provenance.toml"
        came[name] = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    assert named == came
