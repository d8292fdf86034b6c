"""One figure as it can be cited: its facts, the id they give, and the address that carries them.

Nothing here reads a store. The same facts give the same id on any machine and in any year, and
an address can be read back, and held to its id, by any copy of the product.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

import pandas as pd

from data.tables import BLANK_STATUSES
from metrics.figure_facts import (
    LONGEST,
    SHAPES,
    TAKE_AGAIN,
    Basis,
    FigureError,
    FigureFault,
    canonical_number,
    is_canonical,
    number_fault,
    shown,
    word_fault,
)

ID_LENGTH = 12
LONGEST_ADDRESS = 1_000
# Changes only if the facts, or the way in which they are written, ever change.
_FACTS_VERSION = "figure 1"
_ID = re.compile(rf"[a-z2-7]{{{ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One statement that can be cited.

    Attributes:
        metric: id of the metric.
        area: GSS code of the area, or id of the group for a figure derived for one.
        period: first and last day, both inclusive: `2022-01-01/2024-12-31`.
        dataset: id of the dataset that the figure was published in or derived from.
        value: the number as published, written as `canonical_number` does; None for a blank.
        lower, upper: the 95% interval in the same form, both or neither.
        breakdown: `sex=female`; empty for the metric as a whole.
        status: status letters in alphabetical order with spaces between; a blank has one.
        comparator: code of the area that the figure was set beside; empty for none.
        basis: `published`, or `derived` where it was worked out here for a group.

    Raises:
        FigureError: a fact is missing, cannot be read or contradicts another.
    """

    metric: str
    area: str
    period: str
    dataset: str
    value: str | None
    lower: str | None = None
    upper: str | None = None
    breakdown: str = ""
    status: str = ""
    comparator: str = ""
    basis: Basis = "published"

    def __post_init__(self) -> None:
        faults = [fault for name in _WORDS if (fault := word_fault(name, getattr(self, name)))]
        for name in _NUMBERS:
            written = getattr(self, name)
            if written is None or is_canonical(written):
                continue
            try:
                object.__setattr__(self, name, canonical_number(written))
            except ValueError:
                faults.append(number_fault(name, written))
        if not faults:
            faults = list(_contradictions(self))
        if faults:
            raise FigureError(faults)

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the period, both inclusive."""
        start, end = self.period.split("/")
        return date.fromisoformat(start), date.fromisoformat(end)


_FACTS = tuple(field.name for field in fields(Figure))
_NUMBERS = ("value", "lower", "upper")
_WORDS = tuple(name for name in _FACTS if name not in _NUMBERS)
# What is hashed, with a place for each fact.
FACTS_WRITTEN = "\n".join((_FACTS_VERSION, *(f"{name}={{{name}}}" for name in _FACTS)))
# An address leaves these out where they are empty.
_OPTIONAL = ("value", "lower", "upper", "breakdown", "status", "comparator")


def figure_id(figure: Figure) -> str:
    """The id of a figure: 12 characters of base 32, the same for the same facts everywhere.

    It is the start of the SHA-256 of the facts, written one to a line as `name=value` in the
    order of `Figure`'s attributes below the line `figure 1`. No fact can hold a line break, so
    no two figures are written alike. Vintages are not among the facts: a later load that leaves
    the figure alone leaves its id alone.
    """
    facts = {name: getattr(figure, name) or "" for name in _FACTS}
    return id_of_digest(facts_digest(FACTS_WRITTEN.format_map(facts)))


def facts_digest(written: str) -> bytes:
    """The hash of facts that are written as `FACTS_WRITTEN`."""
    return hashlib.sha256(written.encode("ascii")).digest()


def id_of_digest(digest: bytes) -> str:
    """The id that a hash of facts gives."""
    return base64.b32encode(digest[:10]).decode("ascii").lower()[:ID_LENGTH]


def facts_of(figure: Figure) -> dict[str, str]:
    """The facts as an address carries them, by name; empty optional ones are left out."""
    told = {name: getattr(figure, name) or "" for name in _FACTS}
    return {name: text for name, text in told.items() if text or name not in _OPTIONAL}


def address(figure: Figure) -> str:
    """The permanent address, with all facts: `/figures/k3fz…?metric=…&area=…`."""
    query = urlencode(facts_of(figure), safe="/=,")
    return f"/figures/{figure_id(figure)}?{query}"


def read_address(figure_id_given: str, query: str, beside: Collection[str] = ()) -> Figure:
    """The figure that an address carries, held to its id.

    Args:
        figure_id_given: the part of the path after `/figures/`.
        query: the raw query string, percent-encoded, without the question mark.
        beside: names of parameters that belong to the page and not to the figure.

    Raises:
        FigureError: with every parameter that is unknown, missing, overlong, repeated or
            unreadable; or, where all can be read, that the facts were altered: they do not give
            this id.
    """
    given, faults = _read_parameters(query, beside)
    if not _ID.fullmatch(figure_id_given):
        faults.append(
            FigureFault(
                "unreadable",
                "id",
                shown(figure_id_given),
                f"{ID_LENGTH} small letters and digits from 2 to 7",
                TAKE_AGAIN,
            )
        )
    if faults:
        raise FigureError(faults)
    # The type of the one word that is one of two is checked with the others.
    figure = Figure(**{**dict.fromkeys(_NUMBERS), **given})  # type: ignore[arg-type]
    expected = figure_id(figure)
    if expected != figure_id_given:
        raise FigureError(
            [
                FigureFault(
                    "altered",
                    "id",
                    figure_id_given,
                    f"{expected}, which is what these facts give",
                    f"One of them or the id was changed on the way. {TAKE_AGAIN}",
                )
            ]
        )
    return figure


def _read_parameters(
    query: str, beside: Collection[str]
) -> tuple[dict[str, str], list[FigureFault]]:
    if len(query) > LONGEST_ADDRESS:
        expected = f"up to {LONGEST_ADDRESS:,} characters"
        return {}, [
            FigureFault("overlong", "address", f"{len(query):,} characters", expected, TAKE_AGAIN)
        ]
    faults: list[FigureFault] = []
    given: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        if name in beside:
            continue
        if name not in _FACTS:
            expected = f"one of {', '.join(_FACTS)}"
            faults.append(
                FigureFault("unknown", shown(name), shown(value), expected, "Leave it out.")
            )
        elif name in given:
            faults.append(
                FigureFault("repeated", name, shown(value), "each parameter once", TAKE_AGAIN)
            )
        else:
            given[name] = value
    for name, value in given.items():
        if len(value) > LONGEST[name]:
            expected = f"up to {LONGEST[name]} characters"
            faults.append(FigureFault("overlong", name, shown(value), expected, TAKE_AGAIN))
    for name in _FACTS:
        if name not in _OPTIONAL and not given.get(name):
            expected = "the basis" if name == "basis" else SHAPES[name][1]
            faults.append(FigureFault("missing", name, "nothing", expected, TAKE_AGAIN))
    return {name: value for name, value in given.items() if value}, faults


def _contradictions(figure: Figure) -> Iterator[FigureFault]:
    """What no observation in the store can be either."""
    if figure.value is None and not BLANK_STATUSES & set(figure.status.split()):
        expected = f"one of {' '.join(sorted(BLANK_STATUSES))}, which says why there is no value"
        yield FigureFault("unreadable", "status", shown(figure.status), expected, TAKE_AGAIN)
    if (figure.lower is None) != (figure.upper is None):
        found = f"{figure.lower or 'nothing'} to {figure.upper or 'nothing'}"
        yield FigureFault("unreadable", "lower, upper", found, "both ends or neither", TAKE_AGAIN)
    elif figure.lower is not None and figure.upper is not None:
        found = f"{figure.lower} to {figure.upper}"
        if Decimal(figure.lower) > Decimal(figure.upper):
            expected = "a lower end that is not above the upper one"
            yield FigureFault("unreadable", "lower, upper", found, expected, TAKE_AGAIN)
        if figure.value is None:
            yield FigureFault("unreadable", "value", "nothing", "a value with it", TAKE_AGAIN)


def figures_of(
    frame: pd.DataFrame, metric: str, breakdown: str, dataset: str, comparator: str = ""
) -> list[Figure]:
    """Published figures for rows of the store, in their order.

    Args:
        frame: what `data.reads.read_series` gives: `ref_area, period_start, period_end, value,
            lower_95, upper_95, status`; a blank value is NaN or None.
        metric, breakdown, dataset: what all rows have in common.
        comparator: code of the area that all of them are set beside.
    """
    return [
        Figure(
            metric=metric,
            area=area,
            period=f"{start}/{end}",
            dataset=dataset,
            value=_written(value),
            lower=_written(lower),
            upper=_written(upper),
            breakdown=breakdown,
            status=status,
            comparator=comparator,
        )
        for area, start, end, value, lower, upper, status in zip(
            frame["ref_area"].tolist(),
            frame["period_start"].tolist(),
            frame["period_end"].tolist(),
            frame["value"].tolist(),
            frame["lower_95"].tolist(),
            frame["upper_95"].tolist(),
            frame["status"].tolist(),
            strict=True,
        )
    ]


def _written(number: float | None) -> str | None:
    return None if number is None or number != number else canonical_number(number)


__all__ = [
    "Basis",
    "Figure",
    "FigureError",
    "FigureFault",
    "address",
    "canonical_number",
    "facts_of",
    "figure_id",
    "figures_of",
    "read_address",
]
