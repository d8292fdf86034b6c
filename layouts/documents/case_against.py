"""Of a case: who does better, and the readings that help its argument least."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from layouts.addresses import metric_address
from layouts.documents.case_reading import NAMED, CaseSeries, Places
from layouts.documents.case_standing import cited_cell
from layouts.documents.content import Cell, Row, Section, Statement, Table
from metrics.definition import Evidence
from metrics.least_favourable import FairReading, FigureKey, Support, least_favourable, support
from metrics.like_areas import LikeAreas, among_sentence
from metrics.measures.results import Direction
from metrics.proposition import Argument, Proposition
from metrics.wording import expected_by_chance, write_count, write_list

MOST_BETTER = 10
ARGUED = {
    Argument.NEED: "that these areas are behind or falling back",
    Argument.PROGRESS: "that these areas do better or have improved",
}
# What one reading does, and what several do.
EFFECTS = {
    Support.AGAINST: ("speaks against the argument", "speak against the argument"),
    Support.NEITHER: ("speaks for neither side", "speak for neither side"),
    Support.FOR: ("still speaks for the argument", "still speak for the argument"),
}


def like_areas(proposition: Proposition, series: Sequence[CaseSeries], places: Places) -> Section:
    """Who does clearly better than the areas among those like them, by name and figure."""
    statements, tables = [], []
    for one in series:
        if one.is_total:
            statements.append(
                Statement("Totals follow the size of an area, so none is compared.", one.title)
            )
            continue
        for code in proposition.areas:
            facts = one.latest(code)
            if facts is None or facts.latest is None:
                continue
            for found in one.groups.get(code, ()):
                if not _is_shown(found, proposition, code):
                    continue
                said = among_sentence(found, one.metric, places.in_text(code), facts.latest.period)
                statements.append(Statement(said, f"{one.title}, {places.name(code)}"))
                if found.better:
                    tables.append(_better(one, code, found, places))
    if not statements:
        statements.append(Statement("No group of like areas has figures to set these beside."))
    return Section(
        "like-areas",
        "Who does better among like areas",
        opening=(
            "Each area is set among areas of its own kind, in the same period. An area is better "
            "or worse only where the difference can be told from chance.",
        ),
        tables=tuple(tables),
        statements=tuple(statements),
    )


def _is_shown(found: LikeAreas, proposition: Proposition, code: str) -> bool:
    """Groups that the proposition names, and those of the area that it opens with."""
    named = found.group in (*proposition.comparators, NAMED)
    return named or code == proposition.areas[0]


def _better(one: CaseSeries, code: str, found: LikeAreas, places: Places) -> Table:
    """The areas that do clearly better, the furthest ahead first; by name where not ranked."""
    ahead = sorted(
        found.better,
        key=lambda other: (
            0.0
            if one.metric.not_ranked or other.beside.difference is None
            else -abs(other.beside.difference.size),
            other.name,
        ),
    )
    rows = tuple(
        Row(
            other.name,
            (cited_cell(one, other.code, one.facts[other.code].latest), Cell(other.beside.words)),
            f"/areas/{other.code}",
        )
        for other in ahead[:MOST_BETTER]
    )
    which = f"the {len(rows)} furthest ahead" if len(ahead) > len(rows) else "all that are"
    if one.metric.not_ranked and len(ahead) > len(rows):
        which = f"the first {len(rows)} by name"
    return Table(
        f"better-{one.key}-{code}-{found.group}",
        f"{one.title}: clearly better than {places.name(code)} among “{found.title}” ({which})",
        "Area",
        ("Newest figure", f"Beside {places.name(code)}"),
        rows,
    )


def against(proposition: Proposition, series: Sequence[CaseSeries], places: Places) -> Section:
    """The least favourable defensible reading of each series, over all areas and for each."""
    tables, overall = [], []
    for one in series:
        chosen = least_favourable(one.readings, proposition.argues, one.metric.polarity)
        overall.append((one, chosen))
        tables.append(_for_each(one, proposition, places))
    weighed = [chosen for _, chosen in overall if chosen is not None]
    return Section(
        "least-favourable",
        "The least favourable defensible reading",
        opening=(
            f"The argument is {ARGUED[proposition.argues]}. These are the readings that help it "
            "least, chosen by rule among every baseline, larger area, group of like areas and "
            "period that could be defended across a table. The other side has them too.",
            f"They are the worst of {_number(series)} readings.{_chance(series)} The worst of "
            "many is the likeliest to be clear by chance alone: that is the fair answer to it.",
            _counted(weighed, proposition.argues, len(series)),
        ),
        statements=tuple(
            statement
            for one, chosen in overall
            for statement in _least(one, chosen, proposition, places)
        ),
        tables=tuple(tables),
        against=True,
    )


def _number(series: Sequence[CaseSeries]) -> str:
    return f"{sum(len(one.readings) for one in series):,}"


def _chance(series: Sequence[CaseSeries]) -> str:
    """How many of the readings chance alone would call clear; empty where none can be.

    A reading among like areas rests on many comparisons and is no single one.
    """
    by_error = sum(
        read.kind != "like areas" and read.direction is not Direction.CANNOT_TEST
        for one in series
        if one.metric.evidence is not Evidence.FULL_ENUMERATION
        for read in one.readings
    )
    if not by_error:
        return ""
    return (
        f" Of the {by_error:,} that rest on one comparison with a margin of error, about one in "
        f"twenty is clear by chance alone: {expected_by_chance(by_error)}."
    )


def _counted(weighed: Sequence[FairReading], argument: Argument, number: int) -> str:
    """How many series are read against the argument at worst."""
    if not weighed:
        return "No series here can be weighed for or against it."
    told = []
    for effect, (one_does, several_do) in EFFECTS.items():
        count = sum(support(one, argument) is effect for one in weighed)
        if count:
            told.append(f"{count} {one_does if count == 1 else several_do}")
    rest = number - len(weighed)
    if rest:
        told.append(f"{rest} cannot be weighed")
    return f"Read so, of {write_count(number, 'series', 'series')} {write_list(told)}."


def _least(
    one: CaseSeries, chosen: FairReading | None, proposition: Proposition, places: Places
) -> Iterable[Statement]:
    """The reading over all areas, and that of the area that the case opens with."""
    address = metric_address(one.metric, one.label.breakdown)
    if chosen is None:
        yield Statement(_none(one, proposition.argues), one.title, address)
        return
    yield Statement(_in_full(chosen, proposition, places), one.title, address)
    first = proposition.areas[0]
    own = least_favourable(
        [reading for reading in one.readings if reading.area == first],
        proposition.argues,
        one.metric.polarity,
    )
    if own is not None and own != chosen:
        of = f"{one.title}, {places.name(first)} alone"
        yield Statement(_in_full(own, proposition, places), of, address)


def _in_full(chosen: FairReading, proposition: Proposition, places: Places) -> str:
    found = support(chosen, proposition.argues)
    assert found is not None  # noqa: S101 - what is chosen was weighed
    return (
        f"{places.name(chosen.area)}, {chosen.label}: {chosen.sentence} This {EFFECTS[found][0]}. "
        f"Why it is defensible: {chosen.why}"
    )


def _none(one: CaseSeries, argument: Argument) -> str:
    """Why no reading of a series can be weighed."""
    if not one.readings:
        return "None of these areas has a figure, so nothing can be read for or against."
    reasons = [read.sentence for read in one.readings if support(read, argument) is None]
    return (
        f"None of the {len(reasons)} readings can be weighed: they cannot be tested, or neither "
        "direction is better. Whoever quotes them, on either side, claims more than they show."
    )


def _for_each(one: CaseSeries, proposition: Proposition, places: Places) -> Table:
    rows = []
    for code in proposition.areas:
        own = [reading for reading in one.readings if reading.area == code]
        chosen = least_favourable(own, proposition.argues, one.metric.polarity)
        if chosen is None:
            known = one.latest(code) is not None
            why = "no reading of it can be weighed" if known else "no figure is published"
            rows.append(Row(places.name(code), (Cell(why, missing=True),) * 4, f"/areas/{code}"))
            continue
        found = support(chosen, proposition.argues)
        assert found is not None  # noqa: S101 - what is chosen was weighed
        label = f"{chosen.label[:1].upper()}{chosen.label[1:]}"
        rows.append(
            Row(
                places.name(code),
                (
                    Cell(label, detail=chosen.sentence),
                    _figure(one, chosen.own),
                    _figure(one, chosen.other),
                    Cell(EFFECTS[found][0]),
                ),
                f"/areas/{code}",
            )
        )
    return Table(
        f"least-{one.key}",
        f"{one.title}: the least favourable defensible reading for each area",
        "Area",
        ("Reading", "Its figure", "Set beside", "What it does"),
        tuple(rows),
        sentences=True,
    )


def _figure(one: CaseSeries, key: FigureKey | None) -> Cell:
    """The figure that a reading rests on, with its area where that is another one."""
    if key is None:
        return Cell("several areas, whose figures are on their pages", missing=True)
    found = one.book.cited(*key)
    if found is None:
        return Cell("not published on its own", missing=True)
    return Cell(figure=found, detail=f"{found.place}, {found.period}")
