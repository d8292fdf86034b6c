"""Publishing: every page, its assets and what search engines read, as one release."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from sqlalchemy import func, select

from data.series_reads import read_known_areas
from data.tables import vintage
from layouts.asset_files import ASSETS
from layouts.old_addresses import old_addresses, read_recoded
from layouts.publishing.moved import write_moved
from layouts.publishing.release import (
    PublishError,
    switch_to,
    unfinished_release,
    write_manifest,
)
from layouts.publishing.rendering import (
    NOT_FOUND,
    Rendered,
    beginnings,
    write_pages,
    write_with_compressed,
)
from layouts.publishing.still import Address, Site
from layouts.store_access import ReadOnlyStore, read_state
from metrics.catalogue import load_catalogue

_COMPRESSIBLE = (".css", ".js", ".svg", ".txt", ".xml", ".json")
_MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication made.

    Attributes:
        release: name of the release.
        pages: how many pages it has.
        size: bytes of its files, without their compressed forms.
        known_on: the newest date on which any figures in it became known.
        changed: False where exactly this release was the current one already.
    """

    release: str
    pages: int
    size: int
    known_on: date
    changed: bool


def site_of(address: str, interactive: str = "") -> Site:
    """Where a copy will stand.

    Raises:
        PublishError: an address is not that of a whole site.
    """
    cleaned = []
    for option, given in (("--address", address), ("--interactive", interactive)):
        parts = urlsplit(given)
        whole = parts.scheme in ("http", "https") and parts.netloc and not parts.query
        if given and not (whole and parts.path in ("", "/") and not parts.fragment):
            raise PublishError(
                f"{option}: found {given[:100]}; expected the address of a whole site, such as "
                "https://missions.example.org"
            )
        cleaned.append(given.rstrip("/"))
    return Site(*cleaned)


def publish(
    folder: Path,
    site: Site,
    store: str | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] = lambda _pages: None,
) -> Published:
    """Write the public site below a folder and make it the current release.

    Args:
        folder: `<folder>/current` is what a web server is to serve.
        site: where the copy will stand.
        store: address of the store; None for the default one.
        processes: how many to build with; one for each core when None.
        progress: told how many pages are written, after each.

    Raises:
        PublishError: a page or a link is broken, the figures changed meanwhile, or the folder
            cannot be used. What was published before is untouched.
        StoreUnreadableError: there is no store to publish from.
    """
    with ReadOnlyStore(store).connect() as connection:
        state = read_state(connection)
        known_on = connection.execute(select(func.max(vintage.c.known_on))).scalar()
        moved = old_addresses(load_catalogue(), read_recoded(connection))
        areas = [code for code, one in read_known_areas(connection).items() if one.current]
    if known_on is None:
        raise PublishError("the store holds no figures; load them with: python -m ingest load")
    seeds = beginnings(load_catalogue(), areas)
    with unfinished_release(folder) as building:
        written: list[Rendered] = []
        for one in write_pages(seeds, store, building, site, processes or os.cpu_count() or 1):
            written.append(one)
            progress(len(written))
        _write_files(building, site, written, known_on)
        write_moved(building, site, moved)
        _check(building, written, state)
        size = _size(building)
        name = write_manifest(building, known_on)
        changed = switch_to(folder, building, name)
    return Published(name, len(written), size, known_on, changed)


def _check(building: Path, written: list[Rendered], state: str) -> None:
    faults = [f"page: {one.fault}" for one in written if one.fault]
    if any(one.state != state for one in written if not one.fault):
        faults.append("the figures changed while pages were written; publish again")
    missing = {path for one in written for path in one.files if not (building / path[1:]).is_file()}
    faults += [f"file: {path} is asked for by a page and is not there" for path in sorted(missing)]
    if faults:
        more = len(faults) - _MOST_FAULTS
        raise PublishError(*faults[:_MOST_FAULTS], *([f"and {more} more"] if more > 0 else []))


def _write_files(building: Path, site: Site, written: list[Rendered], known_on: date) -> None:
    """What pages ask for, and what programs that look for pages read."""
    asked = {path for one in written for path in one.files}
    for path in sorted(ASSETS.iterdir()):
        target = building / "assets" / path.name
        if f"/assets/{path.name}" not in asked:
            continue
        if path.suffix in _COMPRESSIBLE:
            write_with_compressed(target, path.read_bytes())
        else:
            target.write_bytes(path.read_bytes())
    pages = sorted(one.address for one in written if one.address != NOT_FOUND and not one.fault)
    write_with_compressed(building / "sitemap.xml", _sitemap(pages, site, known_on))
    robots = f"User-agent: *\nAllow: /\nSitemap: {site.address}/sitemap.xml\n"
    (building / "robots.txt").write_text(robots, encoding="utf-8")


def _sitemap(pages: list[Address], site: Site, known_on: date) -> bytes:
    places = (escape(f"{site.address}{page.published}") for page in pages)
    entries = "".join(
        f"<url><loc>{place}</loc><lastmod>{known_on}</lastmod></url>\n" for place in places
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()


def _size(building: Path) -> int:
    return sum(
        path.stat().st_size
        for path in building.rglob("*")
        if path.is_file() and path.suffix not in (".gz", ".br")
    )
