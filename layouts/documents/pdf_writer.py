"""A document to be printed: PDF on A4, tagged, with bookmarks and charts as vectors.

The library that sets it needs Pango on the machine, so it is loaded only when a PDF is made.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from layouts.documents.content import Document, Picture
from layouts.documents.drawing import alternative, draw_for_print
from layouts.documents.manifest_writer import content_hash
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
from layouts.templating import render

STYLE = Path(__file__).with_name("print.css")
# Longer than the words of headings and units are.
_LONG_WORD = 20
INSTALL = (
    "PDF cannot be made on this machine: it needs the Python package weasyprint and the system "
    "library Pango. Install them with: pip install -r requirements.txt, and on Debian: apt-get "
    "install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)


class NoPrinterError(RuntimeError):
    """What sets a PDF is not on this machine. The message says what to install."""


def write_pdf(document: Document) -> bytes:
    """The document as a PDF. The same document gives the same bytes on the same machine.

    Raises:
        NoPrinterError: the library or Pango is not installed.
    """
    library = _library()
    numbers, sources = citation_numbers(document), sources_of(document)
    markup = render(
        "document_print.html",
        document=document,
        language=LANGUAGE,
        style=STYLE.read_text(encoding="utf-8"),
        about=about_words(document),
        against=AGAINST,
        citations_heading=CITATIONS,
        citations_opening=CITATIONS_OPENING,
        sources_heading=SOURCES,
        sources=[source_words(one) for one in sources],
        source_reference=lambda figure: source_reference(figure, sources),
        cited_at=cited_at,
        addresses_heading=ADDRESSES,
        addresses_opening=ADDRESSES_OPENING,
        numbers=numbers,
        cell_words=lambda cell: cell_words(cell, numbers),
        statement_words=statement_words,
        drawn=_address_of_drawing,
        alternative=alternative,
        long=_long,
    )

    class OnlyWhatIsHere(library.URLFetcher):  # type: ignore[misc, name-defined]
        """Nothing in a document may make the machine fetch or read anything."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=("data",))

    # A title, a note or a caption can hold anything; none of it is markup or a file's name.
    page = library.HTML(string=plain(markup), url_fetcher=OnlyWhatIsHere(), base_url=None)
    made: bytes = page.write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=content_hash(document)[:32].encode("ascii")
    )
    return made


def _long(words: str) -> bool:
    """Whether a cell has a word too long for a column, which may be broken anywhere."""
    return any(len(word) > _LONG_WORD for word in words.split())


def _library() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:
        raise NoPrinterError(INSTALL) from error
    return weasyprint


def _address_of_drawing(picture: Picture) -> str:
    drawn = base64.b64encode(draw_for_print(picture).encode("utf-8")).decode("ascii")
    return f"data:image/svg+xml;base64,{drawn}"
