"""The charts and tables of any page as files: pictures, tables and plain text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import unquote

from data.periods import day_in_words
from layouts.addresses import home_address
from layouts.downloads.names import file_name
from layouts.downloads.offering import PATH
from layouts.downloads.page_parts import (
    DrawnPart,
    TablePart,
    drawn_parts,
    table_parts,
)
from layouts.downloads.pictures import picture_style
from layouts.downloads.tables import Table
from layouts.figures.standalone import standalone
from layouts.request import LONGEST_QUERY, NotFoundError, Query
from layouts.serving import Served

Part = TypeVar("Part", DrawnPart, TablePart)
# Longer than any address that the pages themselves write.
LONGEST = LONGEST_QUERY * 3
# More lines than that under a picture would hide it.
MOST_SOURCES = 6


@dataclass(frozen=True, slots=True)
class Taken:
    """The charts and tables of one page, and what each file of them must say.

    Attributes:
        of: the path and query of the page.
        title: that of the page.
        known_on: the newest day on which any figures held became known; None when none are held.
        charts: each with its title and summary.
        tables: each with its columns and rows.
    """

    of: str
    title: str
    known_on: date | None
    charts: tuple[DrawnPart, ...]
    tables: tuple[TablePart, ...]

    @property
    def page(self) -> str:
        """The whole address of the page."""
        return f"{home_address()}{self.of}"

    @property
    def known(self) -> str:
        """Since when the figures are known, as a sentence."""
        return f"Figures as known on {day_in_words(self.known_on)}." if self.known_on else ""


def take_page(query: Query, serve: Callable[[str, str], Served]) -> Taken:
    """Read the page whose address the query string gives as `of`.

    Args:
        query: of the request.
        serve: makes the page of a path and a raw query string.

    Raises:
        BadQueryError: the query string cannot be read.
        NotFoundError: there is no such page, or nothing on it can be taken away.
    """
    of = query.text("of", longest=LONGEST)
    query.check()
    path, _, raw = of.partition("?")
    if not path.startswith("/") or path.startswith(("//", PATH)):
        raise NotFoundError("Name the page whose charts and tables you want: of=/compare, say.")
    served = serve(unquote(path), raw)
    page = served.page
    if page.status != 200:
        raise NotFoundError(f"There is no page at {of[:100]} whose charts could be taken away.")
    charts, tables = drawn_parts(page), table_parts(page, home_address())
    if not charts and not tables:
        raise NotFoundError(f"There is no chart and no table on the page at {of[:100]}.")
    return Taken(of, page.title, served.known_on, charts, tables)


def chart_picture(taken: Taken, number: int) -> tuple[str, str]:
    """One chart as a picture in SVG, and the name of its file (ending in `svg`).

    Args:
        taken: a page.
        number: which of its charts, from 1.

    Raises:
        NotFoundError: the page has fewer charts.
    """
    chart = _nth(taken.charts, number, "charts")
    notes = [*_sourced(chart), taken.known, f"Citation: {taken.page}"]
    svg = standalone(chart.svg, chart.title, [note for note in notes if note], picture_style())
    return svg, file_name([chart.title], taken.known_on, "svg")


def table_to_take(taken: Taken, number: int) -> tuple[Table, str]:
    """One table, and the name of its file (ending in `csv`).

    Raises:
        NotFoundError: the page has fewer tables.
    """
    part = _nth(taken.tables, number, "tables")
    about = [
        ("Table", part.title),
        ("Page", f"{taken.title}: {taken.page}"),
        *(("Source", words) for words in part.sources),
        ("Known on", taken.known or "No figures are held."),
        ("Numbers", "As the page shows them. The files of each measure carry them in full."),
        ("Blank", "An empty cell is not zero; what stands beside it says why it is empty."),
    ]
    known_on = taken.known_on or date(1970, 1, 1)
    table = Table(part.title, part.columns, part.rows, tuple(about), known_on)
    return table, file_name([part.title], taken.known_on, "csv")


def chart_text(taken: Taken, number: int) -> str:
    """What one chart shows, as lines to paste into minutes.

    Raises:
        NotFoundError: the page has fewer charts.
    """
    chart = _nth(taken.charts, number, "charts")
    return _lines(taken, chart, [chart.title, chart.summary])


def table_text(taken: Taken, number: int) -> str:
    """One table as lines to paste into minutes: one for each row, its cells by name.

    Citations are left out: the address at the end leads to the page that has them.

    Raises:
        NotFoundError: the page has fewer tables.
    """
    part = _nth(taken.tables, number, "tables")
    kept = [place for place, name in enumerate(part.columns) if not name.endswith(": citation")]
    lines = [part.title]
    for row in part.rows:
        first, *others = kept
        cells = [f"{part.columns[place]}: {_said(row[place])}" for place in others]
        lines.append(f"{_said(row[first])} – " + "; ".join(cells))
    return _lines(taken, part, lines)


def _said(cell: str | float | None) -> str:
    if cell is None:
        return "none"
    return cell if isinstance(cell, str) else f"{cell:,.10g}"


def _lines(taken: Taken, part: DrawnPart | TablePart, lines: list[str]) -> str:
    ending = [*_sourced(part), taken.known, taken.page]
    return "\n".join(line for line in (*lines, *ending) if line) + "\n"


def _sourced(part: DrawnPart | TablePart) -> list[str]:
    """A line for each source; of very many, how many the page names."""
    if len(part.sources) > MOST_SOURCES:
        return [f"Sources: the {len(part.sources)} that the page names."]
    return [f"Source: {words}" for words in part.sources]


def _nth(parts: tuple[Part, ...], number: int, name: str) -> Part:
    if not 1 <= number <= len(parts):
        raise NotFoundError(f"There are {len(parts)} {name} on this page, and no number {number}.")
    return parts[number - 1]
