"""Which damage no reader can be asked to see, because the file could have been published so."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def only_another_number(
    before: Sequence[Sequence[str]], after: Sequence[Sequence[str]], figures: Collection[int]
) -> bool:
    """Whether all that differs is one cell of the figures' columns, a number in both."""
    if len(before) != len(after):
        return False
    differ = [
        (place, old, new)
        for row, other in zip(before, after, strict=True)
        for place, (old, new) in enumerate(zip(row, other, strict=False))
        if old != new or len(row) != len(other)
    ]
    if len(differ) != 1:
        return False
    place, old, new = differ[0]
    return place in figures and all(_NUMBER.fullmatch(text) for text in (old, new))
