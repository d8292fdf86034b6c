"""What may stand in a query string: declared once, for reading and for `openapi.json`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from data.areas import AREA_TYPES
from data.tables import NEVER
from layouts.api.problems import bad_request
from layouts.request import BadQueryError, Query, QueryFault

MOST_ROWS = 2_000
LARGEST_OFFSET = 10_000_000
MOST_AREAS = 50
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name that may stand in the query string.

    Attributes:
        description: what it does, in plain English.
        schema: the JSON schema of its value, as `openapi.json` gives it.
        read: takes the value from a query; notes a fault and gives the default where it is none.
    """

    name: str
    description: str
    schema: Mapping[str, Any]
    read: Callable[[Query, str], Any]


def _day(query: Query, name: str) -> Any:
    """A day; the last one of all stands for "still known" in the store and is no day to ask for."""
    day = query.day(name)
    if day is not None and day >= NEVER:
        query.fault(name, day.isoformat(), f"a date before {NEVER.isoformat()}")
        return None
    return day


def _codes(query: Query, name: str) -> tuple[str, ...]:
    """Area codes by their form; whether there are such areas is for the store to say."""
    text = query.text(name, longest=MOST_AREAS * 10)
    codes = tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    wrong = [code for code in codes if not (code.isascii() and code.isalnum() and len(code) <= 9)]
    if wrong:
        query.fault(name, ", ".join(wrong[:3]), "codes of areas such as E08000025, with commas")
        return ()
    if len(codes) > MOST_AREAS:
        query.fault(name, f"{len(codes)} areas", f"at most {MOST_AREAS} areas")
        return ()
    return codes


_DAY = {"type": "string", "format": "date", "examples": ["2026-06-30"]}
AS_OF = Parameter(
    "as_of",
    "The day on which the figures were known; what is known now when it is left out.",
    _DAY,
    _day,
)
AREA = Parameter(
    "area",
    f"GSS codes with commas between, at most {MOST_AREAS}; a place is found under older codes too.",
    {"type": "string", "examples": ["E08000025,E08000026"]},
    _codes,
)
BREAKDOWN = Parameter(
    "breakdown",
    "One breakdown of the metric, such as sex=female; `none` for the metric as a whole; every "
    "series when it is left out.",
    {"type": "string", "examples": ["sex=female"]},
    lambda query, name: query.text(name),
)
STARTS = Parameter("from", "The first day on which a period may begin.", _DAY, _day)
ENDS = Parameter("to", "The last day on which a period may end.", _DAY, _day)


def _limit(usual: int, most: int) -> Parameter:
    return Parameter(
        "limit",
        "How many rows to give at most.",
        {"type": "integer", "minimum": 1, "maximum": most, "default": usual},
        lambda query, name: query.number(name, usual, 1, most),
    )


LIMIT = _limit(500, MOST_ROWS)
# A figure comes with its words and its address, which take ten times as long to write.
FIGURE_LIMIT = _limit(100, 500)
OFFSET = Parameter(
    "offset",
    "How many rows to pass over. The `Link` header has the address of the next page.",
    {"type": "integer", "minimum": 0, "maximum": LARGEST_OFFSET, "default": 0},
    lambda query, name: query.number(name, 0, 0, LARGEST_OFFSET),
)
AREA_TYPE = Parameter(
    "type",
    "Areas of one kind only.",
    {"type": "string", "enum": list(AREA_TYPES)},
    lambda query, name: query.one_of(name, AREA_TYPES),
)
DATASET = Parameter(
    "dataset",
    "The id of one dataset.",
    {"type": "string", "examples": ["employment-rate"]},
    lambda query, name: query.text(name),
)
METRIC = Parameter(
    "metric",
    "The id of one metric.",
    {"type": "string", "examples": ["healthy-life-expectancy-male"]},
    lambda query, name: query.text(name),
)


def read_parameters(raw: str, declared: Sequence[Parameter]) -> dict[str, Any]:
    """The value of each declared parameter.

    A name that is not declared is a fault, because a misspelt `as_of` would otherwise silently
    give other figures; so is a name without a value.

    Raises:
        ProblemError: with every fault at once.
    """
    query = Query(raw)
    values = {one.name: one.read(query, one.name) for one in declared}
    valid = ", ".join(one.name for one in declared) or "no parameter"
    for name, has_value in query.given.items():
        if name not in values:
            query.fault(name or "a name", name or "nothing", f"one of: {valid}")
        elif not has_value:
            query.fault(name, "nothing", "a value, or the name left out")
    try:
        query.check()
    except BadQueryError as error:
        raise bad_request(error.faults) from None
    return values


def refuse(parameter: Parameter, found: str, valid: str) -> Exception:
    """The problem of a value that only the store or the catalogue could judge."""
    return bad_request([QueryFault(parameter.name, found[:60], valid)])
