"""Small areas: their file, what is refused, and what the store then holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError

from data.neighbourhood_reads import datasets_with_neighbourhoods, read_neighbourhoods
from data.neighbourhood_writes import NeighbourhoodRow, replace_neighbourhoods
from data.periods import TimePeriod
from data.reads import read_measures
from data.tables import area, dataset, neighbourhood, source
from ingest.faults import Refused
from ingest.neighbourhoods import neighbourhoods_csv, with_neighbourhoods, write_neighbourhoods
from ingest.neighbourhoods import read_neighbourhoods as read_file
from ingest.provenance import Provenance, provenance_toml
from ingest.sources.fuel_poverty import Neighbourhood
from metrics.measures.pockets import Pockets
from tests.ingest.examples import els_row, reading

TWO = (
    Neighbourhood("E01000001", "E08000025", 600, 160, 80 / 3),
    Neighbourhood("E01000002", "E08000025", 400, 40, 10.0),
)
YEAR = TimePeriod(date(2020, 1, 1), date(2020, 12, 31))


def described() -> Provenance:
    one = reading((els_row("E08000025"),), "2026-01-10")
    return with_neighbourhoods(one.provenance, TWO)


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    assert neighbourhoods_csv(TWO) == (
        b"code,local_authority,households,fuel_poor\n"
        b"E01000001,E08000025,600,160\nE01000002,E08000025,400,40\n"
    )
    (entry,) = described().vintage
    write_neighbourhoods(tmp_path, entry, TWO)
    assert read_file(tmp_path, entry) == list(TWO)
    assert 'neighbourhoods = 2\nneighbourhoods_sha256 = "' in provenance_toml(described())


def test_provenance_without_neighbourhoods_does_not_speak_of_them() -> None:
    one = reading((els_row("E08000025"),), "2026-01-10")
    assert "neighbourhoods" not in provenance_toml(one.provenance)
    assert with_neighbourhoods(one.provenance, ()) is one.provenance


def test_an_altered_or_missing_file_is_refused(tmp_path: Path) -> None:
    (entry,) = described().vintage
    with pytest.raises(Refused, match="restore the file"):
        read_file(tmp_path, entry)
    write_neighbourhoods(tmp_path, entry, TWO[:1])
    with pytest.raises(Refused, match="the file whose sha256"):
        read_file(tmp_path, entry)


@pytest.fixture
def engine(store_engine: Engine) -> Engine:
    with store_engine.begin() as connection:
        connection.execute(source.insert().values(id="drop_in", title="x", home_url=""))
        words = dict.fromkeys(("title", "producer", "landing_page", "licence"), "x")
        connection.execute(
            dataset.insert().values(
                id="fuel-poverty", source_id="drop_in", load_replaces="whole", **words
            )
        )
        connection.execute(
            area.insert().values(
                id=1, code="E08000025", name="Birmingham", type="metropolitan district",
                lower_tier=True, upper_tier=True,
            )
        )  # fmt: skip
    return store_engine


def rows() -> list[NeighbourhoodRow]:
    return [NeighbourhoodRow(one.code, 1, one.households, one.fuel_poor, one.share) for one in TWO]


def test_a_newer_edition_takes_the_place_of_the_one_held(engine: Engine) -> None:
    with engine.begin() as connection:
        replace_neighbourhoods(connection, "fuel-poverty", YEAR, rows())
        replace_neighbourhoods(connection, "fuel-poverty", YEAR, rows()[:1])
        found = read_neighbourhoods(connection, "fuel-poverty", "E08000025")
        assert datasets_with_neighbourhoods(connection) == ["fuel-poverty"]
        assert read_neighbourhoods(connection, "fuel-poverty", "E08000026").empty
    assert found.values.tolist() == [
        ["E01000001", "E08000025", YEAR.start, YEAR.end, 600, 160, pytest.approx(80 / 3)]
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        NeighbourhoodRow("E01000003", 1, 0, 0, 0.0),
        NeighbourhoodRow("E01000003", 1, 10, 11, 100.0),
        NeighbourhoodRow("E01000003", 1, 10, 1, 110.0),
        NeighbourhoodRow("E01000003", 2, 10, 1, 10.0),
    ],
)
def test_the_store_guarantees_what_the_reader_checks(
    engine: Engine, wrong: NeighbourhoodRow
) -> None:
    with pytest.raises(IntegrityError), engine.begin() as connection:
        replace_neighbourhoods(connection, "fuel-poverty", YEAR, [wrong])


def test_the_shipped_neighbourhoods_add_up_to_birmingham(built_store: Engine) -> None:
    """443,703 households and 96,795 fuel poor ones, as the table of authorities has them."""
    with built_store.connect() as connection:
        found = read_neighbourhoods(connection, "fuel-poverty", "E08000025")
        every = len(connection.execute(select(neighbourhood.c.code)).all())
        stored = read_measures(connection, "pockets", area_code="E08000025")
        sheffield = read_measures(connection, "pockets", area_code="E08000039")
    assert every == 32_844
    assert (found["households"].sum(), found["fuel_poor_households"].sum()) == (443_703, 96_795)
    (pocket,) = [Pockets.model_validate_json(text) for text in stored.values()]
    # 639 values: the median is the 320th in order.
    assert pocket.median == sorted(found["share"])[319]
    assert (pocket.neighbourhoods, pocket.highest) == (639, found["share"].max())
    assert pocket.above_national == (found["share"] > pocket.national).sum() == 544
    # Sheffield's are published under its former code.
    assert len(sheffield) == 1
