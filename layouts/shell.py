"""The application: Dash, serving finished pages that it takes over afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import Any
from urllib.parse import urlsplit

import dash
from dash import _dash_renderer, _utils, dcc
from dash.exceptions import DependencyException, InvalidResourceError, PreventUpdate
from flask import Flask, Response, jsonify, redirect, request
from sqlalchemy import URL, func, select
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from data.reads import read_datasets
from data.tables import measure
from layouts.addresses import home_address
from layouts.api.serving import http_problem, is_for_programs, register_api
from layouts.asset_files import ASSETS, asset_address, page_style, style_sheet
from layouts.callback_requests import is_well_formed
from layouts.cards import register_cards
from layouts.components import NAMESPACE
from layouts.delivery import set_delivery
from layouts.document import write_document
from layouts.documents.serving import register_packs
from layouts.downloads.page_serving import register_page_files
from layouts.downloads.serving import register_downloads
from layouts.kept_answers import KeptAnswers, question_of
from layouts.old_addresses import encoded_path, with_query
from layouts.page import Explorer
from layouts.pages import problems
from layouts.routes import ROUTES, Route
from layouts.serving import Pages, Served
from layouts.store_access import ReadOnlyStore, StoreUnreadableError
from layouts.takeover import (
    layout_of,
    layout_without_address,
    page_of_address,
    register_callbacks,
)
from metrics.catalogue import Catalogue

_LOG = logging.getLogger(__name__)
# Dash declares no types for what is used here.
_Dash: Any = dash.Dash
_to_json: Any = _utils.to_json


class MissionsApp(_Dash):  # type: ignore[misc]
    """Dash with pages that are complete before any script runs.

    Dash would send the same empty document for every address, draw it in the browser, and load
    its whole component library with each page. Here the server sends the page; Dash gets the
    layout of the page that asked, and of its scripts only those that this page can need.
    """

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        super().__init__(
            "layouts.shell",
            server=Flask("layouts", static_folder=None),
            assets_folder=str(ASSETS),
            suppress_callback_exceptions=True,
            # Our own component sets the title; Dash's would flicker with each choice.
            update_title="",
            add_log_handler=False,
        )
        self.layout = self._layout_of_asking_page
        register_callbacks(self, pages)
        # Dash would do this during the first request, while another thread or another process
        # may already be asked for a script that only this makes known.
        self._setup_server()

    def index(self, *_args: Any, **_kwargs: Any) -> BaseResponse:
        """The finished page for the address of the request."""
        path = request.path
        if len(path) > 1 and path.endswith("/"):
            # One slash in front, so that the address can never name another host.
            address = f"/{encoded_path(path.strip('/'))}"
            return redirect(with_query(address, request.query_string.decode("latin-1")), 308)
        return self.respond(self.pages.serve(path, request.query_string.decode("latin-1")))

    def respond(self, served: Served, alive: bool = True) -> Response:
        """The answer that carries a page; one that changes by itself is not `alive` for Dash."""
        page = served.page
        alive = alive and page.status == 200
        document = write_document(
            served,
            self.pages.catalogue.framework,
            page_style(page.path),
            asset_address("favicon.svg"),
            self._scripts(any(isinstance(part, Explorer) for part in page.parts)) if alive else [],
            self._dash_config if alive else "",
            home_address(),
        )
        response = Response(document, status=page.status, mimetype="text/html")
        response.headers.extend(page.headers)
        if not alive:
            response.cache_control.no_store = True
            return response
        response.add_etag()
        response.make_conditional(request)
        return response

    def serve_layout(self) -> Response:
        """The layout of the page that asks, which its Referer names."""
        response = Response(_to_json(self.get_layout()), mimetype="application/json")
        response.cache_control.no_store = True
        response.vary.add("Referer")
        return response

    def _layout_of_asking_page(self) -> Any:
        referer = request.headers.get("Referer", "") if request else ""
        if not referer or urlsplit(referer).netloc != request.host:
            return layout_without_address()
        served = page_of_address(self.pages, referer)
        if served is None:
            return layout_without_address()
        return layout_of(served, urlsplit(referer).query)

    def _config(self) -> dict[str, Any]:
        config = super()._config()
        # A token for background callbacks, of which there are none: it would make every copy of
        # a page differ. And nobody needs to know the server's Python.
        config.pop("end_id", None)
        config["python_version"] = ""
        # Dash would ask for the whole chart library from its own package.
        config["serve_locally"] = False
        config["plotlyjs_url"] = asset_address("plotly.min.js")
        # Which properties hold other components: only of components that a page here can have.
        of = config["children_props"]
        config["children_props"] = {
            NAMESPACE: of[NAMESPACE],
            "dash_core_components": {"Graph": of["dash_core_components"]["Graph"]},
        }
        return dict(config)

    @cached_property
    def _dash_config(self) -> str:
        return str(_to_json(self._config()))

    def _scripts(self, explorable: bool) -> Sequence[str]:
        return self._scripts_with_charts if explorable else self._scripts_without_charts

    @cached_property
    def _scripts_without_charts(self) -> list[str]:
        return self._script_addresses([])

    @cached_property
    def _scripts_with_charts(self) -> list[str]:
        # All that dcc offers comes with the chart; its chart library itself follows when used.
        return self._script_addresses(dcc._js_dist)

    def _script_addresses(self, components: list[Any]) -> list[str]:
        """React, our components, the renderer and Dash's own, in the order they must run in."""
        packaged = self.scripts._resources._filter_resources
        react = [
            {
                key: value["prod"] if isinstance(value, dict) else value
                for key, value in item.items()
            }
            for item in _dash_renderer._js_dist_dependencies
        ]
        addresses: list[str] = [
            *self._collect_and_register_resources(packaged(react)),
            asset_address("search.js"),
            asset_address("choosing.js"),
            asset_address("missions.js"),
            asset_address("copy.js"),
            *([asset_address("chart_colours.js")] if components else []),
            *self._collect_and_register_resources(packaged(_dash_renderer._js_dist)),
            *self._collect_and_register_resources(packaged(components)),
            asset_address("start.js"),
        ]
        # What browsers lacked ten years ago is still used by Dash's chart component, and by
        # nothing else.
        return [address for address in addresses if components or "polyfill" not in address]


