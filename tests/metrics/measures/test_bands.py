"""Quantiles of all areas over time, worked by hand."""

from __future__ import annotations

from metrics.measures.bands import FEWEST, bands
from tests.metrics.measures.builders import make_series, row


def areas(year, values):
    return [row(f"E08{n:06d}", year, value, 0.5) for n, value in enumerate(values, start=1)]


def test_quantiles_lie_where_they_fall_between_two_areas():
    # 21 values from 0 to 20: the tenth is the third of them, the quarter the sixth.
    found = bands(make_series(areas(2023, [float(number) for number in range(21)])))
    assert found is not None
    assert found.tier == "lower_tier"
    (point,) = found.points
    assert point.areas == 21
    ends = (point.tenth, point.quarter, point.median, point.three_quarters, point.nine_tenths)
    assert ends == (2.0, 5.0, 10.0, 15.0, 18.0)


def test_blanks_and_larger_areas_do_not_count():
    rows = areas(2023, [float(number) for number in range(21)])
    rows += [row("E08000099", 2023, None, status="c"), row("E92000001", 2023, 900.0, 0.1)]
    found = bands(make_series(rows))
    assert found is not None
    assert (found.points[0].areas, found.points[0].nine_tenths) == (21, 18.0)


def test_a_period_with_few_areas_is_left_out_and_a_series_of_them_has_no_bands():
    enough, few = [1.0] * FEWEST, [1.0] * (FEWEST - 1)
    found = bands(make_series([*areas(2022, few), *areas(2023, enough)]))
    assert found is not None
    assert [point.start.year for point in found.points] == [2023]
    assert bands(make_series(areas(2023, few))) is None
    assert bands(make_series([row("E92000001", 2023, 1.0)])) is None
