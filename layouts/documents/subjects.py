"""What a pack can be of, named by the address of its page, and the document of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from layouts.documents.area_document import area_document
from layouts.documents.case import case_of
from layouts.documents.content import Document
from layouts.documents.figures_document import figures_document
from layouts.documents.mission_document import mission_document
from layouts.documents.pack import PackError
from metrics.catalogue import Catalogue


def _case(store: Connection, catalogue: Catalogue, slug: str) -> Document:
    proposition = catalogue.propositions.get(slug)
    if proposition is None:
        raise PackError(f"There is no proposition called “{slug[:60]}”.")
    return case_of(store, catalogue, proposition)


_Make = Callable[[Connection, Catalogue, str], Document]
_MAKERS: dict[str, _Make] = {
    "areas": area_document,
    "missions": mission_document,
    "propositions": _case,
}
_PAGE = re.compile(r"/(\w+)/([^/?#]+)")
KINDS = (
    "/propositions/<slug>, /areas/<code>, /missions/<slug>, or addresses that begin with /figures/"
)


def document_of(
    store: Connection, catalogue: Catalogue, named: Sequence[str], title: str = ""
) -> Document:
    """The document of what is named.

    Args:
        named: the address of one page that a pack can be made of, or those of figures.
        title: for a list of figures, what the document is called.

    Raises:
        PackError: nothing can be made of it; the message says why.
    """
    found = _PAGE.fullmatch(named[0]) if len(named) == 1 else None
    if found is not None and found[1] in _MAKERS:
        return _MAKERS[found[1]](store, catalogue, found[2])
    if not named:
        raise PackError(f"Nothing is named that a pack could be made of: {KINDS}.")
    return figures_document(store, catalogue, named, title)
