"""The way from a page to the files of its charts and tables."""

from __future__ import annotations

from urllib.parse import quote

from layouts.page import CHART, Page, Region
from layouts.templating import render

PATH = "/take-away"
# The screen of a committee room leads through its own steps only.
_WITHOUT = ("/present",)


def offer_of(page: Page) -> Region | None:
    """What stands at the end of a page with charts or tables; None for one without."""
    if page.status != 200 or page.path.startswith(_WITHOUT):
        return None
    if not any(CHART in markup or "<table" in markup for markup in page.markups):
        return None
    of = f"{page.path}?{page.query}" if page.query else page.path
    return Region("take-away", render("take_away_offer.html", address=address_of(of)))


def address_of(of: str) -> str:
    """Where the files of a page are listed.

    Args:
        of: path and query of the page.
    """
    return f"{PATH}?of={quote(of, safe='/')}"
