"""The reader over every table as the publisher served it, against the figures that are shipped."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from data.reference_data import itl1_codes, read_areas_file
from ingest.checking import check_figures
from ingest.provenance import read_provenance
from ingest.pulling import Pulled, pull_recorded
from ingest.snapshot import SNAPSHOT_FOLDER, figures_csv, read_vintage, snapshot_datasets
from ingest.sources.cells import NO_REASON_GIVEN
from ingest.sources.els_datasets import els_datasets
from metrics.catalogue import load_catalogue

RETRIEVED_ON = date(2026, 6, 30)


@pytest.fixture(scope="module")
def pulled(recordings: Path) -> dict[str, Pulled]:
    folder, itl1 = recordings / "ons_els" / "main", itl1_codes()
    return {
        dataset: pull_recorded(folder, declared, itl1, known_on=None, retrieved_on=RETRIEVED_ON)
        for dataset, declared in els_datasets().items()
    }


def test_every_row_is_accounted_for(pulled: dict[str, Pulled]) -> None:
    for dataset, one in pulled.items():
        published = (
            len(list(csv.reader(io.StringIO(one.files[f"{dataset}.csv"].decode("utf-8-sig"))))) - 1
        )
        figures = one.figures
        kept = len(figures.frame) + len(figures.rejected) + figures.collapsed
        assert kept == published, dataset
    assert sum(len(one.figures.frame) for one in pulled.values()) == 183_996
    assert {d: len(p.figures.rejected) for d, p in pulled.items() if p.figures.rejected} == {
        "foreign-direct-investment": 60
    }
    assert {d: p.figures.collapsed for d, p in pulled.items() if p.figures.collapsed} == {
        "engagement-with-culture-and-heritage": 20,
        "gross-disposable-household-income-per-head": 351,
    }


def test_the_shipped_figures_are_what_the_reader_makes_of_them(pulled: dict[str, Pulled]) -> None:
    """The newest vintage of each; test_backfill.py has the earlier ones."""
    assert set(snapshot_datasets()) >= pulled.keys()
    for dataset, one in pulled.items():
        provenance = read_provenance(SNAPSHOT_FOLDER / dataset)
        newest = provenance.vintage[-1]
        assert provenance.model_copy(update={"vintage": (newest,)}) == one.provenance, dataset
        shipped = SNAPSHOT_FOLDER / dataset / f"{newest.known_on}.csv"
        assert shipped.read_bytes() == figures_csv(one.figures), dataset
        assert read_vintage(SNAPSHOT_FOLDER, provenance, newest).rejected == one.figures.rejected


def test_every_table_agrees_with_its_definitions(pulled: dict[str, Pulled]) -> None:
    areas = frozenset(read_areas_file()["code"])
    batch = [one.figures for one in pulled.values()]
    faults = [
        str(fault)
        for checked in check_figures(batch, load_catalogue().metrics.values(), areas)
        for fault in checked.faults
    ]
    assert faults == []


def test_known_oddities_are_read_as_they_should_be(pulled: dict[str, Pulled]) -> None:
    frames = {dataset: one.figures.frame for dataset, one in pulled.items()}
    unexplained = frames["first-time-buyer-mortgage-sales"]["note"] == NO_REASON_GIVEN
    assert unexplained.sum() == 12
    combined = frames["preventable-cardiovascular-mortality-england"]["note"]
    assert combined.str.contains("combined").sum() == 44
    for dataset in ("gross-value-added", "foreign-direct-investment"):
        areas = set(frames[dataset]["ref_area"])
        assert {"E12000005", "E92000001", "W92000004"} <= areas
        assert not {code for code in areas if code.startswith("TL") and len(code) == 3}
    pupils = set(frames["pupils-at-expected-standards-by-end-of-primary-school"]["ref_area"])
    assert {"E08000016", "E08000038", "E08000019", "E08000039"} <= pupils


def test_vintages_bear_the_day_of_publication(pulled: dict[str, Pulled]) -> None:
    (entry,) = pulled["healthy-life-expectancy"].provenance.vintage
    assert entry.known_on == date(2026, 2, 20)
    assert entry.retrieved_on == RETRIEVED_ON
    assert entry.publisher_commit == "902dc62ebce4431eaae743f1d05257e5125d075e"
    assert entry.sha256 == "587fcf04e8bea97bda01dab4b0d4ffa4c834e0877731ebd7eb9fb9d9aa60e299"
