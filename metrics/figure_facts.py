"""What each fact of a figure may be: how it is written, how long it is, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal, get_args

from data.tables import STATUS_LETTERS

Basis = Literal["published", "derived"]

LONGEST_NUMBER = 32
_CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_AREA = re.compile(rf"[A-Z][A-Z0-9]{{1,8}}|{_SLUG}")

LONGEST = {
    "metric": 80,
    "area": 60,
    "period": 21,
    "dataset": 120,
    "value": LONGEST_NUMBER,
    "lower": LONGEST_NUMBER,
    "upper": LONGEST_NUMBER,
    "breakdown": 120,
    "status": 20,
    "comparator": 60,
    "basis": 9,
}
SHAPES: dict[str, tuple[re.Pattern[str], str]] = {
    "metric": (re.compile(_SLUG), "the id of a metric, such as healthy-life-expectancy"),
    "area": (_AREA, "the code of an area, such as E08000025"),
    "period": (
        re.compile(r"\d{4}-\d{2}-\d{2}/\d{4}-\d{2}-\d{2}", re.ASCII),
        "a first and a last day, such as 2022-01-01/2024-12-31",
    ),
    "dataset": (re.compile(_SLUG), "the id of a dataset, such as healthy-life-expectancy"),
    "breakdown": (
        re.compile(r"|[a-z-]+=[a-z0-9-]+"),
        "nothing, or a part of the metric such as sex=female",
    ),
    "comparator": (re.compile(rf"|{_AREA.pattern}"), "nothing, or the code of an area"),
    "basis": (re.compile("|".join(get_args(Basis))), "published or derived"),
}
TAKE_AGAIN = "Take the citation again from the page that shows the figure."


@dataclass(frozen=True, slots=True)
class FigureFault:
    """One thing wrong with a figure or its address, and what would mend it."""

    kind: Literal["unknown", "missing", "overlong", "repeated", "unreadable", "altered"]
    parameter: str
    found: str
    expected: str
    remedy: str


class FigureError(ValueError):
    """Facts that no figure can have, or an address that carries none. `faults` names each."""

    def __init__(self, faults: Sequence[FigureFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(
                f"{fault.parameter}: found {fault.found}, expected {fault.expected}. {fault.remedy}"
                for fault in faults
            )
        )


def canonical_number(written: str | float) -> str:
    """A number in its one canonical form: no exponent, no needless zero, no `+`, never `-0`.

    `0.10`, `.1` and `1e-1` are all `0.1`; `-0.0` is `0`; `1e3` is `1000`. A float is taken as
    the shortest text that gives it back, which is how a published number is read and kept.

    Raises:
        ValueError: not a finite number, or one of more than 32 characters.
    """
    text = repr(float(written)) if isinstance(written, int | float) else written
    if is_canonical(text):
        return text
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"'{text[:40]}' is not a number")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"'{text[:40]}' is not a number") from None
    if number and abs(number.adjusted()) > LONGEST_NUMBER:
        raise ValueError(f"'{text[:40]}' takes more than {LONGEST_NUMBER} characters")
    plain = f"{number:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    plain = plain if number else "0"
    if len(plain) > LONGEST_NUMBER:
        raise ValueError(f"'{text[:40]}' takes more than {LONGEST_NUMBER} characters")
    return plain


def is_canonical(text: str) -> bool:
    """Whether a number is written in its canonical form."""
    return len(text) <= LONGEST_NUMBER and text != "-0" and _CANONICAL.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def word_fault(name: str, word: str) -> FigureFault | None:
    """What is wrong with a fact that is a word, or None."""
    if len(word) > LONGEST[name]:
        expected = f"up to {LONGEST[name]} characters"
        return FigureFault("overlong", name, shown(word), expected, TAKE_AGAIN)
    if name == "status":
        letters = word.split(" ") if word else []
        fits = letters == sorted(set(letters)) and all(one in STATUS_LETTERS for one in letters)
        expected = f"letters of {' '.join(STATUS_LETTERS)} in alphabetical order"
    else:
        shape, expected = SHAPES[name]
        fits = shape.fullmatch(word) is not None and (name != "period" or _are_days(word))
    return None if fits else FigureFault("unreadable", name, shown(word), expected, TAKE_AGAIN)


def _are_days(period: str) -> bool:
    try:
        start, end = (date.fromisoformat(day) for day in period.split("/"))
    except ValueError:
        return False
    return start <= end


def number_fault(name: str, written: str) -> FigureFault:
    """The fault of a fact that should be a number and is none."""
    expected = f"a number of up to {LONGEST_NUMBER} characters, such as 58.2"
    return FigureFault("unreadable", name, shown(written), expected, TAKE_AGAIN)


def shown(text: str) -> str:
    """What was found, in quotes and short enough to print."""
    return repr(text if len(text) <= 60 else f"{text[:60]}…")[:80]
