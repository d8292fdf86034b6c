"""Damage to workbooks: a sheet of text under the hand that damages tables, written out again."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from tests.faults import damage
from tests.faults.damage import Damage, Places, Rows, is_number
from tests.ingest.sources.made_workbooks import Cell, Grid, Grids

# What a sheet keeps above its table.
PREAMBLE = 2


def header_year_changed(d: Damage) -> None:
    header = d.rows[0]
    place = d.chance.choice([n for n, cell in enumerate(header) if is_number(cell)])
    header[place] = str(int(header[place]) + d.chance.choice((-1, 1)))


def header_word_changed(d: Damage) -> None:
    place = d.chance.randrange(len(d.rows[0]))
    d.rows[0][place] += d.chance.choice(("*", " (r)", "a"))


def blank_row_inside(d: Damage) -> None:
    d.rows.insert(d.chance.randrange(1, len(d.rows)), [""] * len(d.rows[0]))


def blank_column_inside(d: Damage) -> None:
    place = d.chance.randrange(len(d.rows[0]))
    for row in d.rows:
        row.insert(place, "")


def figure_as_text(d: Damage) -> None:
    row = d.with_value()
    row[d.at.value] = f" {row[d.at.value]} "


DEEDS: tuple[Callable[[Damage], None], ...] = (
    *(damage.column_dropped, damage.column_emptied, damage.header_swapped, damage.columns_swapped),
    *(damage.columns_swapped_in_some_rows, damage.row_shifted, damage.row_shifted_left),
    *(damage.values_exchanged, damage.code_misspelt, damage.code_of_another_area),
    *(damage.codes_exchanged, damage.decimal_comma, damage.decimal_mark_lost),
    *(damage.decimal_marks_lost, damage.thousands_grouped, damage.row_repeated),
    *(damage.row_repeated_with_another_figure, damage.rows_in_another_order),
    *(damage.unknown_symbol, damage.figure_lost, damage.row_dropped, damage.rows_cut_off),
    *(damage.digit_changed, header_year_changed, header_word_changed, blank_row_inside),
    *(blank_column_inside, figure_as_text),
)
BYTES_DEEDS = (damage.cut_short, damage.stray_byte)
# Beside what no reader can tell of any table: a sheet has one row for an area and one column for
# a year, and neither can be told from another whose figures might be its own.
UNSEEN_AT_FIRST = frozenset(
    {"header_year_changed", "columns_swapped", "header_swapped", "column_dropped"}
)


def damaged_sheet(
    rows: Rows, deed: Callable[[Damage], None], chance: random.Random, codes: Sequence[str]
) -> None:
    """Do a deed to a table whose columns are code, name and one for each year."""
    years = [place for place, cell in enumerate(rows[0]) if is_number(cell)]
    value, lower = chance.sample(years, 2)
    at = Places(code=0, name=1, period=0, value=value, lower=lower, upper=lower, status=1, note=1)
    deed(Damage(rows, at, chance, tuple(codes)))


def as_cells(rows: Rows) -> Grid:
    """Text as a producer would have it in cells: what is a number is one."""
    return [[_cell(text) for text in row] for row in rows]


def _cell(text: str) -> Cell:
    # Only what a number gives back: what was grouped, or has spaces, is kept as it is written.
    return float(text) if is_number(text) and repr(float(text)) == text else text


def workbook_of(rows: Rows, write: Callable[[Grids], bytes]) -> bytes:
    """A workbook with a cover, and the table below the lines that go before it."""
    above: Grid = [["Homes with gardens by area"], ["Published by the Office for Gardens"]]
    return write({"Cover": [["Gardens"]], "Data": [*above, *as_cells(rows)]})
