"""Where labels go, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence


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
