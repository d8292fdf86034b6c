"""Figures held to their definitions: one broken table for each rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.areas import CONSTITUENT
from ingest.checking import CheckedFigures, check_figures
from ingest.declared import country_of
from ingest.faults import Refused
from ingest.sources.els import read_els
from ingest.tidy import TidyFigures, as_numbers, decimals_written
from metrics.definition import Metric
from tests.ingest.examples import (
    AREA_CODES,
    ITL1,
    LABEL,
    declared,
    els_csv,
    els_row,
    metric,
    metric_keys,
)

WMCA = els_row("E47000007")


def figures(*rows: str) -> TidyFigures:
    return read_els(els_csv(*rows), declared(), ITL1, "gardens.csv")


def check(*rows: str, one: Metric | None = None) -> CheckedFigures:
    (checked,) = check_figures([figures(*rows)], [one or metric()], AREA_CODES)
    return checked


def words(*rows: str, one: Metric | None = None) -> str:
    return str(Refused(check(*rows, one=one).faults))


def with_keys(table: str, **changes: Any) -> Metric:
    return metric(**{table: {**metric_keys()[table], **changes}})


def test_good_figures_have_no_faults_and_gain_their_dates() -> None:
    checked = check(els_row(lower="49.5", upper="50.5"), WMCA)
    assert checked.faults == ()
    row = checked.rows.iloc[0]
    assert (str(row["period_start"].date()), str(row["period_end"].date())) == (
        "2023-01-01",
        "2023-12-31",
    )
    assert (row["obs_value"], row["lower_95"], row["upper_95"]) == (50.0, 49.5, 50.5)


def test_a_value_outside_the_plausible_range() -> None:
    said = words(els_row(value="100.1"), els_row("E08000026", value="100"), WMCA)
    assert said.startswith("1 fault;")
    assert "gardens.csv, column obs_value: expected a value from 0 to 100 % (gardens)" in said
    assert f"row 2: found 100.1 for E08000025 in 2023-01-01/P1Y ({LABEL})" in said
    assert "widen the plausible range" in said


def test_an_area_that_the_register_does_not_know() -> None:
    # The file of areas may be ahead of a store's register.
    said = words(els_row("E08000001"), WMCA)
    assert said.startswith("1 fault;")
    assert "column ref_area: expected a code in the register of areas" in said
    assert "row 2: found 'E08000001'" in said


def test_rows_set_aside_for_their_codes_are_told_beside_the_faults() -> None:
    assert check(els_row("E08000099"), WMCA).faults == ()
    said = words(els_row("E08000099"), els_row(value="999"), WMCA)
    assert said.startswith("2 faults;")
    assert "column areacd: expected the code of an area that the register has" in said
    assert "row 2: found 'E08000099'" in said


def test_an_area_of_a_type_that_the_coverage_does_not_name() -> None:
    one = with_keys("coverage", area_types=["combined authority"])
    said = words(els_row(), WMCA, one=one)
    assert "row 2: found 'E08000025'" in said
    assert "expected one of the area_types of gardens" in said


def test_an_area_in_a_country_that_the_coverage_does_not_name() -> None:
    one = with_keys("coverage", countries=["Wales"])
    said = words(els_row(), one=one)
    assert "row 2: found 'E08000025', which is in England" in said


@pytest.mark.parametrize(
    ("code", "country"),
    [
        ("E08000025", "England"),
        ("W06000001", "Wales"),
        ("S12000033", "Scotland"),
        ("N09000001", "Northern Ireland"),
        ("TLG3", "England"),
        ("TLL3", "Wales"),
        ("TLM0", "Scotland"),
        ("TLN0", "Northern Ireland"),
        ("K02000001", None),
    ],
)
def test_the_country_of_a_code(code: str, country: str | None) -> None:
    assert country_of(code) == country


def test_a_period_of_another_shape() -> None:
    said = words(els_row(period="2022-01-01/P3Y"), WMCA)
    assert "column time_period: expected a calendar year (gardens)" in said
    assert "row 2: found '2022-01-01/P3Y' is not of the declared shape calendar_year" in said


def test_a_period_before_the_first() -> None:
    said = words(els_row(period="2019-01-01/P1Y"), WMCA)
    assert "row 2: found '2019-01-01/P1Y'" in said
    assert "expected 2020-01-01/P1Y or later (gardens)" in said


@pytest.mark.parametrize("again", ["2026-01", "2026-01-15"])
def test_one_month_written_two_ways_is_one_period(again: str) -> None:
    one = with_keys("coverage", period="month", first_period="2020-01")
    said = words(els_row("E47000007", "2026-01-01"), els_row("E47000007", again, "51"), one=one)
    assert said.startswith("1 fault;")
    assert "expected each period once, however it is written" in said


def test_a_value_whose_status_says_there_is_none() -> None:
    said = words(els_row(status="c"), WMCA)
    assert "row 2: found 50.0 with status 'c'" in said


def test_a_value_of_low_reliability_may_stand() -> None:
    assert check(els_row(status="u"), WMCA).faults == ()


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (els_row(lower="49"), "50.0 with 49 to nothing"),
        (els_row(upper="51"), "50.0 with nothing to 51"),
        (els_row(lower="51", upper="49"), "50.0 with 51 to 49"),
        (els_row(value="", lower="49", upper="51", status="x"), "nothing with 49 to 51"),
        (els_row(lower="50.2", upper="51.0"), "50.0 with 50.2 to 51.0"),
        (els_row(lower="49.0", upper="49.8"), "50.0 with 49.0 to 49.8"),
    ],
)
def test_an_interval_that_cannot_be(row: str, found: str) -> None:
    assert f"row 2: found {found} for E08000025 ({LABEL})" in words(row, WMCA)


def test_an_interval_may_miss_its_value_by_the_declared_rounding() -> None:
    assert check(els_row(lower="50.1", upper="51.0"), WMCA).faults == ()


def test_an_interval_of_whole_numbers_may_miss_by_a_unit_where_that_is_the_rounding() -> None:
    row = els_row(value="89", lower="88", upper="88")
    assert check(row, WMCA, one=metric(rounding=1)).faults == ()
    assert len(check(els_row(value="90", lower="88", upper="88"), WMCA).faults) == 1


def test_an_interval_may_miss_by_half_a_unit_of_its_last_decimal() -> None:
    exact = metric(rounding=0)
    assert check(els_row(value="50.24", lower="50.2", upper="50.2"), WMCA, one=exact).faults == ()
    assert len(check(els_row(value="50.26", lower="50.2", upper="50.2"), WMCA, one=exact).faults)


def test_a_series_that_nothing_declares() -> None:
    said = words(WMCA, els_row("E47000007", label="Window boxes"))
    assert said.startswith("1 fault;")
    assert "found 'Window boxes'" in said
    assert "expected a series that a metric of homes-with-gardens declares" in said


def test_a_declared_series_that_is_not_there() -> None:
    one = metric(
        series=[
            {"label": LABEL, "title": "All"},
            {"label": "Allotments", "breakdown": "kind=allotment", "title": "Allotments"},
        ]
    )
    assert "found no series 'Allotments'" in words(WMCA, one=one)


def test_another_unit_than_the_declared_one() -> None:
    one = with_keys("source", unit="per 100 homes")
    said = words(WMCA, one=one)
    assert "column unit: expected 'per 100 homes', the unit that gardens declares" in said
    assert "found '%'" in said


def test_a_borough_missing_in_the_latest_period() -> None:
    one = with_keys("coverage", boroughs=True)
    earlier = [els_row(code, "2022-01-01/P1Y") for code in CONSTITUENT]
    latest = [els_row(code) for code in CONSTITUENT if code != "E08000028"]
    said = words(*earlier, *latest, WMCA, one=one)
    assert said.startswith("1 fault;")
    assert f"found no row for E08000028 in 2023-01-01/P1Y ({LABEL})" in said


def test_a_borough_missing_in_an_earlier_period_is_no_fault() -> None:
    one = with_keys("coverage", boroughs=True)
    assert (
        check(
            *[els_row(c) for c in CONSTITUENT], WMCA, els_row(period="2022-01-01/P1Y"), one=one
        ).faults
        == ()
    )


def test_a_declared_national_total_that_is_missing() -> None:
    one = with_keys("coverage", united_kingdom="K02000001")
    assert "found no row for K02000001" in words(WMCA, one=one)


def test_figures_for_the_combined_authority_that_none_was_declared_for() -> None:
    one = with_keys("coverage", combined_authority=False)
    said = words(WMCA, one=one)
    assert f"found figures for E47000007 ({LABEL})" in said
    assert "set combined_authority = true" in said


def test_every_fault_of_every_table_is_reported_at_once() -> None:
    bad = figures(els_row(value="999"), els_row("E08000099"))
    other = read_els(els_csv(WMCA), declared(id="other"), ITL1, "other.csv")
    elsewhere = metric("elsewhere", source={**metric_keys()["source"], "dataset": "other"})
    first, second = check_figures([bad, other], [metric(), elsewhere], AREA_CODES)
    assert len(first.faults) == 3
    assert second.faults == ()
    assert {fault.file for fault in first.faults} == {"gardens.csv"}


def test_several_vintages_of_a_table_are_each_checked_for_themselves() -> None:
    earlier, newest = figures(els_row()), figures(els_row(value="999"), WMCA)
    again = figures(els_row())
    batch = [earlier, newest, again]
    first, second, third = check_figures(batch, [metric()], AREA_CODES, newest=[False, False, True])
    # The same figure in two vintages is there once in each, and only the newest needs every area.
    assert first.faults == ()
    assert [fault.column for fault in second.faults] == ["obs_value"]
    assert [fault.found for fault in third.faults] == [
        f"no row for E47000007 in {third.rows.iloc[0].time_period} ({LABEL})"
    ]
    assert [len(one.rows) for one in (first, second, third)] == [1, 2, 1]
    for one in (first, second, third):
        alone = check_figures([one.figures], [metric()], AREA_CODES, newest=one is third)[0]
        assert alone.faults == one.faults
        pd.testing.assert_frame_equal(
            alone.rows.drop(columns="place"), one.rows.drop(columns="place").reset_index(drop=True)
        )


def test_nothing_to_check() -> None:
    assert check_figures([], [metric()], AREA_CODES) == []


def test_numbers_and_blanks() -> None:
    numbers = as_numbers(pd.Series(["1.50", "", "-2"], dtype=str))
    assert numbers[0] == 1.5
    assert np.isnan(numbers[1])
    assert numbers[2] == -2.0


def test_decimals_are_counted_as_written() -> None:
    assert decimals_written(pd.Series(["1.50", "", "-2", "0.125", "3."])).tolist() == [
        2,
        0,
        0,
        3,
        0,
    ]
