"""Making a finished page one that needs no server behind it.

A published page has no forms that a server would have to answer, and no link to what is not
published: such a form or link leads to the interactive site where its address is declared, and is
left out where there is none. Nothing on a published page may promise what a click does not keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from layouts.templating import render

# Choices that have published pages of their own: another series of a metric, its map and its long
# tables, and the series drawn for a workstream. Whatever else can be chosen has more answers
# than files can hold.
VIEWS = frozenset({"breakdown", "map", "metric", "table"})
# Such as `mode=car`, or `travel-time-to-employment~mode=car`.
_NAME = re.compile(r"[\w=~-]+", re.ASCII)
_IN_FOLDERS = str.maketrans("=&~", "-__")
# What only leads to a server: nothing of it is left where there is none.
_NEEDING_A_SERVER = "p.explore, .embed-code"
# Kinds of page whose figures with a link to their citation are few enough to publish those too. The
# tables of metrics and the pages of areas have tens of thousands.
_CITING = re.compile(r"/|/missions/[^/]+|/metrics/[^/]+")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A page of the site: its path, and the choices of a view as they stand in a query string."""

    path: str
    query: str = ""

    @property
    def published(self) -> str:
        """The path at which a published copy has it; a folder, so that any server answers it."""
        folder = self.path if self.path.endswith("/") else f"{self.path}/"
        # The id of a figure stands for its facts, whatever the query string says.
        if self.query and not self.is_figure:
            folder += self.query.translate(_IN_FOLDERS) + "/"
        return folder

    @property
    def is_figure(self) -> bool:
        """Whether it is the citation of one figure."""
        return self.path.startswith("/figures/")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a published copy will stand.

    Attributes:
        address: of the published copy, without a slash at the end.
        interactive: of the site that answers every choice; empty where there is none.
    """

    address: str
    interactive: str = ""


@dataclass(frozen=True, slots=True)
class StillPage:
    """A published page.

    Attributes:
        document: its HTML.
        targets: the addresses on this site that it leads to, for each of which there must be a
            published page.
        files: the paths of other files it asks for.
    """

    document: str
    targets: frozenset[Address]
    files: frozenset[str]


def make_still(
    document: str,
    page: Address,
    site: Site,
    is_page: Callable[[str], bool],
    scripts: Sequence[str] = (),
    tables: Sequence[str] = (),
    citation: Callable[[str], Address | None] = lambda _query: None,
) -> StillPage:
    """Rewrite a complete document into its published form.

    Args:
        document: as the server would send it, without scripts that need a server.
        page: where it stands.
        site: where the copy will stand.
        is_page: whether a path is one of the pages that are published.
        scripts: addresses of the scripts that the page runs beside its own.
        tables: the paths of the tables that are published as files beside this page.
        citation: the permanent address of the figure that a query string of `/cite` names.
    """
    tree = LexborHTMLParser(document)
    targets: set[Address] = set()
    taken: set[str] = set()
    if not site.interactive:
        for element in tree.css(_NEEDING_A_SERVER):
            element.decompose()
        for element in tree.css("p.files"):
            taken |= _settle_files(element, tables)
        for element in tree.css("a.cite"):
            _settle_citation(element, page, citation, targets)
    for form in tree.css("form"):
        _settle_form(form, site)
    # A form that was left out may have been led to.
    for link in tree.css('a[href^="#"]'):
        place = (link.attributes.get("href") or "")[1:]
        if place and tree.css_first(f'[id="{place}"]') is None:
            link.unwrap()
    for link in tree.css("a[href]:not([download], .cite)" if not site.interactive else "a[href]"):
        _settle_link(link, page, site, is_page, targets)
    head = render("published_head.html", scripts=scripts)
    html = (tree.html or "").replace("</head>", f"{head}</head>", 1)
    asked = [
        element.attributes.get("href") or element.attributes.get("src")
        for element in tree.css("head link:not([rel=canonical]), head script[src]")
    ]
    asked += [one.attributes.get("content") for one in tree.css('head meta[property="og:image"]')]
    files = {urlsplit(address).path for address in (*asked, *scripts) if address}
    return StillPage(html, frozenset(targets), frozenset(files | taken))


def _settle_form(form: LexborNode, site: Site) -> None:
    """The search box has a published page; every other form needs the interactive site."""
    action = form.attributes.get("action") or ""
    if action == "/search":
        form.attrs["action"] = "/search/"
    elif site.interactive:
        form.attrs["action"] = f"{site.interactive}{action}"
    else:
        form.decompose()


def _settle_files(paragraph: LexborNode, tables: Sequence[str]) -> set[str]:
    """Of what can be taken away only tables that are files too; nothing where there is none."""
    for link in paragraph.css("a[href]"):
        parts = urlsplit(link.attributes.get("href") or "")
        # Maps and long tables of a metric show the figures of its own page.
        views = {name for name, _ in parse_qsl(parts.query)} - {"map", "table"}
        if parts.path in tables and not views:
            link.attrs["href"] = parts.path
            offer = f'<p class="files small">Take away the figures: {link.html}.</p>'
            made = LexborHTMLParser(offer).css_first("p")
            if made is not None:
                paragraph.replace_with(made)
                return {parts.path}
    paragraph.decompose()
    return set()


def _settle_citation(
    link: LexborNode,
    page: Address,
    citation: Callable[[str], Address | None],
    targets: set[Address],
) -> None:
    """A citation has a published page where few are led to; else nothing is left of the link."""
    parts = urlsplit(link.attributes.get("href") or "")
    cited = _CITING.fullmatch(page.path) and parts.path == "/cite" and citation(parts.query)
    if not cited:
        link.decompose()
        return
    targets.add(cited)
    link.attrs["href"] = cited.published


def _settle_link(
    link: LexborNode,
    page: Address,
    site: Site,
    is_page: Callable[[str], bool],
    targets: set[Address],
) -> None:
    href = link.attributes.get("href") or ""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or href.startswith("#"):
        return
    path = parts.path or page.path
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    if path.startswith("/assets/"):
        return
    if is_page(path):
        view = _view_of(parts.query)
        if view is not None:
            target = Address(path, view)
            targets.add(target)
            link.attrs["href"] = target.published + fragment
            return
    if site.interactive:
        link.attrs["href"] = f"{site.interactive}{path}" + href.removeprefix(parts.path)
    elif (paragraph := link.parent) is not None and paragraph.tag == "p" and _is_alone(link):
        paragraph.decompose()
    else:
        link.unwrap()


def _view_of(query: str) -> str | None:
    """The query of a view that is published, or None for one that is not."""
    chosen = parse_qsl(query, keep_blank_values=True)
    names = {name for name, _ in chosen}
    if len(names) < len(chosen) or not names <= VIEWS or {"map", "table"} <= names:
        return None
    if not all(_NAME.fullmatch(value) for _, value in chosen):
        return None
    return "&".join(sorted(f"{name}={value}" for name, value in chosen))


def _is_alone(link: LexborNode) -> bool:
    """Whether a paragraph consists of this link."""
    parent = link.parent
    return parent is not None and parent.text().strip() == link.text().strip()
