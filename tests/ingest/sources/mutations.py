"""Damage of the kinds that files meet on their way, done to a good file by a seeded hand.

Two things are left out on purpose, because what they leave is a file that the publisher might
have meant: a digit of a figure changed for another, and a whole row taken away. The first no
reader can see; the second is seen where coverage is checked.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator

from ingest.faults import Refused
from ingest.tidy import TidyFigures

Rows = list[list[str]]


def same_or_refused(read: Callable[[], TidyFigures], good: TidyFigures) -> bool:
    """Whether a damaged file is refused, or gives what the good file gave.

    So it does when rows are set aside for their codes, and what is left is the good file's.
    """
    try:
        figures = read()
    except Refused as refused:
        return all(fault.expected and fault.remedy for fault in refused.faults)
    columns = [name for name in good.frame.columns if name != "row_number"]
    left = figures.frame[columns]
    if not any(row.unplaced for row in figures.rejected):
        return bool(left.equals(good.frame[columns]))
    return len(left.merge(good.frame[columns], how="inner")) == len(left)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def damaged_rows(rows: Rows, numbers: list[int], seed: int, header: int = 0) -> tuple[str, Rows]:
    """One damaged copy of a table and what was done to it.

    Args:
        rows: the table, with its header in row `header`.
        numbers: the columns that hold figures.
        seed: decides what is done and where.
        header: which row is the header.
    """
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    copy = [list(row) for row in rows]
    row = copy[chance.randrange(header + 1, len(copy))]
    place = chance.choice(numbers)
    other = chance.choice([n for n in range(len(row)) if n not in numbers])
    # A year in the place of a figure would be a figure that might be meant, too.
    words = chance.choice([c for c in row if c and not _is_number(c)])
    number_rows = [r for r in copy[header + 1 :] if place < len(r) and _is_number(r[place])]

    def decimal_comma() -> None:
        victim = chance.choice(number_rows)
        victim[place] = victim[place].replace(".", ",") if "." in victim[place] else "1,5"

    def code_altered() -> None:
        column = next(n for n, cell in enumerate(row) if cell[:1] in "EKW" and cell[1:].isdigit())
        row[column] = row[column][:-1] + chance.choice("OlI ")

    def repeated_otherwise() -> None:
        victim = chance.choice(number_rows)
        copy.append([*victim])
        copy[-1][place] = str(float(victim[place]) + 1)

    def shifted() -> None:
        row.insert(chance.randrange(len(row)), "")
        row.pop()

    deeds: dict[str, Callable[[], object]] = {
        "a column renamed": lambda: copy[header].__setitem__(place, "something else"),
        "a code column renamed": lambda: copy[header].__setitem__(other, "something else"),
        "a column dropped": lambda: [r.pop(place) for r in copy if len(r) > place],
        "a cell lost": lambda: row.pop(),
        "a row shifted": shifted,
        "a decimal comma": decimal_comma,
        "a code altered": code_altered,
        "a row repeated": lambda: copy.append([*row]),
        "a row repeated with another figure": repeated_otherwise,
        "an unknown symbol": lambda: row.__setitem__(place, chance.choice(["?", "n/k", "#N/A"])),
        "a formula": lambda: row.__setitem__(place, "=1+1"),
        "a figure with words": lambda: row.__setitem__(place, "12.5 (r)"),
        "rows in another order": lambda: copy.__setitem__(
            slice(header + 1, None), chance.sample(copy[header + 1 :], len(copy) - header - 1)
        ),
        "words in the place of a figure": lambda: row.__setitem__(place, words),
    }
    done = sorted(deeds)[seed % len(deeds)]
    deeds[done]()
    return done, copy


def as_csv_bytes(rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def damaged_bytes(content: bytes, seed: int) -> Iterator[tuple[str, bytes]]:
    """Damage to the bytes themselves, whatever they hold."""
    chance = random.Random(seed)  # noqa: S311 - damage, not secrets
    middle = chance.randrange(len(content) // 4, 3 * len(content) // 4)
    yield "cut short", content[:middle].rstrip(b"\n")
    yield "another encoding", content[:middle] + b"\xe9\xff" + content[middle:]
    yield "a zero byte", content[:middle] + b"\0" + content[middle:]
    yield "a page instead", b"<!DOCTYPE html><html><body>Log in</body></html>"
    yield "an error instead", b'{"error":{"code":400}}'
    yield "nothing", b""
    yield "a byte order mark", b"\xef\xbb\xbf" + content
    yield "other line endings", content.replace(b"\n", b"\r\n")
