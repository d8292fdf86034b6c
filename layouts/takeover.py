"""How Dash takes over a page that was sent finished, and answers each choice made on it.

The layout of a page and the HTML that the server sent are written from the same pieces. When a
choice is made, only pieces whose version differs from the one shown travel.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from dash import ALL, Dash, Input, Output, State, ctx, dcc, no_update
from dash.development.base_component import Component

from layouts.components import Address, ChoiceForm, Html, Sheet
from layouts.document import Piece, pieces, whole_title
from layouts.page import Explorer, Page
from layouts.request import LONGEST_QUERY, write_query
from layouts.serving import Pages, Served, shown_query


def layout_of(served: Served, sent: str | None = None) -> Sheet:
    """The Dash layout of a page; `sent` is the query string that the browser asked for it with."""
    page = served.page
    return Sheet(
        "page",
        [
            *(_component(piece, page, served.explored) for piece in pieces(page, served.explored)),
            Address(
                "address",
                path=page.path,
                shown=shown_query(page, served.explored),
                sent=sent,
                title=whole_title(page),
            ),
        ],
    )


def layout_without_address() -> Sheet:
    """The layout while nobody knows which page asked: the browser then says where it is."""
    return Sheet("page", [Address("address")])


def _component(piece: Piece, page: Page, explored: str) -> Component:
    if piece.kind == "choices":
        return ChoiceForm({"choices": piece.id}, piece.action, piece.html, piece.version)
    html = Html({"region": piece.id}, piece.html, piece.version)
    if piece.kind == "region":
        return html
    graph = _graph(page, piece.id) if explored == piece.id else None
    return Sheet(
        {"box": f"{piece.id}-box"},
        [html, Sheet({"graph": f"{piece.id}-graph"}, graph, kind="graph")],
        kind="explorer",
    )


def _graph(page: Page, explorer_id: str) -> dcc.Graph:
    part = next(p for p in page.parts if isinstance(p, Explorer) and p.id == explorer_id)
    figure = {key: part.figure[key] for key in ("data", "layout") if key in part.figure}
    # A figure of many rows says itself how tall it must be to show them all.
    height = max(part.height, figure.get("layout", {}).get("height", 0))
    return dcc.Graph(
        id={"explored": explorer_id},
        figure=figure,
        config=part.figure.get("config", {}),
        style={"height": f"{height}px"},
    )


def _box(name: str, answer: dict[str, Any], explored: list[str]) -> Any:
    """What goes into the box for a chart: a chart that is there already is drawn anew, not made."""
    if name == answer["explored"]:
        return no_update if name in explored else answer["graph"]
    # An empty list, not None: only so does Dash forget the chart that was there.
    return [] if name in explored else no_update


def page_of_address(pages: Pages, address: object) -> Served | None:
    """The page of an address (a full URL, or a path with its query), or None for no page."""
    if not isinstance(address, str) or len(address) > 2 * LONGEST_QUERY:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    served = pages.serve(parts.path or "/", parts.query)
    return served if served.page.status == 200 else None


def answer_choice(
    pages: Pages,
    path: object,
    query: object,
    shown: dict[str, str],
) -> dict[str, Any] | None:
    """What changes on a page when a choice is made on it.

    Args:
        path: the path of the page.
        query: the raw query string asked for.
        shown: the version of each piece that the browser shows, by id.

    Returns:
        `pieces` (the changed ones by id), `explored` (the id of the chart that is explored, or
        empty) and its `graph`, `shown`, `title` and `announcement`; or None when the browser must
        ask for the page itself, because the choice leads to a problem or to a page with other
        parts.
    """
    if not isinstance(path, str) or not isinstance(query, str):
        return None
    served = pages.serve(path, query)
    page, made = served.page, pieces(served.page, served.explored)
    if page.status != 200 or {piece.id for piece in made} != set(shown):
        return None
    return {
        "pieces": {p.id: p for p in made if shown[p.id] != p.version},
        "graph": _graph(page, served.explored) if served.explored else None,
        "explored": served.explored,
        "shown": shown_query(page, served.explored),
        "title": whole_title(page),
        "announcement": announcement_of(page, served.explored),
    }


def still_exploring(pages: Pages, path: object, chosen: object, before: object) -> object:
    """A form's choice with the chart that was explored before it, where the page still has that.

    Args:
        pages: every page.
        path: the path of the page.
        chosen: the query string of the form, which does not know what is explored.
        before: the query string that the page shows until now.
    """
    if not (isinstance(path, str) and isinstance(chosen, str) and isinstance(before, str)):
        return chosen
    explored = parse_qs(before).get("explore", [""])[0]
    wanted = "&".join(part for part in (chosen, write_query({"explore": explored})) if part)
    return wanted if explored and pages.serve(path, wanted).page.status == 200 else chosen


def announcement_of(page: Page, explored: str) -> str:
    """What is said aloud when a choice has changed a page."""
    words = page.announcement or page.description
    return f"The chart can be explored. {words}" if explored else words


def register_callbacks(app: Dash, pages: Pages) -> None:
    """Answer choices, Back and Forward, and a page whose address did not arrive."""

    @app.callback(
        Output({"region": ALL}, "html"),
        Output({"region": ALL}, "version"),
        Output({"choices": ALL}, "html"),
        Output({"choices": ALL}, "version"),
        Output({"graph": ALL}, "children"),
        Output({"explored": ALL}, "figure"),
        Output({"explored": ALL}, "style"),
        Output("address", "shown"),
        Output("address", "title"),
        Output("address", "announcement"),
        Output("address", "answered"),
        Output("address", "leave"),
        Input({"choices": ALL}, "turn"),
        Input("address", "turn"),
        State({"choices": ALL}, "query"),
        State("address", "asked"),
        State("address", "path"),
        State("address", "shown"),
        State("address", "answered"),
        State({"region": ALL}, "version"),
        State({"choices": ALL}, "version"),
        prevent_initial_call=True,
    )
    def choose(
        _turns: list[Any],
        _turn: object,
        queries: list[Any],
        asked: object,
        path: object,
        before: object,
        answered: object,
        region_versions: list[Any],
        form_versions: list[Any],
    ) -> tuple[Any, ...]:
        regions, _, forms, _, graphs, explored, *_ = ctx.outputs_list
        region_ids = [entry["id"]["region"] for entry in regions]
        form_ids = [entry["id"]["choices"] for entry in forms]
        graph_ids = [entry["id"]["graph"].removesuffix("-graph") for entry in graphs]
        explored_ids = [entry["id"]["explored"] for entry in explored]
        triggered = ctx.triggered_id
        chosen = asked
        if isinstance(triggered, dict) and triggered.get("choices") in form_ids:
            chosen = queries[form_ids.index(triggered["choices"])]
            chosen = still_exploring(pages, path, chosen, before)
        shown = dict(zip(region_ids + form_ids, region_versions + form_versions, strict=True))
        answer = answer_choice(pages, path, chosen, shown)
        if answer is None:
            same = (regions, regions, forms, forms, graphs, explored, explored)
            nothing = [[no_update] * len(ids) for ids in same]
            leave = f"{path}?{chosen}" if isinstance(path, str) and path[:1] == "/" else "/"
            return (*nothing, no_update, no_update, no_update, no_update, leave)
        changed = answer["pieces"]

        def stays(name: str) -> bool:
            return bool(name == answer["explored"])

        def each(ids: list[str], attribute: str) -> list[Any]:
            return [
                getattr(changed[name], attribute) if name in changed else no_update for name in ids
            ]

        return (
            each(region_ids, "html"),
            each(region_ids, "version"),
            each(form_ids, "html"),
            each(form_ids, "version"),
            [_box(name, answer, explored_ids) for name in graph_ids],
            [answer["graph"].figure if stays(name) else no_update for name in explored_ids],
            [answer["graph"].style if stays(name) else no_update for name in explored_ids],
            answer["shown"],
            answer["title"],
            answer["announcement"],
            answered is not True,
            no_update,
        )

    @app.callback(
        Output("page", "children"), Input("address", "arrived"), prevent_initial_call=True
    )
    def arrive(arrived: object) -> Any:
        served = page_of_address(pages, arrived)
        if served is None:
            return no_update
        return layout_of(served, urlsplit(str(arrived)).query).children
