"""The addresses of files: `/metrics/<id>/line.svg` and its like, and charts to embed."""

from __future__ import annotations

import logging
from typing import get_args

from flask import Flask, Response, request
from markupsafe import Markup

from layouts.addresses import home_address
from layouts.asset_files import style_address
from layouts.delivery import SECURITY_HEADERS
from layouts.downloads.metric_files import CHARTS, TABLES, Chart, Rows, chart_file, table_file, take
from layouts.downloads.pictures import NoFontError, as_png
from layouts.downloads.tables import as_csv, as_xlsx
from layouts.request import BadQueryError, NotFoundError, PageRequest, Query
from layouts.store_access import ReadOnlyStore, StoreUnreadableError
from layouts.templating import render
from metrics.catalogue import Catalogue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
TABLE_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
# Any site may show an embedded chart; only that address may stand in another site's frame.
FRAMED = SECURITY_HEADERS["Content-Security-Policy"].replace(
    "frame-ancestors 'none'", "frame-ancestors *"
)
_LOG = logging.getLogger(__name__)


def register_downloads(server: Flask, store: ReadOnlyStore, catalogue: Catalogue) -> None:
    """Let the server answer the addresses of files and of charts to embed."""

    def answer(metric: str, name: str, ending: str, embedded: bool = False) -> Response:
        try:
            with store.connect() as connection:
                raw = request.query_string.decode("latin-1")
                asked = PageRequest(request.path, {"id": metric}, Query(raw), connection, catalogue)
                response = _embedded(asked, name) if embedded else _file(asked, name, ending)
        except BadQueryError as error:
            faults = [
                f"{one.parameter}: found {one.found}; valid is {one.valid}" for one in error.faults
            ]
            return _refused(400, "\n".join(["This address cannot be read.", *faults]))
        except NotFoundError as error:
            return _refused(404, error.message)
        except StoreUnreadableError as error:
            return _refused(503, str(error))
        except NoFontError as error:
            _LOG.error("no picture can be written: %s", error)
            return _refused(503, f"Pictures in PNG cannot be made here: {error}. SVG can.")
        response.add_etag()
        response.make_conditional(request)
        return response

    for name in get_args(Chart):
        for ending in CHART_TYPES:
            _add(server, name, ending, answer)
    for name in get_args(Rows):
        for ending in TABLE_TYPES:
            _add(server, name, ending, answer)
    server.add_url_rule(
        "/embed/metrics/<metric>/<any(line, ranked):name>",
        "embed",
        lambda metric, name: answer(metric, name, "", embedded=True),
    )


def _add(server: Flask, name: str, ending: str, answer: object) -> None:
    def view(metric: str) -> Response:
        return answer(metric, name, ending)  # type: ignore[operator, no-any-return]

    server.add_url_rule(f"/metrics/<metric>/{name}.{ending}", f"{name}-{ending}", view)


def _file(asked: PageRequest, name: str, ending: str) -> Response:
    taken = take(asked)
    if ending in CHART_TYPES:
        chart = next(one for one in CHARTS if one == name)
        svg, file = chart_file(taken, chart)
        body = svg.encode() if ending == "svg" else as_png(svg)
        response = Response(body, content_type=CHART_TYPES[ending])
        # A picture is for other sites too.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        kind = "inline"
    else:
        table, file = table_file(asked, taken, next(one for one in TABLES if one == name))
        body = as_csv(table) if ending == "csv" else as_xlsx(table)
        response = Response(body, content_type=TABLE_TYPES[ending])
        kind = "attachment"
    file = f"{file.rpartition('.')[0]}.{ending}"
    response.headers["Content-Disposition"] = f'{kind}; filename="{file}"'
    return response


def _embedded(asked: PageRequest, name: str) -> Response:
    taken = take(asked)
    svg, _ = chart_file(taken, next(one for one in CHARTS if one == name))
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


def _refused(status: int, words: str) -> Response:
    response = Response(f"{words}\n", status=status, mimetype="text/plain")
    response.cache_control.no_store = True
    return response
