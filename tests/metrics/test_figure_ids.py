"""Figures found by their ids alone: the same ids as one figure after the other has."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from metrics.figure import figure_id, figures_of
from metrics.figure_ids import rows_with_ids

ABOUT = ("employment", "sex=female", "labour-market")
ENGLAND = "E92000001"
COLUMNS = ["ref_area", "period_start", "period_end", "value", "lower_95", "upper_95", "status"]
numbers = st.floats(-1e12, 1e12).filter(lambda number: number == 0 or abs(number) > 1e-9)


@st.composite
def rows(draw: st.DrawFn) -> tuple[object, ...]:
    value = draw(st.none() | numbers)
    lower = upper = None
    if value is not None and draw(st.booleans()):
        lower, upper = sorted((draw(numbers), draw(numbers)))
    status = draw(st.sampled_from(("c", "p x") if value is None else ("", "e", "p u")))
    area = draw(st.sampled_from(("E08000025", "E08000026", "E92000001")))
    start = draw(st.dates(date(2000, 1, 1), date(2030, 1, 1))).replace(day=1)
    return (area, start, start.replace(day=28), value, lower, upper, status)


@given(st.lists(rows(), min_size=1, max_size=8))
def test_each_row_is_found_by_the_id_of_its_figure(given_rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(given_rows, columns=COLUMNS)
    for comparator in ("", ENGLAND):
        for row, figure in enumerate(figures_of(frame, *ABOUT, comparator)):
            found = rows_with_ids(frame, *ABOUT, {figure_id(figure)}, ("", ENGLAND))
            assert (row, comparator) in found
            for place, other in found:
                (same,) = figures_of(frame.iloc[[place]], *ABOUT, other)
                assert same == figure


def test_an_id_that_no_row_has_finds_nothing() -> None:
    frame = pd.DataFrame(
        [("E08000025", date(2024, 1, 1), date(2024, 12, 31), 5.0, None, None, "")], columns=COLUMNS
    )
    assert rows_with_ids(frame, *ABOUT, {"aaaaaaaaaaaa"}, ("", ENGLAND)) == []
    assert rows_with_ids(frame.head(0), *ABOUT, {"aaaaaaaaaaaa"}) == []


def test_a_sign_of_a_form_in_what_rows_have_in_common_is_nothing_but_a_letter() -> None:
    frame = pd.DataFrame(
        [("E08000025", date(2024, 1, 1), date(2024, 12, 31), 5.0, None, None, "")], columns=COLUMNS
    )
    about = ("employment", "share=5%s", "labour-market")
    (figure,) = figures_of(frame, *ABOUT[:1], "share=5", "labour-market")
    assert rows_with_ids(frame, *about, {figure_id(figure)}) == []
