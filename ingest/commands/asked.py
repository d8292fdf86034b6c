"""What the commands share: whom they were asked about, and showing how far they are."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

Usage = Callable[[str], None]


def known_names(
    asked: Sequence[str], known: Collection[str], what: str, refuse: Usage
) -> list[str]:
    """The names asked for, once each, or all known ones when none was named.

    `refuse` is called with a message for a name that is not known, and does not return.
    """
    for name in asked:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            refuse(f"There is no {what} '{name}'{hint}")
    return list(dict.fromkeys(asked)) or sorted(known)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Show a bar on a terminal, and nothing anywhere else. Yields what to call for each step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=f"{what}: {name}")

        yield step