def create_app(
    catalogue: Catalogue, store: URL | str | None = None, routes: Sequence[Route] = ROUTES
) -> MissionsApp:
    """The application over a store (the default one when None), which is opened when first read."""
    pages = Pages(ReadOnlyStore(store), catalogue, routes)
    app = MissionsApp(pages)
    server: Flask = app.server
    set_delivery(server)
    _guard_callbacks(server, app.callback_map, pages)
    server.add_url_rule(
        "/assets/style.css",
        view_func=lambda: Response(style_sheet(), mimetype="text/css"),
        endpoint="style",
    )
    register_api(server, pages.store, catalogue)
    register_cards(server, pages)
    register_downloads(server, pages.store, catalogue)
    register_page_files(server, pages.serve, partial(app.respond, alive=False))
    register_packs(server, pages.store, catalogue, partial(app.respond, alive=False))
    server.add_url_rule("/healthz", view_func=lambda: jsonify(status="ok"), endpoint="healthz")
    server.add_url_rule("/readyz", view_func=lambda: _readiness(pages), endpoint="readyz")

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        if is_for_programs(request.path):
            return http_problem(error)
        if error.code == 404:
            response = app.respond(Served(problems.not_found("There is no such page.")))
        elif error.code == 414:
            response = app.respond(Served(problems.too_long()))
        else:
            words = f"This address does not answer in that way: {error.name}."
            response = app.respond(Served(problems.refused(error.code or 500, words)))
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response

    @server.errorhandler(DependencyException)
    @server.errorhandler(InvalidResourceError)
    def no_such_file(_error: Exception) -> Response:
        return app.respond(Served(problems.not_found("There is no such file.")))

    @server.errorhandler(Exception)
    def fail(error: Exception) -> Response:
        _LOG.error("answering %s failed", request.path, exc_info=error)
        return app.respond(Served(problems.failure()))

    return app


def _guard_callbacks(server: Flask, callbacks: Mapping[str, Any], pages: Pages) -> None:
    """Answer a callback request that no page makes with 400, and a failure of ours with 500.

    What was asked before of the same figures is answered as it was then.
    """
    endpoint = "/_dash-update-component"
    kept = KeptAnswers()
    dispatch: Callable[..., Any] = server.view_functions[endpoint]

    def guarded() -> Any:
        try:
            body = request.get_json()
        except RecursionError:
            body = None
        if not is_well_formed(body, callbacks):
            return jsonify(title="This request is not one that a page of ours makes"), 400
        try:
            question = question_of(body, pages.state())
        except StoreUnreadableError:
            question = None
        answer = kept.get(question)
        if answer is not None:
            return Response(answer, mimetype="application/json")
        try:
            response: Response = dispatch()
            if response.status_code == 200:
                kept.keep(question, response.get_data())
            return response
        except (HTTPException, PreventUpdate):
            raise
        except Exception:
            _LOG.exception("answering a callback request failed")
            return jsonify(title="This choice could not be answered. The fault is ours"), 500

    server.view_functions[endpoint] = guarded


def _readiness(pages: Pages) -> tuple[Response, int]:
    """Whether the store can be read, and what it holds."""
    try:
        with pages.store.connect() as connection:
            datasets = read_datasets(connection)
            measures = connection.execute(select(func.count()).select_from(measure)).scalar()
    except StoreUnreadableError as error:
        return jsonify(status="store unreadable", detail=str(error)), 503
    newest = max((facts.known_on for facts in datasets.values()), default=None)
    ready = bool(datasets and measures)
    return (
        jsonify(
            status="ready" if ready else "the store is empty",
            datasets=len(datasets),
            rejected_rows=sum(facts.rejected for facts in datasets.values()),
            measures=measures,
            known_on=newest.isoformat() if newest else None,
        ),
        200 if ready else 503,
    )
