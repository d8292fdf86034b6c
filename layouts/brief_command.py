"""`python -m layouts brief`: the brief for a meeting as text, Markdown or a page to print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from markupsafe import Markup

from layouts.addresses import home_address
from layouts.asset_files import style_sheet
from layouts.pages.brief import brief_of, cited, read_chosen, section_html
from layouts.request import BadQueryError, Query, write_query
from layouts.store_access import ReadOnlyStore, StoreUnreadableError
from layouts.templating import render
from metrics.brief_text import markdown, plain_text
from metrics.briefing_known import Cited
from metrics.catalogue import CatalogueError, load_catalogue


class Form(StrEnum):
    """In which form a brief is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


# What each part of a brief's query string is called on the command line.
_OPTIONS = {"areas": "--area", "group": "--group", "since": "--since", "next": "--next"}


def write_brief_file(
    output: Annotated[
        Path | None, typer.Argument(help="The file to write; without it, to the screen.")
    ] = None,
    area: Annotated[
        list[str] | None,
        typer.Option(
            help="Code of an area; may be given up to ten times. Without one: all seven "
            "boroughs and the combined authority."
        ),
    ] = None,
    group: Annotated[str, typer.Option(help="Id of a group of areas, instead of areas.")] = "",
    since: Annotated[
        str, typer.Option(help="Day of the previous meeting, such as 2026-01-31.")
    ] = "",
    next_meeting: Annotated[
        str, typer.Option("--next", help="Day of the next meeting, such as 2026-04-30.")
    ] = "",
    form: Annotated[Form, typer.Option(help="In which form.")] = Form.TEXT,
) -> None:
    """Write the brief for a meeting: what has moved, was revised and is due, and what to ask.

    It says the same as the page /brief. Exits 1 and writes nothing where an option cannot be read.
    """
    query = write_query({"areas": area or (), "group": group, "since": since, "next": next_meeting})
    try:
        words = written_brief(query, form)
    except BadQueryError as error:
        _refuse(
            [
                f"{_OPTIONS.get(fault.parameter, fault.parameter)}: found {fault.found}; "
                f"expected {fault.valid}"
                for fault in error.faults
            ]
        )
    except (CatalogueError, StoreUnreadableError) as error:
        _refuse([str(error)])
    if output is None:
        typer.echo(words, nl=False)
        return
    try:
        output.write_text(words, encoding="utf-8")
    except OSError as error:
        _refuse([f"{output} cannot be written: {error.strerror}"])
    typer.echo(f"Wrote {output}.")


def written_brief(query: str, form: Form, store: str | None = None) -> str:
    """The brief that a query string of `/brief` chooses, in one of its forms.

    Args:
        query: as in the address of the page.
        form: text, Markdown, or a page of its own.
        store: address of the store; None for the default one.

    Raises:
        BadQueryError: the query string cannot be read.
        CatalogueError: the definitions cannot.
        StoreUnreadableError: the store cannot.
    """
    today = datetime.now(UTC).date()
    catalogue = load_catalogue()
    with ReadOnlyStore(store).connect() as connection:
        chosen = read_chosen(connection, Query(query), today)
        brief = brief_of(connection, catalogue, chosen, today)
    if form is Form.HTML:
        return render(
            "brief_document.html",
            brief=brief,
            sections=[section_html(brief, section) for section in brief.sections],
            home=home_address(),
            address=chosen.address,
            # Our own sheet, in which nothing ends the element.
            style=Markup(style_sheet()),  # noqa: S704
        )

    def link(one: Cited) -> str:
        return f"{home_address()}{cited(one)}"

    return (plain_text if form is Form.TEXT else markdown)(brief, link, chosen.address)


def _refuse(faults: Sequence[str]) -> NoReturn:
    typer.echo("No brief was written:", err=True)
    for fault in faults:
        typer.echo(f"  {fault}", err=True)
    raise typer.Exit(1)
