"""Versions of figures paired into what happened to them, worked by hand."""

from __future__ import annotations

from datetime import date

import pytest

from data.since_reads import VersionRow
from metrics.revisions import Kind, Revision, revisions

BIRMINGHAM, LEEDS = "E08000025", "E08000035"


def version(held_now, value, *, code=BIRMINGHAM, year=2023, half=None, note="", metric="m"):
    ends = (None, None) if half is None or value is None else (value - half, value + half)
    region = "E12000005" if code == BIRMINGHAM else "E12000003"
    period = (date(year, 1, 1), date(year, 12, 31))
    return VersionRow(
        *(metric, "", code, code, "metropolitan district", region, *period, held_now, value),
        *(*ends, "" if value is not None else "c", note),
    )


def kinds(*rows):
    return [change.kind for one in revisions(rows) for change in one.changes]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([version(True, 1.0)], [Kind.ADDED]),
        ([version(False, 1.0)], [Kind.WITHDRAWN]),
        ([version(False, 1.0), version(True, 2.0)], [Kind.REVISED]),
        ([version(False, 1.0, half=1), version(True, 1.0, half=2)], [Kind.REVISED]),
        ([version(False, 1.0, half=1), version(True, 1.0)], [Kind.REVISED]),
        ([version(False, 1.0), version(True, None)], [Kind.REVISED]),
        ([version(False, None), version(True, 0.0)], [Kind.REVISED]),
        ([version(False, 1.0), version(True, 1.0, note="provisional")], [Kind.REMARKED]),
        ([version(False, 1.0), version(True, 1.0)], []),
        ([version(False, 1.0, year=2022), version(True, 1.0)], [Kind.WITHDRAWN, Kind.ADDED]),
        ([], []),
    ],
)
def test_what_happened_to_a_figure(rows, expected) -> None:
    assert kinds(*rows) == expected


def test_the_difference_is_newer_less_older_and_none_where_one_is_blank() -> None:
    (one,) = revisions([version(False, 58.5), version(True, 58.2)])
    assert one.changes[0].difference == pytest.approx(-0.3)
    (blank,) = revisions([version(False, 58.5), version(True, None)])
    assert blank.changes[0].difference is None
    (added,) = revisions([version(True, 58.5)])
    assert added.changes[0].difference is None


def test_the_west_midlands_come_first_then_the_largest_revision() -> None:
    (one,) = revisions(
        [
            *(version(False, 10.0, code=LEEDS), version(True, 19.0, code=LEEDS)),
            *(version(False, 10.0, year=2021), version(True, 10.5, year=2021)),
            *(version(False, 10.0, year=2022), version(True, 8.0, year=2022)),
            version(True, 10.0, year=2023),
        ]
    )
    told = [(change.figure.code, change.period.start.year, change.kind) for change in one.changes]
    assert told == [
        (BIRMINGHAM, 2022, Kind.REVISED),
        (BIRMINGHAM, 2021, Kind.REVISED),
        (BIRMINGHAM, 2023, Kind.ADDED),
        (LEEDS, 2023, Kind.REVISED),
    ]


def test_series_are_told_apart() -> None:
    found = revisions([version(True, 1.0), version(True, 1.0, metric="n")])
    assert [(one.metric_id, len(one.changes)) for one in found] == [("m", 1), ("n", 1)]
    assert found[0].of(Kind.ADDED) == found[0].changes
    assert found[0].of(Kind.REVISED) == ()


def test_a_change_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a version before it or after it"):
        _ = Revision(Kind.ADDED, None, None).figure
