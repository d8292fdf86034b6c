"""The charts and tables of a finished page, read from the very markup that its reader sees.

Every page can be taken away in this one way, whatever stands on it. Figures are as the page shows
them: the files of a metric and of an area carry them in full.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from layouts.page import CHART, Page

Cell = str | float | None

_ENDS = re.compile(r"<svg\b|</svg>")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL)
_SUMMARY = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)
_NAME = re.compile(r'aria-labelledby="(\S+)-(\d+)-t[ "]')
_SOURCE = re.compile(r'<p class="source">.*?</p>', re.DOTALL)
_SOURCES = re.compile(r'<ul class="sources">.*?</ul>', re.DOTALL)
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
# What a reader sees of a cell is its words; these lead elsewhere, are said aloud only, or are
# drawn.
_NOT_WORDS = "a.cite, .visually-hidden, svg, button"
_BESIDE = ".interval, small, .note-word"


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A chart: its name within the page, what it shows, in words too, and the drawing itself."""

    title: str
    summary: str
    svg: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table: what it holds, its columns and its rows; None is an empty cell.

    What stands small beside a figure (its interval, a remark) is a column of its own, and so are
    the addresses at which figures are cited.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sources: tuple[str, ...] = ()


def drawn_parts(page: Page) -> tuple[DrawnPart, ...]:
    """The charts of a page in their order; of a chart drawn at two widths the wider one.

    Lines that stand as a word in a row of figures are none: the page of their metric draws them.
    """
    found: dict[str, tuple[float, DrawnPart]] = {}
    markup = "".join(page.markups)
    for start, end in _charts(markup):
        svg = markup[start:end]
        named = _NAME.search(svg)
        name, width = (named[1], float(named[2])) if named else (svg, 0.0)
        if name not in found or found[name][0] < width:
            title, summary = _words_in(_TITLE, svg), _words_in(_SUMMARY, svg)
            found[name] = width, DrawnPart(title, summary, svg, _sources(markup, end))
    return tuple(part for _, part in found.values())


def _charts(markup: str) -> Iterator[tuple[int, int]]:
    """Where each chart begins and ends."""
    start = markup.find(CHART)
    while start >= 0:
        depth, end = 0, len(markup)
        for mark in _ENDS.finditer(markup, start):
            depth += 1 if mark[0] == "<svg" else -1
            if depth == 0:
                end = mark.end()
                break
        yield start, end
        start = markup.find(CHART, end)


def _words_in(pattern: re.Pattern[str], svg: str) -> str:
    found = pattern.search(svg)
    return html.unescape(found[1]).strip() if found else ""


def table_parts(page: Page, home: str) -> tuple[TablePart, ...]:
    """The tables of a page in their order.

    Args:
        page: a finished page.
        home: the address of the site, for citations; empty for addresses without it.
    """
    markup = "".join(page.markups)
    starts = [found.start() for found in re.finditer(r"<table\b", markup)]
    tables = LexborHTMLParser(markup).css("table") if starts else []
    return tuple(
        _table(table, page, home, _sources(markup, start))
        for table, start in zip(tables, starts, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _CellParts:
    """What a cell holds, what stands small beside it, and where it is cited."""

    value: Cell = None
    beside: Cell = None
    citation: Cell = None


def _table(table: LexborNode, page: Page, home: str, sources: tuple[str, ...]) -> TablePart:
    caption = table.css_first("caption")
    headings = [_words(head) for head in table.css("thead th, thead td")]
    groups: list[Cell] = []
    rows: list[list[_CellParts]] = []
    group = None
    for line in table.css("tbody tr, tfoot tr"):
        cells = line.css("th, td")
        if len(cells) == 1 and len(headings) > 1:
            group = _words(cells[0])
            continue
        groups.append(group)
        rows.append([_cell(cell, home) for cell in cells])
    columns: list[tuple[str, list[Cell]]] = [("Group", groups)] if any(groups) else []
    for place in range(max([len(headings), *map(len, rows)])):
        name = (headings[place : place + 1] or [""])[0] or f"Column {place + 1}"
        cells_of = [row[place] if place < len(row) else _CellParts() for row in rows]
        columns.append((name, [cell.value for cell in cells_of]))
        for more, held in (
            ("beside it", [cell.beside for cell in cells_of]),
            ("citation", [cell.citation for cell in cells_of]),
        ):
            if any(held):
                columns.append((f"{name}: {more}", held))
    title = _words(caption) if caption is not None else ""
    return TablePart(
        title or page.title,
        tuple(name for name, _ in columns),
        tuple(zip(*(held for _, held in columns), strict=True)),
        sources,
    )


def _cell(cell: LexborNode, home: str) -> _CellParts:
    links = [link.attributes.get("href") or "" for link in cell.css("a.cite, a.cite-value")]
    citation = "; ".join(f"{home}{link}" for link in links)
    # A copy: what is left out of the file stays on the page.
    copy = LexborHTMLParser(f"<table><tr>{cell.html}</tr></table>").css_first("th, td")
    if copy is None:
        return _CellParts(citation=citation or None)
    for part in copy.css(_NOT_WORDS):
        part.decompose()
    small = []
    for part in copy.css(_BESIDE):
        small.append(_words(part))
        part.decompose()
    words = _words(copy)
    value: Cell = words or None
    if cell.tag == "td" and _NUMBER.fullmatch(words):
        value = float(words.replace(",", "").replace("−", "-"))
    return _CellParts(value, "; ".join(one for one in small if one) or None, citation or None)


def _words(node: LexborNode) -> str:
    # Words of several elements are kept apart, and what follows them closely is not.
    return re.sub(r" ([,;.:])", r"\1", " ".join(node.text(separator=" ").split()))


def _sources(markup: str, place: int) -> tuple[str, ...]:
    """Where figures at a place come from: as the page says next after it, else anywhere."""
    after = _SOURCE.search(markup, place)
    told = [after[0]] if after else [found[0] for found in _SOURCES.finditer(markup)]
    nodes = [node for one in told for node in LexborHTMLParser(one).css("p.source, li")]
    words = (_words(node).removeprefix("Source: ") for node in nodes)
    return tuple(dict.fromkeys(one for one in words if one))
