"""The API over HTTP: which address answers with what, in which form, and how errors travel."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_plus

import orjson
from flask import Flask, Response, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from layouts.api.description import describe
from layouts.api.endpoints import ROOT, Answer, Asked, Endpoint
from layouts.api.keeping import KeptBodies
from layouts.api.parameters import read_parameters
from layouts.api.problems import PROBLEM_TYPE, ProblemError, bad_request, not_found
from layouts.api.table import ENDPOINTS
from layouts.api.writing import CSV, JSON, write_csv, write_json
from layouts.request import LONGEST_QUERY, QueryFault
from layouts.store_access import ReadOnlyStore, StoreUnreadableError, read_state
from metrics.catalogue import Catalogue

VERSION = "1.0.0"
DESCRIPTION = "openapi.json"
METHODS = ("GET", "HEAD", "OPTIONS")
# Flask answers methods that no address declares by itself, as a page.
_REFUSED = ("POST", "PUT", "PATCH", "DELETE", "TRACE")
_ENDINGS = {".json": JSON, ".csv": CSV}
_LOG = logging.getLogger(__name__)
# Anyone may use public figures from any page; nothing here knows who asks.
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


class Api:
    """Answers the addresses under `/api/`. Everything it needs is read when it is asked."""

    def __init__(self, store: ReadOnlyStore, catalogue: Catalogue) -> None:
        self.store = store
        self.catalogue = catalogue
        self._description = orjson.dumps(
            describe(ENDPOINTS, VERSION), option=orjson.OPT_APPEND_NEWLINE
        )
        self._kept = KeptBodies()

    def respond(self, rest: str = "") -> Response:
        """The answer to the present request; `rest` is its path after `/api/`."""
        try:
            if request.method not in METHODS:
                raise refused_method()
            if request.method == "OPTIONS":
                return _preflight()
            return self._answer(rest)
        except ProblemError as problem:
            return problem_response(problem)
        except StoreUnreadableError as error:
            _LOG.error("store unreadable: %s", error, exc_info=error.__cause__)
            return problem_response(
                ProblemError(
                    503, "The figures cannot be read at the moment.", (), (("Retry-After", "60"),)
                )
            )
        except ValidationError:
            # What was measured by another version of the product is no longer understood.
            _LOG.exception("stored measures are not understood")
            return problem_response(
                ProblemError(503, "The store was built by another version of the product.")
            )
        except Exception:
            _LOG.exception("answering %s failed", request.path)
            return problem_response(
                ProblemError(500, "This answer could not be made. The fault is ours.")
            )

    def _answer(self, rest: str) -> Response:
        path = rest.strip("/") or "v1"
        version, _, path = path.partition("/")
        if not rest.isprintable() or version != "v1":
            raise _no_address(rest)
        if path in ("", DESCRIPTION, DESCRIPTION.removesuffix(".json")):
            read_parameters(_query(), ())
            return _finished(self._description, JSON)
        path, ending = _without_ending(path)
        endpoint, parts = _find(path)
        mimetype = _ENDINGS[ending] if ending else _accepted()
        query = _query()
        values = {} if endpoint.carries_facts else read_parameters(query, endpoint.parameters)
        with self.store.connect() as connection:
            key = (read_state(connection), path, query, mimetype)
            kept = self._kept.get(key)
            if kept is None:
                asked = Asked(connection, self.catalogue, parts, values, query)
                answer = endpoint.answer(asked)
                write = write_csv if mimetype == CSV else write_json
                kept = (write(answer, endpoint), _links(path + ending, endpoint, values, answer))
                self._kept.keep(key, *kept)
        body, links = kept
        response = _finished(body, mimetype)
        # Without an ending the answer depends on what the caller accepts.
        if not ending:
            response.vary.add("Accept")
        if links:
            response.headers["Link"] = links
        if mimetype == CSV:
            name = "-".join(path.split("/"))
            response.headers["Content-Disposition"] = f'inline; filename="{quote(name)}.csv"'
        return response


def register_api(server: Flask, store: ReadOnlyStore, catalogue: Catalogue) -> None:
    """Have a server answer the addresses under `/api/`."""
    api = Api(store, catalogue)
    for number, rule in enumerate(("/api", "/api/", "/api/<path:rest>")):
        server.add_url_rule(
            rule,
            endpoint=f"api-{number}",
            view_func=api.respond,
            methods=[*METHODS, *_REFUSED],
            provide_automatic_options=False,
            strict_slashes=False,
        )


def is_for_programs(path: str) -> bool:
    """Whether a path belongs to the API, so that its errors are problem documents."""
    return path == "/api" or path.startswith("/api/")


def refused_method() -> ProblemError:
    """405: nothing here can be changed."""
    return ProblemError(
        405,
        "Figures can be read here, and nothing else.",
        (QueryFault("the method", request.method[:20], ", ".join(METHODS)),),
        (("Allow", ", ".join(METHODS)),),
    )


def http_problem(error: HTTPException) -> Response:
    """The problem document for a request that Flask itself refuses."""
    if error.code == 405:
        return problem_response(refused_method())
    if error.code == 404:
        return problem_response(_no_address(request.path.removeprefix("/api/")))
    return problem_response(ProblemError(error.code or 500, f"Not answered: {error.name}."))


def problem_response(problem: ProblemError) -> Response:
    """The answer that carries a problem document; nobody keeps it."""
    body = orjson.dumps(problem.document().model_dump(), option=orjson.OPT_APPEND_NEWLINE)
    response = Response(body, status=problem.status, mimetype=PROBLEM_TYPE)
    response.headers.update({**_OPEN, **dict(problem.headers)})
    response.cache_control.no_store = True
    return response


def _finished(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    if mimetype == CSV:
        response.headers["Content-Type"] = "text/csv; charset=utf-8; header=present"
    response.headers.update(_OPEN)
    # The figures may change with any load: kept by anyone, and asked about before each use.
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response


def _preflight() -> Response:
    response = Response(status=204)
    response.headers.update(
        {
            **_OPEN,
            "Allow": ", ".join(METHODS),
            "Access-Control-Allow-Methods": "GET, HEAD",
            "Access-Control-Allow-Headers": "Accept, If-None-Match",
            "Access-Control-Max-Age": "86400",
        }
    )
    response.cache_control.public = True
    response.cache_control.max_age = 86_400
    return response


def _query() -> str:
    """The query string as it came."""
    query = request.query_string.decode("latin-1")
    if len(query) > LONGEST_QUERY:
        found = f"{len(query):,} characters"
        valid = f"up to {LONGEST_QUERY:,} characters"
        raise bad_request([QueryFault("the whole query string", found, valid)])
    return query


def _without_ending(path: str) -> tuple[str, str]:
    for ending in _ENDINGS:
        if path.endswith(ending):
            return path.removesuffix(ending), ending
    return path, ""


def _find(path: str) -> tuple[Endpoint, dict[str, str]]:
    for endpoint in ENDPOINTS:
        parts = endpoint.match(path)
        if parts is not None:
            return endpoint, parts
    raise _no_address(f"v1/{path}")


def _no_address(path: str) -> ProblemError:
    known = ", ".join(f"{ROOT}/{endpoint.path}" for endpoint in ENDPOINTS)
    return not_found("the path", f"/api/{path}", f"{known}, {ROOT}/{DESCRIPTION}")


def _accepted() -> str:
    """JSON or CSV as the caller would have it; JSON where nothing is said.

    Raises:
        ProblemError: neither is accepted.
    """
    wanted = request.accept_mimetypes
    best = wanted.best_match([JSON, CSV]) if wanted.provided and len(wanted) else JSON
    if best is None:
        fault = QueryFault("Accept", str(wanted)[:60], f"{JSON} or {CSV}")
        raise ProblemError(406, "Answers come as JSON or as CSV.", (fault,))
    return best


def _links(path: str, endpoint: Endpoint, values: Mapping[str, Any], answer: Answer) -> str:
    """The `Link` header of a page among several (RFC 8288); empty where there is one page only."""
    if not endpoint.paged or answer.total is None:
        return ""
    first, most = values["offset"], values["limit"]
    last = max(0, answer.total - 1) // most * most
    offsets = {"first": 0, "last": last}
    if first > 0:
        offsets["prev"] = max(0, first - most)
    if first + most < answer.total:
        offsets["next"] = first + most
    pieces = [piece for piece in _query().split("&") if piece]
    kept = [piece for piece in pieces if unquote_plus(piece.partition("=")[0]) != "offset"]
    return ", ".join(
        f'<{ROOT}/{quote(path)}?{"&".join([*kept, f"offset={offset}"])}>; rel="{relation}"'
        for relation, offset in offsets.items()
    )
