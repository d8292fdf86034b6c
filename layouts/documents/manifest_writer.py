"""A pack as data: what it holds, figure by figure, and the hashes of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from layouts.documents.content import Cell, CitedFigure, Document
from layouts.documents.plain import plain
from layouts.documents.telling import (
    LANGUAGE,
    citation_numbers,
    cited_at,
    source_words,
)
from metrics.figure import facts_of

FORMAT = "evidence pack 1"


def content_hash(document: Document) -> str:
    """The SHA-256 of everything that a document says, in hexadecimal.

    It follows from the content alone: not from a clock, a machine, the fonts on it, or where the
    site is. The same figures give the same hash.
    """
    return hashlib.sha256(_as_json(_canonical(document))).hexdigest()


def write_manifest(document: Document, files: Mapping[str, tuple[str, bytes]]) -> bytes:
    """The manifest as JSON in UTF-8.

    Args:
        document: the content.
        files: media type and bytes of each file of the pack, by name.
    """
    numbers = citation_numbers(document)
    manifest = {
        "format": FORMAT,
        "title": plain(document.title),
        "mark": plain(document.mark),
        "language": LANGUAGE,
        "known_on": document.known_on,
        "page": document.path,
        "content_sha256": content_hash(document),
        "files": [
            {
                "name": name,
                "type": kind,
                "bytes": len(body),
                "sha256": hashlib.sha256(body).hexdigest(),
            }
            for name, (kind, body) in sorted(files.items())
        ],
        "figures": [_figure(figure, numbers[figure.id]) for figure in document.figures],
        "sources": [{**one._asdict(), "words": source_words(one)} for one in document.sources],
        "sections": [section.heading for section in document.sections],
    }
    return _as_json(manifest, indent=2) + b"\n"


def _figure(figure: CitedFigure, number: int) -> dict[str, Any]:
    return {
        "number": number,
        "id": figure.id,
        "address": figure.address,
        "url": cited_at(figure) or None,
        **facts_of(figure.figure),
        "measure": figure.measure,
        "place": figure.place,
        "period_in_words": figure.period,
        "value_in_words": figure.value,
        "sentence": figure.forms.sentence,
        "footnote": figure.forms.footnote,
    }


def _canonical(document: Document) -> dict[str, Any]:
    """The content without what depends on where the site is."""

    def cell(one: Cell) -> dict[str, Any]:
        told = asdict(one)
        figure = one.figure
        if figure is not None:
            told["figure"] = {
                "address": figure.address,
                "sentence": figure.forms.sentence,
                "value": figure.value,
                "interval": figure.interval,
                "note": figure.note,
                "measure": figure.measure,
                "place": figure.place,
                "period": figure.period,
                "source": figure.source._asdict(),
            }
        return told

    sections = [
        {
            **asdict(section),
            "tables": [
                {
                    "caption": table.caption,
                    "corner": table.corner,
                    "columns": table.columns,
                    "rows": [
                        [row.heading, row.address, *(cell(one) for one in row.cells)]
                        for row in table.rows
                    ],
                }
                for table in section.tables
            ],
        }
        for section in document.sections
    ]
    return {
        "format": FORMAT,
        "title": document.title,
        "mark": document.mark,
        "answer": document.answer,
        "about": document.about,
        "sections": sections,
        "sources": [one._asdict() for one in document.sources],
        "known_on": document.known_on,
        "path": document.path,
    }


def _as_json(value: object, indent: int | None = None) -> bytes:
    # A text that cannot be written as UTF-8 is written by its number instead.
    return json.dumps(
        value, ensure_ascii=False, sort_keys=indent is None, indent=indent, default=str
    ).encode("utf-8", "backslashreplace")
