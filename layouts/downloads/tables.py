"""Tables of figures as CSV and as a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from data.tables import STATUS_LETTERS

# A spreadsheet takes a text that begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel holds no longer text in one cell.
LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Table:
    """A table to take away.

    Attributes:
        title: what it holds.
        columns: their names.
        rows: numbers as numbers, words as text, None for an empty cell.
        about: pairs of heading and words: source, licence, dates, addresses.
        known_on: the day on which the newest of its figures became known.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    about: tuple[tuple[str, str], ...]
    known_on: date


def as_csv(table: Table) -> bytes:
    """The table in UTF-8 with a byte order mark, without which Excel misreads £ and –.

    A text that a spreadsheet would take for a formula gets an apostrophe in front; numbers are
    left as they are.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _csv_cell(cell: str | float | None) -> str | float:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return int(cell) if float(cell).is_integer() else cell
    text = cell.replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook: the figures, what they are, and the meaning of the status letters.

    Every text is written as text, so that nothing in it is run. The same table gives the same
    bytes.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {"title": table.title, "created": datetime.combine(table.known_on, datetime.min.time())}
        )
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Figures")
        for place, name in enumerate(table.columns):
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(table.rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell[:LONGEST_CELL])
                elif cell is not None:
                    sheet.write_number(number, place, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for place, width in enumerate(_widths(table)):
            sheet.set_column(place, place, width)
        _words(book.add_worksheet("About"), ("What", "This table"), table.about, bold, wrapped)
        letters = [*STATUS_LETTERS.items(), ("(empty)", "an ordinary figure")]
        _words(book.add_worksheet("Status"), ("Letter", "Meaning"), letters, bold, wrapped)
    return out.getvalue()


def _words(
    sheet: xlsxwriter.worksheet.Worksheet,
    heading: tuple[str, str],
    pairs: Sequence[tuple[str, str]],
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for number, (name, words) in enumerate([heading, *pairs]):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words[:LONGEST_CELL], bold if number == 0 else wrapped)


def _widths(table: Table) -> list[int]:
    """A width for each column that shows most of it, in characters."""
    shown = table.rows[:50]
    return [
        max(
            8,
            min(40, max([len(name), *(len(str(row[place] or "")) for row in shown)]) + 2),
        )
        for place, name in enumerate(table.columns)
    ]
