"""What a DOCX file is put together from, that its library gives no name to."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from layouts.documents.plain import plain
from layouts.tokens import ACCENT, INK_MUTED

SMALL = Pt(8)
# That of a cell, and of an entry in a long list.
CLOSE_TEXT = Pt(9)
# That of what is there to be followed, hardly to be read.
FINE = Pt(6.5)
# Zip files know no day before 1980; the day of the content stands in the document itself.
UNDATED = (1980, 1, 1, 0, 0, 0)


def in_small_print(run: Run) -> None:
    """Make words small and muted."""
    run.font.size, run.font.color.rgb = SMALL, RGBColor.from_string(INK_MUTED.light[1:].upper())


def fill(cell: _Cell, words: str, *, bold: bool = False) -> Paragraph:
    """Write words into an empty cell, and give their paragraph."""
    paragraph: Paragraph = cell.paragraphs[0]
    run = paragraph.add_run(plain(words))
    run.bold = bold or None
    run.font.size = CLOSE_TEXT
    return paragraph


def describe(table: Any, title: str, words: str) -> None:
    """The alternative text of a table."""
    for name, text in (("w:tblCaption", title), ("w:tblDescription", words)):
        told = OxmlElement(name)
        told.set(qn("w:val"), plain(text))
        table._tbl.tblPr.append(told)


def close_set(paragraph: Paragraph) -> Paragraph:
    """Set a paragraph of a long list close to those before and after it."""
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    return paragraph


def bookmark(paragraph: Paragraph, name: str, words: str, number: int, size: Pt) -> None:
    """Words in bold that links of the document lead to; `number` is no other bookmark's."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.append(start)
    run = paragraph.add_run(words)
    run.bold, run.font.size = True, size
    paragraph._p.append(end)


def link(paragraph: Paragraph, words: str, *, anchor: str = "", to: str = "") -> None:
    """A link to a bookmark of the document, or to an address."""
    element = OxmlElement("w:hyperlink")
    if anchor:
        element.set(qn("w:anchor"), anchor)
    else:
        element.set(qn("r:id"), paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, True))
    run = paragraph.add_run(plain(words))
    run.font.size, run.font.color.rgb = SMALL, RGBColor.from_string(ACCENT.light[1:].upper())
    run.font.underline = True
    element.append(run._r)
    paragraph._p.append(element)


def field(run: Run, code: str) -> None:
    """A field that the word processor fills in, such as the number of the page."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


def packed(document: Document) -> bytes:
    """The file, with nothing of the library's empty document that shows, and without its time."""
    relations = document.part.package.rels
    for key in [one for one in relations if relations[one].reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        # A picture of the first page of another document.
        relations.pop(key)
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as dated, zipfile.ZipFile(out, "w") as undated:
        for name in dated.namelist():
            # Without the moment at which each of its parts was packed.
            part = zipfile.ZipInfo(name, UNDATED)
            part.compress_type = zipfile.ZIP_DEFLATED
            undated.writestr(part, dated.read(name))
    return out.getvalue()
