"""The layout of a workbook of Nomis's query tool: tables one below the other, one for each date.

Each starts with a title and a line of copyright, says what it is about in lines of two cells,
and ends with a legend of its symbols and notes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.faults import Fault, quoted

_COPYRIGHT = "ONS Crown Copyright Reserved [from Nomis on "
_LEGEND = re.compile(r"([^\w\s]) (\S.*)")
_REMEDY = "see what the query tool has changed; the reader has to learn it"


@dataclass(frozen=True, slots=True)
class Block:
    """One table.

    Attributes:
        row: the row of its title.
        about: what it is about, such as `{"date": "Jan 2018-Dec 2018"}`.
        headings: the heading of each group of columns.
        areas: each area's row, name and cells; the cells as many as headings times parts.
        legend: for each symbol, what it stands for, without the full stop.
    """

    row: int
    about: Mapping[str, str]
    headings: tuple[str, ...]
    areas: tuple[tuple[int, str, tuple[str, ...]], ...]
    legend: Mapping[str, str]


def find_blocks(
    cells: Sequence[Sequence[str]],
    title: str,
    area_column: str,
    parts: Sequence[str],
    file: str,
) -> tuple[list[Block], list[Fault]]:
    """Every table of a sheet.

    Args:
        cells: the sheet from row 1 on.
        title: what each table is called.
        area_column: what its first column is called.
        parts: what stands below each heading, such as `number`, `Flags`, `conf`; a single part
            has no line of its own in the workbook.
        file: what messages call the workbook.

    Returns:
        The tables that are laid out so, and a fault for each place that is not.
    """
    faults: list[Fault] = []
    starts = [
        number
        for number, row in enumerate(cells)
        if row[0] == title
        and number + 1 < len(cells)
        and cells[number + 1][0].startswith(_COPYRIGHT)
    ]
    if not starts or any(any(row) for row in cells[: starts[0]]):
        expected = f"{quoted(title)} at the top and a line that starts {quoted(_COPYRIGHT)}"
        found = quoted(cells[0][0]) if cells and cells[0][0] else "something else"
        return [], [Fault(file, 1, "", found, expected, _REMEDY)]
    blocks = []
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        block = _Reader(cells, start, end, file, faults).block(area_column, tuple(parts))
        if block is not None:
            blocks.append(block)
    return blocks, faults


@dataclass(slots=True)
class _Reader:
    """Goes down the rows of one table."""

    cells: Sequence[Sequence[str]]
    at: int
    end: int
    file: str
    faults: list[Fault]

    def block(self, area_column: str, parts: tuple[str, ...]) -> Block | None:
        title = self.at + 1
        self.at += 2
        self._skip_blank()
        about: dict[str, str] = {}
        while self.at < self.end and any(self._row()):
            key, value, *rest = self._row()
            if not key or not value or any(rest) or key in about:
                self._fault(f"{quoted(key)}, {quoted(value)}", "a name and what it is, once")
            about[key] = value
            self.at += 1
        self._skip_blank()
        if self.at >= self.end or self._row()[0] != area_column:
            found = quoted(self._row()[0]) if self.at < self.end else "the end"
            self._fault(found, f"the headings, the first {quoted(area_column)}")
            return None
        headings = self._headings(parts)
        if headings is None:
            return None
        areas = []
        width = len(headings) * len(parts)
        while self.at < self.end and self._row()[0]:
            row = self._row()
            if any(row[1 + width :]):
                self._fault("cells beyond the last heading", "a heading for every cell")
            areas.append((self.at + 1, row[0], tuple(row[1 : 1 + width])))
            self.at += 1
        return Block(title, about, headings, tuple(areas), self._legend())

    def _row(self) -> Sequence[str]:
        return self.cells[self.at]

    def _fault(self, found: str, expected: str) -> None:
        row = min(self.at, self.end - 1) + 1
        self.faults.append(Fault(self.file, row, "", found, expected, _REMEDY))

    def _skip_blank(self) -> None:
        while self.at < self.end and not any(self._row()):
            self.at += 1

    def _headings(self, parts: tuple[str, ...]) -> tuple[str, ...] | None:
        row = self._row()[1:]
        last = max((place for place, text in enumerate(row) if text), default=-1)
        headings = tuple(row[: last + 1 : len(parts)])
        between = [text for place, text in enumerate(row) if place % len(parts) and text]
        if "" in headings or between or not headings:
            self._fault("headings with gaps", f"a heading for every {len(parts)} columns")
            return None
        if len(set(headings)) != len(headings):
            self._fault("a heading twice", "each heading once")
            return None
        self.at += 1
        if len(parts) > 1:
            expected = ["", *parts * len(headings)]
            found = list(self._row()) if self.at < self.end else []
            if found[: len(expected)] != expected or any(found[len(expected) :]):
                self._fault(quoted(", ".join(found[1:5])), f"{', '.join(parts)} below each heading")
                return None
            self.at += 1
        return headings

    def _legend(self) -> dict[str, str]:
        legend: dict[str, str] = {}
        while self.at < self.end:
            row = self._row()
            if any(row[1:]):
                self._fault("cells below the table's last area", "notes in the first column only")
            match = _LEGEND.fullmatch(row[0])
            if match and match[1] in legend:
                self._fault(quoted(row[0]), f"one meaning of {match[1]}")
            elif match:
                legend[match[1]] = match[2].rstrip(".")
            self.at += 1
        return legend
