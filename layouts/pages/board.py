"""The board: how the West Midlands stands against the 12 missions."""

from __future__ import annotations

from layouts.page import Page, Region
from layouts.request import PageRequest
from layouts.templating import render

QUESTION = "How does the West Midlands stand against the 12 missions?"


def build(request: PageRequest) -> Page:
    """The page at `/`."""
    missions = list(request.catalogue.missions.values())
    html = render("board.html", question=QUESTION, missions=missions)
    return Page(title=QUESTION, description=QUESTION, parts=(Region("board", html),))
