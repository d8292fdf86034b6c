"""Of a case: where its areas are, how that has moved, and how far it is from what missions ask."""

from __future__ import annotations

from collections.abc import Sequence

from data.areas import ENGLAND
from data.periods import TimePeriod
from layouts.addresses import metric_address
from layouts.charts.places import Place, ranked_strip
from layouts.charts.published import Published
from layouts.documents.case_reading import CaseSeries, Places
from layouts.documents.content import Cell, Picture, Row, Section, Statement, Table
from metrics.definition import Metric
from metrics.fair_readings import LONGEST
from metrics.in_short import beside_in_short, change_in_short
from metrics.least_favourable import FairReading
from metrics.measures.results import AreaFacts, Comparison, Figure
from metrics.openings import metric_opening
from metrics.proposition import Proposition
from metrics.wording import write_value

BASELINES = (("before-pandemic", "before the pandemic"), ("white-paper", "early 2022"))
NOT_PUBLISHED = "no figure is published"


def standing(proposition: Proposition, series: Sequence[CaseSeries], places: Places) -> Section:
    """The newest figure of each area in each series, beside England's."""
    return Section(
        "where-we-are",
        "Where we are",
        opening=tuple(_opening(one, proposition, places) for one in series),
        pictures=tuple(
            picture for one in series if (picture := _picture(one, proposition, places))
        ),
        tables=tuple(_newest(one, proposition, places) for one in series),
    )


def _opening(one: CaseSeries, proposition: Proposition, places: Places) -> str:
    code = proposition.areas[0]
    return metric_opening(
        one.metric, one.label, places.in_text(code), one.facts.get(code), one.facts.get(ENGLAND)
    )


def newest_period(one: CaseSeries, codes: Sequence[str]) -> TimePeriod | None:
    """The newest period in which one of some areas has a figure."""
    held = [facts.latest for code in codes if (facts := one.latest(code)) and facts.latest]
    return max((TimePeriod(figure.start, figure.end) for figure in held), default=None)


def _picture(one: CaseSeries, proposition: Proposition, places: Places) -> Picture | None:
    period = newest_period(one, proposition.areas)
    if period is None:
        return None
    published = {
        code: _published(facts.latest)
        for code in (*proposition.areas, ENGLAND)
        if (facts := one.latest(code)) and facts.latest and _is_of(facts.latest, period)
    }
    words = next(
        facts.latest.period
        for code in proposition.areas
        if (facts := one.latest(code)) and facts.latest and _is_of(facts.latest, period)
    )
    told = [
        f"{places.name(code)} {write_value(published[code].value, one.metric.unit)}"
        for code in proposition.areas
        if code in published
    ]
    references = [] if one.is_total else [Place(ENGLAND, "England")]
    if references and ENGLAND in published:
        told.append(f"England {write_value(published[ENGLAND].value, one.metric.unit)}")
    chart = ranked_strip(
        one.metric,
        f"{one.title}, {words}",
        f"{'; '.join(told)}.",
        published,
        [Place(code, places.name(code)) for code in proposition.areas],
        proposition.areas,
        references,
        words,
    )
    return Picture(f"picture-{one.key}", chart)


def _is_of(figure: Figure, period: TimePeriod) -> bool:
    return (figure.start, figure.end) == (period.start, period.end)


def _published(figure: Figure) -> Published:
    return Published(
        TimePeriod(figure.start, figure.end),
        figure.value,
        figure.lower,
        figure.upper,
        figure.status,
        figure.note,
    )


def cited_cell(one: CaseSeries, code: str, figure: Figure | None) -> Cell:
    """A published figure with its citation and its period, or that there is none."""
    found = one.book.cited(code, figure.start, figure.end) if figure else None
    return Cell(figure=found, detail=found.period) if found else Cell(NOT_PUBLISHED, missing=True)


def _newest(one: CaseSeries, proposition: Proposition, places: Places) -> Table:
    rows = []
    for code in (*proposition.areas, *(() if one.is_total else (ENGLAND,))):
        facts = one.latest(code)
        newest = cited_cell(one, code, facts.latest if facts else None)
        beside = Cell("the country as a whole" if code == ENGLAND else NOT_PUBLISHED, missing=True)
        if facts is not None and code != ENGLAND:
            beside = _beside(one, facts)
        elif derived := one.derived(code):
            newest = Cell(figure=derived, detail=derived.period)
            beside = Cell("not compared: no figure is published")
        rows.append(Row(places.name(code), (newest, beside), f"/areas/{code}"))
    return Table(
        f"newest-{one.key}",
        f"{one.title}, {one.metric.unit.label}: the newest figure of each area",
        "Area",
        ("Newest figure", "Beside England"),
        tuple(rows),
    )


