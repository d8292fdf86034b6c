"""What is wrong with a file, said so that a person can mend it, and all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

SHOWN_PER_KIND = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a file from being loaded.

    Attributes:
        file: the file as the reader of the message would look for it.
        row: the row of that file as a spreadsheet counts them (the header is row 1), or None
            when the fault is of the file as a whole.
        column: the column as the file calls it, or empty.
        found: what stands there.
        expected: what should stand there.
        remedy: what to do about it.
    """

    file: str
    row: int | None
    column: str
    found: str
    expected: str
    remedy: str


class Refused(Exception):  # noqa: N818 - it is an answer, and reads as one
    """A file that is not taken, with every fault found in it.

    The text groups the faults of one kind, shows the first few of each and counts the rest.
    """

    def __init__(self, faults: Sequence[Fault]) -> None:
        if not faults:
            raise ValueError("a refusal states at least one fault")
        self.faults = tuple(faults)
        super().__init__(_in_words(self.faults))

    def as_records(self) -> list[dict[str, Any]]:
        """Every fault as a mapping, for programs."""
        return [asdict(fault) for fault in self.faults]


def _in_words(faults: Iterable[Fault]) -> str:
    kinds: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        kinds.setdefault((fault.file, fault.column, fault.expected, fault.remedy), []).append(fault)
    total = sum(len(members) for members in kinds.values())
    lines = [f"{total} fault{'s' if total != 1 else ''}; nothing was loaded"]
    for (file, name, expected, remedy), members in kinds.items():
        column = in_one_line(name)
        lines.append(f"  {file}{f', column {column}' if column else ''}: expected {expected}")
        for fault in members[:SHOWN_PER_KIND]:
            place = f"row {fault.row}: " if fault.row is not None else ""
            lines.append(f"    {place}found {in_one_line(fault.found)}")
        if len(members) > SHOWN_PER_KIND:
            lines.append(f"    and {len(members) - SHOWN_PER_KIND} more like these")
        lines.append(f"    {remedy}")
    return "\n".join(lines)


def in_one_line(text: str) -> str:
    """The text with line ends, control characters and the like written out, such as `\\n`.

    What a file holds would otherwise break a message, or be obeyed by the terminal that shows it.
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text
    )


def quoted(text: object, longest: int = 80) -> str:
    """The text in quotes, cut where a message would become unreadable."""
    words = in_one_line(str(text))
    return f"'{words}'" if len(words) <= longest else f"'{words[: longest - 1]}…'"
