"""A page as the complete HTML document that the server sends."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from markupsafe import Markup

from layouts.asset_files import asset_address
from layouts.page import CHART, ChoiceForm, Explorer, Page
from layouts.routes import ADDRESSES
from layouts.serving import Served, shown_query
from layouts.templating import render
from metrics.mission import Framework

PRODUCT = "West Midlands: progress on the missions"
# What reads the values of a chart by key and pointer.
CHART_SCRIPTS = ("chart_values.js", "chart_walk.js")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part as it is put on the page: both the server and Dash write exactly this.

    `kind` is `region`, `choices` or `explorer`; `version` names the content of `html`.
    """

    kind: str
    id: str
    html: Markup
    version: str
    action: str = ""


def pieces(page: Page, explored: str = "") -> tuple[Piece, ...]:
    """The parts of a page with their finished markup."""
    made = []
    for part in page.parts:
        if isinstance(part, ChoiceForm):
            made.append(Piece("choices", part.id, part.html, _version(part.html), part.action))
        elif isinstance(part, Explorer):
            html = render(
                "explorer.html",
                picture=part.picture,
                exploring=explored == part.id,
                address=page.path,
                query=shown_query(page, "" if explored == part.id else part.id),
                id=part.id,
            )
            made.append(Piece("explorer", part.id, html, _version(html)))
        else:
            made.append(Piece("region", part.id, part.html, _version(part.html)))
    return tuple(made)


def _version(html: str) -> str:
    return hashlib.sha256(html.encode()).hexdigest()[:12]


def whole_title(page: Page) -> str:
    """What the browser's tab says."""
    return f"{page.title} – {PRODUCT}"


def navigation(path: str) -> list[tuple[str, str, bool]]:
    """Address, words and whether we are there, for each page that the header leads to."""
    entries = [("/", "Missions", path == "/" or path.startswith("/missions/"))]
    if "/areas" in ADDRESSES:
        entries.append(("/areas", "Areas", path.startswith("/areas")))
    if "/workstreams" in ADDRESSES:
        entries.append(("/workstreams", "Workstreams", path.startswith("/workstreams")))
    for address, words in (
        ("/compare", "Compare"),
        ("/disparities", "Disparities"),
        ("/method", "Method"),
        ("/data", "Data"),
    ):
        if address in ADDRESSES:
            entries.append((address, words, path == address))
    return entries


def about() -> list[tuple[str, str]]:
    """Address and words of the pages about the product itself, for the footer."""
    entries = (
        ("/brief", "Brief for a meeting"),
        ("/propositions", "Devolution propositions"),
        ("/method", "How the figures are judged"),
        ("/data", "Sources and freshness"),
        ("/accessibility", "Accessibility statement"),
    )
    return [entry for entry in entries if entry[0] in ADDRESSES]


def searched(page: Page) -> str:
    """What stands in the search box: what the reader looked for, on the page that answers it."""
    return parse_qs(page.query).get("q", [""])[0] if page.path == "/search" else ""


def own_scripts(page: Page) -> tuple[str, ...]:
    """The scripts beside Dash's: of a chart whose values are read, and those the page names."""
    charted = any(isinstance(part, ChoiceForm) for part in page.parts) or any(
        CHART in markup for markup in page.markups
    )
    return (*(CHART_SCRIPTS if charted else ()), *page.scripts)


def card_address(path: str) -> str:
    """Where the picture is that stands for a page where links to it are shared."""
    return f"/cards{'/board' if path == '/' else path}.png"


def write_document(
    served: Served,
    framework: Framework,
    style: str,
    icon: str,
    scripts: Sequence[str],
    config: str,
    home: str = "",
    place: str | None = None,
) -> str:
    """The whole document.

    Args:
        served: the page and what the frame says.
        framework: for the footer.
        style: the style sheet, which the page carries: the first picture waits for nothing else.
        icon: address of the icon.
        scripts: addresses of the scripts, in order; none for a page that Dash leaves alone.
        config: Dash's configuration as JSON.
        home: the address of the site, for what other sites are told of the page; empty where it
            is not known.
        place: where on the site the page is, if not at its path and query.
    """
    page = served.page
    if place is None:
        query = shown_query(page, "")
        place = f"{page.path}?{query}" if query else page.path
    return render(
        "base.html",
        page=served.page,
        title=whole_title(served.page),
        product=PRODUCT,
        pieces=pieces(served.page, served.explored),
        navigation=navigation(served.page.path),
        about=about(),
        searched=searched(served.page),
        known_on=served.known_on,
        framework=framework,
        # Our own sheet, in which nothing ends the element.
        style=Markup(style),  # noqa: S704
        icon=icon,
        scripts=scripts,
        own_scripts=[asset_address(name) for name in own_scripts(served.page)],
        # JSON inside a script element: only the end of the element must not occur in it.
        config=Markup(config.replace("<", "\\u003c")),  # noqa: S704
        place=f"{home}{place}" if home and page.status == 200 else "",
        card=f"{home}{card_address(page.path)}",
    )
