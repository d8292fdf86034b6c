"""The content of a document before it is a page, a text, a workbook or a print.

Every form is written from this and from nothing else, so that all say the same. No text here is
markup: whoever writes a form escapes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.figure_reads import DatasetVintage
from layouts.figures.description import RankedStrip
from metrics.citing import CitationForms
from metrics.figure import Figure, address, figure_id
from metrics.measures.results import Verdict


@dataclass(frozen=True, slots=True)
class CitedFigure:
    """One figure with what is needed to write it, and to cite it, anywhere.

    Attributes:
        figure: the facts, as they were published.
        measure: what is measured, with a capital: `Employment rate`.
        place: the area as a heading names it.
        period: in words.
        value: with its unit: `58.2 years`.
        interval: the 95% interval without those words: `57.0 to 59.4`; empty for none.
        source: the newest vintage that held it, or that it was derived from.
        note: what qualifies it: `provisional`, or how it was derived; empty for nothing.
        cite: the short address of its citation on this site.
        forms: the ready forms of its citation.
    """

    figure: Figure
    measure: str
    place: str
    period: str
    value: str
    interval: str
    note: str
    source: DatasetVintage
    cite: str
    forms: CitationForms

    @property
    def id(self) -> str:
        """The id of the figure, the same on any copy of the product."""
        return figure_id(self.figure)

    @property
    def is_derived(self) -> bool:
        """Whether it was worked out here and is no published figure, which every form must say."""
        return self.figure.basis == "derived"

    @property
    def address(self) -> str:
        """The permanent address of its citation, which carries all its facts."""
        return address(self.figure)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, or a figure, with a detail in small print behind either.

    `missing` marks words that stand where a figure would, and say why there is none.
    """

    words: str = ""
    figure: CitedFigure | None = None
    detail: str = ""
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its heading, where that leads on the site, and its cells."""

    heading: str
    cells: tuple[Cell, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `columns` are the headings of the cells, `corner` that of the rows' headings.

    `sentences` says that cells hold sentences, so that a row is better folded than cut off where
    there is little room.
    """

    id: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sentences: bool = False

    @property
    def has_figures(self) -> bool:
        """Whether a figure stands in one of its cells; sentences alone read better in a list."""
        return any(cell.figure is not None for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as described; its title and summary say in words what it shows."""

    id: str
    chart: RankedStrip


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is said.

    Attributes:
        words: the sentence or sentences.
        of: what they are said of, as a heading before them; empty for none.
        address: the page of that on this site; empty for none.
        verdict: the verdict that they give the reason for, `verdict_words` it with its cause.
    """

    words: str
    of: str = ""
    address: str = ""
    verdict: Verdict | None = None
    verdict_words: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document under a heading, in this order: opening words, picture, table, list.

    `level` is that of the heading: 2, or 3 for a part of the section before it. `against` marks
    what speaks against the argument of the document, so that no form can hide it.
    """

    id: str
    heading: str
    level: int = 2
    opening: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()
    statements: tuple[Statement, ...] = ()
    against: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        title: its title, which may hold any characters.
        mark: what must stand on every page of it: `Example: not a position of the authority`;
            empty for nothing.
        answer: the sentence that it opens with.
        about: pairs of heading and words: author, date, areas.
        sections: its parts, in order.
        sources: the newest vintage of each dataset that a figure of it comes from.
        known_on: the day up to which figures are known; None for an empty store.
        path: the page of it on this site.
    """

    title: str
    mark: str
    answer: str
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[DatasetVintage, ...]
    known_on: date | None
    path: str

    @property
    def figures(self) -> tuple[CitedFigure, ...]:
        """Every figure that stands in a table, each once, in the order of first mention."""
        found = {cell.figure.id: cell.figure for cell in self._cells() if cell.figure}
        return tuple(found.values())

    def _cells(self) -> Iterator[Cell]:
        for section in self.sections:
            for table in section.tables:
                for row in table.rows:
                    yield from row.cells
