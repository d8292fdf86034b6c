"""What an address of the API is: declared once, for answering and for `openapi.json`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import create_model
from sqlalchemy import Connection

from layouts.api.parameters import Parameter
from layouts.api.records import About, Record
from metrics.catalogue import Catalogue

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, read.

    Attributes:
        parts: the variable parts of the path by name.
        values: what each declared parameter has, by name.
        query: the raw query string, for addresses whose facts stand in it.
    """

    store: Connection
    catalogue: Catalogue
    parts: Mapping[str, str]
    values: Mapping[str, Any]
    query: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: what it says of itself, and its items.

    Attributes:
        items: one for an address of one thing.
        total: how many items there are on all pages; None where there is one page only.
    """

    about: About
    items: Sequence[Record]
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address and what it answers with.

    Attributes:
        path: after `/api/v1/`, with variable parts in braces.
        item: the shape of an item.
        several: whether it answers with a list of them.
        table: the field of an item whose records are the rows of the CSV; empty where the items
            themselves are.
        row: the shape of a row of the CSV.
    """

    path: str
    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    item: type[Record]
    several: bool
    answer: Callable[[Asked], Answer]
    row: type[Record]
    table: str = ""
    # Whether the query string carries facts that only the answer itself can read.
    carries_facts: bool = False

    @property
    def paged(self) -> bool:
        """Whether an answer may be one page of several."""
        return any(one.name == "offset" for one in self.parameters)

    def match(self, path: str) -> dict[str, str] | None:
        """The variable parts of a path of this kind, or None."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None


def body_model(endpoint: Endpoint) -> type[Record]:
    """The shape of the whole JSON document: `about`, and `item` or `items`."""
    item: Any = endpoint.item
    fields: dict[str, Any] = {"about": (About, ...)}
    if endpoint.paged:
        fields["total"] = (int, ...)
    fields |= {"items": (list[item], ...)} if endpoint.several else {"item": (item, ...)}
    return create_model(
        f"{endpoint.name}Answer", __base__=Record, __doc__=endpoint.summary, **fields
    )
