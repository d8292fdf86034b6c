"""A brief as plain text, to paste into minutes, and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from data.periods import day_in_words
from metrics.brief import Brief, BriefRow, BriefSection, BriefTable
from metrics.briefing_known import Cited

Link = Callable[[Cited], str]
# What Markdown would take for markup.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~])")


def plain_text(brief: Brief, link: Link, page: str) -> str:
    """The brief as lines of text.

    Args:
        brief: what is told.
        link: the address of the citation of a figure.
        page: the address of the brief itself.
    """
    lines = [brief.title, brief.answer, *brief.about]
    for section in brief.sections:
        lines += ["", section.heading.upper(), section.opening]
        for table in section.tables:
            lines += [f"- {_row(table, row, link)}" for row in table.rows]
            lines += [table.more] if table.more else []
        lines += [
            f"{_mark(section, number)} {line.words}{_figures(brief, line.cites, link)}"
            for number, line in enumerate(section.lines, start=1)
        ]
        lines += [section.closing] if section.closing else []
    if brief.sources:
        lines += ["", "SOURCES"]
        lines += [
            f"- {one.producer}: {one.title}. Known here since {day_in_words(one.known_on)}. "
            f"{one.licence.rstrip('.')}."
            for one in brief.sources
        ]
    lines += ["", f"This brief: {page}"]
    return "\n".join(lines) + "\n"


def _mark(section: BriefSection, number: int) -> str:
    return f"{number}." if section.numbered else "-"


def _row(table: BriefTable, row: BriefRow, link: Link) -> str:
    cells = (
        f"{column[:1].lower()}{column[1:]}: {cell}"
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell
    )
    cite = f" Figure: {link(row.cite)}" if row.cite else ""
    return f"{row.group}; {row.heading}; {'; '.join(cells)}.{cite}"


def _figures(brief: Brief, cites: Iterable[Cited], link: Link) -> str:
    told = ", ".join(f"{brief.label(one)} {link(one)}" for one in cites)
    return f" Figures: {told}" if told else ""


def markdown(brief: Brief, link: Link, page: str) -> str:
    """The brief as Markdown, with nothing in it taken for markup that is none; as `plain_text`."""
    told = [f"# {_escaped(brief.title)}", f"**{_escaped(brief.answer)}**"]
    told.append("  \n".join(_escaped(one) for one in brief.about))
    for section in brief.sections:
        told += _section(brief, section, link)
    if brief.sources:
        told.append("## Sources")
        told.append(
            "\n".join(
                f"- {_escaped(one.producer)}: [{_escaped(one.title)}](<{one.landing_page}>). "
                f"Known here since {day_in_words(one.known_on)}. {_escaped(one.licence)}"
                for one in brief.sources
            )
        )
    told.append(f"This brief: <{page}>" if "://" in page else f"This brief: `{page}`")
    return "\n\n".join(told) + "\n"


def _section(brief: Brief, section: BriefSection, link: Link) -> list[str]:
    told = [f"## {_escaped(section.heading)}", _escaped(section.opening)]
    for table in section.tables:
        head = ["", table.corner, *table.columns, "Cite"]
        rows = [
            [
                *(_escaped(cell) for cell in (row.group, row.heading, *row.cells)),
                f"[Cite](<{link(row.cite)}>)" if row.cite else "",
            ]
            for row in table.rows
        ]
        body = [head, ["---"] * len(head), *rows]
        told.append(f"*{_escaped(table.caption)}*")
        told.append("\n".join(f"| {' | '.join(cells)} |" for cells in body))
        told += [_escaped(table.more)] if table.more else []
    if section.lines:
        told.append(
            "\n".join(
                f"{_mark(section, number)} {_escaped(line.words)}"
                + "".join(f" [{_escaped(brief.label(one))}](<{link(one)}>)" for one in line.cites)
                for number, line in enumerate(section.lines, start=1)
            )
        )
    return [*told, *([_escaped(section.closing)] if section.closing else [])]


def _escaped(words: str) -> str:
    """Words of publishers and readers: no markup, and no end of a line."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))
