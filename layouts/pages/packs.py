"""The pages of evidence packs: what one is of, how far it is, and its files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layouts.documents.making import Order, Stage, State
from layouts.documents.pack import FORMS, MOST_FIGURES
from layouts.page import Page, Region
from layouts.templating import render

PATH = "/packs"


def choose_page(faults: str = "", given: str = "") -> Page:
    """What packs are, and the form for any list of figures; 400 with what was wrong with one."""
    title = "Evidence packs"
    answer = "Figures with their citations, in one document to edit, one to print, and a workbook."
    html = render(
        "packs.html", answer=answer, most=MOST_FIGURES, faults=faults.splitlines(), given=given
    )
    return Page(title, answer, (Region("packs", html),), 400 if faults else 200, PATH)


def offer_page(of: str, named: str, path: str) -> Page:
    """What a pack would be of, with the button that has it made."""
    title = f"Evidence pack: {of}"
    html = render("pack_offer.html", title=title, named=named, path=path)
    return Page(title, f"Have an evidence pack made of {of}.", (Region("pack", html),), path=path)


def state_page(state: State, key: str, made: Mapping[str, Any] | None) -> Page:
    """How far a pack is: 202 while it is being made, 404 where there is none, 422 refused."""
    path = f"{PATH}/made/{key}"
    status = {Stage.MADE: 200, Stage.MAKING: 202, Stage.REFUSED: 422}.get(state.stage, 404)
    titles = {
        Stage.MADE: "Your evidence pack is ready",
        Stage.MAKING: "Your evidence pack is being made",
        Stage.REFUSED: "This evidence pack cannot be made",
    }
    title = titles.get(state.stage, "This evidence pack is not kept here")
    html = render(
        "pack_state.html",
        title=title,
        stage=state.stage.name,
        state=state,
        path=path,
        made=made,
        forms=FORMS,
        faults=state.words.splitlines(),
        again=back_to(state.order),
    )
    scripts = ("pack.js",) if state.stage is Stage.MAKING else ()
    return Page(title, title, (Region("pack", html),), status, path, scripts=scripts)


def full_page(path: str) -> Page:
    """503: as many packs as may be are being made."""
    title = "Other packs are being made"
    html = render("pack_full.html", title=title, path=path)
    headers = {"Retry-After": "15"}
    return Page(title, title, (Region("pack", html),), 503, path, headers=headers)


def back_to(order: Order | None) -> str:
    """Where a pack can be asked for again."""
    if order is None or len(order.named) != 1 or order.named[0].startswith("/figures/"):
        return PATH
    return f"{PATH}{order.named[0]}"
