"""The search page of a published copy: all that can be found, narrowed down in the browser."""

from __future__ import annotations

from layouts.page import Page, Region
from layouts.pages.search import make_index
from layouts.request import PageRequest, Query
from layouts.serving import Pages, Served
from layouts.templating import render

ANSWER = "Find an area, a metric, a mission or a workstream by its name."


def build_search_page(pages: Pages) -> Served:
    """The page at `/search/`, which lists every entry under its kind.

    Without JavaScript it is that list; with it, only what fits the words in the address is shown.
    """
    with pages.store.connect() as connection:
        request = PageRequest("/search", {}, Query(""), connection, pages.catalogue)
        entries = [one for one in make_index(request).entries if one.address]
    kinds = dict.fromkeys(entry.kind for entry in entries)
    html = render(
        "published_search.html",
        answer=ANSWER,
        groups=[(kind, [one for one in entries if one.kind == kind]) for kind in kinds],
    )
    parts = (Region("found", html),)
    return Served(Page("Search", ANSWER, parts, path="/search", scripts=("published_search.js",)))
