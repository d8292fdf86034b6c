"""Figures of the shipped store derived again from the very bytes that their publisher served."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data.reads import read_series
from data.reference_data import itl1_codes
from ingest.archive import Archive
from ingest.arriving import arrival_of, arrival_of_version
from ingest.evidence import Reader
from ingest.places import Places
from ingest.recorded_sources import recorded_sources
from ingest.verifying import Outcome, newest_figures, verify
from ingest.versions import recorded_versions
from metrics.catalogue import load_catalogue
from metrics.figure import figures_of

TABLE = "homicide-offences"


def test_homicide_rates_of_every_vintage_are_in_the_recorded_bytes(
    recordings: Path, tmp_path: Path, built_store: Engine
) -> None:
    """With the corrections: South Yorkshire's rates are withheld. In the layouts of each year."""
    archive = Archive(tmp_path)
    newest = recorded_sources(recordings / "ons_els" / "main", itl1_codes())[TABLE]
    history = recorded_versions(recordings / "ons_els" / "history", TABLE)
    arrivals = [arrival_of(newest(None, date.today())), *map(arrival_of_version, history)]
    for arrival in arrivals:
        archive.settle(archive.begin(arrival.retrieval, arrival.contents), "shipped")
    catalogue = load_catalogue()
    metric = next(
        one for one in catalogue.metrics.values() if one.source and one.source.dataset == TABLE
    )
    with built_store.connect() as connection:
        reader = Reader(connection, replace(Places(), archive=tmp_path), catalogue)
        first = min(reader.vintages(TABLE))
        old = read_series(connection, metric.id, as_of=first)
        cited = [
            *newest_figures(connection, [metric]),
            *figures_of(old[old["period_end"] == old["period_end"].max()], metric.id, "", TABLE),
        ]
        told = [verify(connection, reader, figure) for figure in cited]
    assert {one.derived_from for one in told} == {"archived bytes"}
    assert {one.outcome for one in told} >= {Outcome.STANDS}
    assert Outcome.NOT_REPRODUCIBLE not in {one.outcome for one in told}
    assert len({one.known_on for one in told}) > 1
