"""What the forms of a document say alike: cells, numbered citations, sources, languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.figure_reads import DatasetVintage
from data.periods import day_in_words
from layouts.addresses import home_address
from layouts.documents.content import Cell, CitedFigure, Document, Section, Statement

LANGUAGE = "en-GB"
CITATIONS = "Every figure, and how to cite it"
CITATIONS_OPENING = (
    "The numbers in square brackets beside the figures lead here, and the sources are numbered in "
    "the list after this one. The id of a figure leads to its whole address, which carries its "
    "facts and shows what has become of it since."
)
SOURCES = "Sources"
ADDRESSES = "The whole address of each figure"
ADDRESSES_OPENING = "Each begins with the address of the dashboard."
DERIVED = "derived here, not published"
AGAINST = "This speaks against the argument:"


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell in words: the main ones, those in small print, and the number of the citation."""

    main: str
    small: str
    number: int | None


def citation_numbers(document: Document) -> dict[str, int]:
    """The number of each figure's citation by its id, from 1 in the order of first mention."""
    return {figure.id: number for number, figure in enumerate(document.figures, start=1)}


def cell_words(cell: Cell, numbers: Mapping[str, int]) -> CellWords:
    """A cell as every form writes it."""
    if cell.figure is None:
        return CellWords(cell.words, cell.detail, None)
    figure = cell.figure
    interval = f"95% interval {figure.interval}" if figure.interval else ""
    derived = DERIVED if figure.is_derived else ""
    small = "; ".join(one for one in (interval, derived, figure.note, cell.detail) if one)
    main = " ".join(one for one in (figure.value, cell.words) if one)
    return CellWords(main, small, numbers[figure.id])


def sources_of(document: Document) -> tuple[DatasetVintage, ...]:
    """The sources of a document, numbered from 1 in this order.

    A figure that was revised since comes from an older vintage than the newest of its dataset,
    and that stands behind the others.
    """
    return tuple(dict.fromkeys((*document.sources, *(one.source for one in document.figures))))


def source_reference(figure: CitedFigure, sources: Sequence[DatasetVintage]) -> str:
    """The source of a figure by its number: `Source 3`, `Worked out from source 3`."""
    number = sources.index(figure.source) + 1
    return f"Worked out from source {number}" if figure.is_derived else f"Source {number}"


def cited_at(figure: CitedFigure) -> str:
    """The whole address of a figure's citation; empty where nobody said where the site is."""
    home = home_address()
    return f"{home}{figure.address}" if home else ""


def statement_words(statement: Statement) -> tuple[str, str]:
    """What a statement is of, with its verdict, and the statement."""
    verdict = statement.verdict_words or (statement.verdict.value if statement.verdict else "")
    return ": ".join(one for one in (statement.of, verdict) if one), statement.words


def source_words(source: DatasetVintage) -> str:
    """A dataset in one line, with the days on which it was published and became known."""
    return (
        f"{source.producer}, {source.title}, published {day_in_words(source.published_on)}, as "
        f"known on {day_in_words(source.known_on)}: {source.landing_page}. {source.licence}."
    )


def about_words(document: Document) -> tuple[tuple[str, str], ...]:
    """What stands under the title: the document's own pairs, the day, and where its page is."""
    day = document.known_on
    known = day_in_words(day) if day else "no day: no figures are held"
    page = f"{home_address()}{document.path}"
    return (*document.about, ("Figures as known on", known), ("Page", page))


def texts_of(section: Section) -> Iterator[str]:
    """The text of a section in order, without its heading and the cells of its tables."""
    if section.against:
        yield AGAINST
    yield from section.opening
    for picture in section.pictures:
        yield picture.chart.title
        yield picture.chart.summary
    for statement in section.statements:
        yield ". ".join(one.rstrip(".") for one in statement_words(statement) if one) + "."
