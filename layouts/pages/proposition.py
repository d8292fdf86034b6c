"""The page of one devolution proposition: its case, for and against, as the figures stand now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from layouts.addresses import proposition_address
from layouts.documents.case import case_of
from layouts.documents.content import Document, Picture, Section
from layouts.figures import at_both_widths, draw_ranked_strip
from layouts.near import near
from layouts.page import Page, Region
from layouts.request import NotFoundError, PageRequest
from layouts.templating import render
from metrics.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of a document as this page shows it."""

    title: str
    svg: Markup


def build(request: PageRequest) -> Page:
    """The page at `/propositions/<slug>`.

    Raises:
        NotFoundError: there is no proposition of this name; the nearest ones are offered.
    """
    catalogue = request.catalogue
    slug = request.parameters["slug"]
    proposition = catalogue.propositions.get(slug)
    if proposition is None:
        raise NotFoundError("There is no proposition with this address.", _offers(slug, catalogue))
    request.query.check()
    document = case_of(request.store, catalogue, proposition)
    title = f"Proposition: {document.title}"
    return Page(
        title=f"{title} ({document.mark})" if document.mark else title,
        description=document.answer,
        parts=(
            Region(
                "case-heading",
                render("proposition_heading.html", document=document, worst=_worst(document)),
            ),
            *(_section(section) for section in document.sections),
            Region("case-sources", render("document_sources.html", document=document)),
        ),
        path=request.path,
    )


def _offers(slug: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """The propositions that may be meant, and the list of them all."""
    names = {one.slug: one.title for one in catalogue.propositions.values()}
    meant = [catalogue.propositions[name] for name in near(slug, names)]
    return [
        *((proposition_address(one), one.title) for one in meant),
        ("/propositions", "All propositions"),
    ]


def _worst(document: Document) -> str:
    """How many series speak against the argument at their worst; empty without figures."""
    return next((section.opening[-1] for section in document.sections if section.against), "")


def _section(section: Section) -> Region:
    pictures = [_drawn(picture) for picture in section.pictures]
    html = render(
        "document_section.html",
        section=section,
        drawn=list(zip_longest(pictures, section.tables)),
    )
    return Region(f"case-{section.id}", html)


def _drawn(picture: Picture) -> Drawn:
    # The renderer escapes every text that it writes.
    svg = Markup(at_both_widths(draw_ranked_strip, picture.chart))  # noqa: S704
    return Drawn(picture.chart.title, svg)
