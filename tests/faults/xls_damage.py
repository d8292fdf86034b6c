"""Damage to cells of an XLS workbook as it was served, done in place.

A cell is a record of fixed length, so another text, or a number for a text, goes where the first
one was and no other byte of the file changes.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.ingest.sources.made_xls import BOF, LABELSST, NUMBER, RK

_BEGINS = struct.pack("<HHHH", BOF, 16, 0x0600, 0x0005)
_SHEET, _END = 0x0010, b"\0\0\0\0"
# After its kind and length a cell has its row, column and format, then what it holds: a text its
# number in a shared table (four bytes), a number itself (four bytes, or eight).
_CELL = struct.Struct("<HHHHHI")


@dataclass(slots=True)
class Cell:
    """A text or a number: where its record begins, what it is, its row and column.

    `holds` is the number of a text, or the first half of a number.
    """

    begins: int
    kind: int
    row: int
    column: int
    holds: int


@dataclass(frozen=True, slots=True)
class XlsDamage:
    """The cells of one sheet under the hand that damages them.

    `codes` and `names` are the texts in the columns of codes and names of areas, row by row, and
    `figures` the numbers beside them.
    """

    content: bytearray
    codes: list[Cell]
    names: list[Cell]
    figures: list[Cell]
    chance: random.Random

    def put(self, cell: Cell, kind: int, holds: int) -> None:
        """Write another text or number over a cell."""
        struct.pack_into("<H", self.content, cell.begins, kind)
        struct.pack_into("<I", self.content, cell.begins + 10, holds)


def under_damage(
    content: bytes, sheet: int, columns: tuple[int, int, int], rows: range, chance: random.Random
) -> XlsDamage:
    """The cells in the columns of codes, names and figures in some rows of a sheet, 0 the first.

    Raises:
        ValueError: the file keeps its records in several pieces.
    """
    cells = [cell for cell in _cells(content, sheet) if cell.row in rows]
    texts = [cell for cell in cells if cell.kind == LABELSST]
    numbers = [cell for cell in cells if cell.kind != LABELSST]
    codes, names, figures = (
        [cell for cell in held if cell.column == column]
        for column, held in zip(columns, (texts, texts, numbers), strict=True)
    )
    return XlsDamage(bytearray(content), codes, names, figures, chance)


def _cells(content: bytes, sheet: int) -> Iterator[Cell]:
    place = content.index(_BEGINS)
    number = -1
    while content[place : place + 4] != _END:
        kind, length = struct.unpack_from("<HH", content, place)
        if place + 4 + length > len(content):
            raise ValueError("the records are not in one piece")
        if kind == BOF and struct.unpack_from("<H", content, place + 6)[0] == _SHEET:
            number += 1
        elif kind in (LABELSST, NUMBER, RK) and number == sheet:
            _, _, row, column, _, holds = _CELL.unpack_from(content, place)
            yield Cell(place, kind, row, column, holds)
        place += 4 + length


def _exchange(d: XlsDamage, cells: list[Cell]) -> None:
    one, other = d.chance.sample(cells, 2)
    d.put(one, one.kind, other.holds)
    d.put(other, other.kind, one.holds)


def _shift(d: XlsDamage, cells: list[Cell]) -> None:
    step = d.chance.choice((1, -1, 2, 7))
    for cell, other in zip(cells, [*cells[-step:], *cells[:-step]], strict=True):
        d.put(cell, cell.kind, other.holds)


def codes_exchanged(d: XlsDamage) -> None:
    _exchange(d, d.codes)


def names_exchanged(d: XlsDamage) -> None:
    _exchange(d, d.names)


def codes_shifted(d: XlsDamage) -> None:
    _shift(d, d.codes)


def names_shifted(d: XlsDamage) -> None:
    _shift(d, d.names)


def code_of_another_area(d: XlsDamage) -> None:
    one, other = d.chance.sample(d.codes, 2)
    d.put(one, one.kind, other.holds)


def code_as_number(d: XlsDamage) -> None:
    # A whole number, as the last two bits say.
    d.put(d.chance.choice(d.codes), RK, d.chance.randrange(1 << 20) << 2 | 0b10)


def figure_as_text(d: XlsDamage) -> None:
    d.put(d.chance.choice(d.figures), LABELSST, d.chance.choice(d.names).holds)


def name_for_code(d: XlsDamage) -> None:
    d.put(d.chance.choice(d.codes), LABELSST, d.chance.choice(d.names).holds)


DEEDS: tuple[Callable[[XlsDamage], None], ...] = (
    *(codes_exchanged, names_exchanged, codes_shifted, names_shifted),
    *(code_of_another_area, code_as_number, figure_as_text, name_for_code),
)
