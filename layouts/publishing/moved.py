"""Old addresses on a published copy: small files that lead on, as no server is there to do it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from layouts.publishing.still import Address, Site
from layouts.templating import render


def write_moved(building: Path, site: Site, moved: Mapping[str, str]) -> None:
    """Write a file for each old address.

    Args:
        building: the folder of the release.
        site: where the copy will stand.
        moved: paths that pages had, each with the path of a page that is published.
    """
    for old, new in sorted(moved.items()):
        to = Address(new).published
        file = building / Address(old).published.strip("/") / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        page = render("published_moved.html", to=to, whole=f"{site.address}{to}")
        file.write_text(page, encoding="utf-8")