def _beside(one: CaseSeries, facts: AreaFacts) -> Cell:
    if one.is_total:
        return Cell("a total, not compared")
    gap = next((gap for gap in facts.gaps if gap.to == ENGLAND), None)
    if gap is None or gap.difference is None:
        return Cell("not compared: England has no figure for the same period")
    return Cell(beside_in_short(gap, one.metric.unit), detail=in_people(gap, one.metric))


def in_people(gap: Comparison | None, metric: Metric) -> str:
    """What the gap to England means in people; empty where it is not known."""
    if gap is None or not gap.people:
        return ""
    word = "more" if gap.people > 0 else "fewer"
    return f"England's rate would mean about {abs(gap.people):,} {word} {metric.people}"


def direction(proposition: Proposition, series: Sequence[CaseSeries], places: Places) -> Section:
    """How each area has moved since either baseline."""
    compared = [one for one in series if _is_compared(one, proposition)]
    return Section(
        "direction",
        "How it has moved",
        opening=(
            "Two starting points are used throughout: the last period that ended before the "
            "pandemic, and the last that ended by the White Paper of 2 February 2022. A change is "
            "called better or worse only where it can be told from chance.",
        ),
        tables=tuple(
            table
            for one in series
            if (
                table := _moved(one, proposition, places)
                if one in compared
                else _longest(one, places)
            )
        ),
        statements=tuple(
            Statement(_why_not(one, proposition), one.title)
            for one in series
            if one not in compared
        ),
    )


def _is_compared(one: CaseSeries, proposition: Proposition) -> bool:
    """Whether the change since one of the starting points is known of one of the areas."""
    known = [facts for code in proposition.areas if (facts := one.latest(code))]
    return any(change.difference is not None for facts in known for change in facts.changes)


def _why_not(one: CaseSeries, proposition: Proposition) -> str:
    """Why nothing is counted from either starting point."""
    known = [facts for code in proposition.areas if (facts := one.latest(code))]
    return next((change.sentence for facts in known for change in facts.changes), "Not compared.")


def _longest(one: CaseSeries, places: Places) -> Table | None:
    """The change over the longest stretch that is held; None where there is none."""
    rows = tuple(
        Row(
            places.name(reading.area),
            (_first(one, reading), Cell(reading.sentence)),
            f"/areas/{reading.area}",
        )
        for reading in one.readings
        if reading.kind == "change" and reading.key == LONGEST
    )
    caption = f"{one.title}, {one.metric.unit.label}: change over what is held"
    columns = ("First figure", "Since then")
    return Table(f"longest-{one.key}", caption, "Area", columns, rows) if rows else None


def _first(one: CaseSeries, reading: FairReading) -> Cell:
    found = one.book.cited(*reading.other) if reading.other else None
    if found is None:
        return Cell(NOT_PUBLISHED, missing=True)
    return Cell(figure=found, detail=found.period)


def _moved(one: CaseSeries, proposition: Proposition, places: Places) -> Table:
    rows = []
    for code in (*proposition.areas, ENGLAND):
        facts = one.latest(code)
        if facts is None and code == ENGLAND:
            continue
        cells = [_changes(one, code, facts, name) for name, _ in BASELINES]
        rows.append(
            Row(places.name(code), tuple(cell for pair in cells for cell in pair), f"/areas/{code}")
        )
    columns = [words for _, when in BASELINES for words in (f"Figure {when}", f"Since {when}")]
    return Table(
        f"moved-{one.key}",
        f"{one.title}, {one.metric.unit.label}: change since each starting point",
        "Area",
        tuple(columns),
        tuple(rows),
    )


def _changes(
    one: CaseSeries, code: str, facts: AreaFacts | None, baseline: str
) -> tuple[Cell, Cell]:
    """The figure then, and the change since."""
    missing = Cell(NOT_PUBLISHED, missing=True)
    if facts is None:
        return missing, Cell("not compared", missing=True)
    change = next((one for one in facts.changes if one.to == baseline), None)
    if change is None:
        # Both starting points fall on one period, which stands under the later of the two.
        same = "the same starting point as early 2022"
        return Cell(same, missing=True), Cell(same, missing=True)
    if change.difference is None:
        return cited_cell(one, code, change.other), Cell(change.sentence, missing=True)
    return cited_cell(one, code, change.other), Cell(change_in_short(change, one.metric))


def metric_statements(series: Sequence[CaseSeries]) -> tuple[Statement, ...]:
    """Each series with the way to its page."""
    return tuple(
        Statement(
            one.metric.description, one.title, metric_address(one.metric, one.label.breakdown)
        )
        for one in series
    )
