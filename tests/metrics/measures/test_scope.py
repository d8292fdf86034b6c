"""Which rows count: renumbered areas once, merged areas not beside their successor."""

from datetime import date

import pytest

from metrics.measures.scope import in_scope, one_row_per_place
from tests.metrics.measures.builders import frame, row

OLD, NEW = "E08000016", "E08000038"


def codes(figures):
    return sorted(figures["ref_area"])


def test_a_renumbered_area_is_counted_once():
    figures = frame(
        [row(OLD, 2019, 66.0, recoded_to=NEW, end_on=date(2025, 3, 31)), row(NEW, 2019, 66.0)]
    )
    assert codes(one_row_per_place(figures, {OLD: (NEW,)})) == [NEW]


def test_a_figure_under_the_old_code_alone_joins_the_new_code_and_exists_today():
    figures = frame([row(OLD, 2019, 66.0, recoded_to=NEW, end_on=date(2025, 3, 31))])
    joined = one_row_per_place(figures, {OLD: (NEW,)})
    assert codes(joined) == [NEW]
    assert joined["end_on"].isna().all()


def test_a_merged_area_gives_way_to_its_successor_only_where_that_has_a_figure():
    merged = {"end_on": date(2019, 3, 31)}
    figures = frame(
        [
            row("E06000028", 2018, 68.0, **merged),
            row("E06000029", 2018, 66.0, **merged),
            row("E06000058", 2018, 67.0),
            row("E06000028", 2017, 65.0, **merged),
            row("E06000058", 2017, None),
        ]
    )
    successors = {"E06000028": ("E06000058",), "E06000029": ("E06000058",)}
    kept = one_row_per_place(figures, successors)
    by_year = {start.year: codes(rows) for start, rows in kept.groupby("period_start")}
    assert by_year == {2018: ["E06000058"], 2017: ["E06000028", "E06000058"]}


def test_an_unknown_scope_is_refused():
    with pytest.raises(ValueError, match="no such scope"):
        in_scope(frame([row("E08000025", 2019, 1.0)]), "everywhere")


def test_an_area_gives_way_to_those_that_replaced_its_successor_too():
    # West Somerset became part of Somerset West and Taunton, and that of Somerset.
    figures = frame(
        [row("E07000191", 2024, 32.0, end_on=date(2019, 3, 31)), row("E06000066", 2024, 57.0)]
    )
    successors = {"E07000191": ("E07000246",), "E07000246": ("E06000066",)}
    assert codes(one_row_per_place(figures, successors)) == ["E06000066"]
