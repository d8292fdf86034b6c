"""A document with everything that a form of it must carry, and a store that can be followed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.figure_reads import DatasetVintage
from data.store import open_store
from layouts.documents.content import (
    Cell,
    CitedFigure,
    Document,
    Picture,
    Row,
    Section,
    Statement,
    Table,
)
from layouts.figures.description import RankedStrip, Reference, StripRow, Unit
from metrics.citing import CitationForms
from metrics.figure import Figure, address, figure_id
from metrics.measures.results import Verdict
from tests.fixtures.cited import write_cited_store

SOURCE = DatasetVintage(
    "life",
    "Healthy life expectancy",
    "A producer",
    "https://example.org/life",
    "A licence",
    date(2026, 1, 5),
    date(2026, 1, 6),
    date(2026, 1, 7),
)


def cited(number: int) -> CitedFigure:
    """A figure of Birmingham; another for every number."""
    figure = Figure(
        "healthy-life-expectancy-male",
        "E08000025",
        "2022-01-01/2024-12-31",
        "life",
        f"{50 + number / 10:.1f}",
        "49",
        "99",
        status="p",
    )
    said = f"In 2022 to 2024, it was {figure.value} years."
    footnote = f"Source: A producer. Figure {figure_id(figure)}, {address(figure)}"
    forms = CitationForms(said, footnote, "", "")
    return CitedFigure(
        figure,
        "Healthy life expectancy",
        "Birmingham",
        "2022 to 2024",
        f"{figure.value} years",
        "49.0 to 99.0",
        "provisional",
        SOURCE,
        "/cite?x",
        forms,
    )


@pytest.fixture
def make_document() -> Callable[..., Document]:
    def make(figures: int = 3, title: str = "Evidence on life", charts: int = 1) -> Document:
        rows = tuple(
            Row(f"Row {number}", (Cell(figure=cited(number), detail="aside"), Cell("since 2019")))
            for number in range(1, figures + 1)
        )
        missing = Row("Nowhere", (Cell("No figure held", missing=True), Cell("=1+1")))
        strip = RankedStrip(
            "strip",
            "Healthy life expectancy, 2022 to 2024",
            "Birmingham 58.2 years and Coventry 60.1 years.",
            Unit("years", suffix=" years", decimals=1),
            (
                StripRow("E08000025", "Birmingham", "focus", 58.2, 57.0, 59.4),
                StripRow("E08000026", "Coventry", "focus", 60.1, 59.0, 61.2),
            ),
            (Reference("E92000001", "England", 61.5),),
        )
        table = Table("t", "Table of figures", "Measure", ("Newest figure", "Change"),
                      (*rows, missing))  # fmt: skip
        statement = Statement(
            "Nobody knows.", "Life rises", "/missions/health", Verdict.NO_DATA, "No data"
        )
        return Document(
            title=title,
            mark="Example: not a position",
            answer="Life is shorter here.",
            about=(("Author", "Somebody"),),
            sections=(
                Section(
                    "one",
                    "Where it stands",
                    opening=("An opening.",),
                    pictures=(Picture("strip", strip),) * charts,
                    tables=(table,),
                ),
                Section("two", "In part", level=3, statements=(statement,)),
                Section("three", "What speaks against", opening=("A caveat.",), against=True),
            ),
            sources=(SOURCE,),
            known_on=date(2026, 1, 7),
            path="/missions/health",
        )

    return make


@pytest.fixture(scope="session")
def cited_store(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cited") / "cited.sqlite"
    shutil.copyfile(migrated_sqlite_file, path)
    engine = open_store(f"sqlite:///{path}")
    write_cited_store(engine)
    engine.dispose()
    return path
