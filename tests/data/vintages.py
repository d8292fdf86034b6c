"""One small table in three vintages, of which every read can be followed by hand.

| known on   | Birmingham 2022 | Birmingham 2023 | Coventry 2023 |
|------------|-----------------|-----------------|---------------|
| 2026-01-10 | 40              |                 | 60            |
| 2026-03-01 | 41 (revised)    | 42 (added)      | withdrawn     |
| 2026-05-01 | 41              | none (status c) | 61 (again)    |
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from data.reference_data import load_reference
from ingest.loading import load_readings
from tests.ingest.examples import els_row, metric, reading, write_reference_folder

BIRMINGHAM, COVENTRY = "E08000025", "E08000026"
FIRST, SECOND, THIRD = date(2026, 1, 10), date(2026, 3, 1), date(2026, 5, 1)
Y22, Y23 = "2022-01-01/P1Y", "2023-01-01/P1Y"
VINTAGES = (
    (FIRST, [els_row(BIRMINGHAM, Y22, "40"), els_row(COVENTRY, Y23, "60")]),
    (SECOND, [els_row(BIRMINGHAM, Y22, "41"), els_row(BIRMINGHAM, Y23, "42")]),
    (
        THIRD,
        [
            els_row(BIRMINGHAM, Y22, "41"),
            els_row(BIRMINGHAM, Y23, "", status="c"),
            els_row(COVENTRY, Y23, "61"),
        ],
    ),
)


def load_vintages(engine: Engine, folder: Path, how_many: int) -> None:
    """Load the first so many vintages into a migrated, empty store, as ingestion loads them.

    Args:
        engine: where to.
        folder: for the reference files, which are written into it.
        how_many: of the vintages, from the oldest on.
    """
    one = metric(coverage={**metric().model_dump()["coverage"], "combined_authority": False})
    with engine.begin() as writing:
        load_reference(writing, write_reference_folder(folder))
    readings = [reading(rows, str(day), one=one) for day, rows in VINTAGES[:how_many]]
    load_readings(engine, readings)
