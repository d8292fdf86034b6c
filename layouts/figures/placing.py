"""Where labels go, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def push_apart(
    wanted: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres as near as can be to those wanted, in the same order, none overlapping.

    Neighbours that would overlap become a block around the mean of what they want; blocks that
    meet are joined (pooling of adjacent violators), so the sum of squared shifts is the least.

    Args:
        wanted: where each label would stand, in rising order.
        sizes: how much room each takes.
        low: where the first may begin.
        high: where the last may end. If all together need more room, they pass it.

    Returns:
        One centre for each label.
    """
    blocks: list[tuple[float, float, list[float]]] = []
    for centre, size in zip(wanted, sizes, strict=True):
        start, room, starts = centre - size / 2, size, [centre - size / 2]
        start = max(start, low)
        while blocks and blocks[-1][0] + blocks[-1][1] > start:
            _, room_before, starts_before = blocks.pop()
            starts = starts_before + [value - room_before for value in starts]
            room += room_before
            start = max(sum(starts) / len(starts), low)
        blocks.append((start, room, starts))
    limit = high
    for number in range(len(blocks) - 1, -1, -1):
        start, room, starts = blocks[number]
        limit = min(start, limit - room)
        blocks[number] = (limit, room, starts)
    overhang = max(low - blocks[0][0], 0.0) if blocks else 0.0
    centres: list[float] = []
    for start, _, starts in blocks:
        edge = start + overhang
        for size in sizes[len(centres) : len(centres) + len(starts)]:
            centres.append(edge + size / 2)
            edge += size
    return centres


def rows_without_overlap(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """The first row, counted from 0, in which each stretch has room beside those before it."""
    taken: list[list[tuple[float, float]]] = []
    rows = []
    for start, end in extents:
        for number, row in enumerate(taken):
            if all(end + gap <= other[0] or start >= other[1] + gap for other in row):
                row.append((start, end))
                rows.append(number)
                break
        else:
            taken.append([(start, end)])
            rows.append(len(taken) - 1)
    return rows


@dataclass(frozen=True, slots=True)
class Route:
    """Where a label stands, and how its leader gets there.

    `passes` holds the leader's position on each tier from the nearest (0) up to the label's own
    tier, where it is the centre of the label.
    """

    passes: tuple[float, ...]

    @property
    def tier(self) -> int:
        """The tier on which the label stands."""
        return len(self.passes) - 1

    @property
    def centre(self) -> float:
        """The centre of the label."""
        return self.passes[-1]


def in_tiers(
    wanted: Sequence[float], sizes: Sequence[float], low: float, high: float
) -> tuple[list[Route], int]:
    """Labels side by side, in as few tiers as hold them, and the number of tiers.

    Labels take the tiers in turn, in the order of what they name. The leader of a label on an
    upper tier passes through the tiers below it in a slot of its own, kept free like a label;
    all keep their order, so that no leader crosses another leader or a word.

    Args:
        wanted: the positions of what is named, in rising order.
        sizes: the widths of the labels, with the gap that each needs.
        low: where the first label may begin.
        high: where the last may end.
    """
    count = len(sizes)
    tiers = 1
    while tiers < count and not _fits(sizes, tiers, (high - low) * _FULLEST):
        tiers += 1
    passes: list[list[float]] = [[] for _ in sizes]
    for tier in range(tiers):
        here = [number for number in range(count) if number % tiers >= tier]
        places = push_apart(
            [passes[number][-1] if tier else wanted[number] for number in here],
            [sizes[number] if number % tiers == tier else _SLOT for number in here],
            low,
            high,
        )
        for number, place in zip(here, places, strict=True):
            passes[number].append(place)
    return [Route(tuple(route)) for route in passes], tiers


# A tier is not filled to the last pixel: leaders would lie too flat to follow.
_FULLEST = 0.93
# The width that a passing leader is given.
_SLOT = 6.0


def _fits(sizes: Sequence[float], tiers: int, width: float) -> bool:
    for tier in range(tiers):
        own = sum(size for number, size in enumerate(sizes) if number % tiers == tier)
        passing = sum(_SLOT for number in range(len(sizes)) if number % tiers > tier)
        if own + passing > width:
            return False
    return True
