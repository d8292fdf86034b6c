"""A document as a workbook: its text, its tables, and every figure with its id."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

import xlsxwriter

from data.tables import STATUS_LETTERS
from layouts.documents.content import CitedFigure, Document
from layouts.documents.plain import plain
from layouts.documents.telling import (
    AGAINST,
    about_words,
    cell_words,
    citation_numbers,
    cited_at,
    source_words,
    statement_words,
)
from layouts.downloads.tables import LONGEST_CELL

FIGURE_COLUMNS = (
    "number", "figure_id", "measure", "place", "period", "value_in_words", "interval", "note",
    "metric", "breakdown", "area_code", "comparator", "period_start", "period_end", "value",
    "lower_95", "upper_95", "status", "status_meaning", "basis", "dataset", "sentence", "footnote",
    "citation",
)  # fmt: skip
Sheet: TypeAlias = xlsxwriter.worksheet.Worksheet
_Cell: TypeAlias = str | float | None
# Zip files know no day before 1980.
_UNDATED = datetime(1980, 1, 1)


def write_xlsx(document: Document) -> bytes:
    """The document as a workbook. Every text is written as text, so that nothing in it is run.

    The same document gives the same bytes.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        known = document.known_on
        created = datetime.combine(known, datetime.min.time()) if known else _UNDATED
        book.set_properties({"title": plain(document.title)[:255], "created": created})
        look = _Look(book)
        about = [("Title", document.title), ("Mark", document.mark), ("Answer", document.answer)]
        about = [pair for pair in about if pair[1]] + list(about_words(document))
        look.fill(book.add_worksheet("About"), ("What", "This pack"), about, (24, 100))
        look.fill(
            book.add_worksheet("Text"), ("Part", "Of", "Words"), _text(document), (30, 36, 100)
        )
        tables = book.add_worksheet("Tables")
        look.fill(
            tables,
            ("Part", "Table", "Row", "Column", "Words", "Small print", "Citation"),
            _tables(document),
            (30, 40, 34, 24, 30, 40, 10),
        )
        numbers = citation_numbers(document)
        figures = book.add_worksheet("Figures")
        look.fill(
            figures,
            FIGURE_COLUMNS,
            (_figure(one, numbers[one.id]) for one in document.figures),
            (8, 15, 34, 30, 18, 18, 18, 24, *(14,) * 13, 60, 60, 60),
        )
        if document.figures:
            figures.autofilter(0, 0, len(document.figures), len(FIGURE_COLUMNS) - 1)
        look.fill(
            book.add_worksheet("Sources"),
            ("Dataset", "Source"),
            ((one.dataset, source_words(one)) for one in document.sources),
            (36, 100),
        )
        letters = [*STATUS_LETTERS.items(), ("(empty)", "an ordinary figure")]
        look.fill(book.add_worksheet("Status"), ("Letter", "Meaning"), letters, (12, 80))
    return out.getvalue()


class _Look:
    """How the sheets look, alike."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._bold = book.add_format({"bold": True, "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def fill(
        self,
        sheet: Sheet,
        headings: Iterable[str],
        rows: Iterable[Iterable[_Cell]],
        widths: Iterable[int],
    ) -> None:
        """Headings, rows beneath them, and how wide the columns are."""
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, self._bold)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, plain(cell)[:LONGEST_CELL], self._wrapped)
                elif cell is not None:
                    sheet.write_number(number, place, cell, self._wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)


def _text(document: Document) -> Iterable[tuple[str, str, str]]:
    for section in document.sections:
        yield section.heading, "", AGAINST if section.against else ""
        for words in section.opening:
            yield section.heading, "", words
        for picture in section.pictures:
            yield section.heading, f"Chart: {picture.chart.title}", picture.chart.summary
        for statement in section.statements:
            yield section.heading, *statement_words(statement)


def _tables(document: Document) -> Iterable[tuple[_Cell, ...]]:
    numbers = citation_numbers(document)
    for section in document.sections:
        for table in section.tables:
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    told = cell_words(cell, numbers)
                    yield (
                        section.heading,
                        table.caption,
                        row.heading,
                        column,
                        told.main,
                        told.small,
                        told.number,
                    )


def _figure(cited: CitedFigure, number: int) -> tuple[_Cell, ...]:
    figure = cited.figure
    start, end = figure.days
    meaning = "; ".join(STATUS_LETTERS.get(one, one) for one in figure.status.split())
    return (
        number, cited.id, cited.measure, cited.place, cited.period, cited.value, cited.interval,
        cited.note, figure.metric, figure.breakdown, figure.area, figure.comparator,
        start.isoformat(), end.isoformat(), _number(figure.value), _number(figure.lower),
        _number(figure.upper), figure.status, meaning, figure.basis, figure.dataset,
        cited.forms.sentence, cited.forms.footnote, cited_at(cited) or cited.address,
    )  # fmt: skip


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)
