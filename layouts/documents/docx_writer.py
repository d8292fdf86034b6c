"""A document that can be edited in a word processor: real headings, tables and alternative text."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from layouts.documents.content import CitedFigure, Document, Picture, Section, Table
from layouts.documents.docx_parts import (
    CLOSE_TEXT,
    FINE,
    SMALL,
    UNDATED,
    bookmark,
    close_set,
    describe,
    field,
    fill,
    in_small_print,
    link,
    packed,
)
from layouts.documents.drawing import alternative, draw_in_pixels
from layouts.documents.plain import plain
from layouts.documents.telling import (
    ADDRESSES,
    ADDRESSES_OPENING,
    AGAINST,
    CITATIONS,
    CITATIONS_OPENING,
    LANGUAGE,
    SOURCES,
    about_words,
    cell_words,
    citation_numbers,
    cited_at,
    source_reference,
    source_words,
    sources_of,
    statement_words,
)
from layouts.tokens import ACCENT, INK

_FONT = "Arial"
_MARGIN = Mm(20)
_TEXT_WIDTH = Mm(210 - 2 * 20)


def write_docx(document: Document) -> bytes:
    """The document as a DOCX file on A4. The same document gives the same bytes.

    Raises:
        NoFontError: there is no font on this machine to draw the charts with.
    """
    return _Writer(document).write()


class _Writer:
    """One document on its way."""

    def __init__(self, document: Document) -> None:
        self._content = document
        self._numbers = citation_numbers(document)
        self._sources = sources_of(document)
        self._file = docx.Document()
        self._marks = 0

    def write(self) -> bytes:
        content = self._content
        self._set_up()
        self._heading(content.title, 0)
        if content.mark:
            self._paragraph(content.mark, bold=True)
        self._paragraph(content.answer, size=Pt(13))
        self._table_of_pairs()
        for section in content.sections:
            self._section(section)
        if content.figures:
            self._heading(CITATIONS, 1)
            self._paragraph(CITATIONS_OPENING)
            for figure in content.figures:
                self._citation(figure)
        if self._sources:
            self._heading(SOURCES, 1)
            for number, source in enumerate(self._sources, start=1):
                self._marked(f"source-{number}", f"Source {number}", source_words(source))
        if content.figures and not cited_at(content.figures[0]):
            self._heading(ADDRESSES, 1)
            self._paragraph(ADDRESSES_OPENING)
            for figure in content.figures:
                number = self._numbers[figure.id]
                self._marked(f"address-{number}", f"[{number}]", figure.address, FINE)
        return packed(self._file)

    def _set_up(self) -> None:
        content, page = self._content, self._file.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
        styles = self._file.styles
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Caption"):
            style: Any = styles[name]
            style.font.name = _FONT
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            style.font.color.rgb = RGBColor.from_string(
                (ACCENT if name.startswith(("Heading", "Title")) else INK).light[1:].upper()
            )
        normal: Any = styles["Normal"]
        normal.font.size = Pt(10.5)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LANGUAGE)
        normal.element.get_or_add_rPr().append(language)
        # The empty document of the library is in American English.
        for told in styles.element.iter(qn("w:lang")):
            told.set(qn("w:val"), LANGUAGE)
        day = content.known_on or datetime(*UNDATED).date()
        made = datetime.combine(day, datetime.min.time())
        known = self._file.core_properties
        # No longer text fits into such a property.
        known.title = plain(content.title)[:255]
        known.subject = plain(content.answer)[:255]
        known.language = LANGUAGE
        known.author = known.last_modified_by = known.comments = known.keywords = ""
        known.created = known.modified = made
        known.revision = 1
        header = page.header.paragraphs[0]
        header.text = plain(" · ".join(one for one in (content.mark, content.title) if one))
        footer = page.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        field(footer.add_run(), "PAGE")

    def _heading(self, words: str, level: int) -> None:
        self._file.add_heading(plain(words), level)

    def _paragraph(self, words: str, *, bold: bool = False, size: Pt | None = None) -> Paragraph:
        paragraph = self._file.add_paragraph()
        run = paragraph.add_run(plain(words))
        run.bold = bold or None
        run.font.size = size
        return paragraph

    def _table_of_pairs(self) -> None:
        pairs = about_words(self._content)
        table = self._file.add_table(rows=0, cols=2, style="Table Grid")
        describe(table, "About this document", "A heading and its words in each row.")
        for heading, words in pairs:
            cells = table.add_row().cells
            fill(cells[0], heading, bold=True)
            fill(cells[1], words)

    def _section(self, section: Section) -> None:
        self._heading(section.heading, section.level - 1)
        if section.against:
            self._paragraph(AGAINST, bold=True)
        for words in section.opening:
            self._paragraph(words)
        for picture in section.pictures:
            self._picture(picture)
        for table in section.tables:
            self._table(table)
        for statement in section.statements:
            head, words = statement_words(statement)
            paragraph = self._file.add_paragraph(style="List Bullet")
            if head:
                paragraph.add_run(plain(f"{head}. ")).bold = True
            paragraph.add_run(plain(words))

    def _picture(self, picture: Picture) -> None:
        drawn = self._file.add_picture(io.BytesIO(draw_in_pixels(picture)), width=_TEXT_WIDTH)
        told = drawn._inline.docPr
        told.set("title", plain(picture.chart.title))
        told.set("descr", plain(alternative(picture)))
        self._paragraph(picture.chart.summary)

    def _table(self, table: Table) -> None:
        caption = self._file.add_paragraph(plain(table.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
        made = self._file.add_table(rows=1, cols=1 + len(table.columns), style="Table Grid")
        describe(made, table.caption, f"{table.corner} by {', '.join(table.columns)}")
        heads = made.rows[0]
        for cell, words in zip(heads.cells, (table.corner, *table.columns), strict=True):
            fill(cell, words, bold=True)
        repeated = OxmlElement("w:tblHeader")
        heads._tr.get_or_add_trPr().append(repeated)
        for row in table.rows:
            line = made.add_row()
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = line.cells
            fill(cells[0], row.heading, bold=True)
            for place, cell in zip(cells[1:], row.cells, strict=True):
                told = cell_words(cell, self._numbers)
                paragraph = fill(place, told.main)
                if told.number is not None:
                    run = paragraph.add_run(" ")
                    link(paragraph, f"[{told.number}]", anchor=f"figure-{told.number}")
                    run.font.size = SMALL
                if told.small:
                    in_small_print(place.add_paragraph().add_run(plain(told.small)))
        self._file.add_paragraph()

    def _citation(self, figure: CitedFigure) -> None:
        """A figure in a sentence, with the way to its source and the way to its whole address."""
        number = self._numbers[figure.id]
        paragraph = self._marked(f"figure-{number}", f"[{number}]", figure.forms.sentence)
        source = self._sources.index(figure.source) + 1
        paragraph.add_run(" ")
        link(paragraph, source_reference(figure, self._sources), anchor=f"source-{source}")
        in_small_print(paragraph.add_run(". Figure "))
        where = cited_at(figure)
        link(paragraph, figure.id, to=where, anchor="" if where else f"address-{number}")

    def _marked(self, name: str, mark: str, words: str, size: Pt = CLOSE_TEXT) -> Paragraph:
        """An entry of a list that links of the document lead to by its mark."""
        paragraph = close_set(self._file.add_paragraph())
        self._marks += 1
        bookmark(paragraph, name, mark, self._marks, size)
        paragraph.add_run(plain(f" {words}")).font.size = size
        return paragraph


__all__ = ["write_docx"]
