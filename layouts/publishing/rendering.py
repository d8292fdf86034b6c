"""Building published pages, in as many processes as there are cores."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import brotli  # type: ignore[import-untyped]

from layouts.asset_files import asset_address, page_style, style_source
from layouts.cards import card_of
from layouts.delivery import LARGEST_PAGE
from layouts.document import card_address, write_document
from layouts.downloads.metric_files import TABLES, table_file, take
from layouts.downloads.tables import as_csv
from layouts.pages import problems
from layouts.publishing.search_page import build_search_page
from layouts.publishing.still import Address, Site, make_still
from layouts.request import NotFoundError, PageRequest, Query
from layouts.routes import ROUTES, find_route
from layouts.serving import Pages, Served
from layouts.store_access import ReadOnlyStore, read_state
from metrics.catalogue import Catalogue, load_catalogue

SEARCH = Address("/search")
NOT_FOUND = Address("/404")
# Pages whose every answer depends on what a reader types or chooses stay with the interactive site.
LEFT_OUT = frozenset({"/search", "/compare", "/brief", "/figures/<id>", "/cite"})
METRIC = next(route for route in ROUTES if route.address == "/metrics/<id>")
# What compresses well enough in a twentieth of the time that the best takes; a page that would then
# be larger than any should be on its way is worth that time.
BROTLI_QUALITY, BEST_QUALITY = 9, 11


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page that was written, or why it was not.

    Attributes:
        address: of the page.
        targets: pages of this site that it leads to.
        files: paths of other files that it asks for.
        fault: what is wrong; empty for a page that was written.
        state: what the store was built from when the page was read from it.
    """

    address: Address
    targets: frozenset[Address] = frozenset()
    files: frozenset[str] = frozenset()
    fault: str = ""
    state: str = ""


class Renderer:
    """Writes the published form of pages below a folder."""

    def __init__(self, store: str | None, folder: Path, site: Site) -> None:
        catalogue = load_catalogue()
        self.pages = Pages(ReadOnlyStore(store), catalogue)
        self.routes = [one for one in self.pages.routes if one.address not in LEFT_OUT]
        self.folder = folder
        self.site = site

    def is_page(self, path: str) -> bool:
        """Whether a path is of a kind that is published."""
        return path == SEARCH.path or find_route(self.routes, path) is not None

    def write(self, address: Address) -> Rendered:
        """Build one page and write it with its compressed forms."""
        served = self._serve(address)
        if served.page.status != 200 and address != NOT_FOUND:
            why = f"{address.path}?{address.query} answers {served.page.status}"
            return Rendered(address, fault=f"{why}: {served.page.description}")
        style = page_style(address.path)
        document = write_document(
            served,
            self.pages.catalogue.framework,
            style,
            asset_address("favicon.svg"),
            scripts=[],
            config="",
            home=self.site.address,
            place=address.published,
        )
        # No server adds anything to a published page: of styles it obeys the one that it carries.
        policy = (
            f'<meta http-equiv="Content-Security-Policy" content="style-src {style_source(style)}">'
        )
        # As plain text: markup would escape what is put into it.
        document = str(document).replace("<style>", f"{policy}\n<style>", 1)
        scripts = [asset_address(name) for name in ("search.js", "copy.js")]
        tables = self._write_tables(address) if served.page.status == 200 else []
        still = make_still(
            document, address, self.site, self.is_page, scripts, tables, self._citation
        )
        name = "404.html" if address == NOT_FOUND else f"{address.published.lstrip('/')}index.html"
        write_with_compressed(self.folder / name, still.document.encode())
        if served.page.status == 200 and (address.is_figure or not address.query):
            card = self.folder / card_address(address.path)[1:]
            card.parent.mkdir(parents=True, exist_ok=True)
            card.write_bytes(card_of(served))
        with self.pages.store.connect() as connection:
            state = read_state(connection)
        return Rendered(address, still.targets, still.files, state=state)

    def _citation(self, query: str) -> Address | None:
        """The permanent address of the figure that a citation of the site leads to."""
        led = self.pages.serve("/cite", query).page.headers.get("Location", "")
        parts = urlsplit(led)
        return Address(parts.path, parts.query) if parts.path.startswith("/figures/") else None

    def _write_tables(self, address: Address) -> list[str]:
        """Write the tables of a metric's page as files; the paths of those that there are.

        They are those of the page without choices, which its maps and long tables show too.
        """
        found = find_route([METRIC], address.path)
        chosen = {name for name, _ in parse_qsl(address.query)} - {"map", "table"}
        if found is None or chosen or self.site.interactive:
            return []
        paths = []
        with self.pages.store.connect() as connection:
            for rows in TABLES:
                path = f"{address.path}/{rows}.csv"
                asked = PageRequest(path, found[1], Query(""), connection, self.pages.catalogue)
                try:
                    table, _ = table_file(asked, take(asked), rows)
                except NotFoundError:
                    continue
                paths.append(path)
                if not address.query:
                    write_with_compressed(self.folder / path[1:], as_csv(table))
        return paths

    def _serve(self, address: Address) -> Served:
        if address == NOT_FOUND:
            return Served(problems.not_found("There is no such page."))
        if address == SEARCH:
            return build_search_page(self.pages)
        return self.pages.serve(address.path, address.query)


def write_with_compressed(path: Path, content: bytes) -> None:
    """Write a file, and beside it the same compressed in the two ways that browsers ask for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    packed = brotli.compress(content, quality=BROTLI_QUALITY)
    if len(packed) > LARGEST_PAGE:
        packed = brotli.compress(content, quality=BEST_QUALITY)
    path.with_name(f"{path.name}.br").write_bytes(packed)


# What a process that writes pages works with, for as long as it lives.
_working_with: list[Renderer] = []


def _start(store: str | None, folder: Path, site: Site) -> None:
    # Citations and plain text carry the address at which they will be found.
    os.environ.setdefault("PUBLIC_ADDRESS", site.interactive or site.address)
    _working_with.append(Renderer(store, folder, site))


def _write(address: Address) -> Rendered:
    return _working_with[0].write(address)


def write_pages(
    addresses: Sequence[Address], store: str | None, folder: Path, site: Site, processes: int
) -> Iterator[Rendered]:
    """Write these pages and whatever page of the site they lead to, each once.

    Args:
        addresses: where to begin.
        store: address of the store; None for the default one.
        folder: where the files go.
        site: where the copy will stand.
        processes: how many to build with.
    """
    known = set(addresses)
    waiting = list(addresses)
    # Processes that begin afresh: a copy of this one would share its open store.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_start, initargs=(store, folder, site)
    ) as pool:
        while waiting:
            found: set[Address] = set()
            for rendered in pool.map(_write, waiting, chunksize=4):
                found |= rendered.targets
                yield rendered
            waiting = sorted(found - known)
            known |= found


def beginnings(catalogue: Catalogue, areas: Sequence[str]) -> list[Address]:
    """Where to begin, so that every page of the site is reached."""
    paths = ["/", "/areas", "/method", "/data", "/accessibility", SEARCH.path, NOT_FOUND.path]
    paths += [f"/missions/{mission.slug}" for mission in catalogue.missions.values()]
    paths += [f"/metrics/{metric}" for metric in catalogue.metrics]
    paths += [f"/areas/{code}" for code in areas]
    return [Address(path) for path in paths]
