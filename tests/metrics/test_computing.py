"""Measures are computed anew where their inputs changed, and nowhere else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from data.dataset_writes import area_numbers, write_state
from data.measure_reads import measures_sha256
from data.reads import read_measures
from data.reference_data import REFERENCE, load_reference
from data.tables import NEVER, dataset, observation, retrieval, series, source, vintage
from metrics import computing
from metrics.catalogue import Catalogue, load_catalogue
from metrics.computing import COMPUTED_FROM, refresh_measures

# A rate, money by its own denominator, a share that serves several clauses, and the denominator.
METRICS = (
    "employment-rate",
    "household-income-per-head",
    "key-stage-2-reading-writing-maths",
    "population",
)
YEARS = {
    "employment-rate": [(date(year, 1, 1), date(year, 12, 31)) for year in (2019, 2021, 2023)],
    "household-income-per-head": [(date(y, 1, 1), date(y, 12, 31)) for y in (2019, 2021)],
    "key-stage-2-reading-writing-maths": [
        (date(year, 9, 1), date(year + 1, 8, 31)) for year in (2018, 2022)
    ],
    "population": [(date(year, 6, 30), date(year, 6, 30)) for year in (2019, 2021, 2023)],
}


class Loads:
    """Hand-made loads into a store, each a vintage a week after the one before."""

    def __init__(self, connection: Connection, catalogue: Catalogue) -> None:
        self.connection = connection
        self.chance = random.Random(20)  # noqa: S311 - figures, not secrets
        self.day = date(2024, 1, 1)
        self.numbers: dict[str, int] = {}
        load_reference(connection, REFERENCE)
        areas = area_numbers(connection)
        self.areas = [areas[code] for code in sorted(areas) if code.startswith(("E08", "E09"))]
        self.areas += [areas[code] for code in ("E92000001", "K02000001", "E12000005")]
        connection.execute(insert(source).values(id="s", title="S", home_url="https://a.example"))
        for metric_id in METRICS:
            self._declare(catalogue, metric_id)
        for metric_id in METRICS:
            rows = [(area, *period) for area in self.areas for period in YEARS[metric_id]]
            self.load(metric_id, rows)

    def _declare(self, catalogue: Catalogue, metric_id: str) -> None:
        about = {"title": metric_id, "producer": "P", "landing_page": "https://a.example"}
        values = {**about, "licence": "L", "load_replaces": "whole", "source_id": "s"}
        known = {column.name for column in dataset.columns}
        self.connection.execute(
            insert(dataset).values(
                id=metric_id, **{name: value for name, value in values.items() if name in known}
            )
        )
        label = catalogue.metrics[metric_id].series[0]
        made = insert(series).values(
            metric_id=metric_id,
            breakdown=label.breakdown,
            dataset_id=metric_id,
            source_label=label.label,
            unit_measure="%",
        )
        self.numbers[metric_id] = self.connection.execute(made.returning(series.c.id)).scalar_one()

    def load(self, metric_id: str, rows: list[tuple[int, date, date]]) -> None:
        """Give each area and period a new figure, in place of the one that was known."""
        self.day += timedelta(days=7)
        got = insert(retrieval).values(
            dataset_id=metric_id,
            url="https://a.example",
            retrieved_on=self.day,
            published_on=self.day,
            sha256="0" * 64,
            size_bytes=1,
        )
        number = self.connection.execute(got.returning(retrieval.c.id)).scalar_one()
        counts = dict.fromkeys(("rows_read", "added", "withdrawn", "revised", "restatused"), 0)
        made = insert(vintage).values(
            dataset_id=metric_id,
            retrieval_id=number,
            known_on=self.day,
            figures_sha256="0" * 64,
            **counts,
        )
        own = self.connection.execute(made.returning(vintage.c.id)).scalar_one()
        for area, start, _ in rows:
            self.withdraw(metric_id, area, start, own)
        self.connection.execute(
            insert(observation), [self._row(metric_id, own, *row) for row in rows]
        )

    def withdraw(self, metric_id: str, area: int, start: date, own: int | None = None) -> None:
        """End the figure that was known; without a vintage of its own only its last row goes."""
        held = (
            (observation.c.series_id == self.numbers[metric_id])
            & (observation.c.area_id == area)
            & (observation.c.period_start == start)
            & (observation.c.known_to == NEVER)
        )
        if own is None:
            self.connection.execute(delete(observation).where(held))
        else:
            values = {"known_to": self.day, "vintage_to": own}
            self.connection.execute(update(observation).where(held).values(**values))

    def _row(
        self, metric_id: str, own: int, area: int, start: date, end: date
    ) -> dict[str, object]:
        value = self.chance.uniform(40, 80)
        if metric_id in ("population", "household-income-per-head"):
            value = float(round(value * 1000))
        sampled = metric_id == "employment-rate"
        return {
            "series_id": self.numbers[metric_id],
            "area_id": area,
            "period_start": start,
            "period_end": end,
            "vintage_from": own,
            "known_from": self.day,
            "known_to": NEVER,
            "value": value,
            "lower_95": value - 2 if sampled else None,
            "upper_95": value + 2 if sampled else None,
            "status": "",
            "note": "",
        }

    def load_some(self, metric_id: str) -> None:
        """A load that revises a few figures of one table."""
        areas = self.chance.sample(self.areas, 9)
        self.load(metric_id, [(area, *self.chance.choice(YEARS[metric_id])) for area in areas])


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def loads(store_engine: Engine, catalogue: Catalogue) -> Iterator[Loads]:
    with store_engine.begin() as connection:
        made = Loads(connection, catalogue)
        refresh_measures(connection, catalogue)
        yield made


def in_full(connection: Connection, catalogue: Catalogue) -> str:
    """The hash of the measures after all of them were computed again."""
    write_state(connection, COMPUTED_FROM, "{}")
    refresh_measures(connection, catalogue)
    return measures_sha256(connection)


def test_partial_loads_give_what_computing_everything_gives(
    loads: Loads, catalogue: Catalogue
) -> None:
    hashes = []
    for metric_id in ("employment-rate", "population"):
        loads.load_some(metric_id)
        refresh_measures(loads.connection, catalogue)
        hashes.append(measures_sha256(loads.connection))
    # Past every deadline, with figures of one table only.
    loads.day = date(2036, 1, 1)
    loads.load_some("household-income-per-head")
    loads.withdraw("employment-rate", loads.areas[0], date(2023, 1, 1))
    refresh_measures(loads.connection, catalogue)
    hashes.append(measures_sha256(loads.connection))
    assert len(set(hashes)) == len(hashes)
    assert in_full(loads.connection, catalogue) == hashes[-1]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The metrics whose overview is computed from here on, and the clauses that are judged."""
    told: list[str] = []
    judge, overview = computing.judge_clause, computing.overview

    def judging(catalogue, clause, *rest):
        told.append(clause.id)
        return judge(catalogue, clause, *rest)

    def viewing(one, *rest):
        told.append(one.metric.id)
        return overview(one, *rest)

    monkeypatch.setattr(computing, "judge_clause", judging)
    monkeypatch.setattr(computing, "overview", viewing)
    return told


