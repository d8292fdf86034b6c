"""Files as answers of the server, and what it says where there is none."""

from __future__ import annotations

import logging
from collections.abc import Callable

from flask import Response, request

from layouts.downloads.pictures import NoFontError
from layouts.downloads.tables import Table, as_csv, as_xlsx
from layouts.request import BadQueryError, NotFoundError
from layouts.store_access import StoreUnreadableError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
TABLE_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
_LOG = logging.getLogger(__name__)


def answered(make: Callable[[], Response]) -> Response:
    """The answer that `make` gives, or in plain text why there is none."""
    try:
        response = make()
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


def table_answer(table: Table, name: str, ending: str) -> Response:
    """A table in the form that the ending names."""
    body = as_csv(table) if ending == "csv" else as_xlsx(table)
    return file_answer(body, TABLE_TYPES[ending], "attachment", name, ending)


def file_answer(body: bytes, kind: str, way: str, name: str, ending: str) -> Response:
    """A file under its name.

    Args:
        body: its bytes.
        kind: its content type.
        way: `inline` or `attachment`.
        name: that of the file, with any ending.
        ending: the one it is to have.
    """
    response = Response(body, content_type=kind)
    stem = name.rpartition(".")[0]
    response.headers["Content-Disposition"] = f'{way}; filename="{stem}.{ending}"'
    return response


def _refused(status: int, words: str) -> Response:
    response = Response(f"{words}\n", status=status, mimetype="text/plain")
    response.cache_control.no_store = True
    return response
