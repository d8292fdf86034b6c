"""Damage told from revision, by hand: what a new version does to the figures that are held."""

from __future__ import annotations

import pandas as pd
import pytest

from ingest.revision_checks import check_exchange, check_renamed_period, check_revisions
from ingest.sources.cells import NO_REASON_GIVEN

BLANK = float("nan")
# Two areas over three years; 3 has no figure for the last.
HELD = {1: [51.2, 52.4, 53.9], 2: [40.1, 41.7, 42.3], 3: [30.5, 31.9, BLANK]}


def figures(values: dict[int, list[float | None]], note: str = "") -> pd.DataFrame:
    """Areas by number with their values of 2021, 2022, ...; None is no row at all."""
    return pd.DataFrame(
        [
            {
                "series_id": 1,
                "area_id": area,
                "period_start": pd.Timestamp(2021 + step, 1, 1),
                "period_end": pd.Timestamp(2021 + step, 12, 31),
                "value": value,
                "status": "x" if value != value else "",
                "note": note if value != value else "",
            }
            for area, several in values.items()
            for step, value in enumerate(several)
            if value is not None
        ]
    )


def doubts(values: dict[int, list[float | None]], note: str = NO_REASON_GIVEN) -> list[str]:
    before, after = figures(HELD, NO_REASON_GIVEN), figures(values, note)
    return [
        found
        for found, expected in (
            *check_revisions(before, after),
            check_renamed_period(before, after),
            check_exchange(before, after),
        )
        if found and expected
    ]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(HELD, id="the same"),
        pytest.param({**HELD, 1: [51.3, 52.4, 53.8]}, id="a revision"),
        pytest.param({**HELD, 3: [30.5, 31.9, 33.0]}, id="a figure where there was none"),
        pytest.param({1: HELD[1], 2: HELD[2]}, id="an area less"),
        pytest.param({area: [None, *some[1:]] for area, some in HELD.items()}, id="a year less"),
        pytest.param({**HELD, 4: [1.0, 2.0, 3.0]}, id="an area more"),
        pytest.param(
            {area: [None, *some[1:], some[1] + 1] for area, some in HELD.items()},
            id="the first year left out for a new one",
        ),
        pytest.param({**HELD, 1: [51.2, 52.4, 55.0], 2: [40.1, 41.7, 53.9]}, id="by chance alike"),
    ],
)
def test_what_publishers_do_raises_no_doubt(values: dict[int, list[float | None]]) -> None:
    assert doubts(values) == []


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({**HELD, 1: [51.2, None, 53.9]}, "1 figure without a row"),
        ({**HELD, 1: [51.2, BLANK, 53.9]}, "1 figure blank and not explained"),
        ({**HELD, 3: [30.5, 31.9, 0.0]}, "1 figure of 0 where another or none was held"),
        ({**HELD, 1: [51.2, 0.0, 53.9]}, "1 figure of 0 where another or none was held"),
        ({**HELD, 1: [51.2, 524.0, 53.9]}, "1 figure with the decimal mark elsewhere"),
        ({**HELD, 1: [51.2, 0.524, 53.9]}, "1 figure with the decimal mark elsewhere"),
        (
            {1: [50.0, 51.2, 52.4], 2: [39.0, 40.1, 41.7], 3: [29.0, 30.5, BLANK]},
            "5 of 8 changed figures that are held of the next period",
        ),
        (
            {**HELD, 1: [40.1, 52.4, 53.9], 2: [51.2, 41.7, 42.3]},
            "2 of 2 changed figures that are held of other areas",
        ),
        (
            {**HELD, 1: [51.2, 41.7, 53.9], 2: [40.1, 52.4, 42.3]},
            "2 figures in each other's places",
        ),
        (
            {**HELD, 1: [51.2, 42.3, 53.9], 2: [40.1, 41.7, 52.4]},
            "2 figures in each other's places",
        ),
    ],
)
def test_what_damage_does_raises_a_doubt(values: dict[int, list[float | None]], found: str) -> None:
    assert found in doubts(values)


@pytest.mark.parametrize(
    ("held", "now", "doubtful"),
    [("u", "", True), ("u", "p", True), ("u", "p u", False), ("p", "", False), ("p u", "p", True)],
)
def test_statuses_that_are_all_gone_raise_a_doubt(held: str, now: str, doubtful: bool) -> None:
    before, after = (figures({1: HELD[1], 2: HELD[2]}).assign(status=one) for one in (held, now))
    words = [found for found, _ in check_revisions(before, after) if found]
    assert words == (["6 figures without the status held"] if doubtful else [])


def test_a_figure_that_is_withheld_with_a_reason_raises_no_doubt() -> None:
    assert doubts({**HELD, 1: [51.2, BLANK, 53.9]}, note="Withheld: the sample was too small") == []


def test_a_period_under_another_years_name_is_found() -> None:
    """2023 became 2024: nothing is revised, a year is gone and another has come."""
    words = "2 figures of the period that ended on 2023-12-31, which is gone, in that to 2024-12-31"
    renamed = {area: [*some[:2], None, some[2]] for area, some in HELD.items()}
    assert words in doubts(renamed)
    assert words not in doubts({**renamed, 1: [51.2, 52.4, None, 54.4]})
