"""How many areas have risen or fallen, as counted by others from the same figures.

The counts are those of areas taken one by one, each by the two-sided test at 5%, before anything is
done about there being so many tests. `docs/decisions/0012-counts-of-life-satisfaction.md` says
which areas and which years give which count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from data.periods import read_period
from data.reads import read_series, read_successors
from metrics.catalogue import load_catalogue
from metrics.judging import judge_series
from metrics.measures.everywhere import Counts, count_changes
from metrics.measures.evidence import Series


@pytest.fixture(scope="module")
def of(built_store: Engine):
    catalogue = load_catalogue()

    def series(metric_id: str) -> Series:
        with built_store.connect() as connection:
            figures = read_series(connection, metric_id, "")
            successors = read_successors(connection)
        return Series.of(catalogue.metrics[metric_id], "", figures, successors)

    return series


def counted(series: Series, earlier: str, later: str) -> Counts:
    periods = (read_period(text, series.shape) for text in (earlier, later))
    return count_changes(series, "lower_tier", *periods)


def every_row(series: Series) -> Series:
    """Every authority that the file gives, those that have been merged since among them."""
    return replace(series, frame=series.as_published.assign(end_on=None))


def test_employment_from_2021_to_2023(of) -> None:
    found = counted(of("employment-rate"), "2021-01-01/P1Y", "2023-01-01/P1Y")
    assert (found.better_before_correction, found.worse_before_correction) == (27, 11)
    assert found.tested == 348
    assert round(found.chance) == 9
    # With so many tests none of them is left that chance would not give.
    assert (found.better, found.worse) == (0, 0)


def test_the_sentence_of_employment_sets_the_count_of_chance_beside_the_counts(of) -> None:
    clause = load_catalogue().clauses["1.employment-rises"]
    reading = judge_series(clause, of("employment-rate"), date(2026, 6, 18))
    told = {one.label: one.sentence for one in reading.baselines}
    assert "chance alone gives about 9 of each" in told["2019"]
    assert "19 had risen and 13 fallen" in told["2019"]


@pytest.mark.parametrize(
    ("earlier", "risen", "fallen"),
    [
        # "Since before the pandemic falls in about 110 areas, since 2020/21 rises in about 23".
        ("2018-04-01/P1Y", 1, 110),
        ("2020-04-01/P1Y", 23, 5),
    ],
)
def test_life_satisfaction_in_every_authority_of_the_file(of, earlier, risen, fallen) -> None:
    found = counted(every_row(of("life-satisfaction")), earlier, "2022-04-01/P1Y")
    assert (found.better_before_correction, found.worse_before_correction) == (risen, fallen)


@pytest.mark.parametrize(
    ("earlier", "before", "after"),
    [
        ("2018-04-01/P1Y", (1, 107), (0, 28)),
        ("2019-04-01/P1Y", (1, 76), (0, 10)),
        ("2020-04-01/P1Y", (20, 5), (0, 0)),
    ],
)
def test_life_satisfaction_in_the_authorities_of_today(of, earlier, before, after) -> None:
    found = counted(of("life-satisfaction"), earlier, "2022-04-01/P1Y")
    assert (found.better_before_correction, found.worse_before_correction) == before
    assert (found.better, found.worse) == after
