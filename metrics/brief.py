"""A brief as it is written: every form of it is made from this and from nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from data.brief_reads import Expected
from metrics.briefing_known import Cited


@dataclass(frozen=True, slots=True)
class BriefRow:
    """One row: its heading, its cells, and the figure it rests on, if one is held.

    Rows of one group follow each other; `group` is what stands above them all.
    """

    group: str
    heading: str
    cells: tuple[str, ...]
    cite: Cited | None = None


@dataclass(frozen=True, slots=True)
class BriefTable:
    """A table: `corner` heads the headings of the rows, `columns` the cells."""

    id: str
    caption: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[BriefRow, ...]
    more: str = ""

    @property
    def groups(self) -> tuple[tuple[str, tuple[BriefRow, ...]], ...]:
        """The groups in order, each with its rows."""
        found = groupby(self.rows, key=lambda row: row.group)
        return tuple((group, tuple(rows)) for group, rows in found)


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a list, with the figures it rests on."""

    words: str
    cites: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefSection:
    """A part of a brief: opening words, tables, a list, and closing words in small print."""

    id: str
    heading: str
    opening: str
    tables: tuple[BriefTable, ...] = ()
    lines: tuple[Line, ...] = ()
    numbered: bool = False
    closing: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole brief.

    Attributes:
        title, answer: its heading and the sentence that it opens with.
        about: areas and days, and what was assumed where nothing was said.
        sections: its parts.
        sources: the datasets that it rests on.
        labels: the areas as headings name them, by code.
    """

    title: str
    answer: str
    about: tuple[str, ...]
    sections: tuple[BriefSection, ...]
    sources: tuple[Expected, ...]
    labels: dict[str, str]

    def label(self, cited: Cited) -> str:
        """How a figure is called in a list of those that something rests on."""
        return cited.measure or self.labels[cited.code]
