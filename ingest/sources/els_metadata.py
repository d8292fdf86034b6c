"""The JSON beside each ELS table: who produced it, when, where, and what to be careful about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingest.faults import Fault, Refused, quoted

LARGEST_METADATA = 1_000_000
_ROOT = "ess-beta-metadata"
_REMEDY = "look at the publisher's file; if its layout has changed, the reader has to learn it"


@dataclass(frozen=True, slots=True)
class SeriesMetadata:
    """The words of one series: its title, its caveats and the decimals it is shown with."""

    title: str
    caveats: str
    decimals: int


@dataclass(frozen=True, slots=True)
class ElsMetadata:
    """What the publisher says of a table.

    Attributes:
        producers: the bodies that produced the figures, in the publisher's order.
        published: the days on which they did.
        landing_pages: where they did.
        series: words for each series. The key is the publisher's label; a table of one series
            has the key empty, because its label there and in the CSV may differ.
    """

    producers: tuple[str, ...]
    published: tuple[date, ...]
    landing_pages: tuple[str, ...]
    series: Mapping[str, SeriesMetadata]


def read_metadata(content: bytes, file: str) -> ElsMetadata:
    """Read the metadata of one table, whether it has one series or several.

    Raises:
        Refused: it is not the JSON that the publisher writes; with every fault.
    """
    if len(content) > LARGEST_METADATA:
        raise Refused(
            [_fault(file, "", f"{len(content):,} bytes", f"at most {LARGEST_METADATA:,}")]
        )
    try:
        root = json.loads(content.decode("utf-8-sig"))[_ROOT]
        shared = root.get("shared")
        words: dict[str, dict[str, Any]] = {"": root}
        if shared is not None:
            # Also where no series stands beside it: what is shared has to be an object.
            shared = {**shared}
            words = {name: {**shared, **own} for name, own in root.items() if name != "shared"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        expected = f"a JSON object with the key {_ROOT}"
        found = f"{quoted(content[:60].decode('utf-8', 'replace'))} ({type(error).__name__})"
        raise Refused([_fault(file, "", found, expected)]) from None
    faults: list[Fault] = []
    common = root if shared is None else shared
    metadata = ElsMetadata(
        producers=_several(common, "sourceOrg", file, faults),
        published=tuple(
            day
            for text in _several(common, "sourceDate", file, faults)
            if (day := _day(text, file, faults)) is not None
        ),
        landing_pages=_several(common, "sourceURL", file, faults),
        series={
            name: SeriesMetadata(
                title=_one(own, "label", file, faults),
                caveats=str(own.get("caveats") or ""),
                decimals=_decimals(own, file, faults),
            )
            for name, own in words.items()
        },
    )
    if faults:
        raise Refused(list(dict.fromkeys(faults)))
    return metadata


def _fault(file: str, key: str, found: str, expected: str) -> Fault:
    return Fault(file, None, key, found, expected, _REMEDY)


def _one(words: dict[str, Any], key: str, file: str, faults: list[Fault]) -> str:
    text = words.get(key)
    if isinstance(text, str) and text.strip():
        return text.strip()
    faults.append(_fault(file, key, quoted(text), "some text"))
    return ""


def _several(words: dict[str, Any], key: str, file: str, faults: list[Fault]) -> tuple[str, ...]:
    """The parts of a value in which the publisher separates several by a bar."""
    parts = (part.strip() for part in _one(words, key, file, faults).split("|"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _day(text: str, file: str, faults: list[Fault]) -> date | None:
    try:
        return datetime.strptime(text, "%d/%m/%Y").date()
    except ValueError:
        faults.append(_fault(file, "sourceDate", quoted(text), "a day written as 31/12/2025"))
        return None


def _decimals(words: dict[str, Any], file: str, faults: list[Fault]) -> int:
    decimals = words.get("decimalPlaces")
    if isinstance(decimals, int) and not isinstance(decimals, bool) and 0 <= decimals <= 9:
        return decimals
    faults.append(_fault(file, "decimalPlaces", quoted(decimals), "a whole number from 0 to 9"))
    return 0
