"""The addresses of evidence packs.

Asking how far a pack is, or for its files, changes nothing; one is begun by POST alone, so that
no robot and no looked-ahead link begins any. Nobody's rights are behind such a request: whoever
may read the pages may have a pack made, so there is nothing that another site could abuse.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from flask import Flask, Response, redirect, request, send_file
from werkzeug.wrappers import Response as BaseResponse

from data.reads import newest_known_on, read_area
from layouts.documents.making import (
    KEY_LENGTH,
    MADE,
    FullError,
    Order,
    Stage,
    Workshop,
    made_files,
)
from layouts.documents.pack import MOST_FIGURES, TYPES, PackError, check_size
from layouts.page import Page
from layouts.pages import packs, problems
from layouts.serving import Served
from layouts.store_access import ReadOnlyStore, StoreUnreadableError, read_state
from metrics.area_names import area_label
from metrics.catalogue import Catalogue
from metrics.figure import LONGEST_ADDRESS

LONGEST_LIST = MOST_FIGURES * (LONGEST_ADDRESS + 200)
_LOG = logging.getLogger(__name__)
_KEY = re.compile(rf"[0-9a-f]{{{KEY_LENGTH}}}")
KINDS = ("areas", "missions", "propositions")


def register_packs(
    server: Flask,
    store: ReadOnlyStore,
    catalogue: Catalogue,
    respond: Callable[[Served], Response],
    workshop: Workshop | None = None,
) -> None:
    """Let the server answer the addresses of packs.

    Args:
        respond: what makes an answer of a page.
        workshop: where packs are made; the usual place when None.
    """
    shop = workshop or Workshop()

    def page(found: Page) -> Response:
        try:
            with store.connect() as connection:
                known_on = newest_known_on(connection)
        except StoreUnreadableError as error:
            return respond(Served(problems.store_unreadable(str(error))))
        return respond(Served(found, "", known_on))

    def choose() -> Response:
        return page(packs.choose_page())

    def make_of_list() -> BaseResponse:
        if (request.content_length or 0) > LONGEST_LIST:
            words = f"The list is too long: a pack holds up to {MOST_FIGURES} figures."
            return page(packs.choose_page(words))
        given = request.form.get("figures", "")
        named = tuple(dict.fromkeys(one.strip() for one in given.splitlines() if one.strip()))
        try:
            check_size(len(named))
        except PackError as error:
            return page(packs.choose_page(str(error), given[:LONGEST_LIST]))
        return begin(Order(named, request.form.get("title", "").strip()[:200]), packs.PATH)

    def offer(kind: str, name: str) -> Response:
        of = _name_of(store, catalogue, kind, name)
        if of is None:
            return page(problems.not_found("There is nothing here that a pack could be made of."))
        return page(packs.offer_page(of, f"/{kind}/{name}", f"{packs.PATH}/{kind}/{name}"))

    def make(kind: str, name: str) -> BaseResponse:
        if _name_of(store, catalogue, kind, name) is None:
            return page(problems.not_found("There is nothing here that a pack could be made of."))
        return begin(Order((f"/{kind}/{name}",)), f"{packs.PATH}/{kind}/{name}")

    def begin(order: Order, path: str) -> BaseResponse:
        try:
            with store.connect() as connection:
                key = shop.key(order, read_state(connection))
                address = connection.engine.url.render_as_string(hide_password=False)
            shop.start(order, key, address)
        except StoreUnreadableError as error:
            return respond(Served(problems.store_unreadable(str(error))))
        except FullError:
            return page(packs.full_page(path))
        except OSError:
            _LOG.exception("packs cannot be kept in %s", shop.folder)
            return page(problems.refused(503, "Packs cannot be made here at the moment."))
        return redirect(f"{packs.PATH}/made/{key}", 303)

    def state(key: str) -> Response:
        if not _KEY.fullmatch(key):
            return page(problems.not_found("There is no pack with this address."))
        found = shop.state(key)
        made = made_files(shop.folder / key) if found.stage is Stage.MADE else None
        return page(packs.state_page(found, key, made))

    def file(key: str, name: str) -> Response:
        stem, _, ending = name.rpartition(".")
        place = shop.folder / key
        if _KEY.fullmatch(key) and ending in TYPES and (place / MADE).is_file():
            path = place / f"pack.{ending}"
            if made_files(place)["name"] == stem and path.is_file():
                return send_file(
                    path, TYPES[ending], as_attachment=True, download_name=name, etag=True
                )
        return page(problems.not_found("This file of a pack is not kept here (any more).",
                                       [(packs.PATH, "Evidence packs")]))  # fmt: skip

    add = server.add_url_rule
    add(packs.PATH, "packs", choose, methods=["GET"])
    add(packs.PATH, "pack of a list", make_of_list, methods=["POST"])
    for kind in KINDS:
        address, of = f"{packs.PATH}/{kind}/<name>", {"kind": kind}
        add(address, f"pack of {kind}", offer, methods=["GET"], defaults=of)
        add(address, f"make a pack of {kind}", make, methods=["POST"], defaults=of)
    add(f"{packs.PATH}/made/<key>", "state of a pack", state, methods=["GET"])
    add(f"{packs.PATH}/made/<key>/<name>", "file of a pack", file, methods=["GET"])


def _name_of(store: ReadOnlyStore, catalogue: Catalogue, kind: str, name: str) -> str | None:
    """What a pack would be of, in words; None where there is no such thing."""
    if kind == "areas":
        try:
            with store.connect() as connection:
                area = read_area(connection, name)
        except StoreUnreadableError:
            return None
        return area_label(area.name, area.type) if area else None
    if kind == "missions":
        mission = catalogue.mission_by_slug(name)
        return f"Mission {mission.number}: {mission.title}" if mission else None
    proposition = catalogue.propositions.get(name)
    return proposition.title if proposition else None
