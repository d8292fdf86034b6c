"""The outlines of areas: how far they reach. Paths are those of `data/reference/boundaries`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(r"([MmLlZz])|(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def widened(self, room: float) -> Box:
        """The rectangle with room on every side."""
        return Box(self.left - room, self.top - room, self.right + room, self.bottom + room)

    def touches(self, other: Box) -> bool:
        """Whether the two share some room, or stand less than 3 apart side by side."""
        return (
            self.left < other.right + 3
            and other.left < self.right + 3
            and self.top < other.bottom
            and other.top < self.bottom
        )


def corners(path: str) -> list[tuple[float, float]]:
    """Every corner of a path of straight lines (`M`, `L`, `Z`, absolute or relative).

    Raises:
        ValueError: the path holds anything else.
    """
    if re.sub(r"[MmLlZz\d\s,.+-]", "", path):
        raise ValueError(f"an outline has only M, L and Z with numbers, but found '{path[:60]}'")
    found: list[tuple[float, float]] = []
    command, pending = "M", []
    x = y = start_x = start_y = 0.0
    for letter, number in _PIECE.findall(path):
        if letter in ("Z", "z"):
            x, y = start_x, start_y
        if letter:
            command = letter
            continue
        pending.append(float(number))
        if len(pending) < 2:
            continue
        relative = command in "ml"
        x, y = pending[0] + x * relative, pending[1] + y * relative
        pending = []
        if command in "Mm":
            start_x, start_y = x, y
            command = "l" if relative else "L"
        found.append((x, y))
    return found


# The same few hundred outlines are drawn again and again.
@lru_cache(maxsize=2048)
def _box(path: str) -> Box | None:
    places = corners(path)
    if not places:
        return None
    across, down = [x for x, _ in places], [y for _, y in places]
    return Box(min(across), min(down), max(across), max(down))


def box_of(paths: Iterable[str]) -> Box:
    """The smallest rectangle around all the paths.

    Raises:
        ValueError: there is no corner at all, or a path holds more than straight lines.
    """
    boxes = [box for path in paths if (box := _box(path)) is not None]
    if not boxes:
        raise ValueError("no outline to draw")
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
