"""The pages for what cannot be shown: each says what happened and offers the way back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layouts.page import Page, Region
from layouts.request import QueryFault
from layouts.templating import render

HOME = ("/", "See how the West Midlands stands against the 12 missions")


def not_found(message: str, offers: Iterable[tuple[str, str]] = ()) -> Page:
    """404: nothing has this address."""
    return _problem(404, "Page not found", message, offers)


def bad_query(path: str, faults: Sequence[QueryFault]) -> Page:
    """400: the query string has values that cannot be read; each is named."""
    return _problem(
        400,
        "This address cannot be read",
        "Part of the address after the question mark is not valid. Nothing has been guessed.",
        [(path, "Open this page without any choices")],
        faults,
    )


def citation_refused(
    status: int,
    title: str,
    message: str,
    offers: Iterable[tuple[str, str]] = (),
    faults: Sequence[QueryFault] = (),
) -> Page:
    """400, 404 or 410: an address of a figure for which no citation can be given."""
    return _problem(status, title, message, offers, faults)


def moved(address: str, words: str) -> Page:
    """303: what was asked for has an address of its own."""
    page = _problem(303, words, "It has a permanent address of its own.", [(address, words)])
    return replace(page, headers={"Location": address})


def moved_for_good(address: str) -> Page:
    """308: the page has another address now."""
    words = "This page has another address"
    page = _problem(308, words, "It was found under the one that it has now.", [(address, words)])
    return replace(page, headers={"Location": address})


def store_unreadable(message: str) -> Page:
    """503: the figures cannot be read now."""
    return _problem(
        503,
        "The figures cannot be read at the moment",
        "The dashboard is running, but its store of figures does not answer. Please try again in "
        "a few minutes.",
        detail=message,
    )


def refused(status: int, message: str) -> Page:
    """Any other answer that is not a page, such as 405."""
    return _problem(status, "This cannot be done", message)


def too_long() -> Page:
    """414: the address has more characters than any that a page here reads."""
    return _problem(
        414,
        "This address is too long",
        "It was not read. Whatever can be chosen on a page fits into an address a quarter as long.",
    )


def failure() -> Page:
    """500: a fault of ours."""
    return _problem(
        500,
        "Something went wrong",
        "This page could not be made. The fault is ours and has been noted.",
    )


def _problem(
    status: int,
    title: str,
    message: str,
    offers: Iterable[tuple[str, str]] = (),
    faults: Sequence[QueryFault] = (),
    detail: str = "",
) -> Page:
    html = render(
        "problem.html",
        title=title,
        message=message,
        faults=faults,
        detail=detail,
        offers=[*offers, HOME],
    )
    return Page(title=title, description=message, parts=(Region("problem", html),), status=status)
