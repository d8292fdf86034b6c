"""Cards: the pictures by which pages are shown where links to them are shared."""

from __future__ import annotations

from flask import Flask, Response, abort, request

from data.periods import day_in_words
from layouts.document import PRODUCT, card_address
from layouts.downloads.pictures import NoFontError, as_png
from layouts.figures.card import draw_card
from layouts.serving import Pages, Served


def card_of(served: Served) -> bytes:
    """The card of a page as PNG of 1200 by 630 pixels.

    Raises:
        NoFontError: there is no font to write with.
    """
    known_on = day_in_words(served.known_on) if served.known_on else ""
    return as_png(draw_card(served.page.title, served.page.description, PRODUCT, known_on))


def register_cards(server: Flask, pages: Pages) -> None:
    """Have the server answer `/cards/<page>.png` for every page that has an address of its own."""

    def card(page: str) -> Response:
        path = "/" if card_address("/") == request.path else f"/{page}"
        served = pages.serve(path, "")
        if served.page.status != 200:
            abort(404)
        try:
            body = card_of(served)
        except NoFontError:
            abort(404)
        response = Response(body, mimetype="image/png")
        response.add_etag()
        response.make_conditional(request)
        return response

    server.add_url_rule("/cards/<path:page>.png", endpoint="cards", view_func=card)
