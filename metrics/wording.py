"""Numbers and lists in words, the same on every page, in every document and in the store."""

from __future__ import annotations

import re
from collections.abc import Sequence

from metrics.definition import Unit

# Of figures that do not differ, the share whose 95% interval says that they do.
CHANCE_SHARE = 0.05
_DAY = re.compile(r"\d{1,2} [A-Z]")


def write_number(value: float, decimals: int) -> str:
    """A number with thousands separated and a true minus sign; never `-0`."""
    rounded = round(value, decimals)
    sign = "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def write_when(period: str) -> str:
    """A period in words behind a figure: `on 30 June 2023`, `in 2022 to 2024`."""
    return f"on {period}" if _DAY.match(period) else f"in {period}"


def write_value(value: float | None, unit: Unit) -> str:
    """A value with its unit: `£21.40`, `62%`, `58.2 years`; `no figure` for none."""
    if value is None:
        return "no figure"
    sign = "−" if round(value, unit.decimals) < 0 else ""
    return f"{sign}{unit.prefix}{write_number(abs(value), unit.decimals)}{unit.suffix}"


def write_difference(value: float, unit: Unit) -> str:
    """The size of a difference, without its sign: `3.2 percentage points`, `£12 million`."""
    size = write_number(abs(value), unit.decimals)
    if unit.prefix:
        return f"{unit.prefix}{size}{unit.suffix}"
    if unit.difference == "percentage points" and size in ("1", "1.0"):
        return f"{size} percentage point"
    return f"{size} {unit.difference}"


def write_size(value: float, unit: Unit) -> str:
    """The size of a difference that is there: `less than 0.1 years` rather than `0.0 years`."""
    if value == 0 or round(value, unit.decimals) != 0:
        return write_difference(value, unit)
    return f"less than {write_difference(10.0**-unit.decimals, unit)}"


def write_target(value: float, unit: Unit) -> str:
    """A level that a mission names, without needless decimals: `99%`, `5 years`."""
    decimals = 0 if float(value).is_integer() else max(unit.decimals, 1)
    return write_value(value, unit.model_copy(update={"decimals": decimals}))


def write_amount(value: float, unit: Unit) -> str:
    """The size of a change that a mission asks for: `5 years`, `27 percentage points`."""
    decimals = 0 if float(value).is_integer() else max(unit.decimals, 1)
    return write_difference(value, unit.model_copy(update={"decimals": decimals}))


def write_interval(lower: float | None, upper: float | None, unit: Unit) -> str:
    """The 95% interval as a phrase: `95% interval 57.6 to 58.8`; empty for none."""
    if lower is None or upper is None:
        return ""
    bare = unit.model_copy(update={"suffix": ""})
    return f"95% interval {write_value(lower, bare)} to {write_value(upper, bare)}"


def write_list(names: Sequence[str]) -> str:
    """Names as English lists them: `Dudley, Sandwell and Walsall`."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def write_count(number: int, singular: str, plural: str) -> str:
    """A count with its noun: `1 area`, `348 areas`."""
    return f"{number:,} {singular if number == 1 else plural}"


def ordinal(number: int) -> str:
    """A place in an order: `1st`, `112th`, `176th`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def expected_by_chance(tested: int) -> str:
    """How many of some tests chance alone would call clear: `about 3`, `fewer than one`."""
    expected = tested * CHANCE_SHARE
    return f"about {expected:.0f}" if expected >= 1 else "fewer than one"


def by_chance(tested: int) -> str:
    """How many of some comparisons chance alone would call clear, as a sentence to add.

    Args:
        tested: how many were tested by a margin of error; a complete count leaves nothing to
            chance.

    Returns:
        The sentence behind a space; empty where chance alone would give less than one.
    """
    if tested * CHANCE_SHARE < 1:
        return ""
    return (
        f" Of the {tested:,} with a margin of error, chance alone would make "
        f"{expected_by_chance(tested)} seem different."
    )
