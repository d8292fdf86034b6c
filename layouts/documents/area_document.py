"""Everything that is held of one area, mission by mission, as a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.reads import newest_known_on, read_area
from layouts.documents.citing_figures import FigureBook
from layouts.documents.content import Cell, Document, Picture, Row, Section, Statement, Table
from layouts.documents.pack import PackError
from layouts.documents.series_sections import Sources, caveats_of, series_title, strip_of
from layouts.pages.area_reading import AreaReading, read_area_page
from layouts.pages.standing_in import newest_derived
from metrics.area_names import area_in_text, area_label
from metrics.catalogue import Catalogue
from metrics.definition import Metric, Role
from metrics.in_short import beside_in_short, change_in_short, rank_in_short
from metrics.measures.results import AreaFacts
from metrics.mission import Mission
from metrics.openings import area_opening
from metrics.origin import SeriesLabel

_COLUMNS = ("Newest figure", "Period", "England", "Beside England", "Change")


def area_document(store: Connection, catalogue: Catalogue, code: str) -> Document:
    """The document of an area: its newest figures, England's, and what can be said of them.

    Raises:
        PackError: there is no such area, or nothing is held of it.
    """
    area = read_area(store, code)
    if area is None:
        raise PackError(f"There is no area with the code “{code[:20]}”.")
    reading = read_area_page(store, catalogue, area)
    label = area_label(area.name, area.type)
    if not any(_latest(facts) for facts in reading.facts.values()):
        raise PackError(f"No figures are held of {label}, so there is nothing to put into a pack.")
    sources = Sources.read(store)
    writer = _Writer(store, catalogue, reading, sources, area_in_text(area.name, area.type))
    sections = [writer.mission(one) for one in catalogue.missions.values()]
    sections += [writer.context(), writer.missing(), writer.caveats()]
    held = sum(metric.figures == "held" for metric in catalogue.metrics.values())
    return Document(
        title=f"Evidence on {area_in_text(area.name, area.type)}",
        mark="",
        answer=area_opening(writer.place, reading.facts.values(), held),
        about=(("Area", f"{label}, code {area.code}"), ("Framework", catalogue.framework.title)),
        sections=tuple(one for one in sections if one is not None),
        sources=tuple(sources.used.values()),
        known_on=newest_known_on(store),
        path=f"/areas/{area.code}",
    )


def _latest(facts: AreaFacts | None) -> bool:
    return facts is not None and facts.latest is not None and facts.latest.value is not None


@dataclass
class _Writer:
    """The sections of one area's document."""

    store: Connection
    catalogue: Catalogue
    reading: AreaReading
    sources: Sources
    place: str

    def mission(self, mission: Mission) -> Section | None:
        """A mission: the verdicts on its clauses for this area, and the figures."""
        statements = tuple(
            Statement(
                summary.sentence,
                clause.title,
                f"/missions/{mission.slug}",
                summary.verdict,
                summary.words,
            )
            for clause in mission.clauses
            if (summary := self.reading.clauses.get(clause.id)) is not None
        )
        title = f"Mission {mission.number}: {mission.title}"
        tables, pictures = self._figures(self.catalogue.metrics_of(mission.number), title)
        opening = () if tables else (f"No figure of this mission is held for {self.place}.",)
        return Section(
            f"mission-{mission.number}",
            title,
            opening=opening,
            pictures=pictures,
            tables=tables,
            statements=statements,
        )

    def context(self) -> Section | None:
        """Figures that belong to no mission."""
        tables, pictures = self._figures(self.catalogue.metrics_of(0), "Context")
        return Section("context", "Context", pictures=pictures, tables=tables) if tables else None

    def missing(self) -> Section | None:
        """What is not told, and why: measures of the missions without a figure here."""
        told = [
            Statement(
                metric.figures_note or self._without(metric),
                metric.title,
                f"/metrics/{metric.id}",
            )
            for metric in self.catalogue.metrics.values()
            if metric.figures != "computed" and not self._held(metric)
        ]
        if not told:
            return None
        heading = "What these figures do not show"
        return Section("missing", heading, statements=tuple(told))

    def caveats(self) -> Section | None:
        """What the publishers and the definitions ask to be kept in mind."""
        metrics = [metric for metric in self.catalogue.metrics.values() if self._held(metric)]
        told = caveats_of(metrics)
        return Section("caveats", "Take care", statements=told) if told else None

    def _without(self, metric: Metric) -> str:
        """Of a measure with figures, that none is published here, and whether one is derived."""
        keys = [(metric.id, one.breakdown) for one in metric.series]
        derived = any(newest_derived(self.reading.derived, key) for key in keys)
        more = " The figure above is derived here from those of its members." if derived else ""
        return f"No figure is published for {self.place}.{more}"

    def _held(self, metric: Metric) -> bool:
        return any(
            _latest(self.reading.facts.get((metric.id, one.breakdown))) for one in metric.series
        )

    def _figures(
        self, metrics: Sequence[Metric], title: str
    ) -> tuple[tuple[Table, ...], tuple[Picture, ...]]:
        rows, pictures = [], []
        code = self.reading.area.code
        for metric in metrics:
            for label in metric.series:
                facts = self.reading.facts.get((metric.id, label.breakdown))
                if facts is None or not _latest(facts):
                    rows += self._derived(metric, label)
                    continue
                shown = self._drawn(code)
                codes = tuple(dict.fromkeys((code, ENGLAND, COMBINED_AUTHORITY, *shown)))
                book = self.sources.book(self.store, metric, label, codes)
                row = _row(metric, label, facts, book)
                if row is not None:
                    rows.append(row)
                if metric.role is Role.HEADLINE and label is metric.series[0]:
                    picture = strip_of(book, shown)
                    pictures += [picture] if picture else []
        if not rows:
            return (), ()
        caption = f"{title}: the newest figures of {self.place}"
        table = Table(f"table-{rows[0].address}", caption, "Measure", _COLUMNS, tuple(rows))
        return (table,), tuple(pictures)

    def _derived(self, metric: Metric, label: SeriesLabel) -> list[Row]:
        """The figure that is derived for an area without a published one; nothing without any."""
        if newest_derived(self.reading.derived, (metric.id, label.breakdown)) is None:
            return []
        code = self.reading.area.code
        own = self.sources.book(self.store, metric, label, (code,)).cited_derived(code)
        if own is None:
            return []
        rest = (Cell("–"), Cell("not compared"), Cell("not compared"))
        cells = (Cell(figure=own), Cell(own.period), *rest)
        return [Row(series_title(metric, label), cells, f"/metrics/{metric.id}")]

    def _drawn(self, code: str) -> tuple[str, ...]:
        """The area among the seven boroughs."""
        return CONSTITUENT if code in (*CONSTITUENT, COMBINED_AUTHORITY) else (code, *CONSTITUENT)


def _row(metric: Metric, label: SeriesLabel, facts: AreaFacts, book: FigureBook) -> Row | None:
    latest = facts.latest
    own = book.cited(facts.code, latest.start, latest.end) if latest else None
    if own is None or latest is None:
        return None
    england = book.cited(ENGLAND, latest.start, latest.end)
    # A total is a part of the nation's, not to be set beside it.
    total = metric.aggregation.rule == "sum"
    gap = next((one for one in facts.gaps if one.to == ENGLAND), None)
    beside = beside_in_short(gap, metric.unit) if gap and not total else "not compared"
    changes = "; ".join(
        f"since {one.other.period}: {change_in_short(one, metric)}"
        for one in facts.changes
        if one.other is not None
    )
    place = f"place among all areas: {rank_in_short(facts.rank)}" if facts.rank else ""
    own_area = facts.code == ENGLAND
    return Row(
        series_title(metric, label),
        (
            Cell(figure=own),
            Cell(own.period),
            Cell(figure=england)
            if england and not total and not own_area
            else Cell("–", detail="the same area" if own_area else ""),
            Cell("–" if own_area else beside, detail=place),
            Cell(changes or "not compared"),
        ),
        f"/metrics/{metric.id}",
    )
