"""The addresses of files: `/metrics/<id>/line.svg` and its like, and charts to embed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Flask, Response, request
from markupsafe import Markup

from layouts.addresses import home_address
from layouts.asset_files import style_address
from layouts.delivery import SECURITY_HEADERS
from layouts.downloads.answering import (
    CHART_TYPES,
    TABLE_TYPES,
    answered,
    file_answer,
    table_answer,
)
from layouts.downloads.area_files import area_table
from layouts.downloads.group_files import group_table
from layouts.downloads.metric_files import CHARTS, TABLES, Chart, Rows, chart_file, table_file, take
from layouts.downloads.pictures import as_png
from layouts.request import PageRequest, Query
from layouts.store_access import ReadOnlyStore
from layouts.templating import render
from metrics.catalogue import Catalogue

# Any site may show an embedded chart; only that address may stand in another site's frame.
FRAMED = SECURITY_HEADERS["Content-Security-Policy"].replace(
    "frame-ancestors 'none'", "frame-ancestors *"
)
EMBEDDED: tuple[Chart, ...] = ("line", "ranked")


def register_downloads(server: Flask, store: ReadOnlyStore, catalogue: Catalogue) -> None:
    """Let the server answer the addresses of files and of charts to embed."""

    def answer(make: Callable[[PageRequest], Response], **parts: str) -> Response:
        def made() -> Response:
            with store.connect() as connection:
                query = Query(request.query_string.decode("latin-1"))
                return make(PageRequest(request.path, parts, query, connection, catalogue))

        return answered(made)

    def add(address: str, make: Callable[[PageRequest], Response]) -> None:
        server.add_url_rule(address, f"file {address}", lambda **parts: answer(make, **parts))

    for chart in CHARTS:
        for ending in CHART_TYPES:
            add(f"/metrics/<id>/{chart}.{ending}", partial(_chart, chart=chart, ending=ending))
    for rows in TABLES:
        for ending in TABLE_TYPES:
            make = partial(_metric_table, rows=rows, ending=ending)
            add(f"/metrics/<id>/{rows}.{ending}", make)
    for ending in TABLE_TYPES:
        add(f"/metrics/<id>/groups.{ending}", partial(_group_table, ending=ending))
        add(f"/areas/<code>/figures.{ending}", partial(_area_table, ending=ending))
    for embedded in EMBEDDED:
        add(f"/embed/metrics/<id>/{embedded}", partial(_embedded, chart=embedded))


def _chart(asked: PageRequest, chart: Chart, ending: str) -> Response:
    svg, name = chart_file(take(asked), chart)
    body = svg.encode() if ending == "svg" else as_png(svg)
    response = file_answer(body, CHART_TYPES[ending], "inline", name, ending)
    # A picture is for other sites too.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _metric_table(asked: PageRequest, rows: Rows, ending: str) -> Response:
    return table_answer(*table_file(asked, take(asked), rows), ending)


def _group_table(asked: PageRequest, ending: str) -> Response:
    return table_answer(*group_table(asked, take(asked)), ending)


def _area_table(asked: PageRequest, ending: str) -> Response:
    return table_answer(*area_table(asked), ending)


def _embedded(asked: PageRequest, chart: Chart) -> Response:
    taken = take(asked)
    svg, _ = chart_file(taken, chart)
    page = render(
        "embed.html",
        title=taken.metric.title,
        # Drawn by our own renderers, which escape every text that they write.
        picture=Markup(svg),  # noqa: S704
        page=taken.page,
        style=f"{home_address()}{style_address()}",
    )
    response = Response(page, mimetype="text/html")
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
