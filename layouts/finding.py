"""Finding areas, metrics, missions and workstreams by words, also by misspelt ones.

A word of the question matches a word of a name when it is that word or begins it. Where nothing
does, the words nearest to it count, by a slip of the fingers or two: none in words of up to three
letters and in words with a digit (a code that is nearly right is another area's), one in up to
six letters, two in longer ones. Names count for more than what is said of a thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from rapidfuzz.distance import OSA

WORD = re.compile(r"[a-z0-9]+")
# Words that stand in every other name tell nothing apart.
_FILLERS = {"a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to"}
# What people call a thing, and the words under which it is declared. One word stands beside the
# reader's own; several take its place, and all of them are looked for.
_OTHER_NAMES = {
    "brum": "birmingham",
    "broadband": "gigabit",
    "buses": "bus",
    "earnings": "pay",
    "fdi": "foreign investment",
    "gdhi": "household income",
    "hle": "healthy life expectancy",
    "houses": "homes",
    "internet": "gigabit",
    "jobs": "employment",
    "ks2": "key stage 2",
    "murder": "homicide",
    "murders": "homicide",
    "salaries": "pay",
    "salary": "pay",
    "smokers": "smoking",
    "wage": "pay",
    "wages": "pay",
    "wmca": "west midlands combined authority",
}
_WHOLE, _START, _SLIP = 1.0, 0.9, 0.8
_SAID = 0.5
_MOST_WORDS = 12
_LEAST_START = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found.

    Attributes:
        kind: the heading it is listed under.
        title: its name; `detail` says a little more on the page.
        address: where its page is; empty for what has none.
        names: words that count as its name, besides the title.
        said: what is said of it, which counts for less.
    """

    kind: str
    title: str
    detail: str
    address: str
    names: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the likest first: `entries` of `total`."""

    kind: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True)
class Index:
    """Everything that can be found, with its words taken apart once."""

    entries: tuple[Entry, ...]

    @cached_property
    def _words(self) -> dict[str, dict[int, float]]:
        """For each word the entries that have it, with the weight of the place it stands in."""
        found: dict[str, dict[int, float]] = {}
        for number, entry in enumerate(self.entries):
            for text, weight in (
                (entry.said, _SAID),
                (entry.names, _WHOLE),
                (entry.title, _WHOLE),
            ):
                for word in plain_words(text):
                    places = found.setdefault(word, {})
                    places[number] = max(weight, places.get(number, 0.0))
        return found

    def find(self, asked: str, most: int) -> tuple[Group, ...]:
        """What the words may mean, by kind in the order of the entries.

        Within a kind, only entries that match as many of the words as any other are kept, and
        where that is not all of the words they must match them by name.

        Args:
            asked: what the reader wrote; anything at all.
            most: how many to give of each kind at most.
        """
        wanted = asked_words(asked)
        if not wanted:
            return ()
        by_word = [self._entries_with(alternatives) for alternatives in wanted]
        candidates: dict[str, list[tuple[int, float, int]]] = {}
        for number in set().union(*by_word):
            weights = [scores.get(number, 0.0) for scores in by_word]
            matched = sum(weight > 0 for weight in weights)
            named = sum(weight > _SAID for weight in weights)
            if matched < len(wanted) and named < matched:
                continue
            kind = self.entries[number].kind
            candidates.setdefault(kind, []).append((matched, sum(weights), number))
        groups = []
        for kind in dict.fromkeys(entry.kind for entry in self.entries):
            if kind not in candidates:
                continue
            best = max(matched for matched, _, _ in candidates[kind])
            kept = [one for one in candidates[kind] if one[0] == best]
            chosen = nsmallest(most, kept, key=self._order)
            groups.append(
                Group(kind, tuple(self.entries[number] for *_, number in chosen), len(kept))
            )
        return tuple(groups)

    def _order(self, found: tuple[int, float, int]) -> tuple[float, int, int]:
        """The likest first; of equals the one with the shortest name, then as listed."""
        _, weight, number = found
        return (-round(weight, 6), len(self.entries[number].title), number)

    def _entries_with(self, alternatives: Sequence[str]) -> dict[int, float]:
        """The entries that match one word of the question, by any of its forms."""
        likenesses = {
            known: likeness
            for known in self._words
            if (likeness := max(like(asked, known) for asked in alternatives))
        }
        best = max(likenesses.values(), default=0.0)
        least = _START if best >= _START else best
        scores: dict[int, float] = {}
        for known, likeness in likenesses.items():
            if likeness >= least:
                for number, weight in self._words[known].items():
                    scores[number] = max(scores.get(number, 0.0), likeness * weight)
        return scores


def like(asked: str, known: str) -> float:
    """How well a word of the question fits a known word, from 0 for not at all to 1."""
    if asked == known:
        return _WHOLE
    if len(asked) >= _LEAST_START and known.startswith(asked):
        return _START
    slips = 0 if any(letter.isdigit() for letter in asked) else slips_allowed(len(asked))
    if not slips or abs(len(asked) - len(known)) > slips:
        return 0.0
    distance = OSA.distance(asked, known, score_cutoff=slips)
    return _SLIP - 0.1 * distance if distance <= slips else 0.0


def slips_allowed(letters: int) -> int:
    """How many slips of the fingers a word of so many letters is forgiven."""
    if letters <= 3:
        return 0
    return 1 if letters <= 6 else 2


def plain_words(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    return WORD.findall("".join(letter for letter in spread if not unicodedata.combining(letter)))


def asked_words(asked: str) -> list[tuple[str, ...]]:
    """The words of a question that tell something, each with what may stand for it."""
    words = plain_words(asked.casefold().replace("r&d", "research development"))
    telling = [word for word in words if word not in _FILLERS] or words
    wanted: dict[tuple[str, ...], None] = {}
    for word in telling:
        other = _OTHER_NAMES.get(word, "").split()
        one = [word[:-1]] if word.endswith("s") and len(word) > _LEAST_START + 1 else []
        forms = [(part,) for part in other] if len(other) > 1 else [(word, *one, *other)]
        wanted.update(dict.fromkeys(forms))
    return list(wanted)[:_MOST_WORDS]
