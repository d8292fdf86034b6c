"""From values to positions: linear scales, round ticks, and how wide words will be."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from layouts.figures.description import Unit

# Widths of characters in Helvetica and its equals, as a share of the font size.
_NARROW = dict.fromkeys("ijlI.,:;'|! ", 0.28) | dict.fromkeys("frt()-/[]*", 0.36)
_BROAD = dict.fromkeys("mMW%@", 0.86) | {"w": 0.73, "→": 1.0, "←": 1.0}
_WIDTHS = _NARROW | _BROAD
# A little more than measured, for the fonts that stand in where Helvetica is missing.
_ALLOWANCE = 1.05


def text_width(words: str, size: float) -> float:
    """About how many pixels the words take, in a font of `size` pixels."""
    total = 0.0
    for character in words:
        usual = 1.0 if ord(character) > 0x2E80 else 0.69 if character.isupper() else 0.56
        total += _WIDTHS.get(character, usual)
    return total * size * _ALLOWANCE


def cut(words: str, size: float, room: float) -> str:
    """The words, shortened with an ellipsis where they need more than `room` pixels."""
    if text_width(words, size) <= room:
        return words
    kept = words
    while kept and text_width(kept.rstrip() + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept else ""


def wrap(words: str, size: float, room: float, most_lines: int) -> list[str]:
    """The words in lines of at most `room` pixels; what is left over is cut short."""
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most_lines - 1:
        taken = 1
        while taken < len(rest) and text_width(" ".join(rest[: taken + 1]), size) <= room:
            taken += 1
        lines.append(cut(" ".join(rest[:taken]), size, room))
        rest = rest[taken:]
    if rest:
        lines.append(cut(" ".join(rest), size, room))
    return lines


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from values to pixels. A scale over one value puts it in the middle."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The position of a value."""
        # Halved first, so that the distance between two huge values is still a number.
        span = self.high / 2 - self.low / 2
        share = (value / 2 - self.low / 2) / span if span else 0.5
        return self.start + share * (self.end - self.start)


def finite(values: Iterable[float | None]) -> list[float]:
    """The values there are.

    Raises:
        ValueError: one is infinite or not a number, which no publisher's figure is. A missing
            value is None.
    """
    present = [value for value in values if value is not None]
    wrong = [value for value in present if not math.isfinite(value)]
    if wrong:
        raise ValueError(f"cannot draw the value {wrong[0]}: a missing value must be None")
    return present


def padded(low: float, high: float, share: float) -> tuple[float, float]:
    """The range with room at both ends; a range of one value gets room around it."""
    if high > low:
        room = (high / 2 - low / 2) * 2 * share
        return low - room, high + room
    room = abs(low) * 0.05 or 1.0
    return low - room, high + room


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most `most` round values from `low` to `high`, steps of 1, 2 or 5 times a power of ten.

    Where `most` allows two, there are two: one value alone tells nobody how far apart others are.
    """
    span = high - low
    if not math.isfinite(span) or span <= 0 or span < abs(high) * 1e-9:
        return [low]
    exponent = math.floor(math.log10(span / most))
    too_many: list[float] = []
    for extra in range(3):
        for factor in (1, 2, 5):
            step = factor * 10.0 ** (exponent + extra)
            first = math.ceil(low / step - 1e-9)
            last = math.floor(high / step + 1e-9)
            values = [number * step for number in range(first, last + 1)]
            if len(values) > most:
                too_many = values
            elif len(values) < 2 <= most and too_many:
                return [too_many[0], too_many[-1]]
            elif values:
                return values
    return [low]


_SHORTENED = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))


def tick_labels(values: list[float], unit: Unit) -> list[str]:
    """The ticks as an axis writes them: no more decimals than they and their step need.

    Suffixes of more than two characters are left to the title of the axis, and millions,
    billions and trillions are shortened.
    """
    step = min((b - a for a, b in pairwise(values)), default=0.0)
    largest = max((abs(value) for value in values), default=0.0)
    divisor, mark = next(((d, m) for d, m in _SHORTENED if largest >= d), (1.0, ""))
    suffix = unit.suffix if len(unit.suffix) <= 2 else ""
    if largest >= 1e16:
        return [f"{unit.prefix}{value:.1e}{suffix}" for value in values]
    fineness = step / divisor if step else 10.0**-unit.decimals
    written = [fineness, *(value / divisor for value in values if step)]
    decimals = 0
    while decimals < 12 and any(
        abs(round(one, decimals) - one) > max(fineness * 1e-6, abs(one) * 1e-12) for one in written
    ):
        decimals += 1
    axis_unit = replace(unit, suffix=mark + suffix, decimals=decimals)
    return [axis_unit.write(value / divisor) for value in values]
