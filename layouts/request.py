"""What a page is asked for: its path's parts, the choices in the query string, and the store.

A query string is read as people, browsers and careless programs write it. Names that nobody
reads are ignored; a value that cannot be read is a fault, and all faults are told at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, unquote_to_bytes

from sqlalchemy import Connection

from metrics.catalogue import Catalogue

LONGEST_QUERY = 2000
MOST_AREAS = 10
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class QueryFault:
    """One thing wrong with a query string."""

    parameter: str
    found: str
    valid: str


class BadQueryError(ValueError):
    """A query string with values that cannot be read. `faults` names each."""

    def __init__(self, faults: Sequence[QueryFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.parameter}: {fault.valid}" for fault in faults))


class NotFoundError(LookupError):
    """There is no such page. `offers` are addresses and words of pages that may be meant."""

    def __init__(self, message: str, offers: Iterable[tuple[str, str]] = ()) -> None:
        self.message = message
        self.offers = tuple(offers)
        super().__init__(message)


class Query:
    """The choices in a query string. Each reader returns the default where a value is missing
    or faulty; `check` raises with every fault that the readers met."""

    def __init__(self, raw: str) -> None:
        """Take the raw query string, without the question mark and still percent-encoded."""
        self.raw = raw
        self._faults: list[QueryFault] = []
        self._pairs: list[tuple[bytes, bytes]] = []
        if len(raw) > LONGEST_QUERY:
            self.fault(
                "the whole query string",
                f"{len(raw):,} characters",
                f"up to {LONGEST_QUERY:,} characters",
            )
            return
        for piece in raw.split("&"):
            name, _, value = piece.partition("=")
            self._pairs.append((_decoded(name), _decoded(value)))

    def fault(self, parameter: str, found: str, valid: str) -> None:
        """Note a fault, for what only the page can judge."""
        self._faults.append(QueryFault(parameter, _shown(found), valid))

    def check(self) -> None:
        """Raise `BadQueryError` when any reader met a fault."""
        if self._faults:
            raise BadQueryError(self._faults)

    def _values(self, name: str) -> list[str]:
        """The values given for a name, without empty ones, which forms send for "no choice"."""
        values = []
        for key, raw in self._pairs:
            if key != name.encode():
                continue
            try:
                value = raw.decode("utf-8").strip()
            except UnicodeDecodeError:
                self.fault(name, repr(raw)[1:], "text in UTF-8")
                continue
            if _CONTROL.search(value):
                self.fault(name, value, "text without control characters")
            elif value:
                values.append(value)
        return values

    def text(self, name: str, default: str = "", longest: int = 100) -> str:
        """Free text of at most `longest` characters."""
        values = self._single(name)
        if values and len(values[0]) > longest:
            self.fault(name, values[0], f"up to {longest} characters")
            return default
        return values[0] if values else default

    def one_of(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """One of a few words."""
        values = self._single(name)
        if values and values[0] not in allowed:
            self.fault(name, values[0], "one of: " + ", ".join(sorted(allowed)))
            return default
        return values[0] if values else default

    def day(self, name: str) -> date | None:
        """A date such as 2026-01-31, or None."""
        values = self._single(name)
        if not values:
            return None
        try:
            if not _DAY.fullmatch(values[0]):
                raise ValueError
            return date.fromisoformat(values[0])
        except ValueError:
            self.fault(name, values[0], "a date such as 2026-01-31")
            return None

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A whole number within bounds, in digits."""
        values = self._single(name)
        if not values:
            return default
        # More digits than the highest has can only be too large, and are not worth reading.
        if re.fullmatch(r"[0-9]{1,9}", values[0]) and lowest <= int(values[0]) <= highest:
            return int(values[0])
        self.fault(name, values[0], f"a whole number from {lowest:,} to {highest:,}")
        return default

    @property
    def given(self) -> dict[str, bool]:
        """Every name that was given, and whether with a value; what is not UTF-8 is replaced."""
        found: dict[str, bool] = {}
        for raw, value in self._pairs:
            name = raw.decode("utf-8", "replace")
            if name or value:
                found[name] = found.get(name, False) or bool(value.strip())
        return found

    def codes(
        self,
        name: str,
        known: Collection[str],
        default: tuple[str, ...] = (),
        most: int = MOST_AREAS,
    ) -> tuple[str, ...]:
        """Area codes, separated by commas or given one by one, each once, in the order given."""
        given = [code.strip() for value in self._values(name) for code in value.split(",")]
        chosen = tuple(dict.fromkeys(code for code in given if code))
        unknown = [code for code in chosen if code not in known]
        if unknown:
            self.fault(name, ", ".join(unknown[:3]), "codes of areas such as E08000025")
            return default
        if len(chosen) > most:
            self.fault(name, f"{len(chosen)} areas", f"at most {most} areas")
            return default
        return chosen or default

    def names(self, name: str, known: Collection[str], most: int, called: str) -> tuple[str, ...]:
        """Known names, separated by commas or given one by one, each once, in the order given.

        `called` says in a fault what the names are of: `measures such as employment-rate`.
        """
        given = [one.strip() for value in self._values(name) for one in value.split(",")]
        chosen = tuple(dict.fromkeys(one for one in given if one))
        unknown = [one for one in chosen if one not in known]
        if unknown:
            self.fault(name, ", ".join(unknown[:3]), called)
            return ()
        if len(chosen) > most:
            self.fault(name, f"{len(chosen)} names", f"at most {most} {called}")
            return ()
        return chosen

    def _single(self, name: str) -> list[str]:
        values = self._values(name)
        if len(set(values)) > 1:
            self.fault(name, ", ".join(values), "one value")
            return []
        return values[:1]


def write_query(choices: Mapping[str, str | Iterable[str]]) -> str:
    """The query string, without `?`, of choices: empty ones left out, several joined by commas."""
    pairs = []
    for name, value in choices.items():
        text = value if isinstance(value, str) else ",".join(value)
        if text:
            pairs.append(f"{quote(name, safe='')}={quote(text, safe=',')}")
    return "&".join(pairs)


def _decoded(text: str) -> bytes:
    return unquote_to_bytes(text.replace("+", " "))


def _shown(text: str) -> str:
    """What was found, fit to be printed on a page."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in text)
    return printable if len(printable) <= 60 else printable[:59] + "…"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Everything that a page is built from.

    `parameters` are the variable parts of the path by name (`slug`, `id`, `code`).
    """

    path: str
    parameters: Mapping[str, str]
    query: Query
    store: Connection
    catalogue: Catalogue