def test_only_what_a_load_touched_is_computed_again(
    sqlite_engine: Engine, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_engine.begin() as connection:
        loads = Loads(connection, catalogue)
        refresh_measures(connection, catalogue)
        told = counted(monkeypatch)
        refresh_measures(connection, catalogue)
        assert told == []
        loads.load_some("key-stage-2-reading-writing-maths")
        refresh_measures(connection, catalogue)
        touched = {"key-stage-2-reading-writing-maths"}
        served = catalogue.metrics["key-stage-2-reading-writing-maths"].serves
        touched |= {one for one in served if catalogue.clauses[one].kind.value != "not_measurable"}
        # The share of people under a deal is told for the day on which the newest figures came.
        by_day = {one.id for one in catalogue.clauses.values() if one.mission == 12}
        assert touched <= set(told) <= touched | by_day
        told.clear()
        loads.load_some("population")
        refresh_measures(connection, catalogue)
        # Whoever is weighted by people, or counted in people, is computed again.
        assert {"population", "employment-rate", "household-income-per-head"} <= set(told)


def test_a_series_that_is_gone_leaves_no_measure(
    sqlite_engine: Engine, catalogue: Catalogue
) -> None:
    with sqlite_engine.begin() as connection:
        loads = Loads(connection, catalogue)
        refresh_measures(connection, catalogue)
        number = loads.numbers["employment-rate"]
        connection.execute(delete(observation).where(observation.c.series_id == number))
        refresh_measures(connection, catalogue)
        assert not [
            subject
            for subject, _ in read_measures(connection, "overview")
            if subject.startswith("employment-rate")
        ]
        assert measures_sha256(connection) == in_full(connection, catalogue)


def test_an_empty_store_has_no_measures(sqlite_engine: Engine, catalogue: Catalogue) -> None:
    with sqlite_engine.begin() as connection:
        assert refresh_measures(connection, catalogue) == 0
        assert connection.execute(select(observation)).first() is None
