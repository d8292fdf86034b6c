"""Where the columns of a table stand on its sheet, found by the declared patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import GSS_CODE
from ingest.tidy import SeriesWords

_HEADER_WITHIN = 60
LAYOUT_CHANGED = "see whether the publisher changed its layout; then correct the declaration"
Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumns:
    """Columns of figures that are called alike, such as one for each year.

    Attributes:
        header: a pattern for the whole header, rows joined by spaces.
        label, period: the series and its ISO period; groups of the pattern go in as `\\1`.
        measure, unit: the words of the series.
        holds: whether the columns hold the figure or a bound of its 95% interval.
        fewest: how many such columns there are at least, so that a lost year is seen.
    """

    header: str
    label: str
    period: str
    measure: str
    unit: str
    holds: Literal["value", "lower", "upper"] = "value"
    fewest: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetTable:
    """One table, alone on its sheet. All patterns match the whole of a cell.

    Attributes:
        sheet: a pattern for the name of the sheet.
        title: a pattern for a cell above the header, to know the table and its edition by.
        area_header: a pattern for the header of the codes, in the last row of the header.
        columns: what is taken.
        name_header: a pattern for the header of the names of areas, or empty. Columns to the
            right that have no header hold names too, where a table sets kinds of areas apart.
        not_read: patterns for the headers of all other columns.
        header_rows: how many rows the header has.
        spread: how many of these, from the top, hold for the blank cells to their right too.
        area_code: a pattern for the code of an area.
        set_aside: patterns for what stands first in rows that have figures but no code.
        ends_at: a pattern for what stands first in the row after the last; empty where the table
            goes on to the end of the sheet.
    """

    sheet: str
    title: str
    area_header: str
    columns: tuple[SheetColumns, ...]
    name_header: str = ""
    not_read: tuple[str, ...] = ()
    header_rows: int = 1
    spread: int = 0
    area_code: str = GSS_CODE
    set_aside: tuple[str, ...] = ()
    ends_at: str = ""


@dataclass(slots=True)
class Layout:
    """Where things stand on a sheet: the header's row and the columns, of names any number."""

    header_row: int
    area: int
    names: list[int] = field(default_factory=list)
    # For each series and period, the column of the value and of the bounds.
    figures: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    words: dict[str, SeriesWords] = field(default_factory=dict)


def find_layout(rows: Rows, table: SheetTable, file: str) -> Layout:
    """Find the header and the columns of a table.

    Raises:
        Refused: with every fault of the header.
    """
    places = [
        (number, place)
        for number, row in enumerate(rows[:_HEADER_WITHIN])
        for place, cell in enumerate(row)
        if re.fullmatch(table.area_header, cell)
    ]
    if len(places) != 1:
        expected = f"one header {quoted(table.area_header)} in the first {_HEADER_WITHIN} rows"
        raise Refused([Fault(file, None, "", f"{len(places)} such", expected, LAYOUT_CHANGED)])
    layout = Layout(*places[0])
    faults: list[Fault] = []
    above = [cell for row in rows[: layout.header_row] for cell in row if cell]
    if not any(re.fullmatch(table.title, cell) for cell in above):
        found = quoted(next(iter(above), "nothing"))
        expected = f"a title {quoted(table.title, 200)} above the header"
        faults.append(Fault(file, 1, "", found, expected, LAYOUT_CHANGED))
    headers = _headers(rows, table, layout.header_row)
    for place, header in enumerate(headers):
        if place != layout.area:
            _place_column(rows, place, header, table, layout, file, faults)
    for columns in table.columns:
        count = sum(re.fullmatch(columns.header, header) is not None for header in headers)
        if count < columns.fewest:
            expected = f"at least {columns.fewest} headers {quoted(columns.header)}"
            row = layout.header_row + 1
            faults.append(Fault(file, row, "", f"{count} such", expected, LAYOUT_CHANGED))
    for (label, period), held in layout.figures.items():
        if set(held) not in ({"value"}, {"value", "lower", "upper"}):
            found, expected = ", ".join(held), "a value, with both bounds or none"
            at = f"{label}, {period}"
            faults.append(Fault(file, layout.header_row + 1, at, found, expected, LAYOUT_CHANGED))
    if faults:
        raise Refused(faults)
    return layout


def _headers(rows: Rows, table: SheetTable, last: int) -> list[str]:
    stacked = [list(row) for row in rows[max(0, last - table.header_rows + 1) : last + 1]]
    for row in stacked[: table.spread]:
        for place in range(1, len(row)):
            row[place] = row[place] or row[place - 1]
    spread, rest = stacked[: table.spread], stacked[table.spread :]
    # What is spread says nothing of a column that has no header of its own.
    return [
        " ".join(cell for row in (*spread, *rest) if (cell := row[place]))
        if any(row[place] for row in rest)
        else ""
        for place in range(len(rows[last]))
    ]


def _place_column(
    rows: Rows,
    place: int,
    header: str,
    table: SheetTable,
    layout: Layout,
    file: str,
    faults: list[Fault],
) -> None:
    row = layout.header_row + 1

    def fault(found: str, expected: str) -> None:
        faults.append(Fault(file, row, header, found, expected, LAYOUT_CHANGED))

    if not header:
        numbers = [n for n, cells in enumerate(rows) if n >= row and _is_number(cells[place])]
        if numbers:
            fault(f"a number in row {numbers[0] + 1} under no header", "a header over numbers")
        elif layout.names and layout.names[-1] == place - 1:
            layout.names.append(place)
        return
    matching = [(c, m) for c in table.columns if (m := re.fullmatch(c.header, header))]
    if table.name_header and re.fullmatch(table.name_header, header):
        if layout.names:
            fault("a second column of names", "one column of names")
        layout.names = [place]
    elif len(matching) > 1:
        fault(f"{len(matching)} declarations for {quoted(header)}", "one declaration")
    elif matching:
        columns, match = matching[0]
        key = (match.expand(columns.label), match.expand(columns.period))
        words = SeriesWords(key[0], columns.measure, columns.unit)
        if layout.words.setdefault(key[0], words) != words:
            fault(f"another measure or unit for {quoted(key[0])}", "one measure and unit")
        if columns.holds in layout.figures.setdefault(key, {}):
            fault(f"a second column for {quoted(', '.join(key))}", "one column for each")
        layout.figures[key][columns.holds] = place
    elif not any(re.fullmatch(pattern, header) for pattern in table.not_read):
        fault(quoted(header), "a header that the declaration reads or names in 'not_read'")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", text) is not None
