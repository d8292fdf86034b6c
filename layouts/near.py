"""What a reader may have meant: the names nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

LEAST_LIKENESS = 0.6
MOST_OFFERS = 5


def near(asked: str, names: Mapping[str, str], most: int = MOST_OFFERS) -> list[str]:
    """The keys whose key or name is most like what was asked, the likest first.

    Args:
        asked: what the reader wrote; case, spaces, hyphens and underscores do not count.
        names: keys with the names that people know them by.
        most: how many to give at most.

    Returns:
        Keys at least six tenths alike, or that hold every word that was asked; equals in the
        order given.
    """
    wanted = _plain(asked)
    if not wanted:
        return []
    scored = [(_likeness(wanted, key, name), key) for key, name in names.items()]
    scored = [pair for pair in scored if pair[0] >= LEAST_LIKENESS]
    scored.sort(key=lambda pair: -pair[0])
    return [key for _, key in scored[:most]]


def _likeness(wanted: str, key: str, name: str) -> float:
    best = 0.0
    words = set(wanted.split())
    for candidate in (_plain(key), _plain(name)):
        if candidate == wanted:
            return 1.0
        if words and words <= set(candidate.split()):
            best = max(best, 0.9)
        matcher = SequenceMatcher(None, wanted, candidate)
        # The quick bound spares the slow ratio for names that are nothing like it.
        if matcher.quick_ratio() >= LEAST_LIKENESS:
            best = max(best, matcher.ratio())
    return best


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
