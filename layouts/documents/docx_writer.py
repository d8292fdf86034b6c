"""A document that can be edited in a word processor: real headings, tables and alternative text."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from layouts.documents.content import CitedFigure, Document, Picture, Section, Table
from layouts.documents.drawing import alternative, draw_in_pixels
from layouts.documents.plain import plain
from layouts.documents.telling import (
    AGAINST,
    CITATIONS,
    CITATIONS_OPENING,
    LANGUAGE,
    SOURCES,
    about_words,
    cell_words,
    citation_lines,
    citation_numbers,
    cited_at,
    source_words,
    statement_words,
)
from layouts.tokens import ACCENT, INK, INK_MUTED

_FONT = "Arial"
_SMALL = Pt(8)
_MARGIN = Mm(20)
_TEXT_WIDTH = Mm(210 - 2 * 20)
# Zip files know no day before 1980; the day of the content stands in the document itself.
_UNDATED = (1980, 1, 1, 0, 0, 0)


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
        if content.sources:
            self._heading(SOURCES, 1)
            for source in content.sources:
                self._file.add_paragraph(plain(source_words(source)), style="List Bullet")
        out = io.BytesIO()
        self._file.save(out)
        return _undated(out.getvalue())

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
        day = content.known_on or datetime(*_UNDATED).date()
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
        _field(footer.add_run(), "PAGE")

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
        _describe(table, "About this document", "A heading and its words in each row.")
        for heading, words in pairs:
            cells = table.add_row().cells
            _fill(cells[0], heading, bold=True)
            _fill(cells[1], words)

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
        _describe(made, table.caption, f"{table.corner} by {', '.join(table.columns)}")
        heads = made.rows[0]
        for cell, words in zip(heads.cells, (table.corner, *table.columns), strict=True):
            _fill(cell, words, bold=True)
        repeated = OxmlElement("w:tblHeader")
        heads._tr.get_or_add_trPr().append(repeated)
        for row in table.rows:
            line = made.add_row()
            line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = line.cells
            _fill(cells[0], row.heading, bold=True)
            for place, cell in zip(cells[1:], row.cells, strict=True):
                told = cell_words(cell, self._numbers)
                paragraph = _fill(place, told.main)
                if told.number is not None:
                    run = paragraph.add_run(" ")
                    _link(paragraph, f"[{told.number}]", anchor=f"figure-{told.number}")
                    run.font.size = _SMALL
                if told.small:
                    run = place.add_paragraph().add_run(plain(told.small))
                    run.font.size, run.font.color.rgb = _SMALL, _muted()
        self._file.add_paragraph()

    def _citation(self, figure: CitedFigure) -> None:
        number = self._numbers[figure.id]
        sentence, footnote = citation_lines(figure)
        paragraph = self._file.add_paragraph()
        self._bookmark(paragraph, f"figure-{number}", f"[{number}] ")
        paragraph.add_run(plain(f"{sentence} ")).font.size = Pt(9.5)
        where = cited_at(figure)
        if where and footnote.endswith(where):
            run = paragraph.add_run(plain(footnote.removesuffix(where)))
            _link(paragraph, where, to=where)
        else:
            run = paragraph.add_run(plain(footnote))
        run.font.size, run.font.color.rgb = _SMALL, _muted()

    def _bookmark(self, paragraph: Paragraph, name: str, words: str) -> None:
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        paragraph._p.append(start)
        paragraph.add_run(words).bold = True
        paragraph._p.append(end)


def _muted() -> RGBColor:
    return RGBColor.from_string(INK_MUTED.light[1:].upper())


def _fill(cell: _Cell, words: str, *, bold: bool = False) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0]
    run = paragraph.add_run(plain(words))
    run.bold = bold or None
    run.font.size = Pt(9)
    return paragraph


def _describe(table: Any, title: str, words: str) -> None:
    """The alternative text of a table."""
    for name, text in (("w:tblCaption", title), ("w:tblDescription", words)):
        told = OxmlElement(name)
        told.set(qn("w:val"), plain(text))
        table._tbl.tblPr.append(told)


def _link(paragraph: Paragraph, words: str, *, anchor: str = "", to: str = "") -> None:
    """A link to a bookmark of the document, or to an address."""
    link = OxmlElement("w:hyperlink")
    if anchor:
        link.set(qn("w:anchor"), anchor)
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, True))
    run = paragraph.add_run(plain(words))
    run.font.size, run.font.color.rgb = _SMALL, RGBColor.from_string(ACCENT.light[1:].upper())
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _field(run: Run, code: str) -> None:
    """A field that the word processor fills in, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


def _undated(packed: bytes) -> bytes:
    """The same file without the moment at which each of its parts was packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as made, zipfile.ZipFile(out, "w") as again:
        for name in made.namelist():
            part = zipfile.ZipInfo(name, _UNDATED)
            part.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(part, made.read(name))
    return out.getvalue()


__all__ = ["write_docx"]
