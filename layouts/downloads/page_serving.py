"""The addresses of the files of any page: `/take-away?of=/compare`, and the files it lists."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import quote

from flask import Flask, Response, request

from layouts.downloads.answering import (
    CHART_TYPES,
    TABLE_TYPES,
    answered,
    file_answer,
    table_answer,
)
from layouts.downloads.offering import PATH
from layouts.downloads.page_files import (
    Taken,
    chart_picture,
    chart_text,
    table_text,
    table_to_take,
    take_page,
)
from layouts.downloads.pictures import as_png
from layouts.page import Page, Region
from layouts.pages import problems
from layouts.request import BadQueryError, NotFoundError, Query
from layouts.serving import Served
from layouts.templating import render

TITLE = "Charts and tables to take away"
CHART_FORMS = (("svg", "SVG"), ("png", "PNG"), ("txt", "plain text, for minutes"))
TABLE_FORMS = (("csv", "CSV"), ("xlsx", "workbook"), ("txt", "plain text, for minutes"))


def register_page_files(
    server: Flask,
    serve: Callable[[str, str], Served],
    respond: Callable[[Served], Response],
) -> None:
    """Let the server answer the addresses of the files of any page.

    Args:
        serve: makes the page of a path and a raw query string.
        respond: makes an answer of a page.
    """

    def taken() -> Taken:
        return take_page(Query(request.query_string.decode("latin-1")), serve)

    def listing() -> Response:
        try:
            found = taken()
        except BadQueryError as error:
            return respond(Served(problems.bad_query(PATH, error.faults)))
        except NotFoundError as error:
            return respond(Served(problems.not_found(error.message)))
        return respond(Served(listing_page(found), "", found.known_on))

    def file(number: int, make: Callable[[Taken, int], Response]) -> Response:
        return answered(lambda: make(taken(), number))

    def add(name: str, make: Callable[[Taken, int], Response]) -> None:
        address = f"{PATH}/{name}"
        server.add_url_rule(address, f"file {address}", partial(file, make=make))

    server.add_url_rule(PATH, "take away", listing)
    for ending in CHART_TYPES:
        add(f"chart-<int:number>.{ending}", partial(_chart, ending=ending))
    for ending in TABLE_TYPES:
        add(f"table-<int:number>.{ending}", partial(_table, ending=ending))
    add("chart-<int:number>.txt", lambda found, number: _text(chart_text(found, number)))
    add("table-<int:number>.txt", lambda found, number: _text(table_text(found, number)))


def listing_page(taken: Taken) -> Page:
    """What of a page can be taken away, in which forms."""
    charts, tables = len(taken.charts), len(taken.tables)
    counted = [
        f"{number} {name if number == 1 else name + 's'}"
        for number, name in ((charts, "chart"), (tables, "table"))
        if number
    ]
    answer = f"{' and '.join(counted)}, as files and as text to paste."
    html = render(
        "take_away.html",
        title=TITLE,
        answer=answer,
        taken=taken,
        path=PATH,
        query=f"?of={quote(taken.of, safe='/')}",
        offered=(
            ("Charts", "chart", taken.charts, CHART_FORMS),
            ("Tables", "table", taken.tables, TABLE_FORMS),
        ),
    )
    return Page(TITLE, answer, (Region("take-away-list", html),), path=PATH)


def _chart(taken: Taken, number: int, ending: str) -> Response:
    svg, name = chart_picture(taken, number)
    body = svg.encode() if ending == "svg" else as_png(svg)
    return file_answer(body, CHART_TYPES[ending], "inline", name, ending)


def _table(taken: Taken, number: int, ending: str) -> Response:
    return table_answer(*table_to_take(taken, number), ending)


def _text(words: str) -> Response:
    return Response(words, mimetype="text/plain")
