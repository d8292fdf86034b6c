"""Answers as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import orjson

from layouts.api.endpoints import Answer, Endpoint
from layouts.api.records import Record

JSON = "application/json"
CSV = "text/csv"
# A spreadsheet takes a text that begins so for a formula and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# What a CSV row says of itself besides its own fields, from what the answer says of itself.
_BESIDE = ("known_on", "source", "licence")


def write_json(answer: Answer, endpoint: Endpoint) -> bytes:
    """The answer as one JSON document, ended by a line break."""
    document: dict[str, Any] = {"about": answer.about.model_dump()}
    if answer.total is not None:
        document["total"] = answer.total
    items = [item.model_dump() for item in answer.items]
    if endpoint.several:
        document["items"] = items
    else:
        document["item"] = items[0]
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


def columns(endpoint: Endpoint) -> list[str]:
    """The columns of the CSV: the fields of a row that hold one value or a list of words."""
    own = [name for name, field in endpoint.row.model_fields.items() if _flat(field.annotation)]
    return own + [name for name in _BESIDE if name not in own]


def _flat(annotation: Any) -> bool:
    inner = getattr(annotation, "__args__", ())
    return not any(isinstance(one, type) and issubclass(one, Record) for one in inner)


def write_csv(answer: Answer, endpoint: Endpoint) -> bytes:
    """The answer as a table in UTF-8, with the names of the columns first.

    Lists are joined by semicolons; what nests deeper is in the JSON only. Every row carries its
    source, its licence and the day on which it became known. A text that a spreadsheet would
    take for a formula gets an apostrophe in front; numbers are left as they are.
    """
    names = columns(endpoint)
    beside = {name: getattr(answer.about, name) for name in _BESIDE}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows_of(answer, endpoint):
        writer.writerow([write_cell(getattr(row, name, beside.get(name))) for name in names])
    return out.getvalue().encode("utf-8")


def rows_of(answer: Answer, endpoint: Endpoint) -> Sequence[Record]:
    """The rows of the CSV: the items, or the records that lie in them."""
    if not endpoint.table:
        return answer.items
    return [row for item in answer.items for row in getattr(item, endpoint.table)]


def write_cell(value: Any) -> Any:
    """A value as a cell: empty for none, `true` and `false` as JSON has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(str(one) for one in value)
    if isinstance(value, str):
        # A null character ends a text for many a program.
        value = value.replace("\0", "")
        return f"'{value}" if value.startswith(_FORMULA) else value
    return value
